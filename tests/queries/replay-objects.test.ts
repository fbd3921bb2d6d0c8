import { describe, expect, test } from 'vitest';
import type { Operation, Project } from '../../src/ir/index.js';
import { operationsIn } from '../../src/queries/operations.js';
import {
  isNewIn,
  notNullChecks,
  oldType,
  provenNotNull,
  replaysOf,
  schemaAt,
  viewsOver,
  type Schema,
} from '../../src/queries/replay.js';
import { projectOf, scriptOf } from './support/project.js';
import { verified } from './support/verified.js';

const name = (value: string, schema?: string) => ({
  ...(schema !== undefined && { schema: { value: schema, quoted: true, span: { start: 0, end: 0 } } }),
  name: { value, quoted: true, span: { start: 0, end: 0 } },
  span: { start: 0, end: 0 },
});

async function finalOf(script: string): Promise<Schema> {
  return replaysOf(await verified(await scriptOf(script)))[0]!.final;
}

const labels = (schema: Schema, type: string): string[] | undefined =>
  schema.enumType(name(type))?.values.map(({ value }) => value);

function operationOf(project: Project, kind: Operation['kind'], nth = 0): Operation {
  const all = project.files.flatMap((facts) => [...operationsIn(facts)].map(({ operation }) => operation));
  return all.filter((operation) => operation.kind === kind)[nth]!;
}

describe('enum types', () => {
  test('have their labels in order', async () => {
    const schema = await finalOf(`
      CREATE TYPE e AS ENUM ('a', 'b');
      ALTER TYPE e ADD VALUE 'c'; ALTER TYPE e ADD VALUE 'before' BEFORE 'a'; ALTER TYPE e ADD VALUE 'after' AFTER 'a';
      ALTER TYPE e RENAME VALUE 'b' TO 'd'; ALTER TYPE e ADD VALUE IF NOT EXISTS 'a';`);
    expect(labels(schema, 'e')).toEqual(['before', 'a', 'after', 'd', 'c']);
  });

  test('go, with CASCADE with the columns that are of them, and move with their columns', async () => {
    const schema = await finalOf(`
      CREATE SCHEMA s; CREATE TYPE e AS ENUM ('a'); CREATE TYPE f AS ENUM ('a'); CREATE TYPE g AS ENUM ('a');
      CREATE TABLE t (a e, b f[], c int); CREATE VIEW v AS SELECT b FROM t; CREATE VIEW w AS SELECT c FROM t;
      DROP TYPE f CASCADE; DROP TYPE g; ALTER TYPE e SET SCHEMA s;`);
    expect([...schema.types()].map(({ key }) => key)).toEqual(['s.e']);
    expect([...schema.table(name('t'))!.columns].map(([key, { column }]) => `${key} ${column.type.name}`)).toEqual([
      'a s.e',
      'c integer',
    ]);
    expect([...schema.views()].map(({ key }) => key)).toEqual(['w']);
  });

  test('that were made elsewhere, or under a condition, are not known', async () => {
    const schema = await finalOf(`
      ALTER TYPE elsewhere ADD VALUE 'a'; CREATE DOMAIN d AS text;
      DO $$ BEGIN IF f() THEN CREATE TYPE e AS ENUM ('a'); END IF; END $$;`);
    expect(labels(schema, 'elsewhere')).toBeUndefined();
    expect(labels(schema, 'd')).toBeUndefined();
    expect(schema.enumType(name('e'))!.uncertain).not.toEqual([]);
  });
});

