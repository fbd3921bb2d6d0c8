import { describe, expect, test } from 'vitest';
import type { MigrationFolder } from '../../src/frontends/front-end.js';
import type { Project } from '../../src/ir/index.js';
import { operationsIn } from '../../src/queries/operations.js';
import { inTransaction, sharesTransaction, transactionHolder } from '../../src/queries/transactions.js';
import { projectOf, scriptOf, type ProjectOptions } from './support/project.js';

/** What keeps a transaction open around each operation, in order. */
const holders = (project: Project): string[] =>
  project.files.flatMap((facts) => [...operationsIn(facts)].map((placed) => transactionHolder(project, placed)));

/** For each operation but the first, whether it shares the transaction of the one before it. */
function shared(project: Project): string[] {
  const all = project.files.flatMap((facts) => [...operationsIn(facts)]).filter(({ section }) => section !== 'down');
  return all.slice(1).map((placed, index) => sharesTransaction(project, all[index]!, placed));
}

const typeorm = (name: string, body: string, members = ''): string =>
  `import { MigrationInterface, QueryRunner } from 'typeorm';
   export class ${name} implements MigrationInterface { ${members}
     async up(q: QueryRunner) { ${body} } async down() {} }`;
const query = (sql: string): string => `await q.query('${sql}');`;
const alembic = (id: string, parent: string | null, body: string): string =>
  `from alembic import op\nrevision = "${id}"\ndown_revision = ${parent === null ? 'None' : `"${parent}"`}\n
def upgrade():\n${body.replace(/^/gm, '    ')}\n
def downgrade():\n    pass\n`;

describe('what keeps a transaction open', () => {
  test.each<[string, string[]]>([
    [query('DROP TABLE a'), ['runner']],
    [
      'await q.startTransaction(); await q.commitTransaction(); ' + query('DROP TABLE a'),
      ['runner', 'runner', 'runner'],
    ],
    [
      'await q.commitTransaction(); ' + query('DROP TABLE a') + 'await q.startTransaction(); ' + query('DROP TABLE b'),
      ['runner', 'none', 'none', 'script'],
    ],
    [
      query('COMMIT') + query('DROP TABLE a') + query('BEGIN') + query('DROP TABLE b'),
      ['runner', 'none', 'none', 'script'],
    ],
  ])('TypeORM: %s', async (body, expected) => {
    expect(holders(await projectOf({ 'src/migrations/a.ts': typeorm('A1700000000001', body) }))).toEqual(expected);
  });

  test.each<[string, string[]]>([
    [query('DROP TABLE a'), ['none']],
    [query('DROP TABLE a; DROP TABLE b') + query('DROP TABLE c'), ['string', 'string', 'none']],
    ['await q.startTransaction(); ' + query('DROP TABLE a; DROP TABLE b'), ['none', 'script', 'script']],
    [query('DO $$ BEGIN DROP TABLE a; END $$'), ['none', 'script']],
  ])('TypeORM with transaction = false: %s', async (body, expected) => {
    const text = typeorm('A1700000000001', body, 'transaction = false;');
    expect(holders(await projectOf({ 'src/migrations/a.ts': text }))).toEqual(expected);
  });

  test.each<[string, string[]]>([
    ['op.execute("DROP TABLE a")', ['runner']],
    [
      'with op.get_context().autocommit_block():\n    op.execute("DROP TABLE a")\nop.drop_table("b")',
      ['none', 'runner'],
    ],
    // A driver may begin the next one by itself.
    ['op.execute("COMMIT")\nop.execute("DROP TABLE a")', ['runner', 'unknown']],
  ])('Alembic: %s', async (body, expected) => {
    expect(holders(await projectOf({ 'migrations/versions/a.py': alembic('a', null, body) }))).toEqual(expected);
  });

  const drops = 'DROP TABLE a;\nDROP TABLE b;';
  test.each<[MigrationFolder['runner'], string, string, string[]]>([
    ['golang-migrate', '1_a.up.sql', drops, ['string', 'string']],
    ['golang-migrate', '1_a.up.sql', 'DROP TABLE a;', ['none']],
    [
      'golang-migrate',
      '1_a.up.sql',
      `BEGIN;\nDROP TABLE c;\nCOMMIT;\n${drops}`,
      ['script', 'script', 'script', 'string', 'string'],
    ],
    ['dbmate', '1_a.sql', `-- migrate:up transaction:false\n${drops}`, ['string', 'string']],
    ['dbmate', '1_a.sql', `-- migrate:up\n${drops}`, ['runner', 'runner']],
    ['goose', '1_a.sql', `-- +goose NO TRANSACTION\n-- +goose Up\n${drops}`, ['none', 'none']],
    ['goose', '1_a.sql', `-- +goose Up\nCOMMIT;\n${drops}`, ['runner', 'none', 'none']],
    ['sqlx', '1_a.sql', `-- no-transaction\n${drops}`, ['string', 'string']],
    ['plain', '1_a.sql', `BEGIN;\n${drops}\nCOMMIT;\nDROP TABLE c;`, ['script', 'script', 'script', 'script', 'none']],
    ['supabase', '1_a.sql', 'DROP TABLE a;\nDROP INDEX CONCURRENTLY b;', ['runner', 'unknown']],
  ])('%s, %s: %s', async (runner, name, text, expected) => {
    const folders = [{ path: 'db', runner }];
    expect(holders(await projectOf({ [`db/${name}`]: text }, { folders }))).toEqual(expected);
  });

  test('of MySQL a string of several statements is none', async () => {
    const options: ProjectOptions = { dialect: 'mysql', folders: [{ path: 'db', runner: 'golang-migrate' }] };
    expect(holders(await projectOf({ 'db/1_a.up.sql': drops }, options))).toEqual(['none', 'none']);
  });

  test('where the runner is not known, the configuration may say it', async () => {
    const project = await scriptOf('DROP TABLE a;');
    const placed = [...operationsIn(project.files[0]!)][0]!;
    const assuming = (assumeInTransaction: boolean): Project => ({
      ...project,
      settings: { ...project.settings, assumeInTransaction },
    });
    expect(inTransaction(project, placed)).toBe('unknown');
    expect(inTransaction(assuming(true), placed)).toBe('yes');
    expect(inTransaction(assuming(false), placed)).toBe('no');
  });
});

