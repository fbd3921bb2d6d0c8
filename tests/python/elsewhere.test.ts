import { expect, test } from 'vitest';
import { loadReader } from '../../src/frontends/python/read.js';
import { columns, link, sayStep, table } from './reading.js';

const base = `from sqlalchemy.orm import DeclarativeBase
class Base(DeclarativeBase):
    pass
`;
const model = `from sqlalchemy import Boolean, CheckConstraint, Column, DateTime, Enum, ForeignKey, Index, Integer, String, func, text
from app.base import Base
`;

/** The facts of app/models.py in a project with these other files. */
const models = (others: { [path: string]: string }, body: string) =>
  link({ 'app/base.py': base, ...others, 'app/models.py': `${model}${body}` })['app/models.py']!;

test('constants of other files, more than one file away', () => {
  const facts = models(
    {
      'app/limits.py': 'PREFIX = "app_"\nNAME_MAX = 40 + 2\nclass Limits:\n    CODE = 8\n',
      'app/consts.py':
        'from app.limits import NAME_MAX, PREFIX\nfrom app import limits\nUSERS = PREFIX + "users"\nDIALECT = "postgresql"\nSTATES = ("new", "done")\n',
      'app/stars.py': 'from app.consts import *\n',
    },
    `from app.consts import NAME_MAX as longest, STATES, USERS
from app import limits
from app.limits import Limits
from .stars import PREFIX
class User(Base):
    __tablename__ = USERS
    __table_args__ = {"schema": PREFIX + "s", "comment": f"{PREFIX}people"}
    id = Column(Integer, primary_key=True)
    name = Column(String(longest))
    code = Column(String(Limits.CODE))
    nick = Column(String(limits.NAME_MAX * 2))
    state = Column(Enum(*STATES, name="state"))
    boss_id = Column(ForeignKey(f"{PREFIX}s.{USERS}.id"), nullable=limits.NAME_MAX > 100)
`,
  );
  const user = table(facts, 'app_users');
  expect(user).toMatchObject({ name: { schema: { value: 'app_s' } }, comment: { value: 'app_people' }, uncertain: [] });
  expect(columns(user)).toEqual({
    id: 'integer NN primary',
    name: 'varchar(42) NULL',
    code: 'varchar(8) NULL',
    nick: 'varchar(84) NULL',
    state: 'state NULL',
    boss_id: 'integer NN fk:app_s.app_users.id',
  });
  expect(facts.enums).toMatchObject([{ labels: ['new', 'done'] }]);
});

test('enums of other files give their labels', () => {
  const facts = models(
    { 'app/enums.py': 'import enum\nclass Color(enum.Enum):\n    RED = "r"\n    GREEN = "g"\n' },
    `from app.enums import Color
class T(Base):
    __tablename__ = "t"
    id = Column(Integer, primary_key=True)
    a = Column(Enum(Color), server_default=Color.RED.name)
    b = Column(Enum(Color, name="b", values_callable=lambda e: [m.value for m in e]))
`,
  );
  expect(facts.enums.map(({ name, labels }) => [name.name.value, labels])).toEqual([
    ['color', ['RED', 'GREEN']],
    ['b', ['r', 'g']],
  ]);
  expect(table(facts, 't').columns[1]).toMatchObject({ default: { by: 'server', text: "'RED'" } });
});

test('functions of other files that give columns, keys and types', () => {
  const facts = models(
    {
      'app/columns.py': `from sqlalchemy import Column, DateTime, ForeignKey, Index, Integer, JSON, Text, func
from sqlalchemy.dialects.postgresql import JSONB
LONG = Text()
def key(**more):
    return Column(Integer, primary_key=True, **more)
def to(table, nullable=True):
    return Column(Integer, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=nullable, index=True)
def stamps(cls):
    return (Index(f"ix_{cls}_made", "made"), {"comment": "stamped"})
Json = JSON().with_variant(JSONB, "postgresql")
NOW = func.now()
`,
    },
    `from app.columns import LONG, NOW, Json, key, stamps, to
class T(Base):
    __tablename__ = "t"
    __table_args__ = stamps("t")
    id = key()
    owner_id = to("u", nullable=False)
    body = Column(LONG)
    data = Column(Json)
    made = Column(DateTime, server_default=NOW)
`,
  );
  const found = table(facts, 't');
  expect(columns(found)).toEqual({
    id: 'integer NN primary',
    owner_id: 'integer NN fk:u.id/CASCADE index:ix_t_owner_id',
    body: 'text NULL',
    data: 'jsonb NULL',
    made: 'timestamp NULL',
  });
  expect(found).toMatchObject({ comment: { value: 'stamped' }, indexes: [{ name: { value: 'ix_t_made' } }] });
  expect(found.columns[4]!.default).toMatchObject({ by: 'server', text: 'now()' });
});

