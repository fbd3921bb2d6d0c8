import { describe, expect, test } from 'vitest';
import type { ReadContext } from '../../src/frontends/front-end.js';
import { link, read } from './reading.js';

const head = `import os, uuid, re
from sqlalchemy import text, literal_column, extract, select, column
from app.names import TABLE
from app.models import Invoice
from psycopg import sql
from enum import Enum
COLS = {"a": "x", "b": "y"}
NAMES = ("p", "q")
Q = "select * from {}"
class Status(Enum):
    OPEN = "open"
def build(x):
    return "select * from t where a = '" + x + "'"
`;

/** The sites of a function body as text with `⟨provenance position⟩` for each hole. */
function sites(body: string, params = 'cur, session, x, ids', context: Partial<ReadContext> = {}): string[] {
  const text = `${head}def run(${params}):\n${body.replace(/^/gm, '    ')}\n`;
  return read(text, { path: 'app/queries.py', ...context }).sites.map(({ skeleton, holes }) =>
    skeleton
      .map((part) => (typeof part === 'string' ? part : `⟨${holes[part]!.provenance} ${holes[part]!.position}⟩`))
      .join(''),
  );
}

describe('forms that are found', () => {
  test.each<[string, string]>([
    [
      `session.execute(text(f"select id from t where a = '{x}'"))`,
      "select id from t where a = '⟨parameter quoted-value⟩'",
    ],
    [`cur.execute("delete from t where a = %s" % x)`, 'delete from t where a = ⟨parameter value⟩'],
    [`cur.execute("delete from t where a = %(a)s" % {"a": x})`, 'delete from t where a = ⟨parameter value⟩'],
    [`cur.execute(Q.format(x))`, 'select * from ⟨parameter identifier⟩'],
    [
      `q = "select * from t"\nif x:\n    q += " where a = " + x\ncur.execute(q)`,
      'select * from t where a = ⟨parameter value⟩',
    ],
    [
      `parts = []\nfor i in ids:\n    parts.append(f"a = '{i}'")\ncur.execute("select 1 from t where " + " or ".join(parts))`,
      "select 1 from t where a = '⟨parameter quoted-value⟩'",
    ],
    [`cur.execute("select * from @@ where 1=1".replace("@@", x))`, 'select * from ⟨parameter identifier⟩ where 1=1'],
    [`cur.execute(build(x))`, "select * from t where a = '⟨parameter quoted-value⟩'"],
    [`if (n := f"select {x} from t"):\n    cur.execute(n)`, 'select ⟨parameter identifier⟩ from t'],
    [`cur.execute(x or "select 1")`, 'select 1'],
    [`literal_column("total * " + x)`, 'total * ⟨parameter value⟩'],
    [`Invoice.a.op(x)(1)`, '⟨parameter fragment⟩'],
    [`extract(x, Invoice.a)`, '⟨parameter fragment⟩'],
    [`select(Invoice).prefix_with(x)`, '⟨parameter fragment⟩'],
    [`if isinstance(x, (int, str)):\n    cur.execute(f"select {x}")`, 'select ⟨parameter identifier⟩'],
    [`if not isinstance(x, int):\n    cur.execute(f"select {x}")`, 'select ⟨parameter identifier⟩'],
    [
      `m = MetaData()\nm.reflect(x)\nfor t in m.metadata.tables:\n    cur.execute(f"select * from {t}")`,
      'select * from ⟨opaque identifier⟩',
    ],
    [`return session.execute(text(x))`, '⟨parameter fragment⟩'],
    [`sql.SQL(f"select * from {x}")`, 'select * from ⟨parameter identifier⟩'],
    [`cur.execute(f"select * from t order by a {x}")`, 'select * from t order by a ⟨parameter direction⟩'],
    [
      `cur.execute(f"select * from t where a = '{os.environ['A']}'")`,
      "select * from t where a = '⟨configuration quoted-value⟩'",
    ],
    [`row = cur.fetchone()\ncur.execute(f"update t set a = '{row[0]}'")`, "update t set a = '⟨database quoted-value⟩'"],
    [
      `cur.execute(f"select * from t where id = '{uuid.uuid4()}'")`,
      "select * from t where id = '⟨generated quoted-value⟩'",
    ],
  ])('%s', (body, expected) => {
    expect(sites(body)).toContain(expected);
  });

  test('what a client sent is told apart', () => {
    const text = `from fastapi import APIRouter, Depends\nfrom sqlalchemy.orm import Session\nfrom sqlalchemy import text\nrouter = APIRouter()\n@router.get("/")\ndef find(q: str, n: int, db: Session = Depends(get)):\n    db.execute(text(f"select '{q}', {n}"))\n    db.execute(q)\n`;
    const found = read(text).sites;
    expect(found.map(({ api, holes }) => [api, holes.map(({ provenance }) => provenance)])).toEqual([
      ['sqlalchemy text()', ['request', 'numeric']],
      ['db.execute()', ['request']],
    ]);
    expect(found.map(({ confidence }) => confidence)).toEqual(['high', 'high']);
  });

  test.each([
    ['from flask import request\ndef find(cur):\n    cur.execute("select " + request.args["q"])\n'],
    ['def view(request, name):\n    cur.execute(f"select * from t where a = \'{name}\'")\n'],
    ['import sys\ndef main(cur):\n    cur.execute(f"select {sys.argv[1]}")\n'],
  ])('%s holds what a client sent', (text) => {
    expect(read(text).sites[0]!.holes[0]!.provenance).toBe('request');
  });

  test('a private function gets what its callers give', () => {
    const text = `def _run(cur, name):\n    cur.execute(f"truncate {name}")\ndef clean(cur):\n    _run(cur, "a")\n    _run(cur, "b")\n`;
    expect(read(text).sites[0]!.holes[0]!.provenance).toBe('constant');
  });

  test('a hole leads through the assignments that it came by', () => {
    const text = `def run(cur, x):\n    y = x.strip()\n    q = f"select {y}"\n    cur.execute(q)\n`;
    const [hole] = read(text).sites[0]!.holes;
    expect(text.slice(hole!.span.start, hole!.span.end)).toBe('y');
    expect(hole!.trail.map(({ start, end }) => text.slice(start, end))).toEqual(['y = x.strip()', 'q = f"select {y}"']);
  });
});

