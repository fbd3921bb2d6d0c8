import { describe, expect, test } from 'vitest';
import { migrationFolders } from '../../src/engine/migration-folders.js';
import type { Runner } from '../../src/ir/index.js';
import { histories } from '../../src/queries/revision-graph.js';
import { projectOf } from './support/project.js';

/** A history as its runner runs it. Files are given in an order that is not that of the runner. */
interface Expected {
  ordered: string[];
  heads?: string[];
  roots?: string[];
  duplicates?: string[][];
  cyclic?: string[];
  missing?: string[];
}

const alembic = (id: string, parents: string, more = ''): string =>
  `from alembic import op\nrevision = "${id}"\ndown_revision = ${parents}\n${more}\ndef upgrade():\n    op.drop_table("a")\n`;
const typeorm = (name: string): string =>
  `import { MigrationInterface } from 'typeorm'; export class ${name} implements MigrationInterface { async up(q) { await q.query('DROP TABLE a'); } async down() {} }`;
const mikro = (name: string): string =>
  `import { Migration } from '@mikro-orm/migrations'; export class ${name} extends Migration { async up() { this.addSql('DROP TABLE a'); } }`;
const knex = "exports.up = (knex) => knex.schema.dropTable('a'); exports.down = () => {};";
const sequelize = "module.exports = { up: (queryInterface) => queryInterface.dropTable('a'), down: () => {} };";
const kysely =
  "import { Kysely } from 'kysely'; export async function up(db: Kysely<any>) { await db.schema.dropTable('a').execute(); }";
const dbMigrate = "exports.up = (db) => db.dropTable('a'); exports.down = () => {};";
const sql = 'DROP TABLE a;';
const journal = (...tags: string[]): string =>
  JSON.stringify({ dialect: 'postgresql', entries: tags.map((tag, idx) => ({ idx, when: idx, tag })) });

