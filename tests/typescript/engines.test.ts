import { describe, expect, test } from 'vitest';
import { reader } from '../../src/frontends/typescript/reader.js';
import type { Engine } from '../../src/ir/index.js';

const imports =
  "import { DataSource } from 'typeorm';\nimport { TypeOrmModule } from '@nestjs/typeorm';\nimport { Pool } from 'pg';\nimport * as mysql from 'mysql2/promise';\n";

function enginesOf(code: string, before = imports): readonly Engine[] {
  const file = { path: 'src/data.ts', text: before + code };
  return reader.read(file, { dialect: 'postgresql', scope: 'project' }).engines ?? [];
}

/** Where the database comes from: `text postgres://shop:«s3cret»@db/shop`. */
function say(code: string, before = imports): string {
  const [engine] = enginesOf(code, before);
  const { from, name, absent, parts } = engine!.url!;
  const { driver = '?', user = '?', host = '?', database = '?', password } = parts ?? {};
  const written = password && (before + code).slice(password.span.start, password.span.end);
  const secret = password ? `:«${written}»${password.fallbackOf ? `(${password.fallbackOf})` : ''}` : '';
  return [from, name, absent, `${driver}://${user}${secret}@${host}/${database}`].filter(Boolean).join(' ');
}

describe('the database of a connection', () => {
  test.each([
    [
      "new DataSource({ type: 'postgres', host: 'db', username: 'shop', password: 's3cret', database: 'shop' })",
      'text postgres://shop:«s3cret»@db/shop',
    ],
    [
      "new DataSource({ type: 'postgres', url: 'postgres://shop:s3cret@db/shop' })",
      'text postgres://shop:«s3cret»@db/shop',
    ],
    ["new DataSource({ type: 'mysql', url: process.env.URL })", 'environment URL none mysql://?@?/?'],
    ["new DataSource({ type: 'mysql', url: process.env['URL']! })", 'environment URL none mysql://?@?/?'],
    [
      "new DataSource({ type: 'mysql', url: process.env.URL ?? 'mysql://a:b@c/d' })",
      'environment URL fallback mysql://a:«b»@c/d',
    ],
    ["new DataSource({ type: 'postgres', password: process.env.P || 's3cret' })", 'text postgres://?:«s3cret»(P)@?/?'],
    ['new Pool({ connectionString: `postgres://shop:${process.env.P}@db/shop` })', 'text postgres://shop@db/shop'],
    [
      "const P = 's3cret';\nnew Pool({ connectionString: `postgres://shop:${P}@db/shop` })",
      'text postgres://shop:«s3cret»@db/shop',
    ],
    ["mysql.createPool('mysql://shop:s3cret@db/shop')", 'text mysql://shop:«s3cret»@db/shop'],
    [
      "const options = { type: 'postgres', password: 's3cret' } as const;\nnew DataSource(options)",
      'text postgres://?:«s3cret»@?/?',
    ],
    [
      "TypeOrmModule.forRootAsync({ useFactory: () => ({ type: 'postgres', password: 's3cret' }) })",
      'text postgres://?:«s3cret»@?/?',
    ],
  ])('%s', (code, expected) => {
    expect(say(code)).toBe(expected);
  });

  test.each([
    [
      'pg',
      "import { Client } from 'pg'; new Client('postgres://shop:s3cret@db/shop')",
      'text postgres://shop:«s3cret»@db/shop',
    ],
    [
      'postgres',
      "import postgres from 'postgres'; postgres('postgres://shop:s3cret@db/shop', { max: 5 })",
      'text postgres://shop:«s3cret»@db/shop',
    ],
    [
      'postgres',
      "import postgres from 'postgres'; postgres({ host: 'db', user: 'shop', password: 's3cret' })",
      'text ?://shop:«s3cret»@db/?',
    ],
    [
      'postgres',
      "import postgres from 'postgres'; postgres(process.env.DATABASE_URL!)",
      'environment DATABASE_URL none ?://?@?/?',
    ],
    [
      'slonik',
      "import { createPool } from 'slonik'; createPool('postgres://shop:s3cret@db/shop')",
      'text postgres://shop:«s3cret»@db/shop',
    ],
    [
      'pg-promise',
      "const pgp = require('pg-promise')(); pgp({ host: 'db', password: 's3cret' })",
      'text ?://?:«s3cret»@db/?',
    ],
    [
      'mysql',
      "const mysql = require('mysql'); mysql.createPool({ host: 'db', user: 'shop', password: 's3cret' })",
      'text ?://shop:«s3cret»@db/?',
    ],
    [
      'mariadb',
      "import * as mariadb from 'mariadb'; mariadb.createPool({ host: 'db', password: 's3cret' })",
      'text ?://?:«s3cret»@db/?',
    ],
    [
      'mssql',
      "import sql from 'mssql'; sql.connect({ server: 'db', user: 'sa', password: 's3cret' })",
      'text ?://sa:«s3cret»@db/?',
    ],
    [
      'oracledb',
      "import oracledb from 'oracledb'; oracledb.createPool({ user: 'shop', password: 's3cret' })",
      'text ?://shop:«s3cret»@?/?',
    ],
    [
      'libsql',
      "import { createClient } from '@libsql/client'; createClient({ url: 'libsql://db', authToken: 's3cret' })",
      'text libsql://?:«s3cret»@db/',
    ],
  ])('%s: %s', (library, code, expected) => {
    const file = { path: 'src/data.ts', text: code };
    const [engine] = reader.read(file, { dialect: 'postgresql', scope: 'project' }).engines ?? [];
    expect(engine?.library).toBe(library);
    expect(say(code, '')).toBe(expected);
  });

  test('options behind a URL, and those that are not known', () => {
    const read = (code: string): Engine | undefined => enginesOf(`import postgres from 'postgres';\n${code}`).at(-1);
    expect(read("postgres('postgres://db/shop', { max: 5 })")?.options.map(({ name, known }) => [name, known])).toEqual(
      [['max', 5]],
    );
    expect(read("postgres('postgres://db/shop', settings)")?.open).toBe(true);
    expect(read('postgres(settings)')?.open).toBe(true);
    expect(read("postgres('postgres://db/shop')")?.open).toBeUndefined();
  });

  test('options, those inside of objects too', () => {
    const [engine] = enginesOf("new DataSource({ type: 'postgres', synchronize: true, extra: { max: 10 }, ...more })");
    expect(engine!.options.map(({ name, known }) => [name, known])).toEqual([
      ['type', 'postgres'],
      ['synchronize', true],
      ['extra', undefined],
      ['extra.max', 10],
    ]);
    expect(engine!.open).toBe(true);
  });

  test('nothing of other libraries', () => {
    expect(enginesOf("import { Pool as Threads } from 'workers';\nnew Threads({ password: 'x' });\n")).toEqual([]);
  });
});

