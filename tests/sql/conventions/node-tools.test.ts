import { expect, test } from 'vitest';
import { historiesOf } from './histories.js';

const two = 'CREATE TABLE a (x int); DROP TABLE b;';

test('Prisma: folders in the order of their names, and a script as one string before version 7.4', async () => {
  expect(
    await historiesOf({
      'package.json': '{ "devDependencies": { "prisma": "^6.19.0" } }',
      'prisma/migrations/20240101000000_add_a/migration.sql': two,
      'prisma/migrations/20240102000000_drop/migration.sql': 'DROP TABLE c;',
      'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
      'prisma/seed.sql': 'INSERT INTO a VALUES (1);',
    }),
  ).toEqual([
    'prisma in prisma/migrations, postgresql',
    '  20240101000000_add_a',
    '    up',
    '      no, in one string: CreateTable a [x integer]',
    '      no, in one string: DropTable b',
    '    down: unsupported',
    '  20240102000000_drop',
    '    up',
    '      no DropTable c',
    '    down: unsupported',
    'no migration: prisma/seed.sql, unknown',
  ]);
});

const dropped = 'DROP INDEX CONCURRENTLY a; DROP TABLE b;';

test.each([
  ['7.3.1', two, 'no, in one string:'],
  ['~7.3.0', two, 'no, in one string:'],
  ['^7.3.0', two, 'unknown'],
  ['^7.4.0', two, 'no'],
  ['8.0.0', two, 'no'],
  ['8.0.0', dropped, 'unknown'],
  ['catalog:', two, 'unknown'],
])('Prisma %s: %s', async (version, text, state) => {
  const lines = await historiesOf({
    'package.json': JSON.stringify({ dependencies: { prisma: version } }),
    'prisma/migrations/20240101000000_add_a/migration.sql': text,
    'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
  });
  expect(lines).toContain(`      ${state} DropTable b`);
});

test('Prisma: MySQL gets one statement after the other, and folders may bear any name beside a lock', async () => {
  expect(
    await historiesOf({
      'db/migrations/01_init/migration.sql': two,
      'db/migrations/10_more/migration.sql': '',
      'db/migrations/migration_lock.toml': 'provider = "mysql"\n',
    }),
  ).toEqual([
    'prisma in db/migrations, mysql',
    '  01_init',
    '    up',
    '      no CreateTable a [x int]',
    '      no DropTable b',
    '    down: unsupported',
    '  10_more',
    '    up: empty',
    '    down: unsupported',
  ]);
});

test('Drizzle: the journal tells what is run and when; all of it in one transaction', async () => {
  const entries = [{ tag: '0001_z' }, { tag: '0000_a' }];
  expect(
    await historiesOf({
      'drizzle/0000_a.sql': 'CREATE TABLE a (x int);\n--> statement-breakpoint\nDROP TABLE b',
      'drizzle/0001_z.sql': 'DROP TABLE `c`;',
      'drizzle/0002_forgotten.sql': 'DROP TABLE d;',
      'drizzle/meta/_journal.json': JSON.stringify({ dialect: 'sqlite', entries }),
    }),
  ).toEqual([
    'drizzle in drizzle, sqlite',
    '  0001_z',
    '    up',
    '      yes DropTable "c"',
    '    down: unsupported',
    '  0000_a',
    '    up',
    '      yes CreateTable a [x int]',
    '      yes DropTable b',
    '    down: unsupported',
    'no migration: drizzle/0002_forgotten.sql, sqlite',
  ]);
});

test('Drizzle: a folder for each migration, with a snapshot that tells the dialect', async () => {
  expect(
    await historiesOf({
      'drizzle/20250301120000_second/migration.sql': 'DROP TABLE b;',
      'drizzle/20250301120000_second/snapshot.json': '{ "version": "8", "dialect": "postgres" }',
      'drizzle/20250201120000_first/migration.sql': 'CREATE TABLE b (x int);\n--> statement-breakpoint\nDROP TABLE c;',
      'drizzle/20250201120000_first/snapshot.json': '{ "version": "8", "dialect": "postgres" }',
    }),
  ).toEqual([
    'drizzle in drizzle, postgresql',
    '  20250201120000_first',
    '    up',
    '      yes CreateTable b [x integer]',
    '      yes DropTable c',
    '    down: unsupported',
    '  20250301120000_second',
    '    up',
    '      yes DropTable b',
    '    down: unsupported',
  ]);
});
