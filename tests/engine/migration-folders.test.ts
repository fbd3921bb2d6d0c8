import { describe, expect, test } from 'vitest';
import type { MigrationFolder } from '../../src/frontends/front-end.js';
import { configuredFolders, folderHolding, migrationFolders } from '../../src/engine/migration-folders.js';

const find = (files: Record<string, string>): MigrationFolder[] =>
  migrationFolders(Object.keys(files), (path) => files[path]);

const typeorm = 'export class A1 implements MigrationInterface {}';

describe('alembic', () => {
  test.each<[string, string, string]>([
    ['a relative location', 'script_location = alembic', 'alembic/versions'],
    ['%(here)s', 'script_location = %(here)s/db/alembic', 'db/alembic/versions'],
    ['a package', 'script_location=app:alembic', 'app/alembic/versions'],
    ['a nested path', '  script_location   =   app/db  ', 'app/db/versions'],
    ['CRLF', 'script_location = alembic\r\nprepend_sys_path = .\r\n', 'alembic/versions'],
  ])('script_location: %s', (_name, line, path) => {
    const files = { 'backend/alembic.ini': `[alembic]\n${line}\n`, [`backend/${path}/1_a.py`]: '' };
    expect(find(files)).toEqual([{ path: `backend/${path}`, runner: 'alembic' }]);
  });

  test('version_locations', () => {
    const files = {
      'alembic.ini': 'script_location = db\nversion_locations = %(here)s/one/versions %(here)s/two\n',
      'one/versions/a.py': '',
      'two/b.py': '',
    };
    expect(find(files).map(({ path }) => path)).toEqual(['one/versions', 'two']);
  });

  test.each([
    [
      'several lines',
      'alembic.ini',
      '[alembic]\n  script_location = db\n  prepend_sys_path = .\n  version_locations =\n    %(here)s/one\n    %(here)s/two\n',
    ],
    [
      'a list in pyproject.toml',
      'pyproject.toml',
      '[tool.black]\nscript_location = "x"\n\n[tool.alembic]\nscript_location = "%(here)s/db"\nversion_locations = [\n    "%(here)s/one",  # first\n    "%(here)s/two",\n]\n\n[tool.other]\nversion_locations = ["x"]\n',
    ],
  ])('version_locations: %s', (_, path, text) => {
    const files = {
      [path]: text,
      'db/versions/a.py': '',
      'one/b.py': '',
      'two/c.py': '',
      'x/d.py': '',
      'x/versions/e.py': '',
    };
    expect(find(files).map((each) => each.path)).toEqual(['db/versions', 'one', 'two']);
  });

  test('a versions folder beside env.py needs no ini file', () => {
    expect(find({ 'ckan/migration/env.py': '', 'ckan/migration/versions/001_a.py': '' })).toEqual([
      { path: 'ckan/migration/versions', runner: 'alembic' },
    ]);
    expect(find({ 'app/env.py': '', 'app/other/a.py': '' })).toEqual([]);
  });

  test('a folder for each database is a history of its own', () => {
    const files = {
      'db/env.py': '',
      'db/versions/sqlite/1_a.py': '',
      'db/versions/postgresql/1_a.py': '',
      'db/versions/notes/1_a.py': '',
    };
    expect(find(files)).toEqual([
      { path: 'db/versions/postgresql', runner: 'alembic', dialect: 'postgresql' },
      { path: 'db/versions/sqlite', runner: 'alembic', dialect: 'sqlite' },
    ]);
  });

  test('a template in place of a value is no crash', () => {
    expect(find({ 'alembic.ini': 'script_location = {{ cookiecutter.name }}\n', 'a.py': '' })).toEqual([]);
  });
});

