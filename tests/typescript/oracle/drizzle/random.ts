import type { GeneratorValue } from 'fast-check';
import fc from 'fast-check';
import { cased } from '../../../../src/frontends/typescript/drizzle/names.js';
import type { DrizzleDialect } from './snapshots.js';

/** A schema as the text of a module. */
export interface RandomSchema {
  dialect: DrizzleDialect;
  text: string;
}

const cores = { postgresql: 'pg', mysql: 'mysql', sqlite: 'sqlite' } as const;

const keys = ['id', 'userID', 'eMail', 'HTTPServer', 'OAuth2Token', 'a1B2', 'S3Bucket', 'x', 'created_at', 'lastSeen'];
const awkwardKeys = [...keys, 'last-login', 'éClair', 'user2FA', 'name', 'fooBAR_baz'];
const tables = ['users', 'HTTPLogs', 'order-items', 'app_x', 'T'];

/** Builders with the options and defaults that go with them. */
const builders: Readonly<Record<DrizzleDialect, readonly (readonly [string, string, readonly string[]])[]>> = {
  postgresql: [
    ['text', '', ["'a'", '"it\'s"']],
    ['varchar', '{ length: 20 }', ["''"]],
    ['char', '{ length: 2 }', []],
    ['integer', '', ['1', '-2', 'sql`1 + 1`']],
    ['bigint', "{ mode: 'number' }", ['0']],
    ['numeric', '{ precision: 8, scale: 2 }', ["'1.5'"]],
    ['boolean', '', ['true', 'false']],
    ['timestamp', '{ withTimezone: true, precision: 3 }', ['sql`now()`', "new Date('2024-01-02T03:04:05Z')"]],
    ['timestamp', "{ mode: 'string' }", ["'2024-01-01'"]],
    ['time', '', ['sql`CURRENT_TIME`']],
    ['jsonb', '', ['{ a: [1, null, "x"] }', '[]']],
    ['uuid', '', ['sql`gen_random_uuid()`']],
    ['serial', '', []],
    ['interval', "{ fields: 'day' }", []],
  ],
  mysql: [
    ['varchar', '{ length: 20 }', ["'a'", '"it\'s"']],
    ['text', '', ["'a'"]],
    ['int', '{ unsigned: true }', ['1']],
    ['bigint', "{ mode: 'number' }", ['0']],
    ['decimal', '{ precision: 8, scale: 2 }', ["'1.5'"]],
    ['boolean', '', ['true']],
    ['timestamp', '{ fsp: 3 }', ['sql`(now())`']],
    ['datetime', '', ["new Date('2024-01-02T03:04:05Z')"]],
    ['json', '', ['{ a: 1 }']],
    ['mysqlEnum', "['a', 'b']", ["'a'"]],
    ['double', '', ['0.5']],
  ],
  sqlite: [
    ['text', '', ["'a'", '"it\'s"']],
    ['text', "{ mode: 'json' }", ['["a"]', '{}']],
    ['text', '{ length: 10 }', []],
    ['integer', '', ['1', '-2']],
    ['integer', "{ mode: 'boolean' }", ['true']],
    ['integer', "{ mode: 'timestamp' }", ['sql`(unixepoch())`']],
    ['real', '', ['0.5']],
    ['numeric', '', ["'1'"]],
    ['blob', '', []],
  ],
};

const extraNames = ['index', 'uniqueIndex', 'unique', 'primaryKey', 'foreignKey', 'check'];

interface Table {
  name: string;
  constant: string;
  keys: string[];
}