test('what another file writes stands at the place that names it, and is not edited from here', () => {
  const text = `from app.columns import key
class T(Base):
    __tablename__ = "t"
    id = key()
`;
  const facts = models(
    {
      'app/columns.py':
        'from sqlalchemy import Column, Integer\ndef key():\n    return Column("pk", Integer, primary_key=True)\n',
    },
    text,
  );
  const [column] = table(facts, 't').columns;
  const at = (model + text).indexOf('id = key()');
  expect(column).toMatchObject({ name: { value: 'pk' }, attribute: 'id', span: { start: at, end: at + 10 } });
  expect(column!.anchor).toBeUndefined();
});

test('names of a library that other files hand on', () => {
  const facts = link({
    'lib/compat.py': 'import sqlalchemy\nfrom sqlalchemy import Column as Col\nimport sqlalchemy.orm as o\n',
    'lib/ext.py': 'from flask_sqlalchemy import SQLAlchemy\ndatabase = SQLAlchemy()\n',
    'lib/models.py': `from .compat import Col, sqlalchemy as alchemy
from .ext import database as d
class AuditLog(d.Model):
    id = Col(alchemy.Integer, primary_key=True)
    note = d.Column(d.String(9))
`,
  });
  expect(columns(table(facts['lib/models.py']!, 'audit_log'))).toEqual({
    id: 'integer NN primary',
    note: 'varchar(9) NULL',
  });
});

test('modules that import each other in a circle, and names that nobody binds', () => {
  const facts = models(
    {
      'app/one.py': 'from app.two import B\nA = B\nsize = lambda: A\n',
      'app/two.py': 'from app.one import A\nB = A\n',
    },
    `from app.one import A, missing
from app.nowhere import N
class T(Base):
    __tablename__ = "t"
    a = Column(String(A), primary_key=True)
    b = Column(String(missing))
    c = Column(String(N))
`,
  );
  expect(columns(table(facts, 't'))).toEqual({ a: 'unknown NN primary', b: 'unknown NULL', c: 'unknown NULL' });
});

test('a revision calls helpers of the project', () => {
  const files = link({
    'alembic/versions/helpers.py':
      'from alembic import op\nimport sqlalchemy as sa\nLENGTH = 7\ndef add_name(table):\n    op.add_column(table, sa.Column("name", sa.String(LENGTH)))\n',
    'alembic/versions/a.py': `from alembic import op
from alembic.versions.helpers import LENGTH
from .helpers import add_name
revision = "a"
down_revision = None
def upgrade():
    add_name("t")
    op.execute(f"UPDATE t SET name = 'n' LIMIT {LENGTH}")
def downgrade():
    op.drop_column("t", "name")
`,
  });
  const [migration] = files['alembic/versions/a.py']!.migrations;
  expect(migration!.up.steps.map(sayStep)[0]).toBe('AddColumn t.name varchar(7) NULL repeated');
});

const types = `import uuid
from typing import TYPE_CHECKING, Any
import sqlalchemy as sa
from sqlalchemy import types
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator as Decorator
if TYPE_CHECKING:
    Typed = Decorator[Any]
else:
    Typed = Decorator
class Coded(Typed):
    def __init__(self, codes, **options):
        super().__init__(**options)
class Code(Coded):
    impl = sa.Unicode
class Money(Decorator[int]):
    impl = sa.Numeric
class Price(Decorator):
    impl = Money(8, 2)
class Moment(types.TypeDecorator):
    impl: Any = sa.TIMESTAMP(timezone=True)
    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.TIMESTAMP(timezone=True))
        elif dialect.name == "sqlite":
            return dialect.type_descriptor(sa.DATETIME())
        return self.impl
class Name(sa.String):
    pass
class Odd(types.UserDefinedType):
    def get_col_spec(self):
        return "ODD"
class Guess(Decorator):
    impl = sa.Integer
    def load_dialect_impl(self, dialect):
        return dialect.type_descriptor(CHOICE[dialect.name])
`;

test('types of the project stand for types of the library', () => {
  const facts = models(
    { 'app/types.py': types },
    `from app.types import Code, Guess, Moment, Money, Name, Odd, Price
from app import types as t
from sqlalchemy import ARRAY
class T(Base):
    __tablename__ = "t"
    id = Column(Integer, primary_key=True)
    code = Column(Code("x"))
    codes = Column(ARRAY(Code("x", length=3)))
    money = Column(Money(10, 2))
    price = Column(Price)
    made = Column(t.Moment)
    name = Column(Name(20))
    odd = Column(Odd())
    guess = Column(Guess)
`,
  );
  expect(columns(table(facts, 't'))).toEqual({
    id: 'integer NN primary',
    code: 'varchar NULL',
    codes: 'varchar(3)[] NULL',
    money: 'numeric(10,2) NULL',
    price: 'numeric(8,2) NULL',
    made: 'timestamp with time zone NULL',
    name: 'varchar(20) NULL',
    odd: 'unknown NULL',
    guess: 'unknown NULL',
  });
});

