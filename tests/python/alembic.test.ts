import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/ir/index.js';
import { link, read, sayStep } from './reading.js';

const head =
  'from alembic import op\nimport sqlalchemy as sa\nfrom sqlalchemy.dialects import postgresql\nrevision = "b2"\ndown_revision = "a1"\n';
const indented = (body: string) => body.replace(/^/gm, '    ');

function migration(text: string, dialect: Dialect = 'postgresql') {
  const [found] = read(text, { path: 'alembic/versions/b2_x.py', dialect }).migrations;
  if (found === undefined) throw new Error('no migration');
  return found;
}

const up = (body: string, before = '', dialect?: Dialect) =>
  migration(`${head}${before}\ndef upgrade():\n${indented(body)}\n`, dialect).up.steps.map(sayStep);

describe('operations', () => {
  test.each<[string, string[]]>([
    ['op.add_column("t", sa.Column("c", sa.Integer(), nullable=False))', ['AddColumn t.c integer NN']],
    [
      'op.add_column("t", sa.Column("c", sa.Integer, index=True))',
      ['AddColumn t.c integer NULL', 'CreateIndex ix_t_c t(c)'],
    ],
    ['op.add_column("t", sa.Column("c", sa.Integer, unique=True))', ['AddColumn t.c integer NULL unique']],
    [
      'op.add_column("t", sa.Column("c", sa.Integer, sa.ForeignKey("u.id")), schema="s")',
      ['AddColumn s.t.c integer NULL fk:u.id'],
    ],
    ['op.add_column("t", sa.Column("c", sa.Enum("x", name="e")))', ['AddColumn t.c e NULL']],
    ['op.add_column("t", column())', ['Opaque t']],
    ['op.drop_column("t", "c")', ['DropColumn t.c']],
    ['op.drop_column(table_name="t", column_name="c")', ['DropColumn t.c']],
    [
      'op.alter_column("t", "c", type_=sa.BigInteger(), nullable=False, server_default="0", new_column_name="d", comment="k")',
      ['AlterColumnType t.c bigint', 'SetNotNull t.c', "SetDefault t.c '0'", 'CommentOn t.c k', 'RenameColumn t.c d'],
    ],
    ['op.alter_column("t", "c", existing_type=sa.Integer(), nullable=True)', ['DropNotNull t.c']],
    ['op.alter_column("t", "c", server_default=None)', ['DropDefault t.c']],
    ['op.alter_column("t", "c", server_default=False, existing_nullable=True)', []],
    ['op.alter_column("t", "c", comment=None)', ['CommentOn t.c null']],
    ['op.drop_table("t", schema="s")', ['DropTable s.t']],
    ['op.rename_table("t", "u")', ['RenameTable t u']],
    ['op.create_index("i", "t", ["a", "b"], unique=True)', ['CreateIndex i t(a+b) unique']],
    ['op.create_index(op.f("i"), "t", ["a"], if_not_exists=True)', ['CreateIndex i t(a) if-not-exists']],
    ['op.create_index(None, "t", ["a"])', ['CreateIndex ix_t_a t(a)']],
    [
      'op.create_index("i", "t", [sa.text("lower(a)")], postgresql_where=sa.text("a > 0"))',
      ['CreateIndex i t((lower(a))) where a > 0'],
    ],
    [
      'with op.get_context().autocommit_block():\n    op.create_index("i", "t", ["a"], postgresql_concurrently=True)',
      ['CreateIndex i t(a) concurrently outside'],
    ],
    ['op.drop_index("i", table_name="t", if_exists=True)', ['DropIndex i t if-exists']],
    ['op.drop_index("i")', ['DropIndex i ']],
    ['op.create_unique_constraint("u", "t", ["a", "b"])', ['AddConstraint t unique:u(a+b)']],
    ['op.create_unique_constraint(None, "t", ["a"])', ['AddConstraint t unique:-(a)']],
    ['op.create_primary_key("p", "t", ["a"])', ['AddConstraint t primary:p(a)']],
    ['op.create_check_constraint("c", "t", "a > 0")', ['AddConstraint t check:c(a > 0)']],
    ['op.create_foreign_key("f", "t", "u", ["a"], ["id"], ondelete="CASCADE")', ['AddConstraint t foreign:f(a)->u.id']],
    ['op.drop_constraint("f", "t", type_="foreignkey")', ['DropConstraint t.f foreign']],
    ['op.drop_constraint("f", "t")', ['DropConstraint t.f -']],
    ['op.create_table_comment("t", "All of it", existing_comment=None)', ['CommentOn t All of it']],
    ['op.drop_table_comment("t")', ['CommentOn t null']],
    [
      'with op.batch_alter_table("t", schema=None) as b:\n    b.drop_column("c")\n    b.add_column(sa.Column("d", sa.Text))\n    b.create_index("i", ["d"])\n    b.create_foreign_key("f", "u", ["d"], ["id"])',
      ['DropColumn t.c', 'AddColumn t.d text NULL', 'CreateIndex i t(d)', 'AddConstraint t foreign:f(d)->u.id'],
    ],
    [
      't = op.create_table("t", sa.Column("id", sa.Integer, primary_key=True))\nop.bulk_insert(t, [{"id": 1}])',
      ['CreateTable t(id integer NN primary)', 'Insert t'],
    ],
    [
      'op.create_table("t", sa.Column("a", sa.Integer()), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("a", "b", name="k"), sa.ForeignKeyConstraint(["a"], ["u.id"]))',
      ['CreateTable t(a integer NN, b integer NN) primary:k(a+b) foreign(a)'],
    ],
    ['sa.Enum("x", "y", name="e").create(op.get_bind(), checkfirst=True)', ['CreateEnumType e(x+y) if-not-exists']],
    ['postgresql.ENUM(name="e").drop(op.get_bind())', ['DropType e']],
    [
      'op.create_table("t", sa.Column("c", sa.Enum("x", name="e")))',
      ['CreateEnumType e(x)', 'CreateTable t(c e NULL)'],
    ],
    [
      'op.create_table("t", sa.Column("c", postgresql.ENUM("x", name="e", create_type=False)))',
      ['CreateTable t(c e NULL)'],
    ],
    ['op.execute("SET lock_timeout = \'2s\'")', ['SQL SET "SET lock_timeout = \'2s\'"']],
    ['op.execute(sa.text("UPDATE t SET a = :x").bindparams(x=1))', ['SQL UPDATE "UPDATE t SET a = h_"']],
    ['op.get_bind().execute(sa.text("DELETE FROM t"))', ['SQL DELETE "DELETE FROM t"']],
    ['conn = op.get_bind()\nconn.execute(sa.text("SELECT 1")).scalar()', ['SQL SELECT "SELECT 1"']],
    ['t = sa.table("t", sa.column("a"))\nop.execute(t.update().values(a=1))', ['Update t where:absent']],
    [
      't = sa.table("t", sa.column("a"))\nop.execute(t.update().where(t.c.a == 2).values(a=1))',
      ['Update t where:present'],
    ],
    [
      't = sa.table("t", sa.column("a"))\nop.execute(t.update().where(sa.true()).values(a=1))',
      ['Update t where:tautology'],
    ],
    [
      't = sa.table("t", sa.column("a"))\nop.execute(t.update().where(sa.true()).where(t.c.a == 2).values(a=1))',
      ['Update t where:present'],
    ],
    ['t = sa.table("t", sa.column("a"))\nop.execute(sa.delete(t))', ['Delete t where:absent']],
    ['op.execute(make_sql())', ['Opaque anything']],
    ['op.execute(open("up.sql").read())', ['Opaque anything']],
    [
      'from sqlalchemy.orm import Session\nsession = Session(bind=op.get_bind())\nsession.execute(sa.text("DELETE FROM t"))',
      ['SQL DELETE "DELETE FROM t"'],
    ],
    ['op.execute(sa.schema.CreateSchema("s"))', ['CreateSchema ']],
    ['sa.Sequence("q").create(op.get_bind(), checkfirst=True)', ['CreateSequence  if-not-exists']],
    [
      't = sa.Table("t", sa.MetaData(), sa.Column("a", sa.Integer))\nt.create(op.get_bind())\nt.drop(op.get_bind())',
      ['CreateTable t(a integer NULL)', 'DropTable t'],
    ],
    [
      'meta = sa.MetaData()\nmeta.reflect(op.get_bind())\nop.get_bind().execute(sa.update(meta.tables["t"]).values(a=1))',
      ['Update t where:absent'],
    ],
    ['op.get_bind().execute(sa.delete(table_of("t")))', ['Opaque ']],
    [
      'from alembic_utils.pg_trigger import PGTrigger\nop.create_entity(PGTrigger(schema="public", signature="g", on_entity="s.t", definition="…"))',
      ['CreateTrigger s.t'],
    ],
    [
      'from alembic_utils.pg_function import PGFunction\nf = PGFunction("public", "f(a int)", "…")\nop.drop_entity(f)',
      ['DropRoutine '],
    ],
    ['op.add_column("t", sa.Column("c", sa.Integer, primary_key=True))', ['AddColumn t.c integer NN']],
    ['op.sync_enum_values("public", "e", ["a"])', ['Opaque e']],
    ['op.drop_table(name())', ['DropTable ']],
    ['op.f("x")\nop.get_context()', []],
  ])('%s', (body, expected) => {
    expect(up(body)).toEqual(expected);
  });

  test('an operation stands at its call', () => {
    const text = `${head}def upgrade():\n    op.drop_table("t")\n`;
    const [step] = migration(text).up.steps;
    if (step === undefined || 'statement' in step) throw new Error('no operation');
    expect(text.slice(step.operation.span.start, step.operation.span.end)).toBe('op.drop_table("t")');
  });

  test('a statement maps to the text inside the literal', () => {
    const text = `${head}def upgrade():\n    op.execute("UPDATE t "\n               "SET a = 'it\\'s'")\n`;
    const [step] = migration(text).up.steps;
    if (step === undefined || !('statement' in step)) throw new Error('no statement');
    const [operation] = step.statement.operations;
    if (operation?.kind !== 'Update') throw new Error('no update');
    expect(text.slice(operation.table.span.start, operation.table.span.end)).toBe('t');
    expect(text.slice(operation.columns[0]!.span.start, operation.columns[0]!.span.end)).toBe('a');
  });
});