describe('what shares a transaction', () => {
  test('the steps of a migration, up to a block without one', async () => {
    const body = [
      'op.drop_table("a")',
      'op.drop_table("b")',
      'with op.get_context().autocommit_block():',
      '    op.execute("DROP TABLE c")',
      '    op.execute("DROP TABLE d")',
      'op.drop_table("e")',
      'op.drop_table("f")',
    ].join('\n');
    const project = await projectOf({ 'migrations/versions/a.py': alembic('a', null, body) });
    expect(shared(project)).toEqual(['yes', 'no', 'no', 'no', 'yes']);
  });

  test('the actions of one statement, and the statements of one string', async () => {
    const body = query('ALTER TABLE a ADD b int, ADD c int; DROP TABLE d') + query('DROP TABLE e');
    const project = await projectOf({ 'src/migrations/a.ts': typeorm('A1700000000001', body, 'transaction = false;') });
    expect(shared(project)).toEqual(['yes', 'yes', 'no']);
  });

  const chain = {
    'migrations/versions/a.py': alembic('a', null, 'op.drop_table("a")'),
    'migrations/versions/b.py': alembic('b', 'a', 'op.drop_table("b")'),
    'migrations/versions/c.py': alembic('c', 'b', 'op.drop_table("c")'),
  };

  test('migrations of one run, which are those that are new together', async () => {
    const shipped = ['migrations/versions/a.py'];
    // Whether it was one run on other databases is not known: on an empty one it is.
    expect(shared(await projectOf(chain, { shipped }))).toEqual(['unknown', 'yes']);
    expect(shared(await projectOf(chain))).toEqual(['unknown', 'unknown']);
  });

  test('no migrations where each has its own', async () => {
    const env = 'from alembic import context\ncontext.configure(connection=None, transaction_per_migration=True)\n';
    const project = await projectOf({ ...chain, 'migrations/env.py': env }, { shipped: ['migrations/versions/a.py'] });
    expect(shared(project)).toEqual(['no', 'no']);
  });

  test('no migrations of Knex where one of them opts out', async () => {
    const knex = (config: string, table: string): string =>
      `${config} exports.up = (knex) => knex.schema.dropTable('${table}'); exports.down = () => {};`;
    const folders: MigrationFolder[] = [{ path: 'db', runner: 'knex' }];
    const files = { 'db/1_a.js': knex('', 'a'), 'db/2_b.js': knex('', 'b'), 'db/3_c.js': knex('', 'c') };
    const shipped = ['db/1_a.js'];
    expect(shared(await projectOf(files, { folders, shipped }))).toEqual(['unknown', 'yes']);
    const opted = { ...files, 'db/3_c.js': knex('exports.config = { transaction: false };', 'c') };
    expect(shared(await projectOf(opted, { folders, shipped }))).toEqual(['no', 'no']);
  });
});
