import { describe, expect, test } from 'vitest';
import { pen as pythonPen } from '../src/frontends/python/authoring/pen.js';
import { pen as sqlPen } from '../src/frontends/sql/authoring.js';
import { pen as typescriptPen } from '../src/frontends/typescript/authoring/pen.js';
import type { Authoring, FileFacts, Name, Operation } from '../src/ir/index.js';
import { operationsIn, type PlacedOperation } from '../src/queries/operations.js';
import { projectOf } from './queries/support/project.js';
import { applied } from './support/applied.js';

const nowhere = { start: 0, end: 0 };
const name = (value: string): Name => ({ value, quoted: false, span: nowhere });
const table = { name: name('t'), span: nowhere };
const made = { span: nowhere, provenance: 'api' } as const;
const timeout: Operation = { ...made, kind: 'SetSetting', name: 'lock_timeout', value: '5s', scope: 'transaction' };
const validate: Operation = { ...made, kind: 'ValidateConstraint', table, constraint: name('c') };
const drop: Operation = {
  ...made,
  kind: 'DropIndex',
  index: { name: name('i'), span: nowhere },
  table,
  concurrently: true,
};

type Change = (pen: Authoring, placed: PlacedOperation) => ReturnType<Authoring['replaceOperation']>;

const before: Change = (pen, { operation, ...around }) => pen.addOperations(operation, [timeout], 'before', around);
const behind: Change = (pen, { operation, ...around }) => pen.addOperations(operation, [validate], 'behind', around);
const replaced: Change = (pen, { operation, ...around }) => pen.replaceOperation(operation, [timeout, drop], around);
const cascade: Change = (pen, { operation, ...around }) => pen.dropCascade(operation, around);
const concurrent: Change = (pen, { operation, ...around }) =>
  operation.kind === 'DropIndex' || operation.kind === 'Reindex' ? pen.makeConcurrent(operation, around) : undefined;
const notValid: Change = (pen, { operation, ...around }) =>
  operation.kind === 'AddConstraint' ? pen.addNotValid(operation, around) : undefined;

/** The file after the change to its first operation; undefined where the pen has none. */
async function changed(path: string, text: string, change: Change): Promise<string | undefined> {
  const project = await projectOf({ [path]: text });
  const facts: FileFacts = project.files.find((file) => file.path === path)!;
  const [first] = operationsIn(facts);
  const pen = path.endsWith('.sql') ? sqlPen : path.endsWith('.py') ? pythonPen : typescriptPen;
  return applied(text, change(pen({ path, text }, 'postgresql'), first!));
}

describe('operations of SQL', () => {
  test.each<[Change, string, string | undefined]>([
    [before, '-- why\nDROP TABLE t;\n', "-- why\nSET LOCAL lock_timeout = '5s';\nDROP TABLE t;\n"],
    [behind, 'DROP TABLE t;\nSELECT 1;\n', 'DROP TABLE t;\nALTER TABLE t VALIDATE CONSTRAINT c;\nSELECT 1;\n'],
    [replaced, 'DROP INDEX i', "SET LOCAL lock_timeout = '5s';\nDROP INDEX CONCURRENTLY i"],
    [
      replaced,
      'DROP INDEX i;--> statement-breakpoint\nSELECT 1;',
      "SET LOCAL lock_timeout = '5s';--> statement-breakpoint\nDROP INDEX CONCURRENTLY i;--> statement-breakpoint\nSELECT 1;",
    ],
    [replaced, 'ALTER TABLE t DROP COLUMN a, DROP COLUMN b;', undefined],
    [cascade, 'DROP TABLE t\n  CASCADE;', 'DROP TABLE t;'],
    [cascade, 'DROP TABLE t;', undefined],
    [concurrent, 'DROP INDEX IF EXISTS i;', 'DROP INDEX CONCURRENTLY IF EXISTS i;'],
    [concurrent, 'reindex (verbose) table t;', 'reindex (verbose) table CONCURRENTLY t;'],
    [
      notValid,
      'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0);',
      'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;',
    ],
    [notValid, 'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;', undefined],
  ])('%o of %s', async (change, text, expected) => {
    expect(await changed('a.sql', text, change)).toBe(expected);
  });
});

const revision = (body: string): string =>
  `from alembic import op\n\nrevision = "1"\ndown_revision = None\n\n\ndef upgrade():\n${body}\n\n\ndef downgrade():\n    pass\n`;

