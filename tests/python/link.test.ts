import { describe, expect, test } from 'vitest';
import { columns, link, table } from './reading.js';

const base = `from sqlalchemy import Column, DateTime, Integer, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
class Base(DeclarativeBase):
    metadata = MetaData(naming_convention={"uq": "uq_%(table_name)s_%(column_0_name)s"})
class Stamped:
    created: Mapped[int] = mapped_column(index=True, unique=False)
`;

test('bases, mixins and conventions come from other files', () => {
  const files = link({
    'src/app/db/base.py': base,
    'src/app/models/user.py': `from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column
from app.db.base import Base, Stamped
class User(Stamped, Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(99), unique=True)
`,
  });
  const user = table(files['src/app/models/user.py']!, 'users');
  expect(user.uncertain).toEqual([]);
  expect(columns(user)).toEqual({
    // With a convention of its own, SQLAlchemy names indexes by that alone.
    created: 'integer NN index:-',
    id: 'integer NN primary',
    email: 'varchar(99) NN unique',
  });
  expect(user.columns[1]!.constraints[0]!.name?.value).toBe('uq_users_email');
  // What is inherited can't be edited here, and stands at the class.
  expect(user.columns[2]).toMatchObject({ from: 'Stamped', span: user.span });
  expect(user.columns[2]!.anchor).toBeUndefined();
});

test('relative imports, re-exports, constants and keys to classes', () => {
  const files = link({
    'app/models/__init__.py': 'from sqlalchemy import Column\nfrom .base import Base\nfrom .team import Team\n',
    'app/models/base.py': `${base}PREFIX_TABLE = "app_team"\n`,
    'app/models/team.py':
      'from sqlalchemy import Column, Integer\nfrom . import Base\nfrom .base import PREFIX_TABLE\nclass Team(Base):\n    __tablename__ = PREFIX_TABLE\n    key = Column("id", Integer, primary_key=True)\n',
    'app/models/hero.py':
      'from sqlalchemy import Column, ForeignKey, Integer\nfrom app.models import Base, Team\nclass Hero(Base):\n    __tablename__ = "hero"\n    id = Column(Integer, primary_key=True)\n    team_id = Column(Integer, ForeignKey(Team.key))\n',
  });
  expect(columns(table(files['app/models/team.py']!, 'app_team'))).toEqual({ id: 'integer NN primary' });
  expect(columns(table(files['app/models/hero.py']!, 'hero'))['team_id']).toBe('integer NULL fk:app_team.id');
});

test('a base in a package whose __init__ was not read', () => {
  const files = link({
    'lib/db/base.py': base,
    'lib/thing.py':
      'from sqlalchemy import Column, Integer\nfrom lib.db import Base\nclass Thing(Base):\n    __tablename__ = "thing"\n    id = Column(Integer, primary_key=True)\n',
  });
  expect(table(files['lib/thing.py']!, 'thing').uncertain).toEqual([]);
});

test('the side of a relationship is found across files', () => {
  const files = link({
    'm/base.py': base,
    'm/a.py':
      'from sqlalchemy.orm import Mapped, mapped_column, relationship\nfrom .base import Base\nclass A(Base):\n    __tablename__ = "a"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    bs = relationship("B")\n',
    'm/b.py':
      'from sqlalchemy import ForeignKey\nfrom sqlalchemy.orm import Mapped, mapped_column, relationship\nfrom .base import Base\nclass B(Base):\n    __tablename__ = "b"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    a_id: Mapped[int] = mapped_column(ForeignKey("a.id"))\n    a = relationship("A")\n',
  });
  expect(table(files['m/a.py']!, 'a').relationships[0]!.kind).toBe('one-to-many');
  expect(table(files['m/b.py']!, 'b').relationships[0]!.kind).toBe('many-to-one');
});

const heads =
  'from sqlalchemy import *\nfrom sqlalchemy.orm import *\nfrom sqlalchemy.ext.declarative import as_declarative\n';

test.each([
  [
    'class Base(DeclarativeBase):\n    @declared_attr.directive\n    def __tablename__(cls):\n        return cls.__name__.lower()\n',
    'hero',
  ],
  [
    '@as_declarative()\nclass Base:\n    @declared_attr\n    def __tablename__(cls):\n        return cls.__name__.lower()\n',
    'hero',
  ],
  [
    'class Named:\n    @declared_attr\n    def __tablename__(cls):\n        return cls.__name__.lower() + "s"\nBase = declarative_base(cls=Named)\n',
    'heros',
  ],
])('a declarative base is no table, whatever it names: %j', (base, name) => {
  const id = base.includes('declarative_base(cls')
    ? ''
    : '    id: Mapped[int] = mapped_column(primary_key=True)\n    at: Mapped[int]\n';
  const files = link({
    'm/base.py': heads + base + id,
    'm/hero.py':
      heads + 'from .base import Base\nclass Hero(Base):\n    a: Mapped[int]\nclass Team(Base):\n    b: Mapped[int]\n',
  });
  expect(files['m/base.py']!.tables.filter(({ role }) => role === 'table')).toEqual([]);
  const hero = table(files['m/hero.py']!, name);
  expect(hero.columns.map((column) => column.name.value)).toEqual(id === '' ? ['a'] : ['a', 'id', 'at']);
  expect(files['m/hero.py']!.tables).toHaveLength(2);
});

