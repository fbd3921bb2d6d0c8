import { describe, expect, test } from 'vitest';
import { pen } from '../../src/frontends/python/authoring/pen.js';
import { inverseOperations } from '../../src/queries/inverse-operations.js';
import { projectOf } from '../queries/support/project.js';
import { applied } from '../support/applied.js';
import { read } from './reading.js';

const head = 'import sqlalchemy as sa\nfrom alembic import op\n\nrevision = "2"\ndown_revision = "1"\n\n\n';
const base = `from alembic import op
import sqlalchemy as sa

revision = "1"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.BigInteger(), primary_key=True), sa.Column("Old", sa.String(20), nullable=False),
        sa.Column("a", sa.Integer(), server_default=sa.text("0")), sa.Column("b", sa.Text()), sa.Column("d", sa.JSON()))
    op.create_index("ix_t_b", "t", ["a", sa.text("lower(b)")], unique=True)


def downgrade():
    op.drop_table("t")
`;

/** The revision with its way back written; undefined where the pen has none. */
async function reverted(revision: string): Promise<string | undefined> {
  const path = 'migrations/versions/2.py';
  const project = await projectOf({ 'migrations/versions/1.py': base, [path]: revision });
  const facts = project.files.find((file) => file.path === path)!;
  const [migration] = facts.migrations;
  const operations = inverseOperations(project, migration!);
  if (operations === undefined) return undefined;
  return applied(revision, pen({ path, text: revision }, facts.dialect).writeDowngrade(migration!, operations));
}

const up = (...lines: string[]): string => `def upgrade():\n${lines.map((line) => `    ${line}\n`).join('')}`;
const down = (...lines: string[]): string => `\n\ndef downgrade():\n${lines.map((line) => `    ${line}\n`).join('')}`;

describe('downgrade()', () => {
  test.each([
    [['op.create_table("n", sa.Column("id", sa.Integer()))'], ['op.drop_table("n")']],
    [
      ['op.add_column("t", sa.Column("c", sa.Text()), schema="s")', 'op.rename_table("t", "u")'],
      ['op.rename_table("u", "t")', 'op.drop_column("t", "c", schema="s")'],
    ],
    [['op.drop_column("t", "Old")'], ['op.add_column("t", sa.Column("Old", sa.String(length=20), nullable=False))']],
    [['op.drop_column("t", "d")'], ['op.add_column("t", sa.Column("d", sa.JSON()))']],
    [
      ['op.create_index("i", "t", ["b"])', 'op.create_unique_constraint("u", "t", ["b"])'],
      ['op.drop_constraint("u", "t", type_="unique")', 'op.drop_index("i", table_name="t")'],
    ],
    [
      ['op.alter_column("t", "Old", nullable=True)', 'op.alter_column("t", "b", new_column_name="c")'],
      ['op.alter_column("t", "c", new_column_name="b")', 'op.alter_column("t", "Old", nullable=False)'],
    ],
    [
      ['op.alter_column("t", "a", server_default=None)'],
      ['op.execute(\'ALTER TABLE "t" ALTER COLUMN "a" SET DEFAULT 0\')'.replaceAll('"', '\\"').replaceAll("'", '"')],
    ],
  ])('%j', async (before, after) => {
    expect(await reverted(head + up(...before) + down('pass'))).toBe(head + up(...before) + down(...after));
  });

  test('an index that was built concurrently goes the same way', async () => {
    const before = [
      'with op.get_context().autocommit_block():',
      '    op.create_index("i", "t", ["b"], postgresql_concurrently=True)',
    ];
    const after = [
      'with op.get_context().autocommit_block():',
      '    op.drop_index("i", table_name="t", postgresql_concurrently=True)',
    ];
    expect(await reverted(head + up(...before) + down('pass'))).toBe(head + up(...before) + down(...after));
  });

  test.each([
    [
      'a docstring stays',
      '\n\ndef downgrade():\n    """Back."""\n    pass\n',
      '\n\ndef downgrade():\n    """Back."""\n    op.drop_table("n")\n',
    ],
    ['on one line', '\n\ndef downgrade(): pass\n', '\n\ndef downgrade():\n    op.drop_table("n")\n'],
    [
      'raises',
      '\n\ndef downgrade():\n    raise NotImplementedError("no")\n',
      '\n\ndef downgrade():\n    op.drop_table("n")\n',
    ],
    ['not there', '', '\n\ndef downgrade():\n    op.drop_table("n")\n'],
    ['not there, with types', ' -> None', '\n\ndef downgrade() -> None:\n    op.drop_table("n")\n'],
  ])('%s', async (_, before, after) => {
    const typed = before === ' -> None';
    const upgrade = up('op.create_table("n", sa.Column("id", sa.Integer()))').replace(
      '()',
      typed ? '() -> None' : '()',
    );
    expect(await reverted(head + upgrade + (typed ? '' : before))).toBe(head + upgrade + after);
  });

  test('tabs and line ends as the file has them', async () => {
    const text = (head + up('op.create_table("n", sa.Column("id", sa.Integer()))') + down('pass'))
      .replaceAll('    ', '\t')
      .replaceAll('\n', '\r\n');
    expect(await reverted(text)).toBe(text.replace('\tpass', '\top.drop_table("n")'));
  });

  test.each([
    ['op.execute("UPDATE t SET a = 1")'],
    ['op.drop_table("elsewhere")'],
    ['op.bulk_insert(table, [])'],
    ['with op.batch_alter_table(name) as b: b.drop_column("a")'],
    ['op.drop_column("t", "a")'],
  ])('none after %s', async (line) => {
    expect(await reverted(head + up(line) + down('pass'))).toBeUndefined();
  });
});

