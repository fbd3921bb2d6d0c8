import { describe, expect, test } from 'vitest';
import { columns, read, say, table } from './reading.js';

const imports = `import enum
import datetime
from typing import Annotated, Optional
from sqlalchemy import *
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.dialects.postgresql import JSONB
class Base(DeclarativeBase):
    pass
class Color(enum.Enum):
    RED = "r"
    GREEN = "g"
`;

const inTable = (body: string) =>
  table(
    read(
      `${imports}class T(Base):\n    __tablename__ = "t"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    ${body}\n`,
    ),
    't',
  );

describe('columns of SQLAlchemy', () => {
  test.each([
    ['a: Mapped[str] = mapped_column(String(20))', 'a', 'varchar(20) NN'],
    ['a: Mapped[Optional[int]]', 'a', 'integer NULL'],
    ['a: Mapped["int | None"]', 'a', 'integer NULL'],
    ['a: "Mapped[int | None]"', 'a', 'integer NULL'],
    ['a: Mapped[Optional[int]] = mapped_column(nullable=False)', 'a', 'integer NN'],
    ['a: Mapped[int] = mapped_column("b", index=True)', 'b', 'integer NN index:ix_t_b'],
    ['a = Column(Integer)', 'a', 'integer NULL'],
    ['a = Column("b", Text, nullable=False)', 'b', 'text NN'],
    ['a = mapped_column(Integer)', 'a', 'integer NULL'],
    ['a = Column(String(3), primary_key=True, nullable=True)', 'a', 'varchar(3) NN primary'],
    ['a: Mapped[int] = mapped_column(unique=True, index=True)', 'a', 'integer NN unique-index:ix_t_a'],
    ['a: Mapped[int] = mapped_column(unique=True)', 'a', 'integer NN unique'],
    ['a: Mapped[int] = mapped_column(ForeignKey("s.u.id", ondelete="CASCADE"))', 'a', 'unknown NN fk:s.u.id/CASCADE'],
    ['a = Column(ForeignKey("u.id"))', 'a', 'unknown NULL fk:u.id'],
    ['a = Column(Enum(Color))', 'a', 'color NULL'],
    ['a = Column(Enum("x", "y", name="k"))', 'a', 'k NULL'],
    ['a: Mapped[Color]', 'a', 'color NN'],
    ['a = Column(BigInteger, Identity())', 'a', 'bigint NN'],
    ['a = Column(JSON().with_variant(JSONB(), "postgresql"))', 'a', 'jsonb NULL'],
    ['a = Column(ARRAY(String(5)))', 'a', 'varchar(5)[] NULL'],
    ['a = Column(DateTime(timezone=True))', 'a', 'timestamp with time zone NULL'],
    ['a: Mapped[datetime.datetime]', 'a', 'timestamp NN'],
    ['a = Column(Numeric(10, 2))', 'a', 'numeric(10,2) NULL'],
    ['a = Column(CustomType())', 'a', 'unknown NULL'],
    ['a = deferred(Column(Text))', 'a', 'text NULL'],
  ])('%s', (body, name, expected) => {
    expect(columns(inTable(body))[name]).toBe(expected);
  });

  test.each([
    'a = association_proxy("b", "c")',
    'a = synonym("id")',
    'a: Mapped[int] = column_property(id + 1)',
    'a = 1',
    'a: ClassVar[int] = 1',
    'a = hybrid_property(lambda self: 1)',
  ])('%s is no column', (body) => {
    expect(Object.keys(columns(inTable(body)))).toEqual(['id']);
  });

  test('an attribute under another name keeps its name in code', () => {
    const column = inTable('a: Mapped[int] = mapped_column("b")').columns.find(({ name }) => name.value === 'b')!;
    expect(column.attribute).toBe('a');
  });

  test('names are exact, and stand where they are written', () => {
    const text = `${imports}class T(Base):\n    __tablename__ = "Tee"\n    id: Mapped[int] = mapped_column("Id", primary_key=True)\n`;
    const {
      name,
      columns: [column],
    } = table(read(text), 'Tee');
    expect(name.name.quoted).toBe(true);
    expect(text.slice(name.name.span.start, name.name.span.end)).toBe('Tee');
    expect(text.slice(column!.name.span.start, column!.name.span.end)).toBe('Id');
  });

  test.each([
    ['a = Column(Integer, default=1)', { by: 'client', text: '1' }],
    ['a = Column(Integer, server_default="0")', { by: 'server', text: "'0'" }],
    ['a = Column(DateTime, server_default=func.now())', { by: 'server', text: 'now()' }],
    ['a = Column(DateTime, server_default=text("current_timestamp"))', { by: 'server', text: 'current_timestamp' }],
    ['a = Column(Integer, default=1, server_default="2")', { by: 'server', text: "'2'" }],
  ])('the default of %s', (body, expected) => {
    expect(inTable(body).columns.at(-1)!.default).toMatchObject(expected);
  });

  test.each([
    ['a = Column(Integer, comment="The count")', 'comment'],
    ['a = Column(Integer, doc="The count")', 'doc'],
    ['a = Column(Integer)  #: The count', 'doc'],
    ['#: The count\n    a = Column(Integer)', 'doc'],
    ['a = Column(Integer)\n    """The count"""', 'doc'],
  ] as const)('%s is documented by its %s', (body, part) => {
    const column = inTable(body).columns.at(-1)!;
    expect(column[part]?.value).toBe('The count');
    expect(column[part === 'doc' ? 'comment' : 'doc']).toBeUndefined();
  });

  test('a comment that is computed is uncertain, not absent', () => {
    const column = inTable('a = Column(Integer, comment=make())').columns.at(-1)!;
    expect(column.comment).toBeUndefined();
    expect(column.uncertain.map(({ about }) => about)).toContain('comment');
  });

  test('arguments that are not known leave everything uncertain', () => {
    const column = inTable('a = Column(*args(), **rest())').columns.at(-1)!;
    expect(column.uncertain.map(({ about }) => about)).toContain('everything');
  });

  test('a single integer key is numbered by the database, a key of two columns is not', () => {
    expect(inTable('a: Mapped[int]').columns[0]!.generated).toBe('serial');
    const both = inTable('a: Mapped[int] = mapped_column(primary_key=True)');
    expect(both.columns.map(({ generated }) => generated)).toEqual([undefined, undefined]);
  });

  test('a column from a function of the same file', () => {
    const facts = read(
      `${imports}def fk(target, **kw):\n    return Column(Integer, ForeignKey(target), nullable=False, **kw)\nclass T(Base):\n    __tablename__ = "t"\n    a = fk("u.id")\n`,
    );
    expect(columns(table(facts, 't'))).toEqual({ a: 'integer NN fk:u.id' });
  });

  test('constants fold into names and targets', () => {
    const facts = read(
      `${imports}PREFIX = "app_"\nclass T(Base):\n    __tablename__ = PREFIX + "t"\n    a = Column(Integer, ForeignKey(f"{PREFIX}u.id"))\n`,
    );
    expect(columns(table(facts, 'app_t'))).toEqual({ a: 'integer NULL fk:app_u.id' });
  });

  test('a key to a class attribute', () => {
    const facts = read(
      `${imports}class U(Base):\n    __tablename__ = "us"\n    key = Column("id", Integer, primary_key=True)\nclass T(Base):\n    __tablename__ = "t"\n    a = Column(Integer, ForeignKey(U.key))\n`,
    );
    expect(columns(table(facts, 't'))).toEqual({ a: 'integer NULL fk:us.id' });
  });

  test('an alias of Annotated brings its column', () => {
    const facts = read(
      `${imports}pk = Annotated[int, mapped_column(primary_key=True)]\nclass T(Base):\n    __tablename__ = "t"\n    id: Mapped[pk]\n`,
    );
    expect(columns(table(facts, 't'))).toEqual({ id: 'integer NN primary' });
  });

  test('a base with a type map decides on Python types', () => {
    const facts = read(
      `from sqlalchemy import Text\nfrom sqlalchemy.orm import DeclarativeBase, Mapped\nclass Base(DeclarativeBase):\n    type_annotation_map = {str: Text}\nclass T(Base):\n    __tablename__ = "t"\n    a: Mapped[str]\n`,
    );
    expect(columns(table(facts, 't'))).toEqual({ a: 'text NN' });
  });
});