describe('the way through a revision', () => {
  test.each<[string, string, string[]]>([
    [
      'loops over lists',
      'for t, c in (("a", "x"), ("b", "y")):\n    op.drop_column(t, c)',
      ['DropColumn a.x repeated', 'DropColumn b.y repeated'],
    ],
    [
      'loops over dicts',
      'for t, cs in {"a": ["x", "y"]}.items():\n    for c in cs:\n        op.drop_column(t, c)',
      ['DropColumn a.x repeated', 'DropColumn a.y repeated'],
    ],
    ['comprehensions', '[op.drop_table(t) for t in ("a", "b")]', ['DropTable a', 'DropTable b']],
    [
      'f-strings in loops',
      'for t in ("a", "b"):\n    op.execute(f"DROP TABLE {t}")',
      ['SQL DROP TABLE "DROP TABLE a"', 'SQL DROP TABLE "DROP TABLE b"'],
    ],
    ['unknown loops', 'for t in tables():\n    op.drop_table("t")', ['DropTable t unknown repeated']],
    [
      'conditions',
      'if flag():\n    op.drop_table("a")\nelse:\n    op.drop_table("b")\nop.drop_table("c")',
      ['DropTable a unknown', 'DropTable b unknown', 'DropTable c'],
    ],
    ['known conditions', 'if False:\n    op.drop_table("a")\nelse:\n    op.drop_table("b")', ['DropTable b']],
    [
      'dialects',
      'if op.get_bind().dialect.name == "postgresql":\n    op.drop_table("a")',
      ['DropTable a dialect:postgresql'],
    ],
    [
      'dialects through names',
      'bind = op.get_bind()\nis_pg = bind.dialect.name in ("mysql", "mariadb")\nif is_pg:\n    op.drop_table("a")',
      ['DropTable a dialect:mysql+mariadb'],
    ],
    [
      'not a dialect',
      'if op.get_context().dialect.name == "sqlite":\n    return\nop.drop_table("a")',
      ['DropTable a dialect:postgresql+cockroachdb+mysql+mariadb+tsql+oracle'],
    ],
    [
      'existence',
      'insp = sa.inspect(op.get_bind())\nif "a" not in insp.get_table_names():\n    op.drop_table("a")',
      ['DropTable a existence'],
    ],
    [
      'existence through a comprehension',
      'insp = sa.inspect(op.get_bind())\nnames = [c["name"] for c in insp.get_columns("a")]\nif "x" in names:\n    op.drop_column("a", "x")',
      ['DropColumn a.x existence'],
    ],
    [
      'dialects by the address of the database',
      'if str(op.get_bind().engine.url).startswith("sqlite"):\n    op.drop_table("a")\nelse:\n    op.drop_table("b")',
      ['DropTable a dialect:sqlite', 'DropTable b dialect:postgresql+cockroachdb+mysql+mariadb+tsql+oracle'],
    ],
    [
      'another condition on one dialect',
      'if op.get_bind().dialect.name == "mysql":\n    if flag():\n        op.drop_table("a")\n    else:\n        op.drop_table("b")',
      ['DropTable a unknown:mysql', 'DropTable b unknown:mysql'],
    ],
    [
      'a dialect of others',
      'name = op.get_bind().dialect.name\nif name != "sqlite":\n    if name in ("sqlite", "mysql"):\n        op.drop_table("a")',
      ['DropTable a dialect:mysql'],
    ],
    ['swallowed errors', 'try:\n    op.drop_table("a")\nexcept Exception:\n    pass', ['DropTable a idempotent']],
    ['early ends', 'op.drop_table("a")\nreturn\nop.drop_table("b")', ['DropTable a']],
    ['conditional values', 'x = "a"\nif flag():\n    x = "b"\nop.drop_table(x)', ['DropTable ']],
  ])('%s', (_, body, expected) => {
    expect(up(body)).toEqual(expected);
  });

  test('helpers of the same file', () => {
    const before =
      'def drop(table, *names, schema=None):\n    for name in names:\n        op.drop_column(table, name, schema=schema)\ndef cols():\n    return [sa.Column("a", sa.Integer), sa.Column("b", sa.Text)]\n';
    expect(up('drop("t", "x", "y", schema="s")\nop.create_table("u", *cols())', before)).toEqual([
      'DropColumn s.t.x repeated',
      'DropColumn s.t.y repeated',
      'CreateTable u(a integer NULL, b text NULL)',
    ]);
  });

  test('constants and names of the module', () => {
    expect(up('op.drop_table(TABLE)\nop.execute(SQL % TABLE)', 'TABLE = "t"\nSQL = "DROP TABLE %s"\n')).toEqual([
      'DropTable t',
      'SQL DROP TABLE "DROP TABLE t"',
    ]);
  });

  test('a helper of another module that gets op may do anything', () => {
    expect(up('change(op)', 'from app.migrations import change\n')).toEqual(['Opaque anything']);
  });

  test('op as a parameter, and operations imported by name', () => {
    const text = `import sqlalchemy as sa\nfrom alembic.op import drop_table\nrevision = "b"\ndown_revision = None\ndef upgrade(operations):\n    operations.drop_column("t", "c")\n    drop_table("u")\n`;
    expect(migration(text).up.steps.map(sayStep)).toEqual(['DropColumn t.c', 'DropTable u']);
  });
});

