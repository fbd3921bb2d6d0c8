import { describe, expect, test } from 'vitest';
import { marksOf } from '../../src/engine/dialect-signs.js';
import { DialectEvidence } from '../../src/engine/dialect.js';
import { lintFiles } from './support/linter.js';

/** Evidence of manifests and of the texts of other files. */
function evidence(files: Record<string, string>): DialectEvidence {
  const found = new DialectEvidence();
  found.addManifests(Object.keys(files), (path) => files[path]);
  for (const [path, text] of Object.entries(files))
    if (/\.(?:sql|py|ts)$/.test(path)) found.addMarks(path, marksOf(text));
  return found;
}

const noDialect = 'no sign of the dialect (set "dialect")';

const main = (files: Record<string, string>): string => evidence(files).main()?.dialect ?? 'unknown';

test.each<[string, string, string]>([
  ['package.json', '{"dependencies":{"pg":"8","typeorm":"0.3"}}', 'postgresql'],
  ['package.json', '{"dependencies":{"mysql2":"3"}}', 'mysql'],
  ['package.json', '{"dependencies":{"pg":"8"},"devDependencies":{"better-sqlite3":"1"}}', 'postgresql'],
  ['package.json', '{"devDependencies":{"better-sqlite3":"1"}}', 'sqlite'],
  ['package.json', '{"dependencies":{"pg":"8","mysql2":"3"}}', 'unknown'],
  ['package.json', '{ broken', 'unknown'],
  ['package.json', '{"dependencies":null,"devDependencies":{"mssql":"1"}}', 'tsql'],
  ['requirements.txt', 'flask\npsycopg2-binary==2.9 # driver\n', 'postgresql'],
  ['requirements-dev.txt', 'PyMySQL>=1\n', 'mysql'],
  ['requirements.in', 'aiosqlite\n', 'sqlite'],
  ['pyproject.toml', 'dependencies = [\n  "psycopg[binary]>=3",\n]\n', 'postgresql'],
  ['pyproject.toml', 'dependencies = ["fastapi", "asyncpg>=0.29"]\n', 'postgresql'],
  ['pyproject.toml', '[tool.poetry.dependencies]\nmysqlclient = "^2"\n', 'mysql'],
  ['uv.lock', '[[package]]\nname = "asyncpg"\nversion = "1"\n', 'postgresql'],
  ['alembic.ini', 'sqlalchemy.url = mysql+pymysql://u:p@h/db\n', 'mysql'],
  ['alembic.ini', 'sqlalchemy.url = driver://user:pass@localhost/dbname\n', 'unknown'],
  [
    'prisma/schema.prisma',
    'datasource db {\n  provider = "postgresql"\n}\ngenerator c {\n  provider = "prisma-client-js"\n}',
    'postgresql',
  ],
  ['docker-compose.yml', 'services:\n  db:\n    image: postgres:15-alpine\n', 'postgresql'],
  ['compose.yaml', 'services:\n  db:\n    image: "docker.io/library/mariadb:10.11"\n', 'mariadb'],
])('%s with %s: %s', (path, text, dialect) => {
  expect(main({ [path]: text })).toBe(dialect);
});

test.each<[string, string, string]>([
  ['a.ts', "new DataSource({ type: 'postgres' })", 'postgresql'],
  ['a.ts', "import { pgTable } from 'drizzle-orm/pg-core';", 'postgresql'],
  ['a.ts', "import { defineConfig } from '@mikro-orm/mysql';", 'mysql'],
  ['a.ts', "import { defineConfig } from '@mikro-orm/better-sqlite';", 'sqlite'],
  ['a.py', 'from sqlalchemy.dialects.postgresql import UUID', 'postgresql'],
  ['a.py', 'op.create_index("i", "t", ["c"], postgresql_where=x)', 'postgresql'],
  ['a.py', 'create_engine("sqlite:///x.db")', 'sqlite'],
  ['a.sql', 'create index concurrently i on t (c);', 'postgresql'],
  ['a.sql', 'CREATE TABLE `t` (id int unsigned) ENGINE=InnoDB;', 'mysql'],
  ['a.sql', 'PRAGMA foreign_keys=OFF;', 'sqlite'],
  ['a.sql', 'CREATE TABLE [dbo].[t] (n nvarchar(10));\nGO\n', 'tsql'],
  ['a.sql', 'CREATE TABLE t (id int);', 'unknown'],
])('%s: %s speaks for %s', (path, text, dialect) => {
  expect(main({ [path]: text })).toBe(dialect);
});