test.each([
  ['re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()', 'BlogPost', 'blog_post'],
  ['camel_to_snake(cls.__name__)', 'BlogPost', 'blog_post'],
  ['CAMEL_TO_SNAKE.sub("_", cls.__name__).lower()', 'BlogPost', 'blog_post'],
  ['inflection.underscore(cls.__name__)', 'Blog', 'blog'],
  // Ways to do it differ on these.
  ['camel_to_snake(cls.__name__)', 'HTTPLog', undefined],
  ['camel_to_snake(cls.__name__)', 'Page2Link', undefined],
  ['camel_to_snake(cls.__name__) + "s"', 'Blog', undefined],
  ['pluralize(cls.__name__)', 'Blog', undefined],
])('a name made with %s of %s', (made, className, expected) => {
  const files = link({
    'm/base.py': `import re, inflection\n${heads}from x import camel_to_snake, CAMEL_TO_SNAKE, pluralize\nclass Base(DeclarativeBase):\n    @declared_attr.directive\n    def __tablename__(cls):\n        return ${made}\n`,
    'm/a.py': `${heads}from .base import Base\nclass ${className}(Base):\n    id: Mapped[int] = mapped_column(primary_key=True)\n`,
  });
  const [found] = files['m/a.py']!.tables;
  expect(found!.name.name.unknown === true ? undefined : found!.name.name.value).toBe(expected);
});

test('columns of the class come before those of its bases, as SQLAlchemy 2 orders them', () => {
  const body = `class Base(DeclarativeBase):
    pass
class Mixed:
    m: Mapped[int] = mapped_column(primary_key=True)
class Above(Base):
    __abstract__ = True
    z: Mapped[int] = mapped_column(primary_key=True)
class A(Above, Mixed):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    b: Mapped[int]
`;
  const found = table(link({ 'm.py': heads + body })['m.py']!, 'a');
  expect(found.columns.map((column) => column.name.value)).toEqual(['id', 'b', 'z', 'm']);
});

test('SQLModel puts the fields of its bases first', () => {
  const body =
    'from sqlmodel import Field, SQLModel\nclass Top(SQLModel):\n    x: int = Field(primary_key=True)\n    y: int\nclass T(Top, table=True):\n    a: int = Field(primary_key=True)\n    b: int\n';
  expect(table(link({ 'm.py': body })['m.py']!, 't').columns.map((column) => column.name.value)).toEqual([
    'x',
    'y',
    'a',
    'b',
  ]);
});

describe('a Table() on a MetaData of its own', () => {
  const base = `${heads}class Base(DeclarativeBase):\n    pass\n`;
  const view = `${heads}metadata = MetaData()\nt = Table("t", metadata, Column("a", Integer))\n`;
  const doubts = (files: { [path: string]: string }) =>
    table(link(files)['v.py']!, 't').uncertain.map(({ about }) => about);

  test('is not certain where the project has a declarative base', () => {
    expect(doubts({ 'm.py': base, 'v.py': view })).toEqual(['constraints', 'indexes', 'comment']);
  });
  test.each([
    ['it is all there is', { 'v.py': view }],
    ['it is made from the models', { 'm.py': base, 'v.py': `${view}metadata.create_all(engine)\n` }],
    [
      'a base uses it',
      { 'm.py': `${heads}from v import metadata\nBase = declarative_base(metadata=metadata)\n`, 'v.py': view },
    ],
    [
      'an env.py aims at it',
      {
        'm.py': base,
        'v.py': view,
        'env.py': 'from v import metadata\nfrom alembic import context\ntarget_metadata = metadata\n',
      },
    ],
    [
      'an env.py aims at something computed',
      { 'm.py': base, 'v.py': view, 'env.py': 'from alembic import context\ntarget_metadata = [find(), 1]\n' },
    ],
    [
      'it has the metadata of the base',
      { 'm.py': base, 'v.py': `${heads}from m import Base\nt = Table("t", Base.metadata, Column("a", Integer))\n` },
    ],
  ])('is certain where %s', (_, files) => {
    expect(doubts(files)).toEqual([]);
  });
});

test('indexes that stand beside their table', () => {
  const files = link({
    'm/base.py': `${heads}class Base(DeclarativeBase):\n    pass\n`,
    'm/a.py': `${heads}from .base import Base\nclass A(Base):\n    __tablename__ = "a"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    b_id: Mapped[int] = mapped_column("b", ForeignKey("b.id"))\nIndex("ix_a_b", A.b_id, A.id.desc(), unique=True)\nix = Index("ix_low", func.lower(A.b_id))\nt = Table("t", Base.metadata, Column("x", Integer))\nIndex("ix_t", t.c.x)\nIndex("ix_text", "nothing")\n`,
    'm/more.py': `${heads}from .a import A\nIndex("ix_more", A.id)\n`,
  });
  const said = (name: string) =>
    table(files['m/a.py']!, name).indexes.map((index) => [
      index.name?.value,
      index.keys.map((key) => key.column ?? key.expression),
      index.unique,
    ]);
  expect(said('a')).toEqual([
    ['ix_a_b', ['b', 'id'], true],
    ['ix_low', ['func.lower(A.b_id)'], false],
    ['ix_more', ['id'], false],
  ]);
  expect(said('t')).toEqual([['ix_t', ['x'], false]]);
});

