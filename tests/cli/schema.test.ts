import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Postgres } from '../typescript/oracle/pglite.js';
import { folder, git, repository, run, write } from './run.js';

const first = `CREATE SCHEMA shop;
CREATE TYPE "Size" AS ENUM ('s', 'm');
CREATE TYPE shop.state AS ENUM ('open', 'it''s paid');
CREATE TABLE shop."Order" (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number serial NOT NULL UNIQUE,
  sizes "Size"[],
  state shop.state NOT NULL DEFAULT 'open',
  "select" varchar(20) CHECK ("select" <> ''),
  total numeric(10,2) GENERATED ALWAYS AS (1.5) STORED,
  parent bigint REFERENCES shop."Order" ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON TABLE shop."Order" IS 'What was
ordered';
COMMENT ON COLUMN shop."Order"."select" IS 'it''s';
CREATE UNIQUE INDEX "Order-open" ON shop."Order" (state DESC, lower("select")) INCLUDE (total) WHERE parent IS NULL;
CREATE TABLE line (order_id bigint REFERENCES shop."Order" (id), position int, note text[], PRIMARY KEY (order_id, position));
CREATE SEQUENCE counter;
CREATE VIEW open_orders AS SELECT id FROM shop."Order";
`;
const second =
  'ALTER TABLE line ALTER position TYPE bigint, ADD price money NOT NULL DEFAULT 0; DROP SEQUENCE counter;\n';

const files = { 'db/migrations/001_first.sql': first, 'db/migrations/002_second.sql': second };
const flags = ['--no-cache'];

/** What the command prints, once it ended well. */
async function printed(argv: readonly string[], cwd: string): Promise<string> {
  const { code, out, err } = await run([...argv, ...flags], { cwd });
  expect(err).toBe('');
  expect(code).toBe(0);
  return out;
}

