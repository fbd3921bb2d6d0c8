import { describe, expect, test } from 'vitest';
import { factsOf, historiesOf } from './histories.js';

describe('goose', () => {
  test('Up, Down, StatementBegin and StatementEnd in any case, numbers in order', async () => {
    expect(
      await historiesOf({
        'db/10_b.sql': '-- +goose up\nDROP TABLE b;\n',
        'db/9_a.sql':
          '--+goose Up\nCREATE TABLE a (x int);\n-- +goose DOWN\n-- +goose StatementBegin\nDROP TABLE a\n-- +goose StatementEnd\nDROP TABLE c;\n',
      }),
    ).toEqual([
      'goose in db, unknown',
      '  9_a',
      '    up',
      '      yes CreateTable a [x integer]',
      '    down',
      '      yes DropTable a',
      '      yes DropTable c',
      '  10_b',
      '    up',
      '      yes DropTable b',
      '    down: missing',
    ]);
  });

  test('NO TRANSACTION holds for both halves', async () => {
    expect(
      await historiesOf({
        'db/1_a.sql':
          '-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY i ON a (x);\n-- +goose Down\nDROP INDEX CONCURRENTLY i;\n',
      }),
    ).toEqual([
      'goose in db, postgresql',
      '  1_a',
      '    up',
      '      no CreateIndex a i concurrently (x)',
      '    down',
      '      no DropIndex concurrently i',
    ]);
  });

  test('ENVSUB makes names of variables', async () => {
    const [facts] = await factsOf({
      'db/1_a.sql': '-- +goose Up\n-- +goose ENVSUB ON\nDROP TABLE ${PREFIX}_a;\n-- +goose ENVSUB OFF\nSELECT 1;\n',
    });
    const [first, second] = facts!.migrations[0]!.up.steps.map((step) => 'statement' in step && step.statement);
    expect(first).toMatchObject({ verb: 'DROP TABLE', holes: [{ style: 'js', role: 'identifier' }] });
    expect(second).toMatchObject({ verb: 'SELECT', holes: [] });
  });

  test('what goose refuses is told, and read as it was meant', async () => {
    const [facts] = await factsOf({
      'db/1_a.sql': '-- +goose Up\nDROP TABLE a;\n  -- +goose Down\nDROP TABLE b;\n-- +goose Sideways\n',
    });
    expect(facts!.problems.map(({ code, message }) => [code, message])).toEqual([
      ['syntax', 'goose refuses an annotation with blanks before it.'],
      ['syntax', 'goose knows no annotation "Sideways".'],
    ]);
    expect(facts!.migrations[0]!.down.state).toBe('present');
  });

  test('a half without statements is empty', async () => {
    const text = '-- +goose Up\nDROP TABLE a;\n-- +goose Down\n';
    expect((await historiesOf({ 'db/1_a.sql': text })).at(-1)).toBe('    down: empty');
  });
});

test('dbmate: each section opts out by itself; files in the order of their names', async () => {
  expect(
    await historiesOf({
      'db/migrations/20240102_b.sql': '-- migrate:up\nDROP TABLE b;\n',
      'db/migrations/20240101_a.sql':
        '-- migrate:up transaction:false\nDROP TABLE a;\n-- migrate:down\nCREATE TABLE a (x int);',
      'db/schema.sql': 'CREATE TABLE a (x int);',
    }),
  ).toEqual([
    'dbmate in db/migrations, unknown',
    '  20240101_a',
    '    up',
    '      no DropTable a',
    '    down',
    '      yes CreateTable a [x integer]',
    '  20240102_b',
    '    up',
    '      yes DropTable b',
    '    down: missing',
    'no migration: db/schema.sql, unknown',
  ]);
});