describe('the parent', () => {
  const follow = (text: string): string | undefined => {
    const { migrations, dialect } = read(text, { path: 'migrations/versions/2.py' });
    return applied(text, pen({ path: '2.py', text }, dialect).setParent(migrations[0]!, '9'));
  };
  const revision = (parent: string, doc = ''): string =>
    `${doc}from alembic import op\nrevision = "2"\ndown_revision = ${parent}\n${up('pass')}`;

  test('is one literal', () => {
    expect(follow(revision('"1"'))).toBe(revision('"9"'));
    expect(follow(revision("'1'", '"""x\n\nRevision ID: 2\nRevises: 1\nCreate Date: 2026-01-01\n"""\n'))).toBe(
      revision("'9'", '"""x\n\nRevision ID: 2\nRevises: 9\nCreate Date: 2026-01-01\n"""\n'),
    );
  });

  test('takes the place of None in the quotes of the revision', () => {
    expect(follow(revision('None'))).toBe(revision('"9"'));
  });

  test.each(['("1", "3")', 'PARENT', '("1",)'])('is not changed in %s', (parent) => {
    expect(follow(revision(parent))).toBeUndefined();
  });

  test('gives revisions an order in which they were made', () => {
    const text = revision('"1"', '"""x\n\nCreate Date: 2026-01-02 10:11:12.131415\n\n"""\n');
    expect(read(text, { path: '2.py' }).migrations[0]!.order).toEqual(['2026-01-02 10:11:12.131415']);
    expect(read(revision('"1"'), { path: '2.py' }).migrations[0]!.order).toEqual([]);
  });
});

describe('a key column', () => {
  const keyed = (text: string): string | undefined => {
    const facts = read(text, { path: 'app/models.py' });
    const table =
      facts.tables[0] ??
      facts.migrations[0]!.up.steps.flatMap((step) =>
        'operation' in step && step.operation.kind === 'CreateTable' ? [step.operation.definition] : [],
      )[0]!;
    return applied(text, pen({ path: 'app/models.py', text }, facts.dialect).addPrimaryKey(table));
  };

  test('in Table(), with its imports', () => {
    const text = (names: string, column: string): string =>
      `from sqlalchemy import ${names}\nt = Table("t", MetaData(), ${column}Column("a", Integer))\n`;
    const key = 'Column("id", BigInteger(), Identity(), primary_key=True), ';
    expect(keyed(text('Column, Integer, MetaData, Table', ''))).toBe(
      text('Column, Integer, MetaData, Table, BigInteger, Identity', key),
    );
    expect(keyed(text('*', ''))).toBe(text('*', key));
    const lines = '(\n    Column,\n    Integer,\n    MetaData,\n    Table,\n)';
    expect(keyed(text(lines, ''))).toBeUndefined();
  });

  test('in op.create_table(), on a line of its own', () => {
    const text = (column: string): string =>
      head + up('op.create_table(', '    "n",', `    ${column}sa.Column("a", sa.Integer()),`, ')');
    expect(keyed(text(''))).toBe(text('sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),\n        '));
  });
});