describe('ddlint schema', () => {
  let database: Postgres;
  beforeAll(async () => {
    database = await Postgres.start();
  });
  afterAll(() => database.stop());

  const catalogAfter = async (script: string) => {
    await database.clear();
    await database.run(script);
    return database.catalog();
  };

  test.each([
    [[], first + second],
    [['--at', '001'], first],
  ])('prints SQL %j that makes the same schema', async (more, script) => {
    const sql = await printed(['schema', ...more], folder(files));
    const expected = await catalogAfter(script);
    expect(await catalogAfter(sql)).toEqual(expected);
    expect(sql).toContain('-- View open_orders reads shop.Order.');
  });

  test('prints JSON', async () => {
    const json: unknown = JSON.parse(await printed(['schema', '--format', 'json', '--at', '001_first'], folder(files)));
    expect(json).toMatchObject({
      history: 'db/migrations',
      runner: 'plain',
      dialect: 'postgresql',
      types: [
        { name: 'Size', values: ['s', 'm'] },
        { name: 'shop.state', values: ['open', "it's paid"] },
      ],
      views: [{ name: 'open_orders', reads: ['shop.Order'] }],
      sequences: ['counter'],
      tables: [
        {
          name: 'line',
          columns: [
            { name: 'order_id', type: 'bigint', nullable: false },
            { name: 'position', type: 'integer', nullable: false },
            { name: 'note', type: 'text[]', nullable: true },
          ],
          constraints: [
            { name: 'line_pkey', kind: 'primary', columns: ['order_id', 'position'] },
            { name: 'line_order_id_fkey', kind: 'foreign', references: { table: 'shop.Order', columns: ['id'] } },
          ],
        },
        {
          name: 'shop.Order',
          comment: 'What was\nordered',
          indexes: [{ name: 'Order-open', unique: true, include: ['total'], where: 'parent IS NULL' }],
        },
      ],
    });
  });

  test('prints a diagram', async () => {
    const diagram = await printed(['schema', '--format', 'mermaid'], folder(files));
    expect(diagram).toMatch(/^erDiagram\n {2}"line" \{\n {4}bigint order_id PK, FK\n/);
    expect(diagram).toContain('    varchar_20 select "it\'s"\n');
    expect(diagram).toContain('  "shop.Order" ||--o{ "line" : "order_id"\n');
    expect(diagram).toContain('  "shop.Order" |o--o{ "shop.Order" : "parent"\n');
  });

  test('leaves out what a branch does not follow', async () => {
    const revision = (id: string, parent: string): string =>
      `from alembic import op\nimport sqlalchemy as sa\nrevision = "${id}"\ndown_revision = ${parent}\n\n\ndef upgrade():\n    op.create_table("t_${id}", sa.Column("id", sa.Integer(), primary_key=True))\n`;
    const cwd = folder({
      'alembic.ini': '[alembic]\nscript_location = m\n',
      'm/env.py': '',
      'm/versions/a.py': revision('a', 'None'),
      'm/versions/b.py': revision('b', '"a"'),
      'm/versions/c.py': revision('c', '"a"'),
    });
    const tablesAt = async (id: string) =>
      [...(await printed(['schema', '--at', id], cwd)).matchAll(/CREATE TABLE (\w+)/g)].map(([, name]) => name);
    expect(await tablesAt('a')).toEqual(['t_a']);
    expect(await tablesAt('c')).toEqual(['t_a', 't_c']);
  });

  test.each([
    [{}, [], 'the project has no migrations'],
    [files, ['--at', '009'], '--at 009: no migration of db/migrations is called so'],
    [files, ['--at', '00'], '--at 00: more than one migration of db/migrations is called so'],
    [files, ['db'], 'db holds no history; there are db/migrations (plain)'],
    [files, ['--format', 'xml'], '--format xml is none of sql, json, mermaid'],
    [
      { ...files, 'other/migrations/001_a.sql': 'CREATE TABLE a (b int);' },
      [],
      'the project has several histories; name the folder of one: db/migrations (plain), other/migrations (plain)',
    ],
  ])('says what is wrong: %#', async (given, argv, message) => {
    const { code, err } = await run(['schema', ...argv, ...flags], { cwd: folder(given) });
    expect(code).toBe(2);
    expect(err).toBe(`ddlint: ${message}\n`);
  });
});

describe('ddlint diff', () => {
  const changed = {
    'db/migrations/002_second.sql': `${second}ALTER TYPE shop.state ADD VALUE 'shipped'; CREATE TABLE c (id int PRIMARY KEY);
DROP VIEW open_orders; ALTER TABLE line DROP note; COMMENT ON TABLE line IS 'A line'; CREATE INDEX ON line (price);`,
  };

  function changedRepository(): string {
    const cwd = repository(files);
    write(cwd, changed);
    git(cwd, 'commit', '-q', '-a', '-m', 'second');
    return cwd;
  }

  test('names what comes, goes and changes', async () => {
    expect(await printed(['diff', 'HEAD~1..HEAD'], changedRepository())).toBe(`db/migrations
  + table c
      + column id integer NOT NULL
      + constraint c_pkey PRIMARY KEY (id)
  ~ table line
      + comment A line
      - column note text[]
      + index line_price_idx (price)
  ~ type shop.state: ENUM (open, it's paid) → ENUM (open, it's paid, shipped)
  - view open_orders reads shop.Order
`);
  });

  test('turns round', async () => {
    const out = await printed(['diff', 'HEAD..HEAD~1'], changedRepository());
    expect(out).toContain('  - table c\n');
    expect(out).toContain('      + column note text[]\n');
  });

  test.each([['HEAD~1'], ['HEAD~1..']])('compares %s with what is on disk', async (range) => {
    const cwd = repository(files);
    git(cwd, 'commit', '-q', '--allow-empty', '-m', 'nothing');
    expect(await printed(['diff', range], cwd)).toBe('No differences.\n');
    write(cwd, { 'db/migrations/003_third.sql': 'DROP TABLE line;' });
    expect(await printed(['diff', range], cwd)).toBe('db/migrations\n  - table line\n');
  });

  test('prints JSON', async () => {
    const json: unknown = JSON.parse(await printed(['diff', 'HEAD~1..HEAD', '--format', 'json'], changedRepository()));
    expect(json).toMatchObject([
      {
        history: 'db/migrations',
        addedTables: [{ name: 'c' }],
        removedTables: [],
        changedTables: [{ table: 'line' }],
        others: [
          { object: 'type', name: 'shop.state' },
          { object: 'view', name: 'open_orders' },
        ],
      },
    ]);
  });

  test.each([
    [[], '"ddlint diff" takes one range: main..HEAD'],
    [['..HEAD'], '"..HEAD" does not have the form A..B, A.. or A'],
    [['gone..HEAD'], 'revision: git knows no revision "gone"'],
  ])('says what is wrong: %#', async (argv, message) => {
    const { code, err } = await run(['diff', ...argv, ...flags], { cwd: repository(files) });
    expect(code).toBe(2);
    expect(err).toBe(`ddlint: ${message}\n`);
  });
});
