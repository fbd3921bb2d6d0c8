import type { CalledValue, Column, Default, Dialect, Orm, Table } from '../../src/ir/index.js';
import { matchesGlob, spoken } from '../../src/queries/names.js';
import { isCertain } from '../../src/queries/tables.js';
import { defineRule, strings } from '../../src/rule.js';

export default defineRule({
  summary: 'A NOT NULL column has a default in code only.',
  severity: 'warn',
  presets: ['strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript', 'prisma'],
  needs: ['file'],
  fix: 'suggestion',
  sources: ['002_7a51ca8b5657ab8c.txt', '004_9452bc49d0f85f35.txt'],
  messages: {
    missing:
      '{{column}} of {{table}} is NOT NULL, and only the ORM fills it, with {{written}}: raw SQL, another service, and the code of the last release while this one rolls out cannot insert a row. Write {{remedy}}.',
    add: 'Let the database fill {{column}} too.',
  },
  options: {
    types: strings('Column types to look at, such as `boolean` or `varchar*`; all of them where the list is empty.'),
  },
  *check({ facts, options, authoring }) {
    if (facts.scope === 'test') return;
    for (const table of facts.tables) {
      for (const column of table.columns) {
        const given = column.default;
        if (given === undefined || !isComputable(given, column, facts.dialect) || !mustBeFilled(column, table))
          continue;
        // MikroORM may find the initial value out, and give the database it too.
        if (!isCertain(column, 'default')) continue;
        if (options.types.length > 0 && !matchesGlob(column.type.name, options.types)) continue;
        yield {
          message: 'missing',
          at: given.span,
          data: {
            column: column.name.value,
            table: table.role === 'abstract' || table.name.name.unknown ? (table.className ?? '') : spoken(table.name),
            written: given.text,
            remedy: remedyFor(given, column, table.declaredBy),
          },
          suggest: {
            message: 'add',
            data: { column: column.name.value },
            edits: authoring.setServerDefault(column, table),
          },
        };
      }
    }
  },
});

/** Whether an INSERT that leaves the column out fails. */
function mustBeFilled({ nullable, from, generated, constraints, name }: Column, table: Table): boolean {
  if (nullable !== false || from !== undefined || generated !== undefined) return false;
  const keys = [...constraints, ...table.constraints].filter(({ kind }) => kind === 'primary');
  return !keys.some((key) => key.kind === 'primary' && key.columns.some(({ value }) => value === name.value));
}

/** The moment in a column that holds one; `new Date()` may go into a number as well. */
const isNow = ({ name, arguments: given }: CalledValue, { type }: Column): boolean =>
  /(?:^|\.)datetime\.(?:utcnow|now)$|^now$/.test(name) ||
  (name === 'new Date' && given.length === 0 && /^(?:timestamp|datetime|date|time)/.test(type.name));

/** `uuid4` of Python, `v4` of npm's uuid, `crypto.randomUUID`, and `uuid()` of Prisma unless it is asked for another version. */
const isRandomUuid = ({ name, arguments: [version = '4'] }: CalledValue): boolean =>
  /(?:^|\.)(?:uuid4|randomUUID)$|^v4$/.test(name) || (name === 'uuid' && version === '4');

const hasUuids: readonly Dialect[] = ['postgresql', 'cockroachdb'];

/** Whether the database can work out what the ORM gives. */
function isComputable({ by, value }: Default, column: Column, dialect: Dialect): boolean {
  if (by !== 'client' || value === undefined) return false;
  if (value.kind !== 'call') return true;
  if (isNow(value, column)) return true;
  return isRandomUuid(value) && hasUuids.includes(dialect);
}

function remedyFor({ text: written, value }: Default, column: Column, orm: Orm): string {
  if (orm === 'typeorm') return `default: ${value?.kind === 'call' ? "() => 'now()'" : written} in @Column()`;
  if (orm === 'drizzle') return inDrizzle(written, value, column);
  if (orm === 'sequelize') return inSequelize(value);
  if (orm === 'mikro-orm') return inMikro(written, value);
  if (orm === 'prisma') {
    const isUuid = value?.kind === 'call' && isRandomUuid(value);
    return isUuid ? '@default(dbgenerated("gen_random_uuid()"))' : '@default(now()) beside it';
  }
  const text =
    value?.kind === 'literal'
      ? typeof value.value === 'string'
        ? `"${value.value}"`
        : `text("${String(value.value)}")`
      : value?.kind === 'call'
        ? value.name.endsWith('uuid4')
          ? 'text("gen_random_uuid()")'
          : 'func.now()'
        : value?.kind === 'sql'
          ? `text("${value.text}")`
          : '…';
  return orm === 'sqlmodel' ? `sa_column_kwargs={"server_default": ${text}}` : `server_default=${text}`;
}

function inDrizzle(written: string, value: Default['value'], { type }: Column): string {
  if (value?.kind !== 'call') return `.default(${written})`;
  if (!isRandomUuid(value)) return '.defaultNow()';
  return type.name === 'uuid' ? '.defaultRandom()' : '.default(sql`gen_random_uuid()`)';
}

function inSequelize(value: Default['value']): string {
  const isUuid = value?.kind === 'call' && isRandomUuid(value);
  return `defaultValue: ${isUuid ? "sequelize.literal('gen_random_uuid()')" : "sequelize.fn('now')"}`;
}

function inMikro(written: string, value: Default['value']): string {
  if (value?.kind === 'call') return `defaultRaw: '${isRandomUuid(value) ? 'gen_random_uuid()' : 'now()'}'`;
  return value?.kind === 'empty' && value.of === 'dict' ? `defaultRaw: "'{}'"` : `default: ${written}`;
}