test.each([
  ['Column(Enum(Color))', [['color', ['RED', 'GREEN'], true]]],
  ['Column(Enum("x", "y", name="k"))', [['k', ['x', 'y'], true]]],
  ['Column(Enum(*("x", "y"), name="k"))', [['k', ['x', 'y'], true]]],
  ['Column(Enum(Color, values_callable=f))', [['color', [], false]]],
  ['Column(Integer)', []],
])('the enum type of %s', (body, expected) => {
  const { enums } = read(`${imports}class T(Base):\n    __tablename__ = "t"\n    a = ${body}\n`);
  expect(enums.map(({ name, labels, uncertain }) => [name.name.value, labels, uncertain.length === 0])).toEqual(
    expected,
  );
});

describe('tables', () => {
  test('arguments of a table', () => {
    const t = table(
      read(`${imports}class T(Base):
    __tablename__ = "t"
    __table_args__ = (
        Index("i", "a", text("b DESC")),
        Index("j", func.lower("a"), unique=True, postgresql_where=text("a is not null"), postgresql_using="GIN"),
        UniqueConstraint("a", "b", name="u"),
        CheckConstraint("a > 0", name="c"),
        ForeignKeyConstraint(["a", "b"], ["o.x", "o.y"], ondelete="cascade"),
        {"schema": "s", "comment": "All of it"},
    )
    a = Column(Integer, primary_key=True)
    b = Column(Integer, primary_key=True)
`),
      't',
    );
    expect(t.name.schema?.value).toBe('s');
    expect(t.comment?.value).toBe('All of it');
    expect(
      t.indexes.map(({ name, keys, unique, where, method }) => ({ name: name?.value, keys, unique, where, method })),
    ).toEqual([
      {
        name: 'i',
        keys: [
          { column: 'a', quoted: true },
          { column: 'b', direction: 'desc' },
        ],
        unique: false,
        where: undefined,
        method: undefined,
      },
      { name: 'j', keys: [{ expression: 'lower(a)' }], unique: true, where: 'a is not null', method: 'gin' },
    ]);
    expect(t.constraints.map(({ kind, name }) => [kind, name?.value])).toEqual([
      ['unique', 'u'],
      ['check', 'c'],
      ['foreign', undefined],
    ]);
    expect(t.constraints[2]).toMatchObject({
      columns: [{ value: 'a' }, { value: 'b' }],
      target: { name: { value: 'o' } },
      targetColumns: [{ value: 'x' }, { value: 'y' }],
      onDelete: 'CASCADE',
    });
    expect(t.uncertain).toEqual([]);
  });

  test('arguments that are computed leave them uncertain', () => {
    const t = table(
      read(`${imports}class T(Base):\n    __tablename__ = "t"\n    __table_args__ = make()\n    a = Column(Integer)\n`),
      't',
    );
    expect(t.uncertain.map(({ about }) => about)).toEqual(['constraints', 'indexes', 'comment']);
  });

  test('a Table object', () => {
    const t = table(
      read(
        `from sqlalchemy import Table, Column, Integer, ForeignKey, MetaData\nmeta = MetaData()\nlink = Table("link", meta, Column("a_id", ForeignKey("a.id"), primary_key=True), Column("b_id", Integer, nullable=False), schema="s", comment="Ties a to b")\n`,
      ),
      'link',
    );
    expect(columns(t)).toEqual({
      a_id: 'unknown NN fk:a.id primary'.replace('fk:a.id primary', 'primary fk:a.id'),
      b_id: 'integer NN',
    });
    expect([t.name.schema?.value, t.comment?.value]).toEqual(['s', 'Ties a to b']);
  });

  test('a mixin is abstract, and gives its columns to the class that inherits it', () => {
    const facts = read(
      `${imports}class Stamped:\n    created = Column(DateTime, nullable=False)\nclass T(Stamped, Base):\n    __tablename__ = "t"\n    id = Column(Integer, primary_key=True)\n`,
    );
    expect(facts.tables.map(({ name, role }) => [name.name.value, role])).toEqual([
      ['Stamped', 'abstract'],
      ['t', 'table'],
    ]);
    expect(table(facts, 't').columns.map(({ name, from }) => [name.value, from])).toEqual([
      ['id', undefined],
      ['created', 'Stamped'],
    ]);
  });

  test('a base that is not in the project leaves columns and keys uncertain, and nothing else', () => {
    const t = table(
      read(
        'from lib import Base, M\nfrom sqlalchemy import Column, Integer\nclass T(M, Base):\n    __tablename__ = "t"\n    a = Column(Integer)\n',
      ),
      't',
    );
    expect(t.uncertain.map(({ about }) => about)).toEqual(['columns', 'constraints', 'columns', 'constraints']);
  });

  test('a declared name depends on the class', () => {
    const facts = read(
      `${imports}class Named:\n    @declared_attr\n    def __tablename__(cls):\n        return cls.__name__.lower() + "s"\nclass User(Named, Base):\n    id = Column(Integer, primary_key=True)\n`,
    );
    expect(columns(table(facts, 'users'))).toEqual({ id: 'integer NN primary' });
  });

  test('a declared column', () => {
    const facts = read(
      `${imports}class Owned:\n    @declared_attr\n    def owner_id(cls) -> Mapped[int]:\n        return mapped_column(ForeignKey("users.id"), index=True)\nclass T(Owned, Base):\n    __tablename__ = "t"\n    id = Column(Integer, primary_key=True)\n`,
    );
    expect(columns(table(facts, 't'))['owner_id']).toBe('unknown NN fk:users.id index:ix_t_owner_id');
  });

  test('a single-table child adds to its parent', () => {
    const facts = read(
      `${imports}class Person(Base):\n    __tablename__ = "person"\n    id = Column(Integer, primary_key=True)\nclass Manager(Person):\n    level: Mapped[int]\n`,
    );
    expect(facts.tables).toHaveLength(1);
    expect(columns(table(facts, 'person'))).toEqual({ id: 'integer NN primary', level: 'integer NN' });
  });

  test('names by convention', () => {
    const facts = read(`from sqlalchemy import *
from sqlalchemy.orm import DeclarativeBase
convention = {
    'all_columns': lambda constraint, table: '_'.join([column.name for column in constraint.columns.values()]),
    'ix': 'ix__%(table_name)s__%(all_columns)s',
    'uq': 'uq__%(table_name)s__%(all_columns)s',
    'ck': 'ck__%(table_name)s__%(constraint_name)s',
    'fk': 'fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s_%(referred_column_0_name)s',
    'pk': 'pk__%(table_name)s',
}
class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=convention)
class X(Base):
    __tablename__ = "x"
    __table_args__ = (UniqueConstraint("a", "b"), CheckConstraint("a > 0", name="pos"), Index(None, "a", "b"))
    id = Column(Integer, primary_key=True)
    a = Column(Integer, index=True)
    b = Column(Integer, ForeignKey("y.id"))
`);
    const t = table(facts, 'x');
    const named = [...t.constraints, ...t.columns.flatMap(({ constraints }) => constraints)].map(
      ({ name }) => name?.value,
    );
    expect(named).toEqual(['uq__x__a_b', 'ck__x__pos', 'pk__x', 'fk_x_b_y_id']);
    expect([...t.indexes, ...t.columns.flatMap(({ indexes }) => indexes)].map(({ name }) => name?.value)).toEqual([
      'ix__x__a_b',
      'ix__x__a',
    ]);
  });

  test('an index without a name takes the schema, and the first column only', () => {
    const t = table(
      read(
        `${imports}class X(Base):\n    __tablename__ = "x"\n    __table_args__ = (Index(None, "a", "b"), {"schema": "s"})\n    a = Column(Integer, primary_key=True)\n    b = Column(Integer)\n`,
      ),
      'x',
    );
    expect(t.indexes[0]!.name?.value).toBe('ix_s_x_a');
  });

  test('a legacy base', () => {
    const facts = read(
      'from sqlalchemy import Column, Integer\nfrom sqlalchemy.ext.declarative import declarative_base\nBase = declarative_base()\nclass T(Base):\n    __tablename__ = "t"\n    id = Column(Integer, primary_key=True)\n',
    );
    expect(table(facts, 't').uncertain).toEqual([]);
  });
});

