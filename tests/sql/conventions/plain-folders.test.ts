import { expect, test } from 'vitest';
import { historiesOf } from './histories.js';

const ids = (lines: readonly string[]): string[] => lines.filter((line) => !/^ {4}/.test(line));

test('Supabase: the names as text; the statements of a file are one transaction', async () => {
  expect(
    await historiesOf({
      'supabase/migrations/20240102000000_b.sql': 'DROP TABLE b;',
      'supabase/migrations/20240101000000_a.sql': 'DROP TABLE a; DROP TABLE aa;',
      'supabase/seed.sql': 'INSERT INTO a VALUES (1);',
    }),
  ).toEqual([
    'supabase in supabase/migrations, unknown',
    '  20240101000000_a',
    '    up',
    '      yes DropTable a',
    '      yes DropTable aa',
    '    down: unsupported',
    '  20240102000000_b',
    '    up',
    '      yes DropTable b',
    '    down: unsupported',
    'no migration: supabase/seed.sql, unknown',
  ]);
});

test('numbers of an unknown tool compare as numbers; only what a file says of transactions is known', async () => {
  expect(
    await historiesOf({
      'db/migrations/10.sql': 'DROP TABLE a;',
      'db/migrations/9-x.sql': 'BEGIN; DROP TABLE b; COMMIT;',
      'db/migrations/2.dotted.sql': 'DROP TABLE c;',
      'db/migrations/schema.sql': 'CREATE TABLE a (x int);',
    }),
  ).toEqual([
    'plain in db/migrations, unknown',
    '  2.dotted',
    '    up',
    '      unknown DropTable c',
    '    down: unsupported',
    '  9-x',
    '    up',
    '      yes Transaction action:begin',
    '      yes DropTable b',
    '      yes Transaction action:commit',
    '    down: unsupported',
    '  10',
    '    up',
    '      unknown DropTable a',
    '    down: unsupported',
    'no migration: db/migrations/schema.sql, unknown',
  ]);
});

test('folders of versions are one history, each database has its own, and the newest schema is none of it', async () => {
  const file = (path: string) => [`store/migration/${path}`, 'SELECT 1;'];
  expect(
    ids(
      await historiesOf(
        Object.fromEntries(
          [
            'sqlite/0.2/00__a.sql',
            'sqlite/0.10/00__b.sql',
            'sqlite/0.10/01__c.sql',
            'sqlite/LATEST.sql',
            'postgres/0.10/00__b.sql',
          ].map(file),
        ),
      ),
    ),
  ).toEqual([
    'plain in store/migration/postgres, postgresql',
    '  0.10/00__b',
    'plain in store/migration/sqlite, sqlite',
    '  0.2/00__a',
    '  0.10/00__b',
    '  0.10/01__c',
    'no migration: store/migration/sqlite/LATEST.sql, sqlite',
  ]);
});

test('scripts below a numbered folder are not steps of it', async () => {
  expect(
    ids(
      await historiesOf({
        'schema/001-create.sql': 'CREATE TABLE a (x int);',
        'schema/002-user.sql': 'SELECT 1;',
        'schema/upgrade/upgrade-pre-0.9.6.sql': 'SELECT 1;',
      }),
    ),
  ).toEqual([
    'plain in schema, unknown',
    '  001-create',
    '  002-user',
    'no migration: schema/upgrade/upgrade-pre-0.9.6.sql, unknown',
  ]);
});

test('files in a folder of ways back belong to the migrations beside it', async () => {
  expect(
    await historiesOf({
      'db/migrations/1_a.sql': 'CREATE TABLE a (x int);',
      'db/migrations/rollback/1_a.sql': 'DROP TABLE a;',
      'flyway/V1.2__b.sql': 'CREATE TABLE b (x int);',
      'flyway/rollback/1.2__drop_b.sql': 'DROP TABLE b;',
    }),
  ).toEqual([
    'plain in db/migrations, unknown',
    '  1_a',
    '    up',
    '      unknown CreateTable a [x integer]',
    '    down in db/migrations/rollback/1_a.sql',
    '      unknown DropTable a',
    'flyway in flyway, unknown',
    '  V1.2',
    '    up',
    '      yes CreateTable b [x integer]',
    '    down in flyway/rollback/1.2__drop_b.sql',
    '      yes DropTable b',
  ]);
});

test('a folder for each way is one history', async () => {
  expect(
    await historiesOf({
      'db/migrations/up/1_a.sql': 'CREATE TABLE a (x int);',
      'db/migrations/up/2_b.sql': 'CREATE TABLE b (x int);',
      'db/migrations/down/1_a.sql': 'DROP TABLE a;',
    }),
  ).toEqual([
    'plain in db/migrations, unknown',
    '  1_a',
    '    up',
    '      unknown CreateTable a [x integer]',
    '    down in db/migrations/down/1_a.sql',
    '      unknown DropTable a',
    '  2_b',
    '    up',
    '      unknown CreateTable b [x integer]',
    '    down: missing',
  ]);
});
