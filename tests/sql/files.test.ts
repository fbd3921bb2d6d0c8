import { describe, expect, it } from 'vitest';
import type { Dialect, FileFacts, Migration, MigrationBody, Runner } from '../../src/ir/index.js';
import { link, read } from '../../src/frontends/sql/files.js';
import { sql } from '../../src/frontends/sql/front-end.js';
import { brief } from './brief.js';

function facts(path: string, text: string, runner?: Runner, dialect: Dialect = 'postgresql'): FileFacts {
  const folder = path.slice(0, path.indexOf('/'));
  return read({ path, text }, { dialect, scope: 'project', ...(runner && { migrations: { path: folder, runner } }) });
}

const migration = (path: string, text: string, runner: Runner, dialect?: Dialect): Migration =>
  facts(path, text, runner, dialect).migrations[0]!;

/** State of a half, and its operations each with whether it runs in a transaction. */
const half = ({ state, steps }: MigrationBody): string[] => [
  state,
  ...steps.flatMap((step) =>
    'statement' in step
      ? step.statement.operations.map((operation) => `${step.statement.inTransaction} ${brief(operation)}`)
      : [],
  ),
];

const two = 'CREATE TABLE a (x int); DROP TABLE b;';
const twice = (state: string) => ['present', `${state} CreateTable a [x integer]`, `${state} DropTable b`];

describe('migration files', () => {
  it('of Prisma: one statement runs bare, several are one implicit transaction of PostgreSQL', () => {
    const several = migration('prisma/20240101000000_add_a/migration.sql', two, 'prisma');
    expect(several).toMatchObject({
      id: '20240101000000_add_a',
      order: ['20240101000000_add_a'],
      transaction: 'none',
      message: { value: 'add a' },
    });
    expect(half(several.up)).toEqual(twice('yes'));
    expect(half(several.down)).toEqual(['unsupported']);
    expect(half(migration('prisma/2_b/migration.sql', 'DROP TABLE b;', 'prisma').up)).toEqual([
      'present',
      'no DropTable b',
    ]);
    expect(half(migration('prisma/2_b/migration.sql', two, 'prisma', 'sqlite').up)[2]).toBe('no DropTable b');
  });

  it('of drizzle: pieces between marks, all in one transaction, in the order of the journal', () => {
    const text = 'CREATE TABLE a (x int);\n--> statement-breakpoint\nDROP TABLE b';
    const read_ = read(
      { path: 'drizzle/0001_x.sql', text },
      {
        dialect: 'postgresql',
        scope: 'project',
        migrations: { path: 'drizzle', runner: 'drizzle', order: ['0000_a', '0001_x'] },
      },
    ).migrations[0]!;
    expect(read_).toMatchObject({ id: '0001_x', order: [1], transaction: 'all' });
    expect(half(read_.up)).toEqual(twice('yes'));
  });

  it('of goose: sections and NO TRANSACTION', () => {
    const text =
      '-- +goose NO TRANSACTION\n-- +goose Up\nCREATE TABLE a (x int);\n-- +goose Down\n-- +goose StatementBegin\nDROP TABLE a\n-- +goose StatementEnd\n';
    const goose = migration('db/00002_x.sql', text, 'goose');
    expect(goose).toMatchObject({ id: '00002_x', order: [2, 'x'], transaction: 'each' });
    expect(half(goose.up)).toEqual(['present', 'no CreateTable a [x integer]']);
    expect(half(goose.down)).toEqual(['present', 'no DropTable a']);
    expect(half(migration('db/1_x.sql', '-- +goose Up\nDROP TABLE a;', 'goose').down)).toEqual(['missing']);
    expect(half(migration('db/1_x.sql', '-- +goose Up\nDROP TABLE a;\n-- +goose Down\n', 'goose').down)).toEqual([
      'empty',
    ]);
  });

  it('of dbmate: a section opts out by itself', () => {
    const dbmate = migration(
      'db/1_x.sql',
      '-- migrate:up transaction:false\nDROP TABLE a;\n-- migrate:down\nCREATE TABLE a (x int);',
      'dbmate',
    );
    expect(half(dbmate.up)).toEqual(['present', 'no DropTable a']);
    expect(half(dbmate.down)).toEqual(['present', 'yes CreateTable a [x integer]']);
  });

  it('of sqlx: alone without a way back, or as a pair', () => {
    const alone = migration('migrations/1_x.sql', '-- no-transaction\nDROP TABLE a;', 'sqlx');
    expect(half(alone.up)).toEqual(['present', 'no DropTable a']);
    expect(half(alone.down)).toEqual(['unsupported']);
    expect(half(migration('migrations/1_x.up.sql', 'DROP TABLE a;', 'sqlx').down)).toEqual(['missing']);
  });

  it.each<[Runner, string, string, string]>([
    ['golang-migrate', 'db/1_x.up.sql', 'db/1_x.down.sql', '1_x'],
    ['diesel', 'db/2024_x/up.sql', 'db/2024_x/down.sql', '2024_x'],
    ['sqlx', 'db/1_x.up.sql', 'db/1_x.down.sql', '1_x'],
    ['plain', 'db/1_x.up.sql', 'db/1_x.down.sql', '1_x'],
  ])('of %s: two files are one migration', (runner, up, down, id) => {
    const [first, second] = link([facts(up, 'CREATE TABLE a (x int);', runner), facts(down, 'DROP TABLE a;', runner)]);
    expect(first!.migrations[0]).toMatchObject({ id, up: { state: 'present' }, down: { state: 'present' } });
    expect(second!.migrations[0]).toMatchObject({ id: `${id}.down`, up: { state: 'unsupported' } });
    expect(half(second!.migrations[0]!.down)[0]).toBe('present');
    expect(link([facts(up, 'SELECT 1', runner)])[0]!.migrations[0]!.down.state).toBe('missing');
  });

  it('of Flyway: versions compare by number, repeatable ones come last', () => {
    expect(migration('db/V1_10__x.sql', two, 'flyway')).toMatchObject({
      id: 'V1_10',
      order: [1, 10],
      message: { value: 'x' },
    });
    expect(migration('db/R__views.sql', two, 'flyway').order[0]).toBeGreaterThan(1e15);
    expect(half(migration('db/V1__x.sql', 'CREATE INDEX CONCURRENTLY i ON t (a);', 'flyway').up)).toEqual([
      'present',
      'no CreateIndex t i concurrently (a)',
    ]);
    expect(facts('db/notes.sql', two, 'flyway').migrations).toEqual([]);
  });

  it('of Atlas, Supabase and Liquibase', () => {
    expect(half(migration('db/1_x.sql', `-- atlas:txmode none\n\n${two}`, 'atlas').up)).toEqual(twice('no'));
    expect(half(migration('db/20240101000000_x.sql', two, 'supabase').up)).toEqual(twice('yes'));
    const liquibase = migration(
      'db/x.sql',
      '--liquibase formatted sql\n--changeset me:1 runInTransaction:false\nDROP TABLE b;\n--rollback CREATE TABLE b (x int);\n',
      'liquibase',
    );
    expect(half(liquibase.up)).toEqual(['present', 'no DropTable b']);
    expect(liquibase.down.state).toBe('present');
  });

  it('of an unknown tool run in transactions of their own making only', () => {
    const plain = migration('db/0002_x.sql', `DROP TABLE z; BEGIN; ${two} COMMIT; SELECT 1;`, 'plain');
    expect(plain).toMatchObject({ order: [2, 'x'], transaction: 'unknown' });
    expect(half(plain.up)).toEqual([
      'present',
      'unknown DropTable z',
      'yes Transaction action:begin',
      'yes CreateTable a [x integer]',
      'yes DropTable b',
      'yes Transaction action:commit',
      'unknown Select',
    ]);
  });
});

