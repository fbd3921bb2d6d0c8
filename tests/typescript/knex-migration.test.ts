import { describe, expect, test } from 'vitest';
import type { FileFacts } from '../../src/ir/index.js';
import { operations, readOne, readProject } from './support.js';

const migrations = { path: 'migrations', runner: 'knex' as const };

const read = (text: string, path = 'migrations/1.ts'): FileFacts => readOne(text, { migrations }, path);

const up = (body: string): FileFacts =>
  read(`exports.up = async (knex) => { ${body} };\nexports.down = async () => {};`);

/** Kinds of operations with their tables, and the guard where one is set. */
const said = (facts: FileFacts): string[] =>
  operations(facts).map((operation) => {
    const table =
      'table' in operation && operation.table
        ? ` ${operation.table.name.unknown ? '?' : operation.table.name.value}`
        : '';
    return (
      operation.kind +
      table +
      (operation.guard ? ` (${operation.guard.dialects?.join(' ') ?? operation.guard.kind})` : '')
    );
  });

describe('what belongs to a migration', () => {
  test.each<[string, string, string[]]>([
    [
      'a helper with a table',
      "const soft = (k, t) => k.schema.alterTable(t, (x) => x.timestamp('deleted_at')); for (const n of ['a', 'b']) await soft(knex, n);",
      ['AddColumn a', 'AddColumn b'],
    ],
    [
      'a chain of links',
      "await knex.schema.dropTable('a').dropTableIfExists('b').renameTable('c', 'd').raw('DROP TABLE e')",
      ['DropTable a', 'DropTable b', 'RenameTable c', 'DropTable e'],
    ],
    ['a table of a computed name', 'await knex.schema.dropTable(process.env.T)', ['DropTable ?']],
    ['a builder in a constant', "const { schema } = knex; await schema.dropTable('a')", ['DropTable a']],
    ['a builder in this', "await knex.schema.alterTable('a', function () { this.string('b'); })", ['AddColumn a']],
    [
      'what follows hasTable',
      "const there = await knex.schema.hasTable('a'); if (!there) await knex.schema.dropTable('a')",
      ['DropTable a (existence)'],
    ],
    [
      'what follows hasColumn',
      "if (await knex.schema.hasColumn('a', 'b')) await knex.schema.dropTable('a')",
      ['DropTable a (existence)'],
    ],
    ['an unknown condition', "if (process.env.X) await knex.schema.dropTable('a')", ['DropTable a (unknown)']],
    [
      'the client',
      "if (knex.client.config.client === 'mysql2') await knex.schema.dropTable('a'); else await knex.schema.dropTable('b')",
      ['DropTable a (mysql mariadb)', 'DropTable b (postgresql cockroachdb sqlite tsql oracle)'],
    ],
    [
      'a switch over databases',
      "switch (config.type) { case 'pg': case 'sqlite': await knex.schema.dropTable('a'); break; default: await knex.schema.dropTable('b'); }",
      ['DropTable a (postgresql sqlite)', 'DropTable b (dialect)'],
    ],
    ['a swallowed error', "await knex.schema.dropTable('a').catch(() => {})", ['DropTable a (idempotent)']],
    ['an error that is thrown again', "await knex.schema.dropTable('a').catch((e) => { throw e; })", ['DropTable a']],
    [
      'rows',
      "await knex('a').insert({}); await knex('a').where({ b: 1 }).update({ c: 2 }); await knex.from('a').del(); await knex('a').select()",
      ['Insert a', 'Update a', 'Delete a'],
    ],
    [
      'rows of an alias',
      "await knex('a as b').update({ c: 2 }); await knex({ b: 'a' }).update({ c: 2 })",
      ['Update a', 'Update a'],
    ],
    ['the transaction of a callback', "await knex.transaction((trx) => trx.schema.dropTable('a'))", ['DropTable a']],
    ['a function that is not known', 'await helper(knex)', ['Opaque']],
    ['a column function that is not known', "await knex.schema.alterTable('a', (t) => { helper(t); })", ['Opaque']],
    ['text that is computed', 'await knex.raw(text())', ['Opaque']],
    ['other things than Knex', "schema.dropTable('a'); other.schema.dropTable('a'); z.string('x').notNullable()", []],
  ])('%s', (_, body, expected) => {
    expect(said(up(body))).toEqual(expected);
  });

  test('a parameter that is taken apart', () => {
    expect(
      said(read("export const up = ({ schema }) => schema.dropTable('a'); export const down = () => {};")),
    ).toEqual(['DropTable a']);
  });

  test('a file outside of a folder of migrations only where its type says so', () => {
    const typed =
      "import type { Knex } from 'knex'; export async function up(db: Knex) { await db.schema.dropTable('a'); }";
    expect(said(readOne(typed))).toEqual(['DropTable a']);
    expect(readOne(typed.replace(': Knex', '')).migrations).toEqual([]);
    expect(readOne(typed.replace("'knex'", "'./knex'")).migrations).toEqual([]);
  });
});

