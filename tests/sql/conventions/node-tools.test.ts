import { expect, test } from 'vitest';
import { historiesOf } from './histories.js';

const two = 'CREATE TABLE a (x int); DROP TABLE b;';

test('Prisma: folders in the order of their names; several statements are one implicit transaction of PostgreSQL', async () => {
  expect(
    await historiesOf({
      'prisma/migrations/20240101000000_add_a/migration.sql': two,
      'prisma/migrations/20240102000000_drop/migration.sql': 'DROP TABLE c;',
      'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
      'prisma/seed.sql': 'INSERT INTO a VALUES (1);',
    }),
  ).toEqual([
    'prisma in prisma/migrations, postgresql',
    '  20240101000000_add_a',
    '    up',
    '      yes CreateTable a [x integer]',
    '      yes DropTable b',
    '    down: unsupported',
    '  20240102000000_drop',
    '    up',
    '      no DropTable c',
    '    down: unsupported',
    'no migration: prisma/seed.sql, unknown',
  ]);
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