describe('runners in code', () => {
  test.each<[string, string, string]>([
    ['typeorm', typeorm, '1700000000000-a.ts'],
    ['mikro-orm', "import { Migration } from '@mikro-orm/migrations';", 'Migration20240101.ts'],
    ['kysely', "import { Kysely } from 'kysely';", '2024_a.ts'],
    ['sequelize', 'module.exports = { up: async (queryInterface, Sequelize) => {} };', '2024-a.js'],
    ['knex', 'exports.up = (knex) => knex.schema.createTable("a");', '2024_a.js'],
    ['db-migrate', "var dbm = require('db-migrate');", '2024-a.js'],
  ])('%s', (runner, text, name) => {
    expect(find({ [`src/migrations/${name}`]: text, 'src/migrations/index.ts': 'export *' })).toEqual([
      { path: 'src/migrations', runner },
    ]);
  });

  test('folders below one named migrations, with the dialect in their name', () => {
    expect(find({ 'm/migrations/mysql/1-a.ts': typeorm, 'm/migrations/sqlite/1-a.ts': typeorm })).toEqual([
      { path: 'm/migrations/mysql', runner: 'typeorm', dialect: 'mysql' },
      { path: 'm/migrations/sqlite', runner: 'typeorm', dialect: 'sqlite' },
    ]);
  });

  test('the dialect behind the word', () => {
    const text = 'exports.up = (knex) => knex.schema.dropTable("a");';
    expect(find({ 'db/migrations/1.js': text, 'db/migrations-sqlite/1.js': text })).toEqual([
      { path: 'db/migrations', runner: 'knex' },
      { path: 'db/migrations-sqlite', runner: 'knex', dialect: 'sqlite' },
    ]);
  });

  test.each([
    "module.exports = { client: 'pg', migrations: { directory: './db/changes', tableName: 'changes' }, seeds: { directory: './db/seeds' } };",
    "export default { migrations: {\n tableName: 'x',\n directory: path.join(__dirname, '/db/changes'),\n} };",
    'exports.development = { migrations: { directory: [`${__dirname}/other`, "db/changes/"] } };',
  ])('the folders of a knexfile: %s', (text) => {
    expect(find({ 'api/knexfile.js': text, 'api/db/changes/1.js': '', 'api/db/seeds/1.js': '' })).toEqual([
      { path: 'api/db/changes', runner: 'knex' },
    ]);
  });

  test('a folder named so without migrations is none', () => {
    expect(find({ 'app/settings/migrations/page.tsx': '', 'app/migrations/util.ts': 'export const x = 1;' })).toEqual(
      [],
    );
  });
});

