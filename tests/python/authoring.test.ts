import { describe, expect, test } from 'vitest';
import { pen } from '../../src/frontends/python/authoring/pen.js';
import type { Authoring, FileFacts, TextEdit } from '../../src/ir/index.js';
import { read } from './reading.js';

/** The text after the edits that a pen gives; undefined where it gives none. */
function written(
  text: string,
  ask: (authoring: Authoring, facts: FileFacts) => TextEdit[] | undefined,
  path = 'app/models.py',
) {
  const facts = read(text, { path });
  const edits = ask(pen({ path, text }, facts.dialect), facts);
  if (edits === undefined) return undefined;
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((out, { span, text: by }) => out.slice(0, span.start) + by + out.slice(span.end), text);
}

const imports =
  'from sqlalchemy import *\nfrom sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship\nfrom sqlmodel import Field, Relationship, SQLModel\nclass Base(DeclarativeBase):\n    pass\n';
const model = (body: string) => `${imports}class T(Base):\n    __tablename__ = "t"\n    ${body}\n`;
const sqlmodel = (body: string) => `${imports}class T(SQLModel, table=True):\n    ${body}\n`;
const last = (facts: FileFacts) => facts.tables.at(-1)!;

describe('column comments', () => {
  const comment = (text: string) =>
    written(text, (authoring, facts) => authoring.setColumnComment(last(facts).columns.at(-1)!, 'What', last(facts)));
  test.each([
    ['a: Mapped[int]', 'a: Mapped[int] = mapped_column(comment="What")'],
    ['a: Mapped[int] = mapped_column()', 'a: Mapped[int] = mapped_column(comment="What")'],
    ['a = Column(Integer)', 'a = Column(Integer, comment="What")'],
    ['a = Column(Integer,)', 'a = Column(Integer, comment="What",)'],
    [
      'a = Column(\n        Integer,\n        index=True,\n    )',
      'a = Column(\n        Integer,\n        index=True,\n        comment="What",\n    )',
    ],
    [
      'a = Column(\n        Integer,\n        index=True  # often\n    )',
      'a = Column(\n        Integer,\n        index=True,\n        comment="What"  # often\n    )',
    ],
    ['a = Column(Integer, comment="Old")', 'a = Column(Integer, comment="What")'],
    ['a = Column(Integer, comment="", index=True)', 'a = Column(Integer, comment="What", index=True)'],
    ['a = Column(Integer, comment=None)', 'a = Column(Integer, comment="What")'],
    ['a = Column(Integer, comment="")', 'a = Column(Integer, comment="What")'],
    [
      'a: Mapped[int] = mapped_column(comment=None, index=True)',
      'a: Mapped[int] = mapped_column(comment="What", index=True)',
    ],
  ])('%s', (before, after) => {
    expect(comment(model(before))).toBe(model(after));
  });

  test.each([
    ['a: int', 'a: int = Field(sa_column_kwargs={"comment": "What"})'],
    ['a: int = Field(index=True)', 'a: int = Field(index=True, sa_column_kwargs={"comment": "What"})'],
    [
      'a: int = Field(sa_column_kwargs={"onupdate": f})',
      'a: int = Field(sa_column_kwargs={"onupdate": f, "comment": "What"})',
    ],
    ['a: int = Field(sa_column_kwargs={"comment": ""})', 'a: int = Field(sa_column_kwargs={"comment": "What"})'],
    ['a: int = Field(sa_column=Column(Integer))', 'a: int = Field(sa_column=Column(Integer, comment="What"))'],
  ])('%s', (before, after) => {
    expect(comment(sqlmodel(before))).toBe(sqlmodel(after));
  });

  test('a plain default goes into the call', () => {
    expect(comment(sqlmodel('a: int = 1'))).toBe(
      sqlmodel('a: int = Field(default=1, sa_column_kwargs={"comment": "What"})'),
    );
  });

  test('single quotes stay single, and line ends stay as they are', () => {
    const text =
      "from sqlalchemy import Column, Integer\r\nclass T(Base):\r\n    __tablename__ = 't'\r\n    a = Column(\r\n        Integer,\r\n    )\r\n";
    expect(comment(text)).toBe(text.replace('Integer,\r\n    )', "Integer,\r\n        comment='What',\r\n    )"));
  });
});