describe('bindings of raw SQL', () => {
  const text = (body: string): string => {
    const [step] = up(body).migrations[0]!.up.steps;
    return step && 'statement' in step ? step.statement.text : '';
  };
  test.each([
    ["knex.raw('DROP TABLE ??', ['a.b'])", 'DROP TABLE "a"."b"'],
    ["knex.raw('DROP TABLE ??', 'a')", 'DROP TABLE "a"'],
    ["knex.raw('DROP TABLE :t:', { t: 'a' })", 'DROP TABLE "a"'],
    ['knex.raw("SELECT \'a?\'::text")', "SELECT 'a?'::text"],
  ])('%s', (body, expected) => {
    expect(text(body)).toBe(expected);
  });

  test('a value is sent apart from the text', () => {
    const [step] = up("knex.raw('DELETE FROM a WHERE b = ? AND c = ?', [1, x])").migrations[0]!.up.steps;
    expect(step && 'statement' in step && step.statement.holes.map(({ bound }) => bound)).toEqual([true, true]);
  });
});

describe('transactions and order', () => {
  const state = (text: string, settings: { [path: string]: string } = {}): unknown => {
    const files = { 'migrations/1.js': `exports.up = (knex) => knex.schema.dropTable('a');\n${text}`, ...settings };
    const { transaction, up: body } = readProject(files, { migrations })[0]!.migrations[0]!;
    const [step] = body.steps;
    return [transaction, step && 'operation' in step && step.inTransaction];
  };
  const knexfile = { 'knexfile.js': "module.exports = { client: 'pg', migrations: { disableTransactions: true } };" };

  test('all pending migrations run in one, unless told otherwise', () => {
    expect(state('')).toEqual(['all', 'yes']);
    expect(state('exports.config = { transaction: false };')).toEqual(['none', 'no']);
    expect(state('', knexfile)).toEqual(['none', 'no']);
    expect(state('exports.config = { transaction: true };', knexfile)).toEqual(['each', 'yes']);
  });

  test('versions where a source of its own sorts by them', () => {
    const file = (path: string): [string, string] => [path, "exports.up = (knex) => knex.schema.dropTable('a');"];
    const names = ['migrations/2.10.0.js', 'migrations/2.9.0.js', 'migrations/2.9.0-beta.2.js'];
    const source =
      "const semver = require('semver');\nmodule.exports = { async getMigrations() { return list().sort(semver.compare); }, getMigrationName: (m) => m, getMigration: (m) => m };";
    const orders = (files: [string, string][]): unknown[] =>
      readProject(Object.fromEntries(files), { migrations })
        .slice(0, 3)
        .map((facts) => facts.migrations[0]!.order);
    expect(orders(names.map(file))).toEqual([['2.10.0.js'], ['2.9.0.js'], ['2.9.0-beta.2.js']]);
    expect(orders([...names.map(file), ['db/source.js', source]])).toEqual([
      [2, 10, 0, 1],
      [2, 9, 0, 1],
      [2, 9, 0, 0, 'beta', 2],
    ]);
  });
});

test('a column that two branches declare is one, of a type that is not known', () => {
  const [table] = operations(
    up(
      "await knex.schema.createTable('a', (t) => { if (x) { t.specificType('b', 'LONGBLOB'); } else { t.binary('b'); } t.string('c'); })",
    ),
  );
  expect(
    table?.kind === 'CreateTable' && table.definition.columns.map(({ name, type }) => `${name.value} ${type.name}`),
  ).toEqual(['b unknown', 'c varchar(255)']);
});

test('the column of another database is none', () => {
  const [table] = operations(
    up(
      "await knex.schema.createTable('a', (t) => { if (isMysql) t.specificType('b', 'LONGBLOB'); else t.binary('b'); })".replace(
        'isMysql',
        "type === 'mysql'",
      ),
    ),
  );
  expect(table?.kind === 'CreateTable' && table.definition.columns.map(({ type }) => type.name)).toEqual(['bytea']);
});