describe('operations of a revision', () => {
  test.each<[Change, string, string | undefined]>([
    [
      before,
      '    op.drop_column("t", "a")',
      '    op.execute("SET LOCAL lock_timeout = \'5s\'")\n    op.drop_column("t", "a")',
    ],
    [
      behind,
      '    op.execute("DROP TABLE t")',
      '    op.execute("DROP TABLE t")\n    op.execute("ALTER TABLE t VALIDATE CONSTRAINT c")',
    ],
    [behind, '    x = op.execute("DROP TABLE t")', undefined],
    [behind, '    op.execute("DROP TABLE t; DROP TABLE u")', undefined],
    [cascade, '    op.execute("DROP TABLE t CASCADE")', '    op.execute("DROP TABLE t")'],
    [
      replaced,
      '    op.execute(\n        """\n        DROP INDEX i;\n        """\n    )',
      '    op.execute("SET LOCAL lock_timeout = \'5s\'")\n    with op.get_context().autocommit_block():\n        op.drop_index("i", table_name="t", postgresql_concurrently=True)',
    ],
    [
      concurrent,
      '    op.drop_index("i", table_name="t")',
      '    with op.get_context().autocommit_block():\n        op.drop_index("i", table_name="t", postgresql_concurrently=True)',
    ],
    [
      concurrent,
      '    op.execute("REINDEX TABLE t")',
      '    with op.get_context().autocommit_block():\n        op.execute("REINDEX TABLE CONCURRENTLY t")',
    ],
    [
      concurrent,
      '    with op.get_context().autocommit_block():\n        op.execute("DROP INDEX i")',
      '    with op.get_context().autocommit_block():\n        op.execute("DROP INDEX CONCURRENTLY i")',
    ],
    [concurrent, '    op.execute("REINDEX TABLE t; REINDEX TABLE u")', undefined],
    [concurrent, '    op.execute(\n        """\n        REINDEX TABLE t\n        """\n    )', undefined],
    [
      replaced,
      '    with op.get_context().autocommit_block():\n        op.drop_index("i", table_name="t")',
      '    with op.get_context().autocommit_block():\n        op.execute("SET LOCAL lock_timeout = \'5s\'")\n        op.drop_index("i", table_name="t", postgresql_concurrently=True)',
    ],
    [
      before,
      '    with op.get_context().autocommit_block():\n        op.execute("DROP INDEX i")',
      '    with op.get_context().autocommit_block():\n        op.execute("SET LOCAL lock_timeout = \'5s\'")\n        op.execute("DROP INDEX i")',
    ],
    [
      notValid,
      '    op.create_check_constraint("c", "t", "a > 0")',
      '    op.create_check_constraint("c", "t", "a > 0", postgresql_not_valid=True)',
    ],
    [
      notValid,
      '    op.execute("ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)")',
      '    op.execute("ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID")',
    ],
    [before, '    with op.batch_alter_table("t") as batch:\n        batch.drop_column("a")', undefined],
  ])('%o of %s', async (change, body, expected) => {
    const result = await changed('migrations/versions/1.py', revision(body), change);
    expect(result).toBe(expected === undefined ? undefined : revision(expected));
  });
});

const typeorm = (body: string): string =>
  `import { MigrationInterface, QueryRunner, TableForeignKey } from 'typeorm';\n\nexport class A1700000000000 implements MigrationInterface {\n  async up(runner: QueryRunner): Promise<void> {\n${body}\n  }\n  async down(): Promise<void> {}\n}\n`;

describe('operations of TypeScript', () => {
  test.each<[Change, string, string | undefined]>([
    [
      replaced,
      '    await runner.query(`DROP INDEX "i"`);',
      "    await runner.query(`SET LOCAL lock_timeout = '5s'`);\n    await runner.query('DROP INDEX CONCURRENTLY i');",
    ],
    [
      before,
      "    await runner.dropColumn('t', 'a');",
      "    await runner.query(`SET LOCAL lock_timeout = '5s'`);\n    await runner.dropColumn('t', 'a');",
    ],
    [before, "    return runner.query('DROP TABLE t');", undefined],
    [before, "    await runner.query('DROP TABLE t', [1]);", undefined],
    [cascade, "    await runner.query('DROP TABLE t CASCADE');", "    await runner.query('DROP TABLE t');"],
    [
      notValid,
      "    await runner.createForeignKey('t', new TableForeignKey({ name: 'c', columnNames: ['a'], referencedTableName: 'u', referencedColumnNames: ['id'] }));",
      '    await runner.query(\'ALTER TABLE "t" ADD CONSTRAINT "c" FOREIGN KEY ("a") REFERENCES "u" ("id") NOT VALID\');',
    ],
  ])('%o of %s', async (change, body, expected) => {
    const result = await changed('src/migrations/1700000000000-A.ts', typeorm(body), change);
    expect(result).toBe(expected === undefined ? undefined : typeorm(expected));
  });

  test('a tagged template that is executed', async () => {
    const text = (body: string): string =>
      `import { Kysely, sql } from 'kysely';\n\nexport async function up(db: Kysely<unknown>): Promise<void> {\n  ${body}\n}\n`;
    expect(await changed('migrations/1.ts', text('await sql`DROP TABLE t`.execute(db);'), before)).toBe(
      text("await sql`SET LOCAL lock_timeout = '5s'`.execute(db);\n  await sql`DROP TABLE t`.execute(db);"),
    );
  });
});