describe('table comments', () => {
  const comment = (text: string) => written(text, (authoring, facts) => authoring.setTableComment(last(facts), 'What'));
  const table = (args: string) =>
    `${imports}class T(Base):\n    __tablename__ = "t"\n${args}    id = Column(Integer, primary_key=True)\n`;
  test.each([
    ['', '    __table_args__ = {"comment": "What"}\n'],
    ['    __table_args__ = {"schema": "s"}\n', '    __table_args__ = {"schema": "s", "comment": "What"}\n'],
    ['    __table_args__ = (Index("i", "id"),)\n', '    __table_args__ = (Index("i", "id"), {"comment": "What"})\n'],
    [
      '    __table_args__ = (Index("i", "id"), Index("j", "id"),)\n',
      '    __table_args__ = (Index("i", "id"), Index("j", "id"), {"comment": "What"},)\n',
    ],
    [
      '    __table_args__ = (Index("i", "id"), Index("j", "id"))\n',
      '    __table_args__ = (Index("i", "id"), Index("j", "id"), {"comment": "What"})\n',
    ],
    [
      '    __table_args__ = (Index("i", "id"), {"schema": "s"})\n',
      '    __table_args__ = (Index("i", "id"), {"schema": "s", "comment": "What"})\n',
    ],
    ['    __table_args__ = {"comment": ""}\n', '    __table_args__ = {"comment": "What"}\n'],
    ['    __table_args__ = {"comment": "Old"}\n', '    __table_args__ = {"comment": "What"}\n'],
  ])('%j', (before, after) => {
    expect(comment(table(before))).toBe(table(after));
  });

  test('arguments that are computed are left alone', () => {
    expect(comment(table('    __table_args__ = make()\n'))).toBeUndefined();
  });

  test('a class without a table name', () => {
    expect(comment(sqlmodel('id: int = Field(primary_key=True)'))).toBe(
      sqlmodel('__table_args__ = {"comment": "What"}\n    id: int = Field(primary_key=True)'),
    );
  });

  test('a Table object', () => {
    const text = 'from sqlalchemy import *\nm = MetaData()\nt = Table("t", m, Column("a", Integer))\n';
    expect(comment(text)).toBe(text.replace('Integer))', 'Integer), comment="What")'));
  });
});

test.each([
  [model, 'a = relationship("A")', 'a = relationship("A", doc="What")'],
  [
    sqlmodel,
    'a: "A" = Relationship(back_populates="b")',
    'a: "A" = Relationship(back_populates="b", sa_relationship_kwargs={"doc": "What"})',
  ],
  [
    sqlmodel,
    'a: "A" = Relationship(sa_relationship_kwargs={"lazy": "raise"})',
    'a: "A" = Relationship(sa_relationship_kwargs={"lazy": "raise", "doc": "What"})',
  ],
])('documents a relationship %#', (make, before, after) => {
  const head = 'id: int = Field(primary_key=True)\n    ';
  expect(
    written(make(head + before), (authoring, facts) =>
      authoring.documentRelationship(last(facts).relationships[0]!, 'What'),
    ),
  ).toBe(make(head + after));
});

describe('indexes', () => {
  const add = (text: string) =>
    written(text, (authoring, facts) => {
      const table = last(facts);
      const keys = [...table.columns.flatMap(({ constraints }) => constraints), ...table.constraints];
      const key = keys.find((each) => each.kind === 'foreign');
      return key?.kind === 'foreign' ? authoring.addIndex(key, table) : undefined;
    });
  test.each([
    [
      model,
      'a: Mapped[int] = mapped_column(ForeignKey("u.id"))',
      'a: Mapped[int] = mapped_column(ForeignKey("u.id"), index=True)',
    ],
    [sqlmodel, 'a: int = Field(foreign_key="u.id")', 'a: int = Field(foreign_key="u.id", index=True)'],
    [
      model,
      'a = Column(Integer)\n    __table_args__ = (ForeignKeyConstraint(["a"], ["u.id"]),)',
      'a = Column(Integer, index=True)\n    __table_args__ = (ForeignKeyConstraint(["a"], ["u.id"]),)',
    ],
  ])('adds one %#', (make, before, after) => {
    expect(add(make(before))).toBe(make(after));
  });

  test('a key of two columns is left alone', () => {
    expect(
      add(
        model(
          'a = Column(Integer)\n    b = Column(Integer)\n    __table_args__ = (ForeignKeyConstraint(["a", "b"], ["u.a", "u.b"]),)',
        ),
      ),
    ).toBeUndefined();
  });

  test.each([
    ['a = Column(Integer, index=True)', 'a = Column(Integer)'],
    ['a = Column(Integer, index=True, nullable=False)', 'a = Column(Integer, nullable=False)'],
    ['a: Mapped[int] = mapped_column(index=True)', 'a: Mapped[int] = mapped_column()'],
    ['a: Mapped[int] = mapped_column(index=True, unique=False)', 'a: Mapped[int] = mapped_column(unique=False)'],
  ])('removes the one of %s', (before, after) => {
    expect(
      written(model(before), (authoring, facts) => authoring.removeIndex(last(facts).columns.at(-1)!.indexes[0]!)),
    ).toBe(model(after));
  });
});