describe('other SQL files', () => {
  it('are loose statements', () => {
    const loose = facts('schema.sql', '-- one\nSELECT 1; -- two\n/* three */');
    expect(loose.migrations).toEqual([]);
    expect(loose.statements).toHaveLength(1);
    expect(loose.comments.map(({ text, ownLine }) => [text, ownLine])).toEqual([
      ['one', true],
      ['two', false],
      ['three', true],
    ]);
    expect(JSON.parse(JSON.stringify(loose))).toEqual(loose);
  });

  it.each<[string, Dialect]>([
    ['CREATE TABLE `a` (x int AUTO_INCREMENT) ENGINE=InnoDB', 'mysql'],
    ['CREATE TABLE a (x jsonb); SELECT $$a$$', 'postgresql'],
    ['CREATE TABLE a (x integer primary key autoincrement)', 'sqlite'],
    ['CREATE TABLE [dbo].[a] (x nvarchar(10))\nGO\n', 'tsql'],
    ['CREATE TABLE a (x int)', 'unknown'],
  ])('%s is %s', (text, dialect) => {
    expect(facts('schema.sql', text, undefined, 'unknown').dialect).toBe(dialect);
  });

  it('matter unless they are blank', () => {
    const matters = (text: string) => sql.mayMatter({ path: 'a.sql', text }, { dialect: 'unknown', scope: 'project' });
    expect([matters('SELECT 1'), matters(' \n\t')]).toEqual([true, false]);
  });
});