test('a type map of another file, by aliases and types of the project', () => {
  const files = link({
    'app/types.py': `${types}from typing import Annotated\nfrom sqlalchemy.orm import mapped_column\nstr20 = Annotated[str, 20]\nkey = Annotated[uuid.UUID, mapped_column(primary_key=True)]\nplain = Annotated[str, "x"]\n`,
    'app/handed.py': 'from app.types import key, plain, str20\n',
    'app/base.py': `import datetime
import uuid
from typing import Annotated
from sqlalchemy import CHAR, DateTime, MetaData, String
from sqlalchemy.orm import DeclarativeBase, registry
from .types import Moment, str20
local = Annotated[str, 7]
class Base(DeclarativeBase):
    registry = registry(type_annotation_map={
        datetime.datetime: Moment,
        str: String(200),
        str20: String(20),
        local: String(7),
        uuid.UUID: CHAR(36),
    })
`,
    'app/models.py': `import datetime
from typing import Optional
from sqlalchemy.orm import Mapped
from app.base import Base, local
from app.handed import key, plain, str20
class T(Base):
    __tablename__ = "t"
    id: Mapped[key]
    a: Mapped[str20]
    b: Mapped[Optional[str20]]
    c: Mapped[plain]
    d: Mapped[str]
    e: Mapped[local]
    f: Mapped[datetime.datetime | None]
`,
  });
  expect(columns(table(files['app/models.py']!, 't'))).toEqual({
    id: 'char(36) NN primary',
    a: 'varchar(20) NN',
    b: 'varchar(20) NULL',
    c: 'varchar(200) NN',
    d: 'varchar(200) NN',
    e: 'varchar(7) NN',
    f: 'timestamp with time zone NULL',
  });
});

test('types that a package hands on', () => {
  const facts = models(
    { 'app/kit/__init__.py': 'from .types import Code\n', 'app/kit/types.py': types },
    `from app.kit import Code
class T(Base):
    __tablename__ = "t"
    id = Column(Code(["x"], length=4), primary_key=True)
`,
  );
  expect(columns(table(facts, 't'))).toEqual({ id: 'varchar(4) NN primary' });
});

test('columns of mixins that a library gives', () => {
  const facts = link({
    'n/models.py': `from oslo_db.sqlalchemy import models
from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base
class Base(models.ModelBase, models.TimestampMixin):
    pass
BASE = declarative_base(cls=Base)
class Node(BASE, models.SoftDeleteMixin):
    __tablename__ = "nodes"
    id = Column(Integer, primary_key=True)
`,
  });
  const nodes = table(facts['n/models.py']!, 'nodes');
  expect(nodes.uncertain).toEqual([]);
  expect(nodes.columns.map(({ name }) => name.value).sort()).toEqual([
    'created_at',
    'deleted',
    'deleted_at',
    'id',
    'updated_at',
  ]);
});

test('a project is asked for the files that its models wait for', async () => {
  const reader = await loadReader();
  const read = (path: string, text: string) => reader.read({ path, text }, { dialect: 'postgresql', scope: 'project' });
  const wanted = reader.wants!([
    read(
      'server/app/models/user.py',
      `${model}from app import limits\nfrom app.enums import Color\nfrom ..kit import plain\nfrom vendor import thing\nclass User(Base, plain.Domain):\n    __tablename__ = limits.NAME\n    id = Column(Enum(Color), primary_key=True)\n`,
    ),
    read('server/app/base.py', `from app.deep import Rooted\n${base}`),
  ]);
  for (const path of [
    'server/app/limits.py',
    'server/app/enums.py',
    'server/app/kit/plain.py',
    'server/app/kit/__init__.py',
  ])
    expect(wanted).toContain(path);
  // What no model asks for, and what is known, is left alone.
  expect(wanted.filter((path) => /deep|app\/base\.py$/.test(path))).toEqual([]);
});

test('modules that all import all names of each other', () => {
  const names = Array.from({ length: 14 }, (_, at) => `m${String(at)}`);
  const stars = names.map((name) => `from app.${name} import *\n`).join('');
  const others = Object.fromEntries(names.map((name) => [`app/${name}.py`, `${stars}${name.toUpperCase()} = 5\n`]));
  const facts = models(
    others,
    `${stars}class T(Base):\n    __tablename__ = "t"\n    a = Column(String(M13), primary_key=True)\n    b = Column(String(NOWHERE))\n`,
  );
  expect(columns(table(facts, 't'))).toEqual({ a: 'varchar(5) NN primary', b: 'unknown NULL' });
});