test.each<[string, string[]]>([
  ['op.alter_column("t", "c", type_=sa.BigInteger(), existing_type=sa.Integer())', ['ModifyColumn t']],
  ['op.alter_column("t", "c", server_default="0", existing_type=sa.Integer())', ["SetDefault t.c '0'"]],
  [
    'op.alter_column("t", "c", new_column_name="d", existing_type=sa.Integer())',
    ['RenameColumn t.c d', 'ModifyColumn t'],
  ],
  ['op.alter_column("t", "c", nullable=True)', ['DropNotNull t.c']],
])('MySQL states a column anew: %s', (body, expected) => {
  expect(up(body, '', 'mysql')).toEqual(expected);
});

test("MySQL's new statement of a column loses what the call does not repeat", () => {
  const text = `${head}def upgrade():\n    op.alter_column("t", "c", type_=sa.BigInteger(), existing_type=sa.Integer())\n`;
  const [step] = migration(text, 'mysql').up.steps;
  expect(step).toMatchObject({ operation: { definition: { nullable: true, type: { name: 'bigint' } } } });
});

describe('revisions of several folders', () => {
  const revision = (id: string, parent: string | null) =>
    `from alembic import op\nrevision = "${id}"\ndown_revision = ${parent === null ? 'None' : `"${parent}"`}\ndef upgrade():\n    op.drop_table("t")\n`;
  const histories = (files: { [path: string]: string }) =>
    Object.fromEntries(Object.entries(link(files)).map(([path, { migrations }]) => [path, migrations[0]!.history]));

  test('are one history where one follows another', () => {
    expect(
      histories({
        'core/versions/a.py': revision('a', null),
        'core/versions/b.py': revision('b', 'a'),
        'plugin/versions/c.py': revision('c', 'b'),
        'other/versions/x.py': revision('x', null),
      }),
    ).toEqual({
      'core/versions/a.py': 'core/versions',
      'core/versions/b.py': 'core/versions',
      'plugin/versions/c.py': 'core/versions',
      'other/versions/x.py': 'other/versions',
    });
  });

  test('are not where each folder has the ids for itself', () => {
    expect(
      histories({
        'mysql/versions/a.py': revision('a', null),
        'mysql/versions/b.py': revision('b', 'a'),
        'sqlite/versions/a.py': revision('a', null),
        'sqlite/versions/b.py': revision('b', 'a'),
      }),
    ).toMatchObject({ 'mysql/versions/b.py': 'mysql/versions', 'sqlite/versions/b.py': 'sqlite/versions' });
  });
});

