import { describe, expect, test } from 'vitest';
import type { FileFacts, Usage } from '../../src/ir/index.js';
import { link, read } from './reading.js';

const of = <K extends Usage['kind']>(facts: FileFacts, kind: K): Extract<Usage, { kind: K }>[] =>
  facts.usages.filter((usage): usage is Extract<Usage, { kind: K }> => usage.kind === kind);

const database = `from collections.abc import Iterator
from typing import Annotated
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, scoped_session, sessionmaker
engine = create_engine("sqlite://")
SessionLocal = sessionmaker(bind=engine)
DbSession = scoped_session(SessionLocal)
def get_db() -> Iterator[Session]:
    with SessionLocal() as db:
        yield db
SessionDep = Annotated[Session, get_db]
class Repository:
    def query(self, what): ...
`;
const models = `from sqlalchemy.orm import DeclarativeBase, Mapped, relationship
class Base(DeclarativeBase): pass
class Person(Base):
    __tablename__ = "person"
    id: Mapped[int]
    active: Mapped[bool]
    pets: Mapped[list["Pet"]] = relationship()
class Plain:
    active = None
`;

/** The usages of a module of a small project. */
function main(text: string): FileFacts {
  return link({ 'app/db.py': database, 'app/models.py': models, 'app/main.py': text })['app/main.py']!;
}

describe('a session is known by where it comes from', () => {
  test.each([
    ['an annotated parameter', 'from sqlalchemy.orm import Session\ndef f(db: Session):\n    db.commit()\n'],
    ['an optional one', 'from sqlalchemy.orm import Session\ndef f(db: Session | None = None):\n    db.commit()\n'],
    ['a quoted one', 'from sqlalchemy.orm import Session\ndef f(db: "Session"):\n    db.commit()\n'],
    [
      'asyncio',
      'from sqlalchemy.ext.asyncio import AsyncSession\nasync def f(db: AsyncSession):\n    await db.commit()\n',
    ],
    ['with', 'from sqlmodel import Session\ndef f(e):\n    with Session(e) as s:\n        s.commit()\n'],
    [
      'a maker',
      'from sqlalchemy.orm import sessionmaker\nMaker = sessionmaker()\ndef f():\n    x = Maker()\n    x.commit()\n',
    ],
    [
      'a maker that begins',
      'from sqlalchemy.orm import sessionmaker\nM = sessionmaker()\nwith M.begin() as x:\n    x.commit()\n',
    ],
    [
      'a maker of another module',
      'from .db import SessionLocal\ndef f():\n    with SessionLocal() as x:\n        x.commit()\n',
    ],
    ['a function of another module', 'from .db import get_db\ndef f():\n    with get_db() as x:\n        x.commit()\n'],
    ['an alias of another module', 'from .db import SessionDep\ndef f(x: SessionDep):\n    x.commit()\n'],
    ['a registry', 'from .db import DbSession\ndef f():\n    DbSession.commit()\n'],
    ['Flask', 'from .extensions import db\ndef f():\n    db.session.commit()\n'],
    [
      'an attribute',
      'from sqlalchemy.orm import Session\nclass A:\n    def __init__(self, s: Session):\n        self.s = s\n    def f(self):\n        self.s.commit()\n',
    ],
    [
      'an import inside of a function',
      'def f():\n    from app.db import SessionLocal\n    x = SessionLocal()\n    x.commit()\n',
    ],
    ['a customary name beside the library', 'from sqlalchemy import select\ndef f(session):\n    session.commit()\n'],
    ['what a framework fills in', 'from sqlalchemy import select\ndef f(db=Depends(get)):\n    db.commit()\n'],
  ])('%s', (_, text) => {
    expect(of(main(text), 'session-call').map(({ call }) => call)).toEqual(['commit']);
  });

  test.each([
    ['a queue', 'import kafka\ndef f(queue):\n    queue.commit()\n'],
    ['a repository', 'from .db import Repository\ndef f(repo: Repository):\n    repo.query(1)\n    repo.commit()\n'],
    ['a customary name without the library', 'def f(session):\n    session.commit()\n    session.query(1)\n'],
    ['a session of requests', 'import requests\nimport sqlalchemy\nsession = requests.Session()\nsession.commit()\n'],
    ['a driver', 'import sqlite3\nimport sqlalchemy\ndef f():\n    conn = sqlite3.connect("x")\n    conn.commit()\n'],
  ])('%s is none', (_, text) => {
    expect(main(text).usages.filter(({ kind }) => kind !== 'current-style')).toEqual([]);
  });
});