describe('Atlas', () => {
  test('files as text in order; txmode in the header alone; a delimiter of the file', async () => {
    expect(
      await historiesOf({
        'migrations/atlas.sum': 'h1:…',
        'migrations/2_b.sql': '-- atlas:txmode none\n\nDROP TABLE b;',
        'migrations/10_a.sql': 'DROP TABLE a;\n-- atlas:txmode none\nDROP TABLE aa;',
        'migrations/3_c.sql': '-- atlas:delimiter \\n\\n\nDROP TABLE c\n\nDROP TABLE d\n',
      }),
    ).toEqual([
      'atlas in migrations, unknown',
      '  10_a',
      '    up',
      '      yes DropTable a',
      '      yes DropTable aa',
      '    down: unsupported',
      '  2_b',
      '    up',
      '      no DropTable b',
      '    down: unsupported',
      '  3_c',
      '    up',
      '      yes DropTable c',
      '      yes DropTable d',
      '    down: unsupported',
    ]);
  });

  test('a checkpoint stands for the files before it, and is no step behind them', async () => {
    const files = {
      'migrations/atlas.sum': 'h1:…',
      'migrations/1_a.sql': 'CREATE TABLE a (x int);',
      'migrations/2_checkpoint.sql': '-- atlas:checkpoint\n\nCREATE TABLE a (x int);',
      'migrations/3_b.sql': 'DROP TABLE a;',
    };
    const ids = (lines: readonly string[]) => lines.filter((line) => /^ {2}\S|^no/.test(line));
    expect(ids(await historiesOf(files))).toEqual([
      '  1_a',
      '  3_b',
      'no migration: migrations/2_checkpoint.sql, unknown',
    ]);
    expect(ids(await historiesOf({ ...files, 'migrations/1_a.sql': '' }))).toContain('  1_a');
    const squashed = Object.entries(files).filter(([path]) => path !== 'migrations/1_a.sql');
    expect(ids(await historiesOf(Object.fromEntries(squashed)))).toEqual(['  2_checkpoint', '  3_b']);
  });

  test('an archive holds checks, the migration and the way back', async () => {
    expect(
      await historiesOf({
        'migrations/atlas.sum': 'h1:…',
        'migrations/1_a.sql':
          '-- atlas:txtar\n\n-- checks.sql --\nSELECT NOT EXISTS (SELECT x FROM a);\n\n-- migration.sql --\nDROP TABLE a;\n\n-- down.sql --\nCREATE TABLE a (x int);\n',
      }),
    ).toEqual([
      'atlas in migrations, unknown',
      '  1_a',
      '    up',
      '      yes Select',
      '      yes DropTable a',
      '    down',
      '      yes CreateTable a [x integer]',
    ]);
  });
});

