import { describe, expect, test } from 'vitest';
import type { DatabaseUrl, Engine } from '../../src/ir/index.js';
import { read } from './reading.js';

const imports = 'import os\nfrom sqlalchemy import create_engine\n';
const enginesOf = (text: string, path = 'app/db.py'): Engine[] => read(text, { path }).engines ?? [];

function only(text: string): Engine {
  const [engine, ...others] = enginesOf(text);
  if (engine === undefined || others.length > 0) throw new Error(`${others.length + Number(Boolean(engine))} engines`);
  return engine;
}

/** A URL in a few words: `environment DATABASE_URL none`, `text postgresql://app:«s3cret»@db/app`. */
function say(text: string, url: DatabaseUrl | undefined): string {
  if (url === undefined) return '-';
  const { from, name, absent, parts } = url;
  const password = parts?.password;
  const written = password && text.slice(password.span.start, password.span.end);
  const secret = password === undefined ? '' : `:«${written}»${password.fallbackOf ? `(${password.fallbackOf})` : ''}`;
  const { driver = '?', user = '?', host = '?', database = '?' } = parts ?? {};
  const said = parts && `${driver}://${user}${secret}@${host}/${database}`;
  return [from, name, absent, said].filter((each) => each !== undefined).join(' ');
}

describe('the URL of an engine', () => {
  test.each([
    [
      '"postgresql+psycopg://app:s3cret@db.internal:5432/shop?x=1"',
      'text postgresql+psycopg://app:«s3cret»@db.internal/shop',
    ],
    ['"postgresql://app@db/shop"', 'text postgresql://app@db/shop'],
    ['"postgresql://app:@db/shop"', 'text postgresql://app@db/shop'],
    ['"sqlite://"', 'text sqlite://?@/'],
    ['"sqlite:///./app.db"', 'text sqlite://?@/./app.db'],
    ['"sqlite:///:memory:"', 'text sqlite://?@/:memory:'],
    ['os.getenv("URL")', 'environment URL none'],
    ['os.getenv("URL", "")', 'environment URL none'],
    ['os.environ.get("URL", None)', 'environment URL none'],
    ['os.environ["URL"]', 'environment URL raises'],
    ['str(os.environ["URL"])', 'environment URL raises'],
    ['os.getenv("URL", "postgresql://a:b@c/d")', 'environment URL fallback postgresql://a:«b»@c/d'],
    ['os.getenv("URL") or "postgresql://a:b@c/d"', 'environment URL fallback postgresql://a:«b»@c/d'],
    ['os.getenv("URL") or os.environ["OTHER"]', 'environment OTHER raises'],
    ['os.getenv("URL").replace("postgres://", "postgresql://", 1)', 'environment URL none'],
    ['f"postgresql://app:{os.environ[\'P\']}@db/shop"', 'text postgresql://app@db/shop'],
    ["f\"postgresql://app:{os.getenv('P', 's3cret')}@db/shop\"", 'text postgresql://app:«s3cret»(P)@db/shop'],
    ['"postgresql://app:" + os.environ["P"] + "@db/shop"', 'text postgresql://app@db/shop'],
    ['"postgresql://app:s3cret@" + host', 'text postgresql://app:«s3cret»@?/'],
    ['"postgresql://%s:%s@db/shop" % (user, password)', 'text postgresql://?@db/shop'],
    ['"postgresql://{}:s3cret@db/shop".format(user)', 'text postgresql://?:«s3cret»@db/shop'],
    ['settings.DATABASE_URL', 'setting settings.DATABASE_URL'],
    ['str(settings.DATABASE_URL)', 'setting settings.DATABASE_URL'],
    ['config["url"]', 'setting url'],
    ['make_url()', 'unknown'],
  ])('%s', (argument, expected) => {
    const text = `${imports}engine = create_engine(${argument})\n`;
    expect(say(text, only(text).url)).toBe(expected);
  });

  test.each([
    ['URL = os.getenv("URL")', 'environment URL none'],
    ['URL = os.getenv("URL")\nif not URL:\n    raise RuntimeError', 'environment URL checked'],
    ['URL = os.getenv("URL")\nif URL is None:\n    sys.exit(1)', 'environment URL checked'],
    ['URL = os.getenv("URL")\nassert URL', 'environment URL checked'],
    ['URL = os.getenv("URL")\nif URL.startswith("x"):\n    URL = URL.replace("x", "y")', 'environment URL none'],
    ['URL = os.getenv("URL")\nif not URL:\n    URL = "sqlite:///a.db"', 'environment URL fallback sqlite://?@/a.db'],
    ['from settings import URL', 'setting URL'],
    ['class Settings:\n    URL = "mysql://a:b@c/d"\nURL = Settings.URL', 'text mysql://a:«b»@c/d'],
    ['PASSWORD = "s3cret"\nURL = f"postgresql://app:{PASSWORD}@db/shop"', 'text postgresql://app:«s3cret»@db/shop'],
    ['def url():\n    return os.getenv("URL")\nURL = url()', 'environment URL none'],
    ['def url(env):\n    urls = {"a": "b"}\n    return urls.get(env)\nURL = url("x")', 'lookup none'],
  ])('%s', (before, expected) => {
    const text = `${imports}${before}\nengine = create_engine(URL)\n`;
    expect(say(text, enginesOf(text).at(-1)?.url)).toBe(expected);
  });

  test('made by URL.create', () => {
    const text =
      'from sqlalchemy import URL, create_engine\n' +
      'url = URL.create("postgresql", username="app", password="s3cret", host="db", database="shop")\n' +
      'engine = create_engine(url)\n';
    expect(say(text, only(text).url)).toBe('text postgresql://app:«s3cret»@db/shop');
  });

  test('of a driver: keywords, a DSN', () => {
    const text =
      'import psycopg2\nimport asyncpg\n' +
      'psycopg2.connect(host="db", user="app", password="s3cret", dbname="shop")\n' +
      'psycopg2.connect("host=db user=app password=s3cret dbname=shop")\n' +
      'asyncpg.connect("postgresql://app:s3cret@db/shop")\n';
    expect(enginesOf(text).map(({ url }) => say(text, url))).toEqual([
      'text ?://app:«s3cret»@db/shop',
      'text ?://app:«s3cret»@db/shop',
      'text postgresql://app:«s3cret»@db/shop',
    ]);
  });
});