describe('views', () => {
  const tables = 'CREATE TABLE a (id int, x int, y int); CREATE TABLE b (id int, a_id int, z int);';
  const over = async (view: string, table: string, column?: string): Promise<string[]> =>
    viewsOver(await finalOf(tables + view), name(table), column).map(({ key }) => key);

  test('take the columns that they name', async () => {
    const view = 'CREATE VIEW v AS SELECT x, b.z AS w FROM a JOIN b ON a.id = a_id;';
    const taken = async (table: string, column: string) => (await over(view, table, column)).length > 0;
    expect(await over(view, 'a')).toEqual(['v']);
    const asked = ['id', 'x', 'y'].map((column) => taken('a', column));
    expect(await Promise.all(asked)).toEqual([true, true, false]);
    expect(await Promise.all(['id', 'a_id', 'z'].map((column) => taken('b', column)))).toEqual([false, true, true]);
  });

  test('with a star take those that are there when they are made', async () => {
    const view = 'CREATE VIEW v AS SELECT * FROM a; ALTER TABLE a ADD COLUMN later int;';
    expect(await over(view, 'a', 'y')).toEqual(['v']);
    expect(await over(view, 'a', 'later')).toEqual([]);
  });

  test('name columns of inner queries and of those around them', async () => {
    const view = `CREATE MATERIALIZED VIEW v AS
      WITH q AS (SELECT y FROM a) SELECT q.y FROM q WHERE EXISTS (SELECT FROM b WHERE z = y);`;
    expect([await over(view, 'a', 'y'), await over(view, 'b', 'z')]).toEqual([['v'], ['v']]);
    expect([await over(view, 'a', 'x'), await over(view, 'b', 'id')]).toEqual([[], []]);
  });

  test('follow what they read to another name, and go with it', async () => {
    const schema = await finalOf(`${tables}
      CREATE VIEW v AS SELECT x FROM a; CREATE VIEW w AS SELECT x FROM v; CREATE VIEW u AS SELECT z FROM b;
      ALTER TABLE a RENAME TO c; ALTER TABLE c RENAME COLUMN x TO k; ALTER VIEW v RENAME TO vv;`);
    expect(viewsOver(schema, name('c'), 'k').map(({ key }) => key)).toEqual(['vv']);
    expect(viewsOver(schema, name('vv')).map(({ key }) => key)).toEqual(['w']);
    const after = await finalOf(`${tables}
      CREATE VIEW v AS SELECT x FROM a; CREATE VIEW w AS SELECT x FROM v; CREATE VIEW u AS SELECT z FROM b;
      ALTER TABLE a DROP COLUMN x CASCADE;`);
    expect([...after.views()].map(({ key }) => key)).toEqual(['u']);
  });
});

test('a schema goes with all that is in it, or gets another name', async () => {
  const script = `CREATE SCHEMA s; CREATE TABLE s.t (id int PRIMARY KEY); CREATE TABLE t (id int REFERENCES s.t);
    CREATE TYPE s.e AS ENUM ('a'); CREATE SEQUENCE s.q; CREATE VIEW s.v AS SELECT id FROM t;`;
  const keys = (schema: Schema): string[] =>
    [schema.tables(), schema.types(), schema.views(), schema.sequences(), schema.namespaces()].flatMap((all) =>
      [...all].map(({ key }) => key),
    );
  const dropped = await finalOf(`${script} DROP SCHEMA s CASCADE;`);
  expect(keys(dropped)).toEqual(['t']);
  expect(dropped.table(name('t'))!.constraints).toEqual([]);
  const renamed = await finalOf(`${script} ALTER SCHEMA s RENAME TO r;`);
  expect(keys(renamed)).toEqual(['t', 'r.t', 'r.e', 'r.v', 'r.q', 'r']);
});

test('a sequence goes with the column that owns it', async () => {
  const schema = await finalOf(`CREATE TABLE t (a int, b int); CREATE SEQUENCE p OWNED BY t.a; CREATE SEQUENCE q;
    ALTER SEQUENCE q OWNED BY t.b; ALTER TABLE t RENAME COLUMN b TO c; CREATE SEQUENCE r; ALTER TABLE t DROP COLUMN c;`);
  expect([...schema.sequences()].map(({ key }) => key)).toEqual(['p', 'r']);
});

test('what holds no NULL is proven by the column, or by a check that has been validated', async () => {
  const schema = await finalOf(`
    CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL, b int, c int, d int, e int CHECK (e IS NOT NULL AND e > 0));
    ALTER TABLE t ADD CONSTRAINT b_set CHECK (b IS NOT NULL) NOT VALID;
    ALTER TABLE t ADD CONSTRAINT c_set CHECK (c IS NOT NULL) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT c_set;
    ALTER TABLE t ADD CHECK (d IS NOT NULL OR a > 0);`);
  const proven = ['id', 'a', 'b', 'c', 'd', 'e'].filter((column) => provenNotNull(schema, name('t'), column));
  expect(proven).toEqual(['id', 'a', 'c', 'e']);
  expect(notNullChecks(schema, name('t'), 'b').map((each) => each.name)).toEqual(['b_set']);
  expect(provenNotNull(schema, name('elsewhere'), 'a')).toBe(false);
});