test.each<[string, string, string]>([
  [
    'Cargo.toml',
    '[dependencies]\nsqlx = { version = "0.8", features = ["runtime-tokio", "postgres"] }\n',
    'postgresql',
  ],
  ['Cargo.toml', '[dependencies.diesel]\nfeatures = ["mysql"]\n', 'unknown'],
  ['Cargo.toml', 'diesel = { version = "2", features = [\n  "sqlite",\n] }\n', 'sqlite'],
  ['go.mod', 'require (\n\tgithub.com/jackc/pgx/v5 v5.7.0\n)\n', 'postgresql'],
  ['go.mod', 'require github.com/go-sql-driver/mysql v1.9.0\n', 'mysql'],
  ['pom.xml', '<artifactId>mssql-jdbc</artifactId>', 'tsql'],
  ['build.gradle.kts', 'runtimeOnly("com.oracle.database.jdbc:ojdbc11")', 'oracle'],
  ['knexfile.ts', "export default { client: 'better-sqlite3' };", 'sqlite'],
  ['drizzle.config.ts', "export default defineConfig({ dialect: 'turso' });", 'sqlite'],
])('%s with %s: %s', (path, text, dialect) => {
  expect(main({ [path]: text })).toBe(dialect);
});

describe('of an SQL file', () => {
  const postgres = { 'package.json': '{"dependencies":{"pg":"8"}}' };

  test.each<[string, string]>([
    ['migrations/mysql/1_a.sql', 'mysql'],
    ['sql/quartz_oracle.sql', 'oracle'],
    ['modules/auth-jdbc-sqlserver/schema/upgrade/a.sql', 'tsql'],
    ['util/MySqlMigrations/a.sql', 'mysql'],
    ['util/PostgreSQL/a.sql', 'postgresql'],
    ['mysql/to_sqlite/a.sql', 'sqlite'],
    ['db/sql server/a.sql', 'tsql'],
    ['db/clickhouse/a.sql', 'unknown'],
    ['db/opengauss/a.sql', 'postgresql'],
    ['mysql_to_sqlite/a.sql', 'postgresql'],
    ['mysqlite/a.sql', 'postgresql'],
    ['mysql/a.ts', 'postgresql'],
  ])('what its path names comes first: %s', (path, dialect) => {
    expect(evidence({ ...postgres, [path]: '' }).dialectFor(path)).toBe(dialect);
  });

  test.each<[string, string, string]>([
    ['two signs', 'CREATE TABLE `a` (x int) ENGINE=InnoDB;', 'mysql'],
    ['one sign alone', 'CREATE TABLE a (x int) ENGINE=InnoDB;', 'postgresql'],
    ['signs of two', 'CREATE TABLE `a` (x int) ENGINE=InnoDB; SELECT 1::int, now()::date;', 'postgresql'],
    ['letters that are no N-string', "INSERT INTO a VALUES ('Y','N','N','x'),('N','N','N','y');", 'postgresql'],
    [
      'a ClickHouse engine',
      'CREATE TABLE a (x int) ENGINE = MergeTree; CREATE TABLE b (x int) ENGINE = Log;',
      'postgresql',
    ],
  ])('then what its text shows without doubt: %s', (_name, text, dialect) => {
    expect(evidence({ ...postgres, 'a.sql': text }).dialectFor('a.sql')).toBe(dialect);
  });

  test('the files of a history speak together', () => {
    const found = evidence({
      ...postgres,
      'm/1_a.sql': 'CREATE TABLE `a` (x int);',
      'm/2_b.sql': 'ALTER TABLE `a` ADD y int;',
      'm/3_c.sql': 'DROP TABLE a;',
    });
    expect(found.dialectFor('m/3_c.sql', 'm')).toBe('mysql');
    expect(found.dialectFor('m/3_c.sql')).toBe('postgresql');
  });
});