describe('relationships', () => {
  test('target, other side, loading and kind', () => {
    const facts = read(`${imports}class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    posts: Mapped[list["Post"]] = relationship(back_populates="user", lazy="selectin", doc="What they wrote")
class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    user: Mapped["User"] = relationship(back_populates="posts")
    tags = relationship("Tag", secondary="post_tags")
    other = relationship(lambda: User)
`);
    const said = facts.tables.flatMap(({ relationships }) =>
      relationships.map(({ attribute, kind, target, inverse, loading, doc }) => [
        attribute.value,
        kind,
        target,
        inverse,
        loading,
        doc?.value,
      ]),
    );
    expect(said).toEqual([
      ['posts', 'one-to-many', 'Post', 'user', 'selectin', 'What they wrote'],
      ['user', 'many-to-one', 'User', 'posts', undefined, undefined],
      ['tags', 'many-to-many', 'Tag', undefined, undefined, undefined],
      ['other', 'many-to-one', 'User', undefined, undefined, undefined],
    ]);
  });
});

describe('SQLModel', () => {
  const hero = (body: string) =>
    table(
      read(
        `from typing import Optional\nfrom enum import Enum\nfrom sqlmodel import Field, Relationship, SQLModel, Column, String, JSON\nclass Kind(str, Enum):\n    A = "a"\nclass HeroTeamLink(SQLModel, table=True):\n    id: int | None = Field(default=None, primary_key=True)\n    ${body}\n`,
      ),
      'heroteamlink',
    );
  test.each([
    ['name: str', 'name', 'varchar NN'],
    ['name: str = Field(max_length=20, index=True)', 'name', 'varchar(20) NN index:ix_heroteamlink_name'],
    ['name: str = Field(unique=True)', 'name', 'varchar NN unique'],
    ['name: str = Field(unique=True, index=True)', 'name', 'varchar NN unique-index:ix_heroteamlink_name'],
    ['t: int = Field(foreign_key="t.id", ondelete="SET NULL")', 't', 'integer NN fk:t.id/SET NULL'],
    ['age: Optional[int] = None', 'age', 'integer NULL'],
    ['age: int | None = Field(default=None, nullable=False)', 'age', 'integer NN'],
    ['on: bool = True', 'on', 'boolean NN'],
    ['data: dict = Field(sa_type=JSON)', 'data', 'json NN'],
    ['name: str = Field(sa_column=Column("other", String(5)))', 'other', 'varchar(5) NULL'],
    ['kind: Kind', 'kind', 'kind NN'],
  ])('%s', (body, name, expected) => {
    expect(columns(hero(body))[name]).toBe(expected);
  });

  test('only sa_column_kwargs reach the database', () => {
    expect(hero('name: str = Field(description="The name")').columns.at(-1)!.comment).toBeUndefined();
    expect(hero('name: str = Field(sa_column_kwargs={"comment": "The name"})').columns.at(-1)!.comment?.value).toBe(
      'The name',
    );
  });

  test('a class without a table gives its fields to those that have one', () => {
    const facts = read(
      'from sqlmodel import Field, SQLModel\nclass Shared(SQLModel):\n    name: str = Field(index=True)\nclass Seen(Shared):\n    id: int\nclass Hero(Shared, table=True):\n    id: int = Field(primary_key=True)\n',
    );
    expect(facts.tables.map(({ name, role }) => [name.name.value, role])).toEqual([
      ['Shared', 'abstract'],
      ['hero', 'table'],
    ]);
    expect(table(facts, 'hero').columns.map(say)).toEqual(['varchar NN index:ix_hero_name', 'integer NN primary']);
  });
});