describe('forms that are harmless', () => {
  const harmless = ['constant', 'constant-name', 'numeric', 'placeholders', 'quoted-identifier'];
  test.each([
    ['cur.execute(f"select 1")'],
    ['cur.execute("select " + "1")'],
    ['cur.execute("select {}".format("a"))'],
    ['cur.execute(f"select * from {TABLE}")'],
    ['cur.execute(f"select * from t where a = \'{Status.OPEN.value}\'")'],
    ['session.execute(text(f"truncate {Invoice.__tablename__}"))'],
    ['cur.execute(f"select 1 limit {int(x)}")'],
    ['cur.execute("select 1 limit %d" % x)'],
    ['cur.execute(f"select {len(ids)}")'],
    ['cur.execute(f"select {x:d}")'],
    ["cur.execute(f\"select 1 order by a {'asc' if x else 'desc'}\")"],
    ['for t, c in (("a", "b"), ("c", "d")):\n    cur.execute(f"alter table {t} add column {c} text")'],
    ['for n in NAMES:\n    cur.execute(f"drop table {n}")'],
    ['for k, v in COLS.items():\n    cur.execute(f"update t set {k} = \'{v}\'")'],
    ['cur.execute(f"select * from t order by {COLS[x]}")'],
    ['if x not in COLS:\n    raise ValueError(x)\ncur.execute(f"select * from t order by {x}")'],
    ['if not isinstance(x, int):\n    raise TypeError\ncur.execute(f"select 1 limit {x}")'],
    ['assert isinstance(x, int)\ncur.execute(f"select 1 limit {x}")'],
    ['if isinstance(x, (int, float)) and x:\n    cur.execute(f"select 1 limit {x}")'],
    ['for t in Base.metadata.sorted_tables:\n    session.execute(text(f"select * from {t.name}"))'],
    ['for t in reversed(Base.metadata.sorted_tables):\n    session.execute(text(f"truncate {t}"))'],
    ['for t in Base.metadata.tables:\n    session.execute(text(f"select * from {t}"))'],
    ['for name, t in db.metadata.tables.items():\n    session.execute(text(f"select * from {name}"))'],
    ['if x in ("a", "b"):\n    cur.execute(f"select * from t order by {x}")'],
    ['if not re.fullmatch(r"[a-z]+", x):\n    raise ValueError(x)\ncur.execute(f"select * from {x}")'],
    ['cur.execute("select * from t where id in (%s)" % ",".join(["%s"] * len(ids)), ids)'],
    ['marks = ",".join("?" for _ in ids)\ncur.execute(f"select * from t where id in ({marks})", ids)'],
    [
      'marks = ", ".join(f":p{i}" for i in range(len(ids)))\ncur.execute(f"select * from t where id in ({marks})", ids)',
    ],
    ['cur.execute(f"truncate {session.bind.dialect.identifier_preparer.quote(x)}")'],
    ['cur.execute(sql.SQL("select {} from t").format(sql.Identifier(x)))'],
    ['cur.execute("select %s", (x,))'],
    ['session.execute(text("select :x").bindparams(x=x))'],
    ['q = f"select {x}"\nq = "select 1"\ncur.execute(q)'],
    ['stmt = select(Invoice).where(Invoice.a == x)\nsession.execute(stmt)'],
    ['log(f"select {x} from t")'],
    ['raise ValueError(f"delete {x}")'],
    ['pool.execute(f"task {x}")'],
    ['cur.execute(t"select {x}")'],
  ])('%s', (body) => {
    const text = `${head}def run(cur, session, x, ids):\n${body.replace(/^/gm, '    ')}\n`;
    const holes = read(text, { path: 'app/queries.py' }).sites.flatMap((site) => site.holes);
    expect(holes.filter(({ provenance }) => !harmless.includes(provenance))).toEqual([]);
  });
});

