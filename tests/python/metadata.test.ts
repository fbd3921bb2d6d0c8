import { describe, expect, test } from 'vitest';
import type { FileFacts, Metadata } from '../../src/ir/index.js';
import { link, table, read } from './reading.js';

const spelled = ({ id, made, of, convention, uncertain }: Metadata) => ({
  id,
  made,
  ...(of !== undefined && { of }),
  ...(convention && {
    convention: Object.fromEntries(
      convention.entries.map(({ key, template, callable }) => [key, template?.value ?? (callable ? '()' : '?')]),
    ),
  }),
  ...(uncertain.length > 0 && { uncertain: true }),
});
const metadataOf = (facts: FileFacts | undefined) => (facts?.metadata ?? []).map(spelled);

const typed = 'from sqlalchemy import Column, Integer, MetaData, Table\nfrom sqlalchemy.orm import *\n';

test('a base takes the MetaData of another file, and its tables get that convention', () => {
  const files = link({
    'app/db.py': `${typed}from sqlalchemy import UniqueConstraint
names = {"ix": "ix_%(column_0_label)s", UniqueConstraint: "uq_%(table_name)s_%(cols)s", "cols": lambda c, t: "_".join(x.name for x in c.columns)}
metadata_obj = MetaData(naming_convention=names)
`,
    'app/base.py': `${typed}from app.db import metadata_obj
class Base(DeclarativeBase):
    metadata = metadata_obj
`,
    'app/models.py': `${typed}from app.base import Base
class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True, index=True)
pairs = Table("pairs", Base.metadata, Column("a", Integer, primary_key=True, unique=True))
`,
  });
  expect(metadataOf(files['app/db.py'])).toEqual([
    {
      id: 'app.db.metadata_obj',
      made: 'metadata',
      convention: { ix: 'ix_%(column_0_label)s', uq: 'uq_%(table_name)s_%(cols)s', cols: '()' },
    },
  ]);
  expect(metadataOf(files['app/base.py'])).toEqual([{ id: 'app.base.Base', made: 'base', of: 'app.db.metadata_obj' }]);
  const models = files['app/models.py']!;
  expect(table(models, 'users').metadata).toBe('app.db.metadata_obj');
  const pairs = table(models, 'pairs');
  expect(pairs.metadata).toBe('app.db.metadata_obj');
  expect(pairs.columns[0]!.constraints.map(({ name }) => name?.value)).toEqual([undefined, 'uq_pairs_a']);
  expect(table(models, 'users').columns[0]!.indexes[0]!.name).toMatchObject({ value: 'ix_users_id', generated: true });
});

test('every way to make what tables are declared on', () => {
  const files = link({
    'one.py': `${typed}from sqlalchemy.orm import registry as reg
Old = declarative_base(metadata=MetaData(naming_convention={"pk": "pk_%(table_name)s"}))
mapper_registry = reg()
class Plain(DeclarativeBase):
    """Nothing but a base."""
class Listed(DeclarativeBase):
    registry = reg(metadata=MetaData(naming_convention=imported_elsewhere))
Made = mapper_registry.generate_base()
class Child(Plain):
    __tablename__ = "child"
    id: Mapped[int] = mapped_column(primary_key=True)
t = Table("t", mapper_registry.metadata, Column("id", Integer))
`,
    'two.py': `from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData
db = SQLAlchemy(metadata=MetaData(naming_convention={"ck": "ck_%(table_name)s_%(constraint_name)s"}))
`,
    'three.py': `from two import db
from sqlalchemy import CheckConstraint
class Hero(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    __table_args__ = (CheckConstraint("id > 0", name="positive"),)
`,
    'four.py': `from sqlmodel import Field, SQLModel
SQLModel.metadata.naming_convention = {"uq": "uq_%(table_name)s_%(column_0_name)s"}
class Link(SQLModel, table=True):
    id: int = Field(primary_key=True, unique=True)
`,
  });
  expect(metadataOf(files['one.py'])).toEqual([
    { id: 'one.Old', made: 'base', convention: { pk: 'pk_%(table_name)s' } },
    { id: 'one.mapper_registry', made: 'registry' },
    { id: 'one.Made', made: 'base', of: 'one.mapper_registry' },
    { id: 'one.Plain', made: 'base' },
    { id: 'one.Listed', made: 'base', convention: {} },
  ]);
  expect(table(files['one.py']!, 'child').metadata).toBe('one.Plain');
  expect(table(files['one.py']!, 't').metadata).toBe('one.mapper_registry');
  const hero = table(files['three.py']!, 'hero');
  expect(hero.metadata).toBe('two.db');
  expect(hero.constraints[0]!.name?.value).toBe('ck_hero_positive');
  expect(metadataOf(files['four.py'])).toEqual([
    {
      id: 'sqlmodel.SQLModel',
      made: 'assignment',
      of: 'sqlmodel.SQLModel',
      convention: { uq: 'uq_%(table_name)s_%(column_0_name)s' },
    },
  ]);
  const link4 = table(files['four.py']!, 'link');
  expect(link4.columns[0]!.constraints.find(({ kind }) => kind === 'unique')!.name?.value).toBe('uq_link_id');
});

describe('tokens that a function gives', () => {
  const named = (token: string, before = '') => {
    const facts = read(`from sqlalchemy import MetaData, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
${before}
class Base(DeclarativeBase):
    metadata = MetaData(naming_convention={"all": ${token}, "uq": "uq__%(table_name)s__%(all)s"})
class T(Base):
    __tablename__ = "t"
    __table_args__ = (UniqueConstraint("a", "b"),)
    a: Mapped[int] = mapped_column(primary_key=True)
    b: Mapped[int]
`);
    return facts.tables.find(({ className }) => className === 'T')?.constraints[0]?.name?.value;
  };

  test.each([
    ['lambda constraint, table: "_".join([column.name for column in constraint.columns.values()])', ''],
    ['lambda c, t: "_".join(each.name for each in c.columns)', ''],
    [
      'names',
      'def names(c, t):\n    """All of them."""\n    columns = list(c.columns)\n    return "_".join(each.name for each in columns)',
    ],
  ])('%s', (token, before) => {
    expect(named(token, before)).toBe('uq__t__a_b');
  });

  test.each([
    ['lambda c, t: t.name.upper() + "_" + "_".join(each.name for each in c.columns)', ''],
    ['lambda c, t: "_".join(sorted(each.name for each in c.columns))', ''],
    ['lambda c, t: "_".join(each.name for each in c.columns if each.nullable)', ''],
    ['lambda c, t: "_".join(each.name for each in t.columns)', ''],
    [
      'names',
      'def names(c, t):\n    if t.schema:\n        return "x"\n    return "_".join(each.name for each in c.columns)',
    ],
    ['names', 'def names(c, t):\n    return "_".join(each.name for each in c.columns)[:20]'],
  ])('nothing is known of %s', (token, before) => {
    expect(named(token, before)).toBeUndefined();
  });
});