describe('where it stands', () => {
  const made = "new DataSource({ type: 'postgres' })";
  test.each([
    [`export default ${made};`, 'module'],
    [`class A { source = ${made}; }`, 'class'],
    [`async function f() { const s = ${made}; await s.initialize(); return s.query('x'); }`, 'function local'],
    [`async function f() { const s = ${made}; return s.initialize(); }`, 'function returned'],
    [`async function f() { const s = ${made}; await s.query('x'); await s.destroy(); }`, 'function closed'],
    [`async function f() { const s = ${made}; register(s); }`, 'function kept'],
    [`async function f() { const s = ${made}; return () => s.query('x'); }`, 'function kept'],
    [`class A { open() { this.source = ${made}; } }`, 'function kept'],
    [`let s; function f() { if (!s) s = ${made}; return s; }`, 'function cached kept'],
    [`let s; const f = () => (s ??= ${made});`, 'function cached kept'],
    [`async function f() { const s = ${made}; await s.query('x'); }\nvoid f();`, 'function script local'],
    [`app.get('/', async (request) => { const s = ${made}; await s.query('x'); });`, 'function handler local'],
  ])('%s', (code, expected) => {
    const { place, fate } = enginesOf(code)[0]!;
    expect([place.in, place.once, place.handler && 'handler', fate].filter(Boolean).join(' ')).toBe(expected);
  });
});
