import { describe, expect, test } from 'vitest';
import { lintFiles } from '../../../src/index.js';
import { factsOf, historiesOf } from './histories.js';

const two = 'CREATE TABLE a (x int); DROP TABLE b;';

describe('sqlx', () => {
  const crate = { 'Cargo.toml': '[dependencies]\nsqlx = { version = "0.8", features = ["postgres"] }\n' };

  test('single files, and pairs that are one migration by their number', async () => {
    expect(
      await historiesOf({
        ...crate,
        'migrations/1_first.sql': 'DROP TABLE a;',
        'migrations/2_second.up.sql': 'CREATE TABLE b (x int);',
        'migrations/2_renamed.down.sql': 'DROP TABLE b;',
        'migrations/notes.sql': 'SELECT 1;',
      }),
    ).toEqual([
      'sqlx in migrations, postgresql',
      '  1_first',
      '    up',
      '      yes DropTable a',
      '    down: unsupported',
      '  2_second',
      '    up',
      '      yes CreateTable b [x integer]',
      '    down in migrations/2_renamed.down.sql',
      '      yes DropTable b',
      'no migration: migrations/notes.sql, postgresql',
    ]);
  });

  test('the mark is the very beginning of a file, in this case, and holds for that file alone', async () => {
    expect(
      await historiesOf({
        ...crate,
        'migrations/1_a.up.sql': '-- no-transaction\nDROP TABLE a;',
        'migrations/1_a.down.sql': '\n-- no-transaction\nDROP TABLE b;',
        'migrations/2_b.sql': '-- No-Transaction\nDROP TABLE c;',
      }),
    ).toEqual([
      'sqlx in migrations, postgresql',
      '  1_a',
      '    up',
      '      no DropTable a',
      '    down in migrations/1_a.down.sql',
      '      yes DropTable b',
      '  2_b',
      '    up',
      '      yes DropTable c',
      '    down: unsupported',
    ]);
  });
});

test.each([
  ['postgres', 'no'],
  ['mysql', 'no'],
  ['sqlite', 'yes'],
  ['sqlserver', 'no'],
])('golang-migrate on %s: %s, and a file is one string', async (database, state) => {
  const lines = await historiesOf({
    [`${database}/migrations/9_b.up.sql`]: 'DROP TABLE c;',
    [`${database}/migrations/10_a.up.sql`]: two,
    [`${database}/migrations/10_a.down.sql`]: 'DROP TABLE a;',
    [`${database}/migrations/11_other.sql`]: 'SELECT 1;',
  });
  expect(lines.filter((line) => /^ {2}\S|Drop|^no/.test(line))).toEqual([
    '  9_b',
    `      ${state} DropTable c`,
    '  10_a',
    `      ${state}, in one string: DropTable b`,
    `      ${state} DropTable a`,
    expect.stringContaining('no migration: '),
  ]);
});

test('Diesel: a folder for each migration, which may opt out of its transaction', async () => {
  expect(
    await historiesOf({
      'migrations/2024-01-02-000000_b/up.sql': 'CREATE INDEX CONCURRENTLY i ON a (x);',
      'migrations/2024-01-02-000000_b/down.sql': 'DROP INDEX CONCURRENTLY i;',
      'migrations/2024-01-02-000000_b/metadata.toml': '# why\nrun_in_transaction = false\n',
      'migrations/2024-01-01-000000_a/up.sql': two,
      'migrations/2024-01-01-000000_a/down.sql': '',
      'migrations/2024-01-03-000000_c/up.sql': 'DROP TABLE c;',
    }),
  ).toEqual([
    'diesel in migrations, postgresql',
    '  2024-01-01-000000_a',
    '    up',
    '      yes, in one string: CreateTable a [x integer]',
    '      yes, in one string: DropTable b',
    '    down in migrations/2024-01-01-000000_a/down.sql: empty',
    '  2024-01-02-000000_b',
    '    up',
    '      no CreateIndex a i concurrently (x)',
    '    down in migrations/2024-01-02-000000_b/down.sql',
    '      no DropIndex concurrently i',
    '  2024-01-03-000000_c',
    '    up',
    '      yes DropTable c',
    '    down: missing',
  ]);
});

test('the migrations of one program for several databases are histories of their own', async () => {
  const lines = await historiesOf(
    Object.fromEntries(
      ['mysql', 'postgresql', 'sqlite'].flatMap((database) => [
        [`migrations/${database}/2024-01-01-000000_a/up.sql`, 'CREATE TABLE a (x int);'],
        [`migrations/${database}/2024-01-01-000000_a/down.sql`, 'DROP TABLE a;'],
      ]),
    ),
  );
  expect(lines.filter((line) => !/^ {6}/.test(line))).toEqual(
    ['mysql', 'postgresql', 'sqlite'].flatMap((database) => [
      `diesel in migrations/${database}, ${database}`,
      '  2024-01-01-000000_a',
      '    up',
      `    down in migrations/${database}/2024-01-01-000000_a/down.sql`,
    ]),
  );
});