describe('what is made', () => {
  test.each([
    ['from sqlalchemy.ext.asyncio import create_async_engine as make\nmake(u)', 'engine true'],
    ['import sqlalchemy as sa\nsa.create_engine(u)', 'engine false'],
    ['from sqlmodel import create_engine\ncreate_engine(u)', 'engine false'],
    ['from sqlalchemy.ext.asyncio import async_sessionmaker\nasync_sessionmaker(e)', 'session-factory true'],
    ['from sqlalchemy.ext.asyncio import AsyncSession\nAsyncSession(e)', 'session true'],
    ['from sqlmodel.ext.asyncio.session import AsyncSession\nAsyncSession(e)', 'session true'],
    [
      'from sqlalchemy.orm import sessionmaker\nfrom sqlalchemy.ext.asyncio import AsyncSession\nsessionmaker(e, class_=AsyncSession)',
      'session-factory true',
    ],
    ['from sqlalchemy.orm import sessionmaker\nsessionmaker(e, class_=kind)', 'session-factory unknown'],
    ['from sqlalchemy.orm import sessionmaker\nsessionmaker(e)', 'session-factory false'],
  ])('%s', (text, expected) => {
    const { kind, asynchronous } = only(`${text}\n`);
    expect(`${kind} ${String(asynchronous)}`).toBe(expected);
  });

  test('nothing of other libraries', () => {
    expect(
      enginesOf(
        'from pyspark import create_engine\nfrom mine import AsyncSession\ncreate_engine(x)\nAsyncSession(y)\n',
      ),
    ).toEqual([]);
  });

  test('options, of a spread dict too', () => {
    const text =
      'from sqlalchemy import create_engine, pool\nMORE = {"pool_size": 5}\n' +
      'create_engine(u, echo=True, future=flag, poolclass=pool.NullPool, **MORE)\n';
    const { options, open } = only(text);
    expect(options.map(({ name, known }) => [name, known])).toEqual([
      ['echo', true],
      ['future', undefined],
      ['poolclass', 'NullPool'],
      ['pool_size', 5],
    ]);
    expect(open).toBeUndefined();
    expect(only(`${imports}create_engine(u, **options)\n`).open).toBe(true);
  });

  test('settings of Flask-SQLAlchemy', () => {
    const text =
      'class Config:\n    SQLALCHEMY_DATABASE_URI = "mysql://a:b@c/d"\n    SQLALCHEMY_ECHO = True\n' +
      'app.config["SQLALCHEMY_ECHO"] = False\napp.config.update(SQLALCHEMY_ENGINE_OPTIONS={"pool_pre_ping": True})\n';
    expect(
      enginesOf(text).map(({ api, url, options }) => [
        api,
        say(text, url),
        options.map(({ name, known }) => `${name}=${String(known)}`).join(),
      ]),
    ).toEqual([
      ['SQLALCHEMY_DATABASE_URI', 'text mysql://a:«b»@c/d', ''],
      ['SQLALCHEMY_ECHO', '-', 'echo=true'],
      ['SQLALCHEMY_ECHO', '-', 'echo=false'],
      ['SQLALCHEMY_ENGINE_OPTIONS', '-', 'pool_pre_ping=true'],
    ]);
  });

  test('URLs that nothing uses', () => {
    const text =
      '"""postgresql://a:docs@c/d"""\nDATABASE_URL = "postgresql://a:b@c/d"\nOTHER = "postgresql://c/d"\n' +
      'assert x == "postgresql://a:compared@c/d"\noption(help="postgresql://a:help@c/d")\nDATABASES = {"one": "mysql://a:e@c/d"}\n';
    expect(enginesOf(text).map(({ kind, url }) => `${kind} ${say(text, url)}`)).toEqual([
      'url text postgresql://a:«b»@c/d',
      'url text mysql://a:«e»@c/d',
    ]);
  });
});

