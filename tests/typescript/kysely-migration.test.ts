import { describe, expect, test } from 'vitest';
import type { FileFacts } from '../../src/ir/index.js';
import { operations, readOne } from './support.js';

const migration = (body: string, more = ''): FileFacts =>
  readOne(`import { Kysely, Migrator, sql } from 'kysely';
${more}
export async function up(db: Kysely<any>): Promise<void> {
  ${body}
}`);

const kinds = (body: string, more = ''): string[] => operations(migration(body, more)).map(({ kind }) => kind);

const create = "db.schema.createTable('t').addColumn('a', 'text')";

describe('a builder changes something only where it is executed', () => {
  test.each<[string, string[], string[]]>([
    [`await ${create}.execute();`, ['CreateTable'], []],
    [`return ${create}.execute();`, ['CreateTable'], []],
    [`await Promise.all([${create}.execute()]);`, ['CreateTable'], []],
    [`const done = ${create}.execute(); await done;`, ['CreateTable'], []],
    [`${create}.execute();`, ['CreateTable'], ['missing-await']],
    [`await ${create};`, [], ['unexecuted-builder']],
    [`${create};`, [], ['unexecuted-builder']],
    [`return ${create};`, [], ['unexecuted-builder']],
    [`const builder = ${create}; await builder.execute();`, ['CreateTable'], []],
    [`console.log(${create}.compile().sql);`, [], []],
    ['sql`drop table t`.execute(db);', ['DropTable'], ['missing-await']],
    ['await sql`drop table t`;', [], []],
    ["await db.selectFrom('t').selectAll().execute();", [], []],
    ["await db.deleteFrom('t').where('a', '=', 1).execute();", ['Delete'], []],
    ["await db.insertInto('t').values({ a: 1 }).executeTakeFirst();", ['Insert'], []],
    ['await helper(db);', ['Opaque'], []],
    [
      "await db.transaction().execute(async (trx) => { await trx.schema.dropTable('t').execute(); });",
      ['DropTable'],
      [],
    ],
    ['const query = decide(); await sql`${query}`.execute(db);', ['Opaque'], []],
    [`await ${create}.execute().catch(() => {});`, ['CreateTable'], []],
  ])('%s', (body, expected, usages) => {
    const facts = migration(body);
    expect(operations(facts).map(({ kind }) => kind)).toEqual(expected);
    expect(facts.usages.map(({ kind }) => kind)).toEqual(usages);
  });
});

describe('where a migration is found', () => {
  const down = "await db.schema.dropTable('t').execute();";
  test.each([
    ['typed', `import type { Kysely } from 'kysely'; export async function up(db: Kysely<any>) { ${down} }`],
    ['a constant', `import { Kysely } from 'kysely'; export const up = async (db: Kysely<any>) => { ${down} };`],
    [
      'under another name',
      `import * as k from 'kysely'; export async function up(database: k.Kysely<any>) { ${down.replace('db', 'database')} }`,
    ],
    [
      'in a provider',
      `import { Kysely } from 'kysely'; export const all = { '001': { async up(db: Kysely<any>) { ${down} } } };`,
    ],
    [
      'assigned',
      `import { Kysely } from 'kysely'; const all: any = {}; all['001'] = { async up(db: Kysely<any>) { ${down} } };`,
    ],
  ])('%s', (_, text) => {
    expect(operations(readOne(text)).map(({ kind }) => kind)).toEqual(['DropTable']);
  });

  test('JavaScript in a folder of Kysely', () => {
    const text = `exports.up = async (db) => { ${down} };`;
    const migrations = { path: 'src', runner: 'kysely' as const };
    expect(operations(readOne(text, { migrations }, 'src/001.js')).map(({ kind }) => kind)).toEqual(['DropTable']);
  });

  test.each([
    ['another type', `import { Kysely } from './own'; export async function up(db: Kysely<any>) { ${down} }`],
    [
      'an object that is no migration',
      `import { Kysely } from 'kysely'; export const level = { up(step: number) { } };`,
    ],
  ])('not: %s', (_, text) => {
    expect(readOne(text).migrations).toEqual([]);
  });
});

test('an operation stands at the call that makes it', () => {
  const text = `import { Kysely } from 'kysely'; export async function up(db: Kysely<any>) {
    await db.schema.alterTable('t').addColumn('a', 'text').dropColumn('b').execute(); }`;
  expect(operations(readOne(text)).map(({ span }) => text.slice(span.start, span.end))).toEqual([
    "addColumn('a', 'text')",
    "dropColumn('b')",
  ]);
  const [add] = operations(readOne(text));
  expect(add?.kind === 'AddColumn' && text.slice(add.column.name.span.start, add.column.name.span.end)).toBe("'a'");
});

describe('what is not known is said', () => {
  test('a callback that computes', () => {
    const [create] = operations(
      migration(
        "await db.schema.createTable('t').addColumn('a', 'text', (c) => { if (x) return c.notNull(); return c; }).execute();",
      ),
    );
    expect(create?.kind === 'CreateTable' && create.definition.columns[0]!.uncertain).toHaveLength(1);
  });

  test('the name of a table', () => {
    const [drop] = operations(migration('await db.schema.dropTable(process.env.TABLE!).execute();'));
    expect(drop?.kind === 'DropTable' && drop.table.name.unknown).toBe(true);
  });

  test('a helper of the file is followed', () => {
    const more =
      'const soft = (db: Kysely<any>, t: string) => db.schema.alterTable(t).addColumn("deleted", "date").execute();';
    expect(kinds("for (const t of ['a', 'b']) await soft(db, t);", more)).toEqual(['AddColumn', 'AddColumn']);
  });
});