describe('an index among the arguments of the table', () => {
  const args = (text: string) => model(`__table_args__ = ${text}\n    a = Column(Integer)`);
  test.each([
    ['(Index("i", "a"), Index("j", "a"))', '(Index("j", "a"),)'],
    ['(Index("i", "a"), Index("j", "a"),)', '(Index("j", "a"),)'],
    ['(Index("i", "a"),)', '()'],
    ['(UniqueConstraint("a"), Index("i", "a"))', '(UniqueConstraint("a"),)'],
    ['(UniqueConstraint("a"), Index("i", "a"), {"schema": "s"})', '(UniqueConstraint("a"), {"schema": "s"})'],
    [
      '(\n        UniqueConstraint("a"),\n        Index(\n            "i", "a"\n        ),\n    )',
      '(\n        UniqueConstraint("a"),\n    )',
    ],
    [
      '(\n        UniqueConstraint("a"),  # once\n        Index("i", "a"),\n    )',
      '(\n        UniqueConstraint("a"),  # once\n        \n    )',
    ],
  ])('%j', (before, after) => {
    expect(written(args(before), (authoring, facts) => authoring.removeIndex(last(facts).indexes[0]!))).toBe(
      args(after),
    );
  });

  test('in a Table()', () => {
    const text = (list: string) => `${imports}t = Table("t", Base.metadata, Column("a", Integer)${list})\n`;
    expect(
      written(text(', Index("i", "a")'), (authoring, facts) => authoring.removeIndex(last(facts).indexes[0]!)),
    ).toBe(text(''));
  });
});

describe('names in SQL text', () => {
  const revision = (literal: string) =>
    `from alembic import op\nrevision = "a"\ndown_revision = None\nX = 'it"s' # "\n\ndef upgrade():\n    op.execute(${literal})\n`;
  const quote = (text: string, dialect: 'postgresql' | 'mysql' = 'postgresql') =>
    written(text, (authoring, facts) => {
      const [step] = facts.migrations[0]!.up.steps;
      const name = step && 'statement' in step ? step.statement.writes[0] : undefined;
      return name && authoring.quoteIdentifier(name.name, dialect);
    });
  test.each([
    [`"UPDATE user SET a = 1"`, `"UPDATE \\"user\\" SET a = 1"`],
    [`'UPDATE user SET a = 1'`, `'UPDATE "user" SET a = 1'`],
    [`"""UPDATE user SET a = 1"""`, `"""UPDATE "user" SET a = 1"""`],
    [`"""DELETE FROM user"""`, `"""DELETE FROM \\"user\\""""`],
    [`r'DELETE FROM user'`, `r'DELETE FROM "user"'`],
    [`f"UPDATE user SET a = {x["y"]}"`, `f"UPDATE \\"user\\" SET a = {x["y"]}"`],
  ])('%s', (before, after) => {
    expect(quote(revision(before))).toBe(revision(after));
  });

  test('a raw string can not hold its own quote', () => {
    expect(quote(revision(`r"DELETE FROM user"`))).toBeUndefined();
  });

  test('other signs need no escape', () => {
    expect(quote(revision(`"UPDATE user SET a = 1"`), 'mysql')).toBe(revision('"UPDATE `user` SET a = 1"'));
  });
});