test('a class around a Table() of its own', () => {
  const facts = link({
    'm.py': `${heads}class Base(DeclarativeBase):\n    pass\nclass A(Base):\n    __table__ = Table("a", Base.metadata, Column("id", Integer, primary_key=True))\nother = Table("o", Base.metadata, Column("id", Integer, primary_key=True))\nclass O(Base):\n    __table__ = other\n`,
  })['m.py']!;
  expect(facts.tables.map(({ name }) => name.name.value)).toEqual(['a', 'o']);
});

test('a helper hands its keywords on', () => {
  const facts = link({
    'm.py': `${heads}def key(target, **options):\n    return mapped_column(ForeignKey(target), **options)\nclass Base(DeclarativeBase):\n    pass\nclass A(Base):\n    __tablename__ = "a"\n    b: Mapped[int] = key("b.id", index=True, unique=True)\n    c: Mapped[int] = column_property(mapped_column(Integer))\n    d: Mapped[dict[str, int]]\n    e = Column(Time(timezone=True))\n`,
  })['m.py']!;
  expect(columns(table(facts, 'a'))).toEqual({
    // The type is that of the column that it refers to.
    b: 'unknown NN fk:b.id unique-index:ix_a_b',
    // What column_property() maps does not look at the annotation.
    c: 'integer NULL',
    d: 'unknown NN',
    e: 'time with time zone NULL',
  });
});

test('the registry of a base brings its naming convention', () => {
  const facts = link({
    'm.py': `from typing import ClassVar\n${heads}class Base(DeclarativeBase):\n    registry: ClassVar[registry] = registry(metadata=MetaData(naming_convention={"ix": "ix_%(table_name)s__%(column_0_N_name)s"}))\nclass A(Base):\n    __tablename__ = "a"\n    b: Mapped[int] = mapped_column(index=True)\n`,
  })['m.py']!;
  expect(columns(table(facts, 'a'))).toEqual({ b: 'integer NN index:ix_a__b' });
});

test('keys and indexes call a column by its key=, also from other files', () => {
  const files = link({
    'shop/shelves.py': `${heads}metadata = MetaData()
shelf = Table("shelf", metadata, Column("shelf_id", Integer, key="id"), Column("shelf_room", Integer, key="room"), PrimaryKeyConstraint("id"), UniqueConstraint("room"), Index("ix_room", "room"))
`,
    'shop/books.py': `${heads}book = Table("book", MetaData(), Column("id", Integer, primary_key=True), Column("shelf_id", Integer, ForeignKey("shelf.id")))
`,
  });
  const shelf = table(files['shop/shelves.py']!, 'shelf');
  const named = shelf.constraints.map((each) => 'columns' in each && each.columns.map(({ value }) => value));
  expect(named).toEqual([['shelf_id'], ['shelf_room']]);
  expect(shelf.indexes[0]!.keys[0]!.column).toBe('shelf_room');
  expect(columns(table(files['shop/books.py']!, 'book'))['shelf_id']).toBe('integer NULL fk:shelf.shelf_id');
});

test('children without a table of their own give their columns to the parent, from other files and mixins too', () => {
  const files = link({
    'app/person.py': `${base}class Person(Base):\n    __tablename__ = "person"\n    id: Mapped[int] = mapped_column(primary_key=True)\n`,
    'app/staff.py': `from sqlalchemy.orm import Mapped, mapped_column
from app.person import Person
class Paid:
    wage: Mapped[int]
class Manager(Paid, Person):
    level: Mapped[int]
class Director(Manager):
    car: Mapped[int]
class Guest(Person):
    __tablename__ = "guest"
    id: Mapped[int] = mapped_column(primary_key=True)
`,
  });
  const person = table(files['app/person.py']!, 'person');
  expect(columns(person)).toEqual({
    id: 'integer NN primary',
    level: 'integer NN',
    wage: 'integer NN',
    car: 'integer NN',
  });
  expect(person.columns.map(({ from }) => from)).toEqual([undefined, 'Manager', 'Paid', 'Director']);
  expect(person.uncertain).toEqual([]);
});

test('a child with a base that is not known leaves the columns of its parent open', () => {
  const files = link({
    'app/person.py': `${base}from vendor import Paid\nclass Person(Base):\n    __tablename__ = "person"\n    id: Mapped[int] = mapped_column(primary_key=True)\nclass Manager(Paid, Person):\n    level: Mapped[int]\n`,
  });
  expect(table(files['app/person.py']!, 'person').uncertain).toEqual([
    { about: 'columns', reason: 'base class Paid is not in the project' },
  ]);
});