describe('Flask-SQLAlchemy', () => {
  test.each([
    ['UserRole', 'user_role'],
    ['HTTPServer', 'http_server'],
    ['APIKey', 'api_key'],
    ['OAuth2Token', 'o_auth2_token'],
    ['UserV2', 'user_v2'],
    ['User2FA', 'user2_fa'],
    ['IPv6Addr', 'i_pv6_addr'],
    ['Foo_Bar', 'foo__bar'],
    ['_Hidden', 'hidden'],
    ['aB', 'a_b'],
  ])('%s is table %s', (name, expected) => {
    const facts = read(
      `from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\nclass ${name}(db.Model):\n    id = db.Column(db.Integer, primary_key=True)\n    at = db.Column(db.DateTime, index=True)\n`,
    );
    expect(facts.tables[0]).toMatchObject({ declaredBy: 'flask-sqlalchemy', name: { name: { value: expected } } });
    expect(facts.tables[0]!.columns.map(say)).toEqual(['integer NN primary', `timestamp NULL index:ix_${expected}_at`]);
  });

  test('db from another module', () => {
    const facts = read(
      'from app.extensions import db\nclass Post(db.Model):\n    id = db.Column(db.Integer, primary_key=True)\n    body = db.Column(db.Text, nullable=False)\n',
    );
    expect(columns(table(facts, 'post'))).toEqual({ id: 'integer NN primary', body: 'text NN' });
  });
});