describe('what goes along', () => {
  test.each([
    ['cur.execute("select %s", (x,))', true],
    ['cur.execute("select 1")', false],
    ['session.execute(text("select :x"), {"x": x})', true],
    ['session.execute(text("select :x").bindparams(x=x))', true],
    ['session.execute(text("select 1"))', false],
  ])('%s has parameters: %s', (body, expected) => {
    const text = `${head}def run(cur, session, x):\n    ${body}\n`;
    expect(read(text).sites.map(({ parameters }) => parameters)).toEqual([expected]);
  });

  test('DDL takes no parameters', () => {
    expect(read(`def run(cur, x):\n    cur.execute(f"create table {x} (a int)")\n`).sites[0]!.ddl).toBe(true);
  });

  test('a revision is the context of its sites, and they are operations too', () => {
    const facts = read(
      `from alembic import op\nrevision = "a"\ndown_revision = None\ndef upgrade(name):\n    op.execute(f"drop view {name}")\n`,
    );
    expect(facts.sites.map(({ api, context, ddl }) => [api, context, ddl])).toEqual([
      ['op.execute()', 'migration', true],
    ]);
    expect(facts.migrations[0]!.up.steps).toHaveLength(1);
  });

  test('tests are told apart', () => {
    expect(sites('cur.execute(f"select {x}")', 'cur, x', { scope: 'test' })).toHaveLength(1);
    expect(read('def t(cur, x):\n    cur.execute(f"select {x}")\n', { scope: 'test' }).sites[0]!.context).toBe('test');
  });

  test('whole statements of an application are read as statements', () => {
    const facts = read(
      `from sqlalchemy import text\ndef run(session):\n    session.execute(text("delete from users"))\n`,
    );
    expect(facts.statements.map(({ verb, where }) => [verb, where])).toEqual([['DELETE', 'absent']]);
  });
});