test('a column has its old type before it gets another one', async () => {
  const project = await scriptOf(`
    CREATE TABLE t (a varchar(20)); ALTER TABLE t ALTER COLUMN a TYPE text; ALTER TABLE t ALTER COLUMN a TYPE int USING 1;
    ALTER TABLE u ALTER COLUMN a TYPE int; DO $$ BEGIN IF f() THEN ALTER TABLE t ALTER COLUMN a TYPE date; END IF; END $$;
    ALTER TABLE t ALTER COLUMN a TYPE uuid;`);
  const old = [0, 1, 2, 4].map((nth) => {
    const operation = operationOf(project, 'AlterColumnType', nth);
    return operation.kind === 'AlterColumnType' ? oldType(project, operation)?.name : '';
  });
  expect(old).toEqual(['varchar(20)', 'text', undefined, undefined]);
});

describe('the way back', () => {
  const files = {
    'src/migrations/1700000000000-A.ts': `
import { MigrationInterface, QueryRunner } from 'typeorm';

export class A1700000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE TABLE "a" ("id" int PRIMARY KEY)');
    await queryRunner.query('ALTER TABLE "a" ADD "x" int');
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "a" RENAME COLUMN "x" TO "y"');
    await queryRunner.query('ALTER TABLE "a" DROP COLUMN "y"');
    await queryRunner.query('CREATE TABLE "old" ("id" int)');
    await queryRunner.query('DROP TABLE "a"');
    await queryRunner.query('TRUNCATE "old"');
  }
}
`,
    'src/migrations/1800000000000-B.ts': `
import { MigrationInterface, QueryRunner } from 'typeorm';

export class B1800000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "a" ADD "z" int');
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "a" DROP COLUMN "z"');
  }
}
`,
  };
  const columns = (schema: Schema | undefined, table: string) => [
    ...(schema?.table(name(table))?.columns.keys() ?? []),
  ];

  test('begins with what the migration has left behind, whatever came later', async () => {
    const project = await projectOf(files);
    expect(columns(schemaAt(project, operationOf(project, 'RenameColumn')), 'a')).toEqual(['id', 'x']);
    expect(columns(schemaAt(project, operationOf(project, 'DropColumn')), 'a')).toEqual(['id', 'y']);
    expect(columns(schemaAt(project, operationOf(project, 'DropColumn', 1)), 'a')).toEqual(['id', 'x', 'z']);
    expect(columns(replaysOf(project)[0]!.final, 'a')).toEqual(['id', 'x', 'z']);
  });

  test('takes for new only what it has made itself', async () => {
    const project = await projectOf(files);
    expect(isNewIn(project, { table: name('a') }, operationOf(project, 'DropTable'))).toBe(false);
    expect(isNewIn(project, { table: name('old') }, operationOf(project, 'Truncate'))).toBe(true);
  });

  test('may stand in a file of its own', async () => {
    const project = await projectOf(
      {
        'migrations/1_a.up.sql': 'CREATE TABLE a (id int, x int);',
        'migrations/1_a.down.sql': 'ALTER TABLE a DROP COLUMN x;',
        'migrations/2_b.up.sql': 'ALTER TABLE a ADD COLUMN y int;',
        'migrations/2_b.down.sql': 'ALTER TABLE a DROP COLUMN y;',
      },
      { folders: [{ path: 'migrations', runner: 'golang-migrate' }] },
    );
    expect(columns(schemaAt(project, operationOf(project, 'DropColumn')), 'a')).toEqual(['id', 'x']);
    expect(columns(schemaAt(project, operationOf(project, 'DropColumn', 1)), 'a')).toEqual(['id', 'x', 'y']);
  });
});
