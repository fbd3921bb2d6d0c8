import { describe, expect, test } from 'vitest';
import type { Project } from '../../src/ir/index.js';
import { operationsOf } from '../../src/queries/operations.js';
import { finalSchema, isNewIn, replaysOf, schemaAfter, schemaBefore, type Schema } from '../../src/queries/replay.js';
import { projectOf, scriptOf } from './support/project.js';

const name = (value: string) => ({
  name: { value, quoted: true, span: { start: 0, end: 0 } },
  span: { start: 0, end: 0 },
});

async function finalOf(script: string): Promise<Schema> {
  return replaysOf(await scriptOf(script))[0]!.final;
}

function migrationOf(project: Project, path: string) {
  return project.files.find((facts) => facts.path === path)!.migrations[0]!;
}

function operationOf(project: Project, path: string, kind: string) {
  const operations = [...operationsOf(migrationOf(project, path), 'up')];
  return operations.find(({ operation }) => operation.kind === kind)!.operation;
}

const history = {
  'migrations/0001_a.sql': 'CREATE TABLE a (id int PRIMARY KEY);',
  'migrations/0002_b.sql': 'ALTER TABLE a ADD COLUMN x int; CREATE INDEX i ON a (x);',
  'migrations/0003_c.sql': 'DROP TABLE a; CREATE TABLE b (id int);',
};

describe('each migration', () => {
  test('has the schema before and after it', async () => {
    const project = await projectOf(history);
    const second = migrationOf(project, 'migrations/0002_b.sql');
    expect([...schemaBefore(project, second)!.table(name('a'))!.columns.keys()]).toEqual(['id']);
    expect([...schemaAfter(project, second)!.table(name('a'))!.columns.keys()]).toEqual(['id', 'x']);
    expect(finalSchema(project)!.table(name('a'))).toBeUndefined();
    expect(finalSchema(project)!.table(name('b'))).toBeDefined();
  });

  test('leaves the states of earlier ones as they were', async () => {
    const project = await projectOf(history);
    const first = schemaAfter(project, migrationOf(project, 'migrations/0001_a.sql'))!;
    expect([...first.tables()].map(({ key }) => key)).toEqual(['a']);
    expect(first.table(name('a'))!.indexes).toEqual([]);
  });
});

describe('types', () => {
  test('a type that gets another name is the type of its columns still', async () => {
    const schema = await finalOf(`
      CREATE TYPE mood AS ENUM ('a'); CREATE TYPE "Mood_new" AS ENUM ('a');
      CREATE TABLE t (a mood, b "Mood_new"[], c public.mood, d moods);
      ALTER TYPE mood RENAME TO "Mood"; ALTER TYPE "Mood_new" RENAME TO mood;`);
    const columns = [...schema.table(name('t'))!.columns].map(([key, { column }]) => `${key} ${column.type.name}`);
    expect(columns).toEqual(['a Mood', 'b mood[]', 'c public.Mood', 'd moods']);
  });

  test('a serial column without its default is filled by nothing', async () => {
    const schema = await finalOf('CREATE TABLE t (id serial PRIMARY KEY); ALTER TABLE t ALTER COLUMN id DROP DEFAULT;');
    expect(schema.table(name('t'))!.columns.get('id')!.column.generated).toBeUndefined();
  });
});

describe('certainty', () => {
  test('a table that nothing here created is known by what touches it, and uncertain', async () => {
    const table = (await finalOf('ALTER TABLE a ADD COLUMN x int;')).table(name('a'))!;
    expect(table.external).toBe(true);
    expect([...table.columns.keys()]).toEqual(['x']);
    expect(table.uncertain).not.toEqual([]);
  });

  test('an operation under an unknown condition makes what it touches uncertain, and nothing else', async () => {
    const schema = await finalOf(`
      CREATE TABLE a (id int, x int); CREATE TABLE b (id int);
      DO $$ BEGIN IF current_setting('x') = '1' THEN ALTER TABLE a DROP COLUMN x; END IF; END $$;`);
    const a = schema.table(name('a'))!;
    expect(a.columns.get('x')!.uncertain).not.toEqual([]);
    expect(a.columns.get('id')!.uncertain).toEqual([]);
    expect(schema.table(name('b'))!.uncertain).toEqual([]);
  });

  test('a drop that asks for several objects at once may not happen', async () => {
    const schema = await finalOf(`
      CREATE TABLE a (x int, y int); CREATE INDEX i ON a (x);
      DO $$ BEGIN
        IF (SELECT count(*) = 2 FROM pg_indexes WHERE indexname IN ('i', 'j')) THEN DROP INDEX i; END IF;
      END $$;`);
    expect(schema.table(name('a'))!.indexes.map((each) => [each.name, each.uncertain.length > 0])).toEqual([
      ['i', true],
    ]);
  });

  test('a constraint that may have changed is one constraint still', async () => {
    const schema = await finalOf(`
      CREATE TABLE a (id int); ALTER TABLE a ADD CONSTRAINT c CHECK (id > 0) NOT VALID; ALTER TABLE a ADD CONSTRAINT d CHECK (id < 9);
      DO $$ BEGIN IF f() THEN ALTER TABLE a VALIDATE CONSTRAINT c; END IF; END $$;`);
    const { constraints } = schema.table(name('a'))!;
    expect(constraints.map((each) => [each.name, each.uncertain.length > 0])).toEqual([
      ['d', false],
      ['c', true],
    ]);
  });

  test('what can be anything leaves a doubt about the whole, and no table less certain', async () => {
    const schema = await finalOf('CREATE TABLE a (id int); DO $$ BEGIN EXECUTE some_function(); END $$;');
    expect(schema.doubt).toBeDefined();
    expect(schema.table(name('a'))).toMatchObject({ uncertain: [], external: false });
  });

  test('a routine is not run where it is made', async () => {
    const schema = await finalOf(`
      CREATE TABLE a (id int);
      CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE a; END $$;`);
    expect(schema.table(name('a'))).toMatchObject({ uncertain: [] });
  });
});