describe('usages', () => {
  test.each([
    ['Base.metadata.create_all(engine)', [['schema-sync', undefined]]],
    ['db.create_all()', [['schema-sync', undefined]]],
    ['conn.run_sync(Base.metadata.create_all)', [['schema-sync', undefined]]],
    ['Base.metadata.drop_all(engine)', [['schema-drop', undefined]]],
    ['conn.run_sync(Base.metadata.drop_all)', [['schema-drop', undefined]]],
    ['thing.create_all()', []],
    ['session.query(User).delete()', [['unfiltered-delete', 'User']]],
    ['session.query(User).filter(User.a == 1).delete()', []],
    ['User.query.update({"a": 1})', [['unfiltered-update', 'User']]],
    ['session.execute(delete(User))', [['unfiltered-delete', 'User']]],
    ['session.execute(delete(User).where(User.a == 1))', []],
    ['session.execute(update(User).values(a=1))', [['unfiltered-update', 'User']]],
    ['stmt = delete(User)\nsession.execute(stmt)', [['unfiltered-delete', 'User']]],
    ['stmt = delete(User)\nstmt = stmt.where(User.a == 1)\nsession.execute(stmt)', []],
    ['session.execute(User.__table__.delete())', [['unfiltered-delete', 'User']]],
    ['session.execute(User.__table__.delete().where(User.a == 1))', []],
    ['session.execute(User.__table__.delete(User.a == 1))', []],
    ['session.execute(User.__table__.update().values(a=1))', [['unfiltered-update', 'User']]],
    ['session.execute(models.User.__table__.update().values(a=1))', [['unfiltered-update', 'models.User']]],
    ['session.execute(delete(User).where(true()))', [['unfiltered-delete', 'User']]],
    ['session.execute(delete(User).where(sa.true()))', [['unfiltered-delete', 'User']]],
    ['session.execute(delete(User).where(true(), User.a == 1))', []],
    ['session.query(User).filter(sa.true()).delete()', [['unfiltered-delete', 'User']]],
    ['session.delete(user)', []],
    ['d.update({"a": 1})', []],
  ])('%s', (body, expected) => {
    const text = `import sqlalchemy as sa\nfrom sqlalchemy import delete, true, update\ndef run(session, conn):\n${body.replace(/^/gm, '    ')}\n`;
    expect(
      read(text).usages.flatMap((usage) =>
        /^(?:schema|unfiltered)-/.test(usage.kind) ? [[usage.kind, 'target' in usage ? usage.target : undefined]] : [],
      ),
    ).toEqual(expected);
  });
});

