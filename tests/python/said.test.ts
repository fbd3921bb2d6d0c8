import { expect, test } from 'vitest';
import { link, table } from './reading.js';

const files = link({
  'app/clock.py': `from datetime import datetime
from typing import Annotated, Optional
from sqlalchemy.orm import mapped_column
Maybe = Optional[str]
maybe_name = Annotated[Optional[str], mapped_column()]
def moment():
    return datetime.utcnow()
`,
  'app/models.py': `import uuid
from datetime import datetime, timezone
from typing import Any, Optional
from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from app.clock import Maybe, maybe_name, moment
from app.kinds import Kind
class Base(DeclarativeBase):
    pass
class Team(Base):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Optional[str]] = mapped_column(nullable=False)
    data: Mapped[Any] = mapped_column(String, default="x")
    extra: Mapped[dict[str, Any]] = mapped_column(default=dict)
    alias: Mapped[Maybe]
    annotated: Mapped[maybe_name]
    old = Column(DateTime(timezone=True), default=datetime.utcnow, onupdate=moment)
    once: Mapped[datetime] = mapped_column(DateTime(timezone=False), default=moment())
    aware: Mapped[datetime] = mapped_column(default=lambda: datetime.now(timezone.utc), server_onupdate=func.now())
    kind: Mapped[Kind] = mapped_column(default=Kind.RED)
    token: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4)
    sent: Mapped[datetime] = mapped_column(default=func.now())
    members: Mapped[list["Member"]] = relationship(back_populates="team", lazy="raise")
    lost: Mapped[list["Member"]] = relationship(back_populates="nothing", foreign_keys="[Member.team_id]")
class Member(Base):
    __tablename__ = "member"
    id = Column(Integer, primary_key=True)
    team_id = Column(ForeignKey("team.id"))
    team = relationship("Team", back_populates="crew", foreign_keys=[team_id])
    other = relationship("Team", back_populates="id", primaryjoin="Team.id == Member.team_id")
`,
});
const team = table(files['app/models.py']!, 'team');
const member = table(files['app/models.py']!, 'member');
const column = (name: string) => team.columns.find((each) => each.name.value === name);

test('what annotations and arguments say of a column', () => {
  const said = (name: string) => {
    const { annotation, nullableGiven, declaredAs } = column(name) ?? {};
    return [annotation?.nullable, nullableGiven?.value, declaredAs];
  };
  expect(said('id')).toEqual([false, undefined, 'mapped_column']);
  expect(said('name')).toEqual([true, false, 'mapped_column']);
  expect(said('alias')).toEqual(['unknown', undefined, 'annotation']);
  expect(said('annotated')).toEqual([true, undefined, 'annotation']);
  expect(said('old')).toEqual([undefined, undefined, 'Column']);
  expect(column('data')?.annotation?.any).toBe(true);
  expect(column('extra')?.annotation).toMatchObject({ written: 'Mapped[dict[str, Any]]', collection: true });
  expect(column('extra')?.annotation?.any).toBeUndefined();
  expect([column('old'), column('once'), column('aware')].map((each) => each?.type.timezone)).toEqual([
    true,
    false,
    undefined,
  ]);
  expect([column('old'), column('aware')].map((each) => each?.type.implied)).toEqual([undefined, true]);
});

test('what defaults give', () => {
  const value = (name: string) => column(name)?.default?.value;
  expect(value('data')).toEqual({ kind: 'literal', value: 'x' });
  expect(value('extra')).toEqual({ kind: 'empty', of: 'dict' });
  expect(value('kind')).toEqual({ kind: 'member', of: 'Kind', name: 'RED' });
  expect(value('sent')).toEqual({ kind: 'sql', text: 'now()' });
  expect(value('token')).toEqual({ kind: 'call', name: 'uuid.uuid4', arguments: [] });
  const naive = { kind: 'call', name: 'datetime.datetime.utcnow', arguments: [] };
  expect(value('old')).toEqual(naive);
  expect(column('old')?.onChange?.value).toEqual({ ...naive, through: 'moment' });
  expect(value('once')).toEqual({ ...naive, through: 'moment', once: true });
  expect(value('aware')).toEqual({
    kind: 'call',
    name: 'datetime.datetime.now',
    arguments: ['timezone.utc'],
    through: 'lambda',
  });
  expect(column('aware')?.onChange).toMatchObject({ by: 'server', text: 'now()' });
});

test('what stands on the other side of a relationship', () => {
  const [members, lost] = team.relationships;
  const [back, other] = member.relationships;
  expect(members).toMatchObject({ loading: 'raise', collection: true });
  expect(members?.otherSide).toMatchObject({ is: 'relationship', inverse: 'crew', returns: true, className: 'Member' });
  expect(lost).toMatchObject({ keyedBy: ['team_id'], otherSide: { is: 'missing', path: 'app/models.py' } });
  expect(back).toMatchObject({ keyedBy: ['team_id'], otherSide: { is: 'missing', className: 'Team' } });
  expect(other).toMatchObject({ custom: true, otherSide: { is: 'other' } });
});

test('a class that is not seen as a whole has no missing attribute', () => {
  const seen = link({
    'a.py': `from sqlalchemy.orm import relationship
from elsewhere import Base, Mixin
class A(Mixin, Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    b = relationship("B", back_populates="a")
class B(Mixin, Base):
    __tablename__ = "b"
    id = Column(Integer, primary_key=True)
    a_id = Column(ForeignKey("a.id"))
`,
  });
  expect(table(seen['a.py']!, 'a').relationships[0]?.otherSide).toBeUndefined();
});