describe('what is new', () => {
  test('a table and a column made earlier in the same migration are, those of an earlier one are not', async () => {
    const project = await projectOf({
      'migrations/0001_a.sql': 'CREATE TABLE a (id int);',
      'migrations/0002_b.sql':
        'CREATE TABLE b (id int); ALTER TABLE b RENAME TO c; ALTER TABLE a ADD COLUMN x int; UPDATE a SET x = 1;',
    });
    const update = operationOf(project, 'migrations/0002_b.sql', 'Update');
    expect(isNewIn(project, { table: name('a') }, update)).toBe(false);
    expect(isNewIn(project, { table: name('a'), column: 'x' }, update)).toBe(true);
    expect(isNewIn(project, { table: name('a'), column: 'id' }, update)).toBe(false);
    expect(isNewIn(project, { table: name('c') }, update)).toBe(true);
    expect(isNewIn(project, { table: name('b') }, update)).toBe(false);
  });

  test('a later line does not count', async () => {
    const project = await projectOf({ 'migrations/0001_a.sql': 'UPDATE a SET x = 1; CREATE TABLE a (x int);' });
    const update = operationOf(project, 'migrations/0001_a.sql', 'Update');
    expect(isNewIn(project, { table: name('a') }, update)).toBe(false);
  });

  test('a table of another new migration counts once the history has shipped before', async () => {
    const files = { ...history, 'migrations/0004_d.sql': 'CREATE INDEX ON b (id);' };
    const shipped = ['migrations/0001_a.sql', 'migrations/0002_b.sql'];
    const known = await projectOf(files, { shipped });
    const unknown = await projectOf(files);
    const asked = (project: Project): boolean =>
      isNewIn(project, { table: name('b') }, operationOf(project, 'migrations/0004_d.sql', 'CreateIndex'));
    expect([asked(known), asked(unknown)]).toEqual([true, false]);
  });
});

test('Alembic and TypeORM histories are replayed like SQL', async () => {
  const project = await projectOf({
    'migrations/versions/0001_a.py': `
import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    op.create_table("a", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("x", sa.Integer(), index=True))
    op.rename_table("a", "b")


def downgrade():
    op.drop_table("b")
`,
    'src/migrations/1700000000000-A.ts': `
import { MigrationInterface, QueryRunner } from 'typeorm';

export class A1700000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE TABLE "c" ("id" int PRIMARY KEY)');
    await queryRunner.query('CREATE INDEX "i" ON "c" ("id")');
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE "c"');
  }
}
`,
  });
  const [alembic, typeorm] = replaysOf(project).map(({ final }) => final);
  expect([...alembic!.tables()].map(({ key }) => key)).toEqual(['b']);
  expect(alembic!.table(name('b'))!.indexes.map((each) => each.name)).toEqual(['ix_a_x']);
  expect(typeorm!.table(name('c'))!.indexes.map((each) => each.name)).toEqual(['i']);
});

test.each([
  ['postgresql', undefined],
  ['mysql', 'an object is named at run time'],
] as const)(
  'what stands under a condition in a branch of MySQL leaves no doubt but there: %s',
  async (dialect, doubt) => {
    const revision = `import sqlalchemy as sa
from alembic import op

revision = "a"
down_revision = None


def upgrade():
    op.create_table("a", sa.Column("id", sa.Integer(), primary_key=True))
    bind = op.get_bind()
    if str(bind.engine.url).startswith("mysql"):
        for table in bind.execute("SELECT table_name FROM information_schema.tables").scalars():
            op.drop_column(table, "seen")
`;
    const project = await projectOf({ 'migrations/versions/a.py': revision }, { dialect });
    expect(finalSchema(project)!.doubt).toBe(doubt);
  },
);