describe('Flyway', () => {
  test('versions compare part by part as numbers; repeatable scripts come last; undo belongs to its version', async () => {
    expect(
      await historiesOf({
        'db/migration/V1_10__ten.sql': 'DROP TABLE ten;',
        'db/migration/V1.9__nine.sql': 'DROP TABLE nine;',
        'db/migration/V2__two.sql': 'DROP TABLE two;',
        'db/migration/U1_9__nine.sql': 'CREATE TABLE nine (x int);',
        'db/migration/R__b_views.sql': 'CREATE VIEW b AS SELECT 1;',
        'db/migration/R__a_views.sql': 'CREATE VIEW a AS SELECT 1;',
        'db/migration/notes.sql': 'SELECT 1;',
      }),
    ).toEqual([
      'flyway in db/migration, unknown',
      '  V1.9',
      '    up',
      '      yes DropTable nine',
      '    down in db/migration/U1_9__nine.sql',
      '      yes CreateTable nine [x integer]',
      '  V1_10',
      '    up',
      '      yes DropTable ten',
      '    down: unsupported',
      '  V2',
      '    up',
      '      yes DropTable two',
      '    down: unsupported',
      '  R__a_views',
      '    up',
      '      yes CreateView a',
      '    down: unsupported',
      '  R__b_views',
      '    up',
      '      yes CreateView b',
      '    down: unsupported',
      'no migration: db/migration/notes.sql, unknown',
    ]);
  });

  test('a script leaves its transaction by its settings, and where a statement refuses one', async () => {
    expect(
      await historiesOf({
        'db/migration/V1__a.sql': 'DROP TABLE ${schema}.a;',
        'db/migration/V1__a.sql.conf': 'executeInTransaction=false\n',
        'db/migration/V2__b.sql': 'CREATE INDEX CONCURRENTLY i ON t (x);',
        'db/migration/V3__c.sql': 'DROP TABLE c;',
        'db/migration/V3__c.sql.conf': 'executeInTransaction=true\n',
      }),
    ).toEqual([
      'flyway in db/migration, postgresql',
      '  V1',
      '    up',
      '      no DropTable ${schema}.a',
      '    down: unsupported',
      '  V2',
      '    up',
      '      no CreateIndex t i concurrently (x)',
      '    down: unsupported',
      '  V3',
      '    up',
      '      yes DropTable c',
      '    down: unsupported',
    ]);
  });

  test('a baseline stands for the versions up to it', async () => {
    const files = { 'db/migration/B2__all.sql': 'CREATE TABLE a (x int);', 'db/migration/V3__c.sql': 'DROP TABLE a;' };
    const ids = (lines: readonly string[]) => lines.filter((line) => /^ {2}\S|^no/.test(line));
    expect(ids(await historiesOf(files))).toEqual(['  B2', '  V3']);
    expect(ids(await historiesOf({ ...files, 'db/migration/V2__b.sql': '' }))).toEqual([
      '  V2',
      '  V3',
      'no migration: db/migration/B2__all.sql, unknown',
    ]);
  });
});

describe('the two files of a migration', () => {
  const files = {
    'migrations/1_a.up.sql': two,
    'migrations/1_a.down.sql': 'DROP TABLE a;',
    'migrations/2_b.up.sql': two,
  };

  test('are one in the counts', async () => {
    const { summary } = await lintFiles(files);
    expect(summary.migrations).toEqual({ replayed: 2, reported: 2 });
    expect(summary.found[0]).toBe('golang-migrate (2 migrations in migrations)');
  });

  test('keep their spans in their own files', async () => {
    const [down, up] = await factsOf(files);
    expect([up!.path, up!.migrations[0]!.down]).toMatchObject([
      'migrations/1_a.up.sql',
      { state: 'present', steps: [] },
    ]);
    const [step] = down!.migrations[0]!.down.steps;
    expect(step).toMatchObject({ statement: { span: { start: 0, end: 'DROP TABLE a'.length } } });
  });

  test('are told where the way there is missing', async () => {
    const { findings } = await lintFiles({ 'migrations/3_c.down.sql': 'DROP TABLE c;' });
    expect(findings.map(({ rule, severity, message }) => [rule, severity, message])).toEqual([
      [
        'ddlint/unreadable-file',
        'info',
        'This is the way back of migration 3_c, and no file holds the way there, so that it takes back nothing.',
      ],
    ]);
  });
});