test.each([
  ['', 'all'],
  ['transaction_per_migration=True', 'each'],
  ['transaction_per_migration=False', 'all'],
  ['transaction_per_migration=asked()', 'unknown'],
])('context.configure(%s): transactions %s', (options, expected) => {
  const files = link({
    'migrations/env.py': `from alembic import context\ndef run_migrations_online():\n    context.configure(connection=c, ${options})\n`,
    'migrations/versions/a.py': `${head}def upgrade():\n    op.drop_table("t")\n`,
  });
  expect(files['migrations/versions/a.py']!.migrations[0]!.transaction).toBe(expected);
});

describe('helpers of other files', () => {
  const revision = (body: string) =>
    `from alembic import op\nimport sqlalchemy as sa\nfrom app.migrations.helpers import drop_all, stamps, drop_by\nrevision = "b2"\ndown_revision = "a1"\ndef upgrade():\n${indented(body)}\n`;
  const helpers =
    'from alembic import op\nimport sqlalchemy as sa\ndef stamps():\n    return [sa.Column("a", sa.Date), sa.Column("b", sa.Date)]\ndef drop_all(*names):\n    for name in names:\n        op.drop_table(name)\ndef drop_by(operations, name):\n    operations.drop_table(name)\n';
  const steps = (body: string) =>
    link({ 'app/migrations/helpers.py': helpers, 'app/migrations/versions/b2.py': revision(body) })[
      'app/migrations/versions/b2.py'
    ]!.migrations[0]!.up.steps;

  test.each<[string, string[]]>([
    ['op.create_table("t", *stamps())', ['CreateTable t(a date NULL, b date NULL)']],
    ['drop_all("t", "u")', ['DropTable t repeated', 'DropTable u repeated']],
    ['drop_by(op, "t")', ['DropTable t repeated']],
  ])('%s', (body, expected) => {
    expect(steps(body).map(sayStep)).toEqual(expected);
  });

  test('what they send stands at their call', () => {
    const [step] = steps('drop_all("t")');
    const span = step !== undefined && 'operation' in step ? step.operation.span : { start: 0, end: 0 };
    expect(revision('drop_all("t")').slice(span.start, span.end)).toBe('drop_all("t")');
  });
});