test('what is stated beats any number of marks; a tie of statements leaves the marks to decide', () => {
  const marks = { 'a.sql': 'PRAGMA x;', 'b.sql': 'PRAGMA y;', 'c.sql': 'PRAGMA z;' };
  expect(main({ ...marks, 'package.json': '{"dependencies":{"pg":"8"}}' })).toBe('postgresql');
  expect(main({ 'a.sql': 'PRAGMA x;', 'b.sql': 'create index concurrently i on t (c)' })).toBe('unknown');
  expect(
    main({
      'package.json': '{"dependencies":{"pg":"8","mysql2":"3"}}',
      'b.sql': 'create index concurrently i on t (c)',
    }),
  ).toBe('postgresql');
});

test('the nearest manifest decides for a package', () => {
  const found = evidence({
    'package.json': '{"dependencies":{"pg":"8"}}',
    'packages/a/package.json': '{"dependencies":{"mysql2":"3"}}',
    'packages/b/package.json': '{"dependencies":{"left-pad":"1"}}',
  });
  expect(['x.ts', 'packages/a/src/x.ts', 'packages/b/src/x.ts'].map((path) => found.dialectFor(path))).toEqual([
    'postgresql',
    'mysql',
    'postgresql',
  ]);
});

describe('in a run', () => {
  const files = { 'a.py': 'data', 'requirements.txt': 'asyncpg\n' };

  test('what was found is said in words', async () => {
    expect((await lintFiles(files)).summary.found).toEqual(['PostgreSQL (asyncpg in requirements.txt)']);
  });

  test('histories are counted by runner and folder', async () => {
    const { summary } = await lintFiles({
      'app/alembic/env.py': 'data',
      'app/alembic/versions/1.py': 'data revision r1 follows nothing',
      'app/alembic/versions/2.py': 'data revision r2 follows r1',
    });
    expect(summary.found).toEqual(['Alembic (2 migrations in app/alembic/versions)', noDialect]);
  });

  test('several histories of one runner are counted together', async () => {
    const { summary } = await lintFiles({
      'a/migrations/1_a.sql': 'data revision 1',
      'b/migrations/1_b.sql': 'data revision 1',
    });
    expect(summary.found).toEqual(['SQL (2 migrations in 2 folders)', noDialect]);
  });

  test('evidence that is balanced is said', async () => {
    const { summary } = await lintFiles({
      'migrations/1_a.sql': 'data revision 1',
      'package.json': '{"dependencies":{"pg":"8","mysql2":"3","sqlite3":"5"}}',
    });
    expect(summary.found.at(-1)).toBe('as many signs of PostgreSQL as of MySQL (set "dialect")');
  });

  test('a configured dialect is said to be configured', async () => {
    expect((await lintFiles(files, { dialect: 'mysql' })).summary.found).toEqual(['MySQL (configured)']);
  });

  test('code of tests says nothing about the dialect', async () => {
    const { summary } = await lintFiles({ 'tests/test_a.py': 'data = create_engine("sqlite://")' });
    expect(summary.found).toEqual([]);
  });
});

test.each([
  ['line ends', '\n'],
  ['blanks', ' '],
  ['returns', '\r'],
])('a file of %s is looked through once', (_, blank) => {
  const text = blank.repeat(200_000);
  expect(marksOf(`${text}x`)).toEqual([]);
  expect(main({ 'schema.prisma': `${text}provider = "mysql"`, 'compose.yaml': `${text}x` })).toBe('mysql');
});

test('a file does not speak for the project against the name that it bears', () => {
  expect(main({ 'migrations/sqlite/1_a.sql': 'CREATE TABLE `a` (x int) ENGINE=InnoDB; PRAGMA x;' })).toBe('sqlite');
});

test('evidence that comes later counts', () => {
  const found = evidence({ 'package.json': '{"dependencies":{"pg":"8"}}' });
  expect(found.dialectFor('a.ts')).toBe('postgresql');
  found.addManifests(['package.json', 'ormconfig.json'], (path) =>
    path === 'ormconfig.json' ? '{"type": "mysql"}' : '',
  );
  expect(found.dialectFor('a.ts')).toBe('mysql');
});