describe('what is known of values that other code makes', () => {
  test.each<[string, string]>([
    // A quoter written by hand: it doubles the quotes and puts the value between them.
    [
      `cur.execute("update {0} set a = {1}".format(ident(x), lit(x)))`,
      'update ⟨quoted-identifier identifier⟩ set a = ⟨quoted-literal value⟩',
    ],
    [`cur.execute("select * from t where a = " + lit(x))`, 'select * from t where a = ⟨quoted-literal value⟩'],
    [
      `import itertools\ncount = itertools.count()\nnames = [f"val_{next(count)}" for _ in ids]\nvalues = [":" + p for p in names]\ncur.execute("select * from t where a in ({0})".format(", ".join(values)))`,
      'select * from t where a in (⟨placeholders value⟩)',
    ],
    [
      `sql = 'a'\nfields = ','.join([ident(f) for f in ids])\nall = ('_id, ' if x else '') + fields\nmore = "select " + all\nif x:\n    more = more + " "\nfinal = "%s from {0}" % more\ncur.execute(final.format(ident(x)))`,
      'select ⟨quoted-identifier identifier⟩ from ⟨quoted-identifier identifier⟩',
    ],
    [
      `cur.execute("select * from t where a = '" + str(int(x)) + "' and b = '" + str(int(x)) + "' and c = '" + str(int(x)) + "' and d = '" + str(int(x)) + "' and e = '" + str(int(x)) + "' and f = '" + str(int(x)) + "' and g = '" + str(int(x)) + "'")`,
      `select * from t where ${['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `${name} = '⟨numeric quoted-value⟩'`).join(' and ')}`,
    ],
    [
      `import itertools\ncount = itertools.count()\nnames = [f"val_{next(count)}" for _ in ids]\nparts = [f"cast(:{p} as nested)" if f else ":" + p for p, f in zip(names, ids)]\ncur.execute("insert into t values (" + ", ".join(parts) + ")")`,
      'insert into t values (cast(:⟨numeric value⟩ as nested))',
    ],
    [
      `params = dict(table=ident(x), value=x)\ncur.execute("select * from {table} where a = '{value}'".format(**params))`,
      "select * from ⟨quoted-identifier identifier⟩ where a = '⟨parameter quoted-value⟩'",
    ],
    [
      `params = {"table": "t", "value": 1}\ncur.execute("select * from {table} where a = {value}".format(**params))`,
      'select * from t where a = ⟨constant value⟩',
    ],
    [
      `if '"' not in x and "'" not in x:\n    cur.execute(f"select nextval('{x}') from {x}")`,
      "select nextval('⟨quoted-literal quoted-value⟩') from ⟨quoted-identifier identifier⟩",
    ],
    [`cur.execute(f"select '1 {Status.OPEN.value}'::interval")`, "select '1 ⟨constant-name quoted-value⟩'::interval"],
  ])('%s', (body, expected) => {
    const quoters = `def ident(s):\n    return u'"' + s.replace(u'"', u'""').replace(u'\\0', '') + u'"'\ndef lit(s):\n    return "'" + s.replace("'", "''") + "'"\n`;
    const text = `${head}${quoters}def run(cur, session, x, ids):\n${body.replace(/^/gm, '    ')}\n`;
    const facts = read(text, { path: 'app/queries.py' });
    const said = facts.sites.map(({ skeleton, holes }) =>
      skeleton
        .map((part) => (typeof part === 'string' ? part : `⟨${holes[part]!.provenance} ${holes[part]!.position}⟩`))
        .join(''),
    );
    expect(said).toContain(expected);
    expect(facts.statements.flatMap(({ problems }) => problems)).toEqual([]);
  });

  test('members and parameters of an enum are one of its names', () => {
    const text = `from enum import StrEnum\nfrom sqlalchemy import text\nclass Interval(StrEnum):\n    day = "day"\n    def sql(self):\n        return text(f"'1 {self.value}'::interval")\ndef since(session, each: Interval, more: "Interval | None"):\n    session.execute(text(f"select '1 {each}', '{each.value}', '{more}'"))\n`;
    expect(read(text).sites.map(({ holes }) => holes.map(({ provenance }) => provenance))).toEqual([
      ['constant-name'],
      ['constant-name', 'constant-name', 'constant-name'],
    ]);
  });

  test('enums and quoters of other files', () => {
    const files = link({
      'app/kinds.py': `from enum import StrEnum\nimport sqlalchemy\nclass Kind(StrEnum):\n    a = "a"\nclass Plain:\n    pass\ndef quoted(s):\n    return "'" + s.replace("'", "''") + "'"\ndef named(s):\n    return '"' + s.replace('"', '""') + '"'\ndef raw(s):\n    return "'" + s + "'"\n`,
      'app/run.py': `from sqlalchemy import text\nfrom app.kinds import Kind, Plain, quoted, named, raw\nfrom app import kinds\ndef run(session, kind: Kind, plain: Plain, x):\n    session.execute(text(f"select '{kind}', '{kind.value}', '{plain}'"))\n    session.execute(text("select a from {0} where b = {1} and c = {2}".format(named(x), quoted(x), raw(x))))\n    session.execute(text("select a from t where b = " + kinds.quoted(x)))\n`,
    });
    expect(files['app/run.py']!.sites.map(({ holes }) => holes.map(({ provenance }) => provenance))).toEqual([
      ['constant-name', 'constant-name', 'parameter'],
      ['quoted-identifier', 'quoted-literal', 'opaque'],
      ['quoted-literal'],
    ]);
  });

  test('what joins an enum with something else is as bad as that', () => {
    const files = link({
      'app/kinds.py': `from enum import StrEnum\nimport sqlalchemy\nclass Kind(StrEnum):\n    a = "a"\n`,
      'app/run.py': `from sqlalchemy import text\nfrom app.kinds import Kind\ndef run(session, kind: Kind, x):\n    session.execute(text("select '%s'" % (kind or x)))\n`,
    });
    expect(files['app/run.py']!.sites[0]!.holes[0]!.provenance).toBe('parameter');
  });
});

test('SQL under a condition on the dialect is of that dialect', () => {
  const text = `from sqlalchemy import text\ndef run(conn):\n    if conn.dialect.name == "sqlite":\n        conn.execute(text("PRAGMA foreign_keys=OFF"))\n    conn.execute(text("SELECT now()"))\n`;
  const { statements, sites } = read(text);
  expect(statements.map(({ dialect }) => dialect)).toEqual(['sqlite', 'postgresql']);
  expect(sites.map(({ dialect }) => dialect)).toEqual(['sqlite', 'postgresql']);
});