describe('the revision', () => {
  test.each<[string, string[] | undefined]>([
    ['down_revision = None', []],
    ['down_revision: str | None = "a"', ['a']],
    ['down_revision = ("a", "b")', ['a', 'b']],
    ['down_revision = ["a"]', ['a']],
    ['down_revision = compute()', undefined],
  ])('%s', (line, expected) => {
    expect(migration(`from alembic import op\nrevision: str = "r"\n${line}\n`).parents).toEqual(expected);
  });

  test('ids, message and place', () => {
    const text = `"""Add user email\n\nRevision ID: x\n"""\nfrom alembic import op\nrevision = "2024-x"\ndown_revision = None\nbranch_labels = ("core",)\ndepends_on = "d"\ndef upgrade():\n    pass\n`;
    const found = read(text, { path: 'db/versions/x.py', migrations: { path: 'db/versions', runner: 'alembic' } })
      .migrations[0]!;
    expect(found).toMatchObject({
      id: '2024-x',
      history: 'db/versions',
      runner: 'alembic',
      branchLabels: ['core'],
      dependsOn: ['d'],
      order: [],
      message: { value: 'Add user email' },
      transaction: 'all',
    });
    expect(text.slice(found.span.start, found.span.end)).toBe('2024-x');
    expect(text.slice(found.message!.span.start, found.message!.span.end)).toBe('Add user email');
  });

  test.each([
    ['', 'missing'],
    ['def downgrade():\n    pass\n', 'empty'],
    ['def downgrade():\n    """Nothing to do."""\n', 'empty'],
    ['def downgrade():\n    ...\n', 'empty'],
    ['def downgrade():\n    return None\n', 'empty'],
    ['def downgrade():\n    raise NotImplementedError("no way back")\n', 'raises'],
    ['def downgrade():\n    op.drop_table("t")\n', 'present'],
  ])('downgrade %j is %s', (text, state) => {
    expect(migration(`${head}def upgrade():\n    op.drop_table("u")\n${text}`).down.state).toBe(state);
  });

  test('a merge that lost its imports is one', () => {
    const text = 'revision = "c"\ndown_revision = ("a", "b")\n\n\ndef upgrade():\n    pass\n';
    expect(read(text, { path: 'x/merge.py' }).migrations).toMatchObject([{ id: 'c', parents: ['a', 'b'] }]);
  });

  test('a block with upgrade alone is a migration without ids', () => {
    const found = read('def upgrade():\n    op.add_column("users", sa.Column("email", sa.String(255)))\n', {
      path: 'x/add_email.py',
    }).migrations[0]!;
    expect(found).toMatchObject({ id: 'add_email', down: { state: 'missing' } });
    expect(found.parents).toBeUndefined();
    expect(found.up.steps.map(sayStep)).toEqual(['AddColumn users.email varchar(255) NULL']);
  });

  test.each([
    ['env.py', 'from alembic import context\ndef run():\n    context.configure()\n'],
    ['a model', 'from sqlalchemy import Column\nrevision = 1\n'],
    ['other code with an upgrade function', 'def upgrade():\n    return 1\n'],
  ])('%s is none', (_, text) => {
    expect(read(text).migrations).toEqual([]);
  });

  test("models in a revision are not the project's", () => {
    const facts = read(
      `${head}from sqlalchemy.orm import declarative_base\nBase = declarative_base()\nclass T(Base):\n    __tablename__ = "t"\n    id = sa.Column(sa.Integer, primary_key=True)\ndef upgrade():\n    op.drop_table("t")\n`,
    );
    expect(facts.tables).toEqual([]);
    expect(facts.migrations).toHaveLength(1);
  });
});

