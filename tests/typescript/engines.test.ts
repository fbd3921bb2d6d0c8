import { describe, expect, test } from 'vitest';
import { reader } from '../../src/frontends/typescript/reader.js';
import type { Engine } from '../../src/ir/index.js';

const imports =
  "import { DataSource } from 'typeorm';\nimport { TypeOrmModule } from '@nestjs/typeorm';\nimport { Pool } from 'pg';\nimport * as mysql from 'mysql2/promise';\n";

function enginesOf(code: string): readonly Engine[] {
  const file = { path: 'src/data.ts', text: imports + code };
  return reader.read(file, { dialect: 'postgresql', scope: 'project' }).engines ?? [];
}

/** Where the database comes from: `text postgres://shop:«s3cret»@db/shop`. */
function say(code: string): string {
  const [engine] = enginesOf(code);
  const { from, name, absent, parts } = engine!.url!;
  const { driver = '?', user = '?', host = '?', database = '?', password } = parts ?? {};
  const written = password && (imports + code).slice(password.span.start, password.span.end);
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