describe('concurrent indexes', () => {
  const revision = (body: string) =>
    `from alembic import op\nrevision = "a"\ndown_revision = None\n\ndef upgrade():\n${body}\n`;
  const make = (text: string) =>
    written(text, (authoring, facts) => {
      const operations = facts.migrations[0]!.up.steps.flatMap((step) => ('operation' in step ? [step.operation] : []));
      const found = operations.find((each) => each.kind === 'CreateIndex');
      return found?.kind === 'CreateIndex' ? authoring.makeConcurrent(found) : undefined;
    });
  test.each([
    [
      '    op.create_index("i", "t", ["a"])',
      '    with op.get_context().autocommit_block():\n        op.create_index("i", "t", ["a"], postgresql_concurrently=True)',
    ],
    [
      '    op.create_index(\n        "i",\n        "t",\n        ["a"],\n    )',
      '    with op.get_context().autocommit_block():\n        op.create_index(\n            "i",\n            "t",\n            ["a"],\n            postgresql_concurrently=True,\n        )',
    ],
    [
      '    op.create_index("i", "t", ["a"], postgresql_concurrently=True)',
      '    with op.get_context().autocommit_block():\n        op.create_index("i", "t", ["a"], postgresql_concurrently=True)',
    ],
    [
      '    with op.get_context().autocommit_block():\n        op.create_index("i", "t", ["a"])',
      '    with op.get_context().autocommit_block():\n        op.create_index("i", "t", ["a"], postgresql_concurrently=True)',
    ],
    [
      '    if x:\n\t\top.drop_table("t")\n    op.create_index("i", "t", ["a"])',
      '    if x:\n\t\top.drop_table("t")\n    with op.get_context().autocommit_block():\n        op.create_index("i", "t", ["a"], postgresql_concurrently=True)',
    ],
  ])('%j', (before, after) => {
    expect(make(revision(before))).toBe(revision(after));
  });

  test('one of a batch is left alone', () => {
    expect(
      make(revision('    with op.batch_alter_table("t") as b:\n        b.create_index("i", ["a"])')),
    ).toBeUndefined();
  });

  test('what it writes is read as concurrent, outside of the transaction', () => {
    const after = make(revision('    op.create_index("i", "t", ["a"])'));
    const [step] = read(after!).migrations[0]!.up.steps;
    expect(step).toMatchObject({
      inTransaction: 'no',
      operation: { kind: 'CreateIndex', index: { concurrently: true } },
    });
  });
});

describe('bind parameters', () => {
  const bind = (text: string) => written(text, (authoring, facts) => authoring.bindParameters(facts.sites[0]!));
  const query = (body: string) => `from sqlalchemy import text\ndef run(session, x, user):\n    ${body}\n`;
  test.each([
    [
      `session.execute(text(f"select 1 from t where a = '{x}'"))`,
      `session.execute(text("select 1 from t where a = :x").bindparams(x=x))`,
    ],
    [
      `session.execute(text(f"select 1 from t where a = {x} and b = '{user.name}'"))`,
      `session.execute(text("select 1 from t where a = :x and b = :name").bindparams(x=x, name=user.name))`,
    ],
    [
      `session.execute(text("select 1 " f"from t where a = '{x}' or b = '{x}'"))`,
      `session.execute(text("select 1 " "from t where a = :x or b = :x").bindparams(x=x))`,
    ],
    [
      `session.execute(text(rf'''select 1 from t where a = '{x}' '''))`,
      `session.execute(text(r'''select 1 from t where a = :x ''').bindparams(x=x))`,
    ],
  ])('%s', (before, after) => {
    expect(bind(query(before))).toBe(query(after));
    expect(read(query(after)).sites.flatMap(({ holes }) => holes)).toEqual([]);
  });

  test.each([
    [`session.execute(text(f"select * from {x}"))`],
    [`session.execute(text(f"select 1 where a like '%{x}%'"))`],
    [`session.execute(text(f"select '{{}}' where a = '{x}'"))`],
    [`session.execute(text(f"select 1 where a = '{x!r}'"))`],
    [`session.execute(text(f"select 1 where a = :y and b = '{x}'"), {"y": 1})`],
    [`session.execute(text("select 1 where a = '" + x + "'"))`],
    [`session.execute(text(f"create table a (b text default '{x}')"))`],
  ])('%s is left alone', (body) => {
    expect(bind(query(body))).toBeUndefined();
  });

  test('op.execute gets a text() around it', () => {
    const text = (line: string) =>
      `from alembic import op\nimport sqlalchemy as sa\nrevision = "a"\ndown_revision = None\ndef upgrade(x):\n    ${line}\n`;
    expect(bind(text(`op.execute(f"update t set a = '{x}'")`))).toBe(
      text(`op.execute(sa.text("update t set a = :x").bindparams(x=x))`),
    );
  });
});