test('a legacy query says what is asked for, and what is called on it', () => {
  const text =
    'from .db import SessionDep\nfrom . import models\ndef f(db: SessionDep):\n    return db.query(models.Person).filter(1).order_by(2).all()\n';
  expect(of(main(text), 'legacy-query')).toMatchObject([
    {
      form: 'session.query',
      target: 'models.Person',
      entity: true,
      asynchronous: false,
      methods: ['filter', 'order_by', 'all'],
    },
  ]);
  const columns =
    'from .db import SessionDep\ndef f(db: SessionDep):\n    db.query(Person.id)\n    db.query(Person, Pet)\n';
  expect(of(main(columns), 'legacy-query').map(({ target, entity }) => [target, entity])).toEqual([
    ['Person.id', false],
    [undefined, false],
  ]);
});

test('the query of a class is one where the class is mapped', () => {
  const text =
    'from .models import Person, Plain\nPerson.query.get(1)\nPlain.query.get(1)\nUnknown.query.get(1)\nPerson.query(1)\n';
  expect(of(main(text), 'legacy-query').map(({ api, methods }) => [api, methods])).toEqual([['Person.query', ['get']]]);
});

test.each([
  ['from sqlalchemy.ext.declarative import declarative_base\nBase = declarative_base()\n', 'declarative_base', true],
  ['from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n', 'declarative_base', false],
  ['import sqlalchemy.ext.declarative as d\nBase = d.declarative_base()\n', 'declarative_base', true],
  ['from sqlalchemy.orm import registry\nBase = registry().generate_base()\n', 'generate_base', false],
  ['from sqlalchemy.orm import as_declarative\n@as_declarative()\nclass Base: pass\n', 'as_declarative', false],
])('a base that a function makes: %s', (text, form, fromExtension) => {
  expect(of(read(text), 'legacy-base')).toMatchObject([{ form, fromExtension }]);
});

test.each([
  ['q.where(Person.active == True)', ['Person.active', '==', 'True']],
  ['q.where(None != Person.id)', ['Person.id', '!=', 'None']],
  ['q.where(A.active == False)', ['A.active', '==', 'False']],
  ['q.where(Person.pets == None)', undefined],
  ['q.where(Plain.active == None)', undefined],
  ['q.where(person.active == None)', undefined],
  ['q.where(Person.active is None)', undefined],
  ['q.where(Person.active == 1)', undefined],
])('a comparison: %s', (text, expected) => {
  const head = 'from sqlalchemy.orm import aliased\nfrom .models import Person, Plain\nA = aliased(Person)\n';
  const found = of(main(head + text), 'column-comparison');
  expect(found.map(({ column, operator, value }) => [column, operator, value])).toEqual(expected ? [expected] : []);
});

test('what Python itself asks for is no comparison in SQL', () => {
  const text = 'from .models import Person\nif Person.active == None:\n    pass\nassert Person.active == True\n';
  expect(of(main(text), 'column-comparison')).toEqual([]);
});

test.each([
  ['    with SessionLocal() as s:\n        s.get(1, 2)\n', 'with'],
  ['    with closing(SessionLocal()) as s:\n        s.get(1, 2)\n', 'with'],
  ['    s = SessionLocal()\n    with s:\n        s.get(1, 2)\n', 'with'],
  ['    s = SessionLocal()\n    with s.begin():\n        s.get(1, 2)\n', 'with'],
  ['    s = SessionLocal()\n    try:\n        s.get(1, 2)\n    finally:\n        s.close()\n', 'finally'],
  ['    s = SessionLocal()\n    try:\n        yield s\n    finally:\n        s.close()\n', 'finally'],
  ['    s = SessionLocal()\n    s.get(1, 2)\n    s.close()\n', 'straight'],
  ['    s = SessionLocal()\n    return s\n', 'handed-over'],
  ['    s = SessionLocal()\n    self.s = s\n', 'handed-over'],
  ['    self.s = SessionLocal()\n', 'handed-over'],
  ['    return SessionLocal()\n', 'handed-over'],
  ['    s = SessionLocal()\n    stack.callback(s.close)\n', 'handed-over'],
  ['    s = SessionLocal()\n    return s.get(1, 2)\n', 'never'],
  ['    SessionLocal().add(1)\n', 'never'],
  ['    s = DbSession()\n    s.get(1, 2)\n', 'registry'],
  ['    c = engine.connect()\n    c.execute(1)\n', 'never'],
])('an opened session: %s', (body, closed) => {
  const text = `from contextlib import closing\nfrom app.db import SessionLocal, DbSession, engine\ndef f(self, stack):\n${body}`;
  expect(of(main(text), 'session-opened').map((usage) => usage.closed)).toEqual([closed]);
});