/** Schemas of one to three tables with keys, references, indexes and checks of all sorts. */
export function randomSchema(g: GeneratorValue, dialect: DrizzleDialect): RandomSchema {
  const maybe = (share = 3): boolean => g(fc.integer, { min: 0, max: share - 1 }) === 0;
  const oneOf = <T>(list: readonly T[]): T => list[g(fc.integer, { min: 0, max: list.length - 1 })]!;
  const some = <T>(list: readonly T[], least: number): T[] =>
    g(fc.subarray as (list: T[], constraints: { minLength: number }) => fc.Arbitrary<T[]>, [...list], {
      minLength: least,
    });
  const all = some(tables, 1)
    .slice(0, 3)
    .map((name, index): Table => ({ name, constant: `table${String(index)}`, keys: distinct(some(awkwardKeys, 2)) }));
  const member = (owner: string, key: string): string =>
    /^[A-Za-z_]\w*$/.test(key) ? `${owner}.${key}` : `${owner}['${key}']`;

  const column = (table: Table, key: string, primary: boolean): string => {
    const [builder, options, defaults] = oneOf(builders[dialect]);
    const name = maybe() ? `'${key === 'x' ? 'X' : key}'` : '';
    let text = `${builder}(${[name, options].filter((each) => each !== '').join(', ')})`;
    if (dialect === 'postgresql' && builder === 'text' && maybe()) text += '.array()';
    if (maybe()) text += '.notNull()';
    if (primary) text += '.primaryKey()';
    else if (maybe(4))
      text += maybe() ? `.unique('uq_${table.constant}_${String(table.keys.indexOf(key))}')` : '.unique()';
    if (defaults.length > 0 && !text.includes('.array()') && maybe(2)) text += `.default(${oneOf(defaults)})`;
    else if (maybe(5)) text += '.$defaultFn(() => 1)';
    if (maybe(4)) {
      const target = oneOf(all);
      const actions = maybe() ? ", { onDelete: 'cascade', onUpdate: 'set null' }" : '';
      text += `.references(() => ${member(target.constant, oneOf(target.keys))}${actions})`;
    }
    const quoted = /^[A-Za-z_]\w*$/.test(key) ? key : `'${key}'`;
    return `  ${quoted}: ${text},`;
  };

  const extras = (table: Table, hasKey: boolean): string[] => {
    const own = (list: readonly string[]): string => list.map((key) => member('t', key)).join(', ');
    const items: string[] = [];
    const isPg = dialect === 'postgresql';
    if (isPg && maybe()) items.push(`index().on(${own(some(table.keys, 1))})`);
    if (isPg && maybe())
      items.push(
        `index('by_${table.constant}').on(${member('t', table.keys[0]!)}.desc().nullsFirst(), sql\`lower(\${${member('t', table.keys[1]!)}})\`)`,
      );
    if (maybe()) {
      const where = dialect === 'mysql' ? '' : `.where(sql\`\${${member('t', table.keys[0]!)}} is not null\`)`;
      items.push(`uniqueIndex('one_${table.constant}').on(${own(some(table.keys, 1))})${where}`);
    }
    if (maybe()) items.push(`unique().on(${own(table.keys.slice(0, 2))})`);
    if (!hasKey && maybe(2)) {
      const columns = some(table.keys, 1);
      const name = maybe() ? `name: 'key_${columns[0]!}', ` : '';
      items.push(`primaryKey({ ${name}columns: [${own(columns)}] })`);
    }
    if (maybe()) {
      const target = oneOf(all);
      const from = some(table.keys, 2).slice(0, 2);
      const to = some(target.keys, 2)
        .slice(0, 2)
        .map((key) => member(target.constant, key));
      const name = maybe() ? `name: 'fk_${from[0]!}', ` : '';
      items.push(
        `foreignKey({ ${name}columns: [${own(from)}], foreignColumns: [${to.join(', ')}] })${maybe() ? ".onDelete('restrict')" : ''}`,
      );
    }
    if (maybe()) items.push(`check('check_${table.constant}', sql\`\${${member('t', table.keys[0]!)}} <> 'x'\`)`);
    return items;
  };

  const bodies = all.map((table) => {
    const primary = maybe(2) ? table.keys[0] : undefined;
    const columns = table.keys.map((key) => column(table, key, key === primary));
    const items = extras(table, primary !== undefined);
    const object = maybe();
    const list = object
      ? `({ ${items.map((item, index) => `e${String(index)}: ${item}`).join(', ')} })`
      : `[${items.join(', ')}]`;
    const third = items.length > 0 ? `, (t) => ${list}` : '';
    return `export const ${table.constant} = ${cores[dialect]}Table('${table.name}', {\n${columns.join('\n')}\n}${third});`;
  });
  const named = [`${cores[dialect]}Table`, ...extraNames, ...new Set(builders[dialect].map(([builder]) => builder))];
  const head = `import { sql } from 'drizzle-orm';\nimport { ${named.join(', ')} } from 'drizzle-orm/${cores[dialect]}-core';\n`;
  return { dialect, text: `${head}${bodies.join('\n')}\n` };
}

/** Keys of which no casing makes the same name of two. */
function distinct(list: readonly string[]): string[] {
  const kept: string[] = [];
  const taken = new Set<string>();
  for (const key of list) {
    const names = [key, cased(key, 'snake_case'), cased(key, 'camelCase')].map((name) => name.toLowerCase());
    if (names.some((name) => taken.has(name))) continue;
    for (const name of names) taken.add(name);
    kept.push(key);
  }
  return kept.length > 1 ? kept : ['id', 'eMail'];
}