describe('where it stands', () => {
  const place = (text: string) => {
    const { place: found, fate, repeatedly } = enginesOf(imports + text).find(({ kind }) => kind === 'engine')!;
    return [found.in, found.once, found.handler && 'handler', fate, repeatedly && 'repeatedly']
      .filter(Boolean)
      .join(' ');
  };
  test.each([
    ['engine = create_engine(u)', 'module'],
    ['class A:\n    engine = create_engine(u)', 'class'],
    ['if __name__ == "__main__":\n    engine = create_engine(u)', 'main'],
    [
      'def f():\n    engine = create_engine(u)\n    with engine.connect() as c:\n        c.execute(q)',
      'function local',
    ],
    ['def f():\n    with create_engine(u).connect() as c:\n        c.execute(q)', 'function local'],
    [
      'def f():\n    e = create_engine(u)\n    with e.connect() as c:\n        pass\n    e.dispose()',
      'function closed',
    ],
    ['def f():\n    return create_engine(u)\ne = f()', 'function returned'],
    ['def f():\n    return create_engine(u)\ndef g():\n    return f()', 'function returned repeatedly'],
    ['def f():\n    global engine\n    engine = create_engine(u)', 'function kept'],
    ['class A:\n    def f(self):\n        self.e = create_engine(u)', 'function kept'],
    ['def f(app):\n    e = create_engine(u)\n    app.register(e)', 'function kept'],
    ['import functools\n@functools.lru_cache\ndef f():\n    return create_engine(u)', 'function cached returned'],
    ['from functools import cache\n@cache\ndef f():\n    return create_engine(u)', 'function cached returned'],
    [
      '_e = None\ndef f():\n    global _e\n    if _e is None:\n        _e = create_engine(u)\n    return _e',
      'function cached kept',
    ],
    [
      'def f():\n    if "e" not in pools:\n        pools["e"] = create_engine(u)\n    return pools["e"]',
      'function cached kept',
    ],
    ['async def lifespan(app):\n    e = create_engine(u)\n    yield', 'function startup local'],
    ['@app.get("/")\ndef f():\n    e = create_engine(u)\n    e.execute(q)', 'function handler local'],
    ['def get_db():\n    e = create_engine(u)\n    yield e', 'function handler returned'],
    ['@click.command()\ndef f():\n    e = create_engine(u)\n    e.execute(q)', 'function command local'],
    [
      'def f():\n    e = create_engine(u)\n    e.execute(q)\nif __name__ == "__main__":\n    f()',
      'function script local',
    ],
    [
      'from sqlalchemy.orm import sessionmaker\ndef f():\n    e = create_engine(u)\n    S = sessionmaker(bind=e)\n    with S() as s:\n        s.execute(q)',
      'function local',
    ],
    [
      'from sqlalchemy.orm import sessionmaker\ndef f():\n    return sessionmaker(create_engine(u))',
      'function returned',
    ],
  ])('%s', (text, expected) => {
    expect(place(`${text}\n`)).toBe(expected);
  });
});