describe('Liquibase', () => {
  test('each changeset is a migration, in the order of the file', async () => {
    expect(
      await historiesOf({
        'db/changelog/b.sql': [
          '--liquibase formatted sql',
          '',
          '--changeset anna:2 labels:x',
          '--comment: makes a',
          'CREATE TABLE a (x int);',
          'CREATE TABLE b (x int);',
          '--rollback DROP TABLE b;',
          '--rollback DROP TABLE a;',
          '',
          '--changeset ben:1 runInTransaction:false',
          'DROP TABLE c;',
          '',
        ].join('\n'),
        'db/changelog/a.sql':
          '-- liquibase formatted sql\n-- changeset "Anna B":first\nDROP TABLE d;\n--rollback empty\n',
      }),
    ).toEqual([
      'liquibase in db/changelog, unknown',
      '  Anna B:first',
      '    up',
      '      yes DropTable d',
      '    down: unsupported',
      '  anna:2',
      '    up',
      '      yes CreateTable a [x integer]',
      '      yes CreateTable b [x integer]',
      '    down',
      '      yes DropTable b',
      '      yes DropTable a',
      '  ben:1',
      '    up',
      '      no DropTable c',
      '    down: missing',
    ]);
  });

  test('a rollback over several lines is one statement, with spans of its own lines', async () => {
    const text =
      '--liquibase formatted sql\n--changeset a:1\nDROP TABLE b;\n--rollback CREATE TABLE b (\n--rollback   id int\n--rollback );\n';
    const [facts] = await factsOf({ 'db/a.sql': text });
    const { down } = facts!.migrations[0]!;
    const [step] = down.steps;
    const operation = 'statement' in step! && step.statement.operations[0]!;
    expect(operation).toMatchObject({ kind: 'CreateTable' });
    const { columns } = (operation as { definition: { columns: { name: { span: { start: number; end: number } } }[] } })
      .definition;
    expect(columns.map(({ name }) => text.slice(name.span.start, name.span.end))).toEqual(['id']);
    expect(text.slice(down.span.start, down.span.end)).toBe('CREATE TABLE b (\n--rollback   id int\n--rollback );');
  });

  test('a rollback in a block comment; one that names another changeset; one that is not required', async () => {
    expect(
      await historiesOf({
        'db/a.sql': [
          '--liquibase formatted sql',
          '--changeset a:1',
          'DROP TABLE a;',
          '/* liquibase rollback',
          'CREATE TABLE a (x int);',
          'CREATE TABLE aa (x int);',
          '*/',
          '--changeset a:2',
          'DROP TABLE b;',
          '--rollback changesetId:1 changesetAuthor:a',
          '--changeset a:3',
          'DROP TABLE c;',
          '--rollback not required',
        ].join('\n'),
      }),
    ).toEqual([
      'liquibase in db, unknown',
      '  a:1',
      '    up',
      '      yes DropTable a',
      '    down',
      '      yes CreateTable a [x integer]',
      '      yes CreateTable aa [x integer]',
      '  a:2',
      '    up',
      '      yes DropTable b',
      '    down: present',
      '  a:3',
      '    up',
      '      yes DropTable c',
      '    down: unsupported',
    ]);
  });

  test('delimiters, databases and preconditions of a changeset', async () => {
    expect(
      await historiesOf({
        'db/postgresql/a.sql': [
          '--liquibase formatted sql',
          '--changeset a:1 endDelimiter:// dbms:postgresql,mssql',
          'DROP TABLE a//',
          'DROP TABLE b',
          '//',
          '--changeset a:2 dbms:!oracle',
          'DROP TABLE c; DROP TABLE d;',
          '--changeset a:3 splitStatements:false runInTransaction:false',
          '--preconditions onFail:MARK_RAN',
          '--precondition-sql-check expectedResult:0 SELECT COUNT(*) FROM e',
          'DROP TABLE e; DROP TABLE f;',
        ].join('\n'),
      }),
    ).toEqual([
      'liquibase in db/postgresql, postgresql',
      '  a:1',
      '    up',
      '      yes DropTable a if postgresql or tsql',
      '      yes DropTable b if postgresql or tsql',
      '    down: missing',
      '  a:2',
      '    up',
      '      yes DropTable c if unknown',
      '      yes DropTable d if unknown',
      '    down: missing',
      '  a:3',
      '    up',
      '      no, in one string: DropTable e if unknown',
      '      no, in one string: DropTable f if unknown',
      '    down: missing',
    ]);
  });

  test('the changelog above the files makes them one history, in its order', async () => {
    const file = (id: string) => `--liquibase formatted sql\n--changeset a:${id}\nSELECT 1;\n--rollback empty\n`;
    const lines = await historiesOf({
      'db/changelog/master.yaml':
        'databaseChangeLog:\n  - include:\n      file: db/changelog/v2/b.sql\n  - include:\n      file: v1/a.sql\n      relativeToChangelogFile: true\n',
      'db/changelog/v1/a.sql': file('one'),
      'db/changelog/v2/b.sql': file('two'),
      'db/changelog/v2/c.sql': file('three'),
      'db/notes.yaml': 'databaseChangeLog: []',
    });
    expect(lines.filter((line) => !/^ {4}/.test(line))).toEqual([
      'liquibase in db/changelog, unknown',
      '  a:two',
      '  a:one',
      '  a:three',
    ]);
  });

  test('a file without the first line is one migration', async () => {
    expect(
      await historiesOf({
        'db/a.sql': '--liquibase formatted sql\n--changeset a:1\nSELECT 1;',
        'db/b.sql': 'DROP TABLE b;',
      }),
    ).toContain('  b.sql');
  });
});

test('comments that only look like marks of another runner are comments', async () => {
  expect(
    await historiesOf({
      'migrations/1_a.sql':
        'CREATE TABLE a (\n  x int, -- rollback by hand\n  -- changeset of the old tool\n  y int\n);\n-- rollback DROP TABLE a;\n',
      'migrations/2_b.sql': 'DROP TABLE b; -- +goose Down\n',
    }),
  ).toEqual([
    'plain in migrations, unknown',
    '  1_a',
    '    up',
    '      unknown CreateTable a [x integer; y integer]',
    '    down: unsupported',
    '  2_b',
    '    up',
    '      unknown DropTable b',
    '    down: unsupported',
  ]);
});