const quiet = { endless: false, batched: false, retry: false, isolated: false, keyRead: false };
test.each([
  ['for x in y:\n    db.commit()\n', quiet],
  ['while True:\n    db.commit()\n', { ...quiet, endless: true }],
  ['while not self.stopped:\n    db.commit()\n', { ...quiet, endless: true }],
  ['for message in consumer:\n    db.commit()\n', { ...quiet, endless: true }],
  ['for i, x in enumerate(y):\n    if i % 100 == 0:\n        db.commit()\n', { ...quiet, batched: true }],
  ['for x in range(0, n, 100):\n    db.commit()\n', { ...quiet, batched: true }],
  ['for attempt in range(3):\n    db.commit()\n', { ...quiet, retry: true }],
  [
    'for _ in y:\n    try:\n        db.commit()\n        break\n    except E:\n        pass\n',
    { ...quiet, retry: true },
  ],
  ['for x in y:\n    with Session(e) as db:\n        db.commit()\n', { ...quiet, isolated: true }],
  ['for x in y:\n    try:\n        db.commit()\n    except E:\n        db.rollback()\n', { ...quiet, isolated: true }],
  ['for x in y:\n    for z in x:\n        db.add(z)\n    db.commit()\n', { ...quiet, batched: true }],
  ['for x in y:\n    db.commit()\n    ids.append(x.id)\n', { ...quiet, keyRead: true }],
  ['for x in y:\n    def g():\n        db.commit()\n', undefined],
  ['db.commit()\n', undefined],
])('a commit and its loop: %s', (body, expected) => {
  const text = `from sqlalchemy.orm import Session\ndef f(db: Session):\n${body.replace(/^(?=.)/gm, '    ')}`;
  const [call] = of(read(text), 'session-call');
  if (expected === undefined) expect(call?.loop).toBeUndefined();
  else expect(call?.loop).toMatchObject(expected);
});

test('a rollback tells what it stands in', () => {
  const text = `from sqlalchemy.orm import Session
def f(db: Session, dry_run):
    try:
        db.add(1)
    except ValueError:
        db.rollback()
        raise
    if dry_run:
        db.rollback()
    db.rollback()
`;
  expect(
    of(read(text), 'session-call').map(({ handler, conditions, then, within }) => [handler, conditions, then, within]),
  ).toEqual([
    ['except', [], 'raise', 'f'],
    [undefined, ['dry_run'], undefined, 'f'],
    [undefined, [], undefined, 'f'],
  ]);
});

test.each([
  ['db.add(x)', { pending: true, flushed: false }],
  ['db.add(x)\n            db.flush()', { pending: true, flushed: true }],
  ['create(db, x)', { pending: false, flushed: false }],
])('a handler inside of a savepoint: %s', (body, expected) => {
  const text = `from sqlalchemy.orm import Session
def f(db: Session):
    with db.begin_nested():
        try:
            ${body}
        except (IntegrityError, ValueError):
            pass
`;
  expect(of(read(text), 'savepoint-handler')).toMatchObject([
    { caught: ['IntegrityError', 'ValueError'], ...expected },
  ]);
});

test('many rows, a session for all of a process, and coroutines that nothing waits for', () => {
  const text = `from sqlalchemy.ext.asyncio import AsyncSession
from app.db import SessionLocal
from sqlalchemy.orm import Session
shared = Session()
async def f(db: AsyncSession, rows):
    for row in rows:
        db.add(row)
    db.commit()
    db.execute(1).scalars()
    await db.flush()
    later = db.execute(2)
def g(db: Session):
    db.bulk_save_objects([])
    db.commit()
`;
  const facts = read(text);
  expect(of(facts, 'bulk-write').map(({ form }) => form)).toEqual(['add-in-loop', 'bulk_save_objects']);
  expect(of(facts, 'shared-session').map(({ name }) => name)).toEqual(['shared']);
  expect(of(facts, 'missing-await').map(({ api }) => api)).toEqual(['db.commit()', 'db.execute()']);
});

test('code that could only be of 2.0 says so once', () => {
  expect(of(main('from sqlalchemy import select\nselect(User)\nselect(User)\n'), 'current-style')).toHaveLength(1);
  expect(of(main('from sqlalchemy import select\nselect([User])\nselect(columns)\n'), 'current-style')).toEqual([]);
});
