import { expect, test } from 'vitest';
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
    created: 'integer NN index:ix_users_created',
    id: 'integer NN primary',
    email: 'varchar(99) NN unique',
  });
  expect(user.columns.at(-1)!.constraints[0]!.name?.value).toBe('uq_users_email');
  // What is inherited can't be edited here, and stands at the class.
  expect(user.columns[0]).toMatchObject({ from: 'Stamped', span: user.span });
  expect(user.columns[0]!.anchor).toBeUndefined();
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