describe('SQL files', () => {
  test.each<[string, Record<string, string>, MigrationFolder]>([
    [
      'Prisma',
      {
        'prisma/migrations/20240101000000_init/migration.sql': '',
        'prisma/migrations/20240102000000_two words/migration.sql': '',
        'prisma/migrations/migration_lock.toml': '# note\nprovider = "postgresql"\n',
      },
      { path: 'prisma/migrations', runner: 'prisma', dialect: 'postgresql' },
    ],
    [
      'Prisma without a lock',
      { 'prisma/migrations/20240101000000_init/migration.sql': '' },
      { path: 'prisma/migrations', runner: 'prisma' },
    ],
    [
      'Drizzle',
      {
        'drizzle/0000_a.sql': '',
        'drizzle/0001_b.sql': '',
        'drizzle/meta/_journal.json':
          '{"dialect":"sqlite","entries":[{"idx":1,"tag":"0001_b"},{"idx":0,"tag":"0000_a"}]}',
      },
      { path: 'drizzle', runner: 'drizzle', dialect: 'sqlite', order: ['0001_b', '0000_a'] },
    ],
    [
      'Drizzle with snapshots, of which the last by name counts',
      {
        'drizzle/0000_a.sql': '',
        'drizzle/meta/0001_snapshot.json': '{}',
        'drizzle/meta/0000_snapshot.json': '{}',
        'drizzle/meta/_journal.json': '{"dialect":"sqlite","entries":[{"idx":0,"tag":"0000_a"}]}',
      },
      {
        path: 'drizzle',
        runner: 'drizzle',
        dialect: 'sqlite',
        order: ['0000_a'],
        snapshot: 'drizzle/meta/0001_snapshot.json',
      },
    ],
    [
      'Drizzle with a broken journal',
      { 'drizzle/0000_a.sql': '', 'drizzle/meta/_journal.json': '{' },
      { path: 'drizzle', runner: 'drizzle' },
    ],
    ['goose', { 'db/1_a.sql': '-- +goose Up\n' }, { path: 'db', runner: 'goose' }],
    ['dbmate', { 'db/migrations/1_a.sql': '-- migrate:up\n' }, { path: 'db/migrations', runner: 'dbmate' }],
    [
      'liquibase',
      { 'db/changelog/a.sql': '--liquibase formatted sql\n' },
      { path: 'db/changelog', runner: 'liquibase' },
    ],
    [
      'Flyway',
      {
        'src/main/resources/db/migration/V1_2__a.sql': '',
        'src/main/resources/db/migration/R__b.sql': '',
        'src/main/resources/db/migration/V2__c.sql': '',
      },
      { path: 'src/main/resources/db/migration', runner: 'flyway' },
    ],
    [
      'golang-migrate',
      { 'migrations/1_a.up.sql': '', 'migrations/1_a.down.sql': '' },
      { path: 'migrations', runner: 'golang-migrate' },
    ],
    ['sqlx', { 'Cargo.toml': '', 'migrations/20240101_a.sql': '' }, { path: 'migrations', runner: 'sqlx' }],
    ['Atlas', { 'migrations/1_a.sql': '', 'migrations/atlas.sum': '' }, { path: 'migrations', runner: 'atlas' }],
    [
      'Supabase',
      { 'supabase/migrations/20240101000000_a.sql': '' },
      { path: 'supabase/migrations', runner: 'supabase' },
    ],
    ['numbered', { 'db/migrations/001_a.sql': '' }, { path: 'db/migrations', runner: 'plain' }],
    ['nothing but numbers', { 'db/migrations/0001.sql': '' }, { path: 'db/migrations', runner: 'plain' }],
    [
      'numbered elsewhere',
      { 'sql/001a_a.sql': 'CREATE TABLE a (x int)', 'sql/002_b.sql': '' },
      { path: 'sql', runner: 'plain' },
    ],
    [
      'numbered for one dialect',
      { 'migrations/mysql/1_a.sql': '' },
      { path: 'migrations/mysql', runner: 'plain', dialect: 'mysql' },
    ],
  ])('%s', (_name, files, folder) => {
    expect(find(files)).toEqual([folder]);
  });

  test('Diesel has a folder for each migration', () => {
    const files = { 'migrations/2024-01-01-000000_a/up.sql': '', 'migrations/2024-01-01-000000_a/down.sql': '' };
    expect(find(files)).toEqual([{ path: 'migrations', runner: 'diesel' }]);
  });

  test('a schema file, and numbered queries, are no migrations', () => {
    const query = 'SELECT 1;';
    expect(find({ 'db/schema.sql': '', 'queries/01_report.sql': query, 'queries/02_report.sql': query })).toEqual([]);
  });

  test('the ways back in a folder of their own are no history of theirs', () => {
    const files = { 'db/migration/V1__a.sql': '', 'db/migration/rollback/1__a.sql': '', 'db/undo/1_a.sql': '' };
    expect(find(files).map(({ path }) => path)).toEqual(['db/migration']);
  });
});

test('the configuration names folders and runners', () => {
  const found: MigrationFolder[] = [{ path: 'db', runner: 'plain', dialect: 'mysql' }];
  expect(configuredFolders(found, {})).toEqual(found);
  expect(configuredFolders(found, { runner: 'goose' })).toEqual([{ path: 'db', runner: 'goose', dialect: 'mysql' }]);
  expect(configuredFolders(found, { paths: ['./db/', 'other'], runner: 'goose' })).toEqual([
    { path: 'db', runner: 'goose', dialect: 'mysql' },
    { path: 'other', runner: 'goose', configured: true },
  ]);
  expect(configuredFolders(found, { paths: ['x'] })).toEqual([{ path: 'x', runner: 'plain', configured: true }]);
});

test('a file belongs to the innermost folder', () => {
  const folders: MigrationFolder[] = [
    { path: '', runner: 'plain' },
    { path: 'a/b', runner: 'goose' },
    { path: 'a', runner: 'flyway' },
  ];
  expect(['a/b/c.sql', 'a/bc.sql', 'ab.sql'].map((path) => folderHolding(path, folders)?.runner)).toEqual([
    'goose',
    'flyway',
    'plain',
  ]);
});
