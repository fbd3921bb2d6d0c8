import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEmbedded } from '../../../../src/frontends/sql/embedded.js';
import type { Dialect, Operation } from '../../../../src/ir/index.js';
import { operations, readOne } from '../../support.js';
import { recorded } from './recorder.js';

const placing = new Set(['span', 'provenance', 'anchor', 'repeated', 'declaredBy']);

/** What is left when places and the way of reading are taken out: names, types, columns, keys, actions. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !placing.has(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, bare(inner)]));
}

const read = (body: string, dialect: Dialect): Operation[] =>
  operations(
    readOne(
      `import { CompiledQuery, Kysely, sql } from 'kysely';\nexport async function up(db: Kysely<any>) { ${body} }`,
      {
        dialect,
      },
    ),
  );

async function compare(body: string, dialect: Dialect): Promise<void> {
  const sent = await recorded(body, dialect);
  const real = sent.flatMap((text) =>
    readEmbedded([{ value: text, offsets: [[0, 0]] }], { dialect, inTransaction: 'yes' }).flatMap(
      (statement) => statement.operations,
    ),
  );
  expect(real.length).toBeGreaterThan(0);
  expect({ body, operations: bare(read(body, dialect)) }).toEqual({ body, operations: bare(real) });
}

describe('the shapes of the schema builder', () => {
  test.each<[string, Dialect[]]>([
    [
      "await db.schema.createTable('t').addColumn('a', 'uuid', (c) => c.primaryKey().notNull().defaultTo(sql`gen_random_uuid()`)).execute();",
      ['postgresql', 'sqlite', 'mysql'],
    ],
    [
      "await db.schema.createTable('s.t').addColumn('a', sql`citext`).addColumn('b', 'varchar(3)', (c) => c.references('s.u.id').onDelete('cascade').onUpdate('set null')).execute();",
      ['postgresql', 'mysql'],
    ],
    [
      "await db.schema.createTable('t').temporary().ifNotExists().addColumn('a', 'integer', (c) => c.unique().check(sql`a > 0`)).execute();",
      ['postgresql', 'sqlite'],
    ],
    [
      "await db.schema.createTable('t').addColumn('a', 'integer', (c) => c.primaryKey().autoIncrement()).addColumn('b', 'integer', (c) => c.unsigned().notNull()).modifyEnd(sql`engine = InnoDB`).execute();",
      ['mysql'],
    ],
    [
      "await db.schema.createTable('t').addColumn('a', 'integer', (c) => c.autoIncrement().primaryKey()).execute();",
      ['sqlite'],
    ],
    [
      "await db.schema.createTable('t').addColumn('a', 'integer', (c) => c.identity().primaryKey()).execute();",
      ['tsql'],
    ],
    [
      "await db.schema.createTable('t').addColumn('a', 'integer', (c) => c.generatedAlwaysAsIdentity()).addColumn('b', 'integer', (c) => c.generatedByDefaultAsIdentity()).execute();",
      ['postgresql'],
    ],
    [
      "await db.schema.createTable('t').addColumn('a', 'text').addColumn('b', 'text', (c) => c.generatedAlwaysAs(sql`lower(${sql.ref('a')})`).stored()).execute();",
      ['postgresql', 'mysql', 'sqlite'],
    ],
    [
      "await db.schema.createTable('t').addColumn('a', 'text', (c) => c.defaultTo(\"it's\")).addColumn('b', 'boolean', (c) => c.defaultTo(false)).addColumn('c', 'integer', (c) => c.defaultTo(-5)).execute();",
      ['postgresql', 'mysql', 'sqlite'],
    ],
    [
      "await db.schema.createTable('t').addColumn('a', 'integer').addColumn('b', 'integer').addPrimaryKeyConstraint('pk', ['a', 'b']).addUniqueConstraint('u', ['b']).addCheckConstraint('k', sql`a < b`).addForeignKeyConstraint('f', ['a'], 'o', ['id'], (c) => c.onDelete('cascade')).execute();",
      ['postgresql', 'mysql', 'sqlite'],
    ],
    [
      "await db.schema.createTable('t').addColumn('a', 'integer').addUniqueConstraint('u', ['a'], (c) => c.nullsNotDistinct().deferrable().initiallyDeferred()).execute();",
      ['postgresql'],
    ],
    [
      "await db.schema.alterTable('t').addColumn('a', 'text', (c) => c.notNull().ifNotExists()).dropColumn('b').renameColumn('c', 'd').execute();",
      ['mysql'],
    ],
    [
      "await db.schema.alterTable('t').addColumn('a', 'text', (c) => c.notNull()).dropColumn('b').execute();",
      ['postgresql', 'mysql'],
    ],
    ["await db.schema.alterTable('t').addColumn('a', 'varchar(9)', (c) => c.notNull()).execute();", ['tsql', 'sqlite']],
    [
      "await db.schema.alterTable('t').alterColumn('a', (c) => c.setDataType('int8')).alterColumn('b', (c) => c.setDefault('x')).alterColumn('c', (c) => c.dropDefault()).alterColumn('d', (c) => c.setNotNull()).alterColumn('e', (c) => c.dropNotNull()).execute();",
      ['postgresql'],
    ],
    ["await db.schema.alterTable('t').modifyColumn('a', 'varchar(20)', (c) => c.notNull()).execute();", ['mysql']],
    [
      "await db.schema.alterTable('t').renameTo('u').execute(); await db.schema.alterTable('u').setSchema('s').execute();",
      ['postgresql'],
    ],
    [
      "await db.schema.alterTable('t').addUniqueConstraint('u', ['a', 'b']).execute(); await db.schema.alterTable('t').addPrimaryKeyConstraint('p', ['a']).execute(); await db.schema.alterTable('t').addCheckConstraint('k', sql`a > 1`).execute();",
      ['postgresql', 'mysql'],
    ],
    [
      "await db.schema.alterTable('t').addForeignKeyConstraint('f', ['a', 'b'], 's.o', ['x', 'y']).onDelete('set null').onUpdate('cascade').deferrable().initiallyImmediate().execute();",
      ['postgresql'],
    ],
    [
      "await db.schema.alterTable('t').dropConstraint('f').ifExists().cascade().execute(); await db.schema.alterTable('t').renameConstraint('a', 'b').execute();",
      ['postgresql'],
    ],
    [
      "await db.schema.alterTable('t').addIndex('i').unique().columns(['a', 'b']).execute(); await db.schema.alterTable('t').dropIndex('i').execute();",
      ['mysql'],
    ],
    [
      "await db.schema.createIndex('i').ifNotExists().unique().on('s.t').columns(['a', 'b desc']).expression(sql`lower(c)`).execute();",
      ['postgresql'],
    ],
    ["await db.schema.createIndex('i').on('t').column('a').using('btree').execute();", ['postgresql', 'mysql']],
    [
      "await db.schema.createIndex('i').on('t').column('a').where('b', 'is not', null).where('c', 'in', [1, 2]).where(sql.ref('d'), '=', 'x').execute();",
      ['postgresql', 'sqlite'],
    ],
    ["await db.schema.createIndex('i').column('a').on('t').execute();", ['postgresql', 'sqlite']],
    [
      "await db.schema.createIndex('i').unique().nullsNotDistinct().on('t').column('a').where(sql`b > 0`).execute();",
      ['postgresql'],
    ],
    [
      "await db.schema.dropTable('t').ifExists().cascade().execute(); await db.schema.dropIndex('s.i').ifExists().execute();",
      ['postgresql'],
    ],
    ["await db.schema.dropIndex('i').on('t').execute();", ['mysql', 'tsql']],
    [
      "await db.schema.createSchema('s').ifNotExists().execute(); await db.schema.dropSchema('s').cascade().execute();",
      ['postgresql'],
    ],
    [
      "await db.schema.createType('e').asEnum(['a', \"b'c\"]).execute(); await db.schema.dropType('e').ifExists().execute();",
      ['postgresql'],
    ],
    [
      "await db.schema.dropView('v').ifExists().execute(); await db.schema.refreshMaterializedView('m').concurrently().execute();",
      ['postgresql'],
    ],
    [
      "await db.withSchema('s').schema.createTable('t').addColumn('a', 'text').execute(); await db.schema.withSchema('s').createIndex('i').on('t').column('a').execute();",
      ['postgresql'],
    ],
    [
      'await sql`alter table ${sql.table("s.t")} drop column ${sql.ref("a")}, add ${sql.id("b")} int default ${sql.lit(3)}`.execute(db);',
      ['postgresql'],
    ],
    ["const { ref } = db.dynamic; await sql`alter table t drop column ${ref('a')}`.execute(db);", ['postgresql']],
    [
      "await sql.raw('drop table t').execute(db); await db.executeQuery(CompiledQuery.raw('drop table u'));",
      ['postgresql'],
    ],
    ["const b = db.schema.createTable('t'); const c = b.addColumn('a', 'text'); await c.execute();", ['postgresql']],
    ["for (const t of ['a', 'b']) await db.schema.dropTable(t).execute();", ['postgresql']],
    ["await Promise.all(['a', 'b'].map((t) => db.schema.dropTable(t).execute()));", ['postgresql']],
    [
      "const T = { users: 'app_users' }; await db.schema.alterTable(T.users).addColumn(`${T.users}_id`, 'integer').execute();",
      ['postgresql'],
    ],
  ])('%s', async (body, dialects) => {
    for (const dialect of dialects) await compare(body, dialect);
  });
});

const name = fc.constantFrom('a', 'b', 'userId', 'Total', 'order', "o'clock", 'a"b', 'x_1');
const literal = (text: string): string => JSON.stringify(text);
const type = fc.constantFrom(
  "'text'",
  "'integer'",
  "'varchar(12)'",
  "'numeric(8, 2)'",
  "'timestamptz'",
  "'jsonb'",
  'sql`citext`',
  'sql`text[]`',
);
const value = fc.constantFrom(
  "'x'",
  '"it\'s"',
  '7',
  'true',
  'sql`now()`',
  'sql`${sql.lit("y")}`',
  'sql`${sql.ref("a")} || 1`',
);
const modifier = fc.oneof(
  fc.constantFrom(
    '.notNull()',
    '.unique()',
    '.primaryKey()',
    '.check(sql`1 < 2`)',
    ".references('t.id')",
    ".references('s.t.id').onDelete('cascade')",
  ),
  value.map((each) => `.defaultTo(${each})`),
);
const builder = fc
  .uniqueArray(modifier, { maxLength: 4, selector: (each) => each.split('(')[0]! })
  .map((all) => (all.length > 0 ? `, (c) => c${all.join('')}` : ''));
const column = fc.tuple(name, type, builder).map(([called, of, build]) => `(${literal(called)}, ${of}${build})`);
const columns = fc.uniqueArray(column, { minLength: 1, maxLength: 4, selector: (each) => each.split(',')[0]! });
const list = fc.uniqueArray(name, { minLength: 1, maxLength: 3 }).map((names) => `[${names.map(literal).join(', ')}]`);
const alteration = fc.oneof(
  column.map((each) => `.addColumn${each}`),
  name.map((each) => `.dropColumn(${literal(each)})`),
  fc.tuple(name, type).map(([each, of]) => `.alterColumn(${literal(each)}, (c) => c.setDataType(${of}))`),
  fc.tuple(name, value).map(([each, to]) => `.alterColumn(${literal(each)}, (c) => c.setDefault(${to}))`),
  name.map((each) => `.alterColumn(${literal(each)}, (c) => c.setNotNull())`),
);
const program = fc.oneof(
  fc
    .tuple(name, columns, fc.option(list))
    .map(
      ([table, all, keys]) =>
        `createTable(${literal(table)})${all.map((each) => `.addColumn${each}`).join('')}${keys === null ? '' : `.addUniqueConstraint('u', ${keys})`}`,
    ),
  fc
    .tuple(name, fc.array(alteration, { minLength: 1, maxLength: 4 }))
    .map(([table, all]) => `alterTable(${literal(table)})${all.join('')}`),
  fc
    .tuple(name, name, list, fc.boolean(), fc.option(fc.tuple(name, value)))
    .map(
      ([index, table, all, unique, where]) =>
        `createIndex(${literal(index)})${unique ? '.unique()' : ''}.on(${literal(table)}).columns(${all})${where ? `.where(${literal(where[0])}, '=', ${where[1]})` : ''}`,
    ),
  fc
    .tuple(name, list, name, list)
    .map(
      ([table, own, target, other]) =>
        `alterTable(${literal(table)}).addForeignKeyConstraint('f', ${own}, ${literal(target)}, ${other}).onDelete('cascade')`,
    ),
);

test('builders of all kinds give what Kysely sends', async () => {
  await fc.assert(
    fc.asyncProperty(program, async (each) => compare(`await db.schema.${each}.execute();`, 'postgresql')),
    { numRuns: 300 },
  );
}, 60_000);