const cases: [string, Runner, Record<string, string>, Expected][] = [
  [
    'branches and a merge, whatever the names of the files',
    'alembic',
    {
      'h/versions/a_merge.py': alembic('m', '("l", "r")'),
      'h/versions/b_right.py': alembic('r', '"base"'),
      'h/versions/c_left.py': alembic('l', '"base"'),
      'h/versions/d_base.py': alembic('base', 'None'),
    },
    { ordered: ['base', 'l', 'r', 'm'] },
  ],
  [
    'two heads, two bases, a gap, a cycle and an id that is there twice',
    'alembic',
    {
      'h/versions/1.py': alembic('a', 'None'),
      'h/versions/2.py': alembic('b', '"a"'),
      'h/versions/3.py': alembic('b', '"a"'),
      'h/versions/4.py': alembic('other', 'None'),
      'h/versions/5.py': alembic('orphan', '"gone"', 'depends_on = "lost"'),
      'h/versions/6.py': alembic('x', '"y"'),
      'h/versions/7.py': alembic('y', '"x"'),
    },
    {
      ordered: ['a', 'orphan', 'other', 'b', 'b', 'x', 'y'],
      heads: ['b', 'b', 'orphan', 'other'],
      roots: ['a', 'other'],
      duplicates: [['b', 'b']],
      cyclic: ['x', 'y'],
      missing: ['gone', 'lost'],
    },
  ],
  [
    'the time in the name of the class, not the name of the file',
    'typeorm',
    {
      'h/migrations/1-Last.ts': typeorm('Last1700000000002'),
      'h/migrations/2-First.ts': typeorm('First1700000000001'),
    },
    { ordered: ['First1700000000001', 'Last1700000000002'] },
  ],
  [
    'the names of files',
    'mikro-orm',
    { 'h/migrations/Migration2.ts': mikro('First'), 'h/migrations/Migration10.ts': mikro('Second') },
    { ordered: ['Second', 'First'] },
  ],
  [
    'the names of files as text',
    'knex',
    { 'h/migrations/9_b.js': knex, 'h/migrations/10_a.js': knex },
    { ordered: ['10_a', '9_b'] },
  ],
  [
    'the names of files as text',
    'sequelize',
    { 'h/migrations/9-b.js': sequelize, 'h/migrations/10-a.js': sequelize },
    { ordered: ['10-a', '9-b'] },
  ],
  [
    'the names of files as text',
    'kysely',
    { 'h/migrations/9_b.ts': kysely, 'h/migrations/10_a.ts': kysely },
    { ordered: ['10_a', '9_b'] },
  ],
  [
    'the names of files as text',
    'db-migrate',
    { 'h/migrations/9-b.js': dbMigrate, 'h/migrations/10-a.js': dbMigrate },
    { ordered: ['10-a', '9-b'] },
  ],
  [
    'the journal, which may name no file, and files that it does not name are none',
    'drizzle',
    {
      'h/0000_b.sql': sql,
      'h/0001_a.sql': sql,
      'h/0002_orphan.sql': sql,
      'h/meta/_journal.json': journal('0001_a', '0000_b', '0003_gone'),
    },
    { ordered: ['0001_a', '0000_b'] },
  ],
  [
    'the names of folders as text',
    'prisma',
    {
      'h/migrations/9_b/migration.sql': sql,
      'h/migrations/10_a/migration.sql': sql,
      'h/migrations/migration_lock.toml': 'provider = "postgresql"\n',
    },
    { ordered: ['10_a', '9_b'] },
  ],
  [
    'versions part by part, repeatable ones last',
    'flyway',
    { 'h/V1_10__b.sql': sql, 'h/V1_9__a.sql': sql, 'h/R__views.sql': sql, 'h/V2__c.sql': sql },
    { ordered: ['V1_9', 'V1_10', 'V2', 'R__views'] },
  ],
  [
    'numbers as numbers, twice the same one',
    'goose',
    { 'h/10_b.sql': `-- +goose Up\n${sql}`, 'h/9_a.sql': `-- +goose Up\n${sql}`, 'h/10_a.sql': `-- +goose Up\n${sql}` },
    { ordered: ['9_a', '10_a', '10_b'] },
  ],
  [
    'the names of files as text',
    'dbmate',
    { 'h/9_b.sql': `-- migrate:up\n${sql}`, 'h/10_a.sql': `-- migrate:up\n${sql}` },
    { ordered: ['10_a', '9_b'] },
  ],
  [
    'numbers as numbers',
    'golang-migrate',
    { 'h/10_b.up.sql': sql, 'h/9_a.up.sql': sql, 'h/9_a.down.sql': sql },
    { ordered: ['9_a', '10_b'] },
  ],
  ['numbers as numbers', 'sqlx', { 'h/10_b.sql': sql, 'h/9_a.sql': sql }, { ordered: ['9_a', '10_b'] }],
  ['numbers as numbers', 'plain', { 'h/10_b.sql': sql, 'h/9_a.sql': sql }, { ordered: ['9_a', '10_b'] }],
];

describe('the order of each runner', () => {
  test.each(cases)('%s: %s', async (_, runner, files, expected) => {
    const paths = Object.keys(files);
    const found = migrationFolders(paths, (path) => files[path]);
    const path = paths[0]!.replace(/\/(?:[^/]+\/migration\.sql|[^/]+)$/, '');
    const folders = runner === 'drizzle' || runner === 'prisma' ? found : [{ path, runner }];
    const all = histories(await projectOf(files, { folders }));
    expect(all.map((each) => each.runner)).toEqual([runner]);
    const [{ ordered, heads, roots, duplicates, cyclic, missing }] = all as [(typeof all)[0]];
    const ids = (placed: typeof ordered): string[] => placed.map(({ migration }) => migration.id);
    expect(ids(ordered)).toEqual(expected.ordered);
    expect(ids(heads).sort()).toEqual(expected.heads ?? [expected.ordered.at(-1)]);
    expect(ids(roots)).toEqual(expected.roots ?? [expected.ordered[0]]);
    expect(duplicates.map(ids)).toEqual(expected.duplicates ?? []);
    expect(ids(cyclic)).toEqual(expected.cyclic ?? []);
    expect(missing.map(({ parent }) => parent)).toEqual(expected.missing ?? []);
  });
});