// SQLAlchemy leaves such a key out of CREATE TABLE, and Alembic's create_table sends nothing else.
test.each([
  ['postgresql', []],
  ['sqlite', ['fk_a', 'fk_b']],
] as const)('create_table on %s makes no foreign key with use_alter', (dialect, expected) => {
  const facts = read(
    `${head}def upgrade():\n    op.create_table("t", sa.Column("a", sa.Integer(), sa.ForeignKey("u.id", name="fk_a", use_alter=True)), sa.Column("b", sa.Integer()), sa.ForeignKeyConstraint(["b"], ["u.id"], name="fk_b", use_alter=True))\n`,
    { path: 'alembic/versions/b2_x.py', dialect },
  );
  const [step] = facts.migrations[0]!.up.steps;
  const operation = step !== undefined && 'operation' in step ? step.operation : undefined;
  const made = operation?.kind === 'CreateTable' ? operation.definition : undefined;
  const keys = [...made!.columns.flatMap(({ constraints }) => constraints), ...made!.constraints];
  expect(keys.map(({ name }) => name?.value)).toEqual(expected);
});

test('a function named upgrade() that runs the revisions of others is none', () => {
  const text = `from alembic.operations import Operations\ndef tables(op):\n    return op.get_bind()\ndef upgrade(name=None):\n    op = Operations(context)\n    for each in revisions:\n        each.module.upgrade(op=op)\n    op.invoke(1)\n`;
  expect(read(text, { path: 'plugins/migrations.py' }).migrations).toEqual([]);
  const block = 'def upgrade():\n    op.drop_table("t")\n';
  expect(read(block, { path: 'block.py' }).migrations).toHaveLength(1);
});

describe('changes of rows that SQLAlchemy Core builds', () => {
  const table = 't = sa.table("t", sa.column("a"))';
  test.each([
    ['t.update().values(a=1)', ['a']],
    ['t.update().values({"a": 1})', ['a']],
    ['t.update().values({t.c.a: 1, t.c.b: 2})', ['a', 'b']],
    ['sa.update(t).values({t.columns.a: 1})', ['a']],
  ])('%s names the columns that it sets, once', (change, expected) => {
    const facts = read(`${head}${table}\ndef upgrade():\n    op.execute(${change})\n`, {
      path: 'alembic/versions/b2_x.py',
    });
    const [step] = facts.migrations[0]!.up.steps;
    const operation = step !== undefined && 'operation' in step ? step.operation : undefined;
    expect(operation?.kind === 'Update' && operation.columns.map(({ value }) => value)).toEqual(expected);
    expect(facts.usages).toEqual([]);
  });

  test('a change that is no step stays a usage', () => {
    const facts = read(`${head}from app.models import User\ndef upgrade():\n    session.execute(sa.delete(User))\n`, {
      path: 'alembic/versions/b2_x.py',
    });
    expect(facts.usages.map(({ kind }) => kind)).toEqual(['unfiltered-delete']);
  });
});
