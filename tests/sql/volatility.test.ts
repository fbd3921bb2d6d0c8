import { PGlite } from '@electric-sql/pglite';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dialect, Volatility } from '../../src/ir/index.js';
import { extensionFunctions, postgresqlFunctions } from '../../src/frontends/sql/function-volatility.js';
import { serverDefault } from '../../src/frontends/sql/volatility.js';

describe('the functions of PostgreSQL', () => {
  let server: PGlite;
  beforeAll(async () => {
    server = await PGlite.create({ extensions: { pgcrypto, uuid_ossp } });
    await server.exec('CREATE SCHEMA e; CREATE EXTENSION "uuid-ossp" SCHEMA e; CREATE EXTENSION pgcrypto SCHEMA e');
  }, 120_000);
  afterAll(() => server.close());

  /** What the catalogue says of all functions of a name: letters of provolatile. */
  async function catalogue(schema: string): Promise<Map<string, string>> {
    const { rows } = await server.query<{ name: string; letters: string }>(
      `SELECT proname AS name, string_agg(DISTINCT provolatile::text, '' ORDER BY provolatile::text) AS letters
         FROM pg_proc WHERE pronamespace = $1::regnamespace GROUP BY 1`,
      [schema],
    );
    return new Map(rows.map(({ name, letters }) => [name, letters]));
  }
  const words = new Map([
    ['v', 'volatile'],
    ['s', 'stable'],
    ['i', 'immutable'],
    ['is', 'mixed'],
  ]);

  it.each([
    ['pg_catalog', postgresqlFunctions],
    ['e', extensionFunctions],
  ] as const)('are as steady as the catalogue says: %s', async (schema, functions) => {
    const measured = await catalogue(schema);
    const expected = [...functions.keys()].map((name) => [name, words.get(measured.get(name) ?? '')] as const);
    expect(functions.size).toBeGreaterThan(5);
    expect(functions).toEqual(new Map(expected));
  });
});

describe('how long a default holds is told by its text', () => {
  it.each<[string, Dialect, Volatility | undefined]>([
    ["'x'", 'postgresql', 'immutable'],
    ['-1', 'mysql', 'immutable'],
    ["(('x'::varchar))::text", 'postgresql', 'immutable'],
    ["'2024-01-01'::timestamptz::text", 'postgresql', undefined],
    ["ARRAY['a']::text[]", 'postgresql', 'immutable'],
    ['CURRENT_TIMESTAMP(3)', 'mysql', 'stable'],
    ["(now() AT TIME ZONE 'utc')", 'postgresql', 'stable'],
    ["date_trunc('day', now())", 'postgresql', 'stable'],
    ["date_trunc('day', 'x')", 'postgresql', undefined],
    ["nextval('s'::regclass)", 'postgresql', 'volatile'],
    ['public.uuid_generate_v4()', 'postgresql', 'volatile'],
    ['public.now()', 'postgresql', undefined],
    ['lower(own())', 'postgresql', undefined],
    ['(uuid())', 'mariadb', 'volatile'],
    ['(newid())', 'tsql', 'volatile'],
    ['(random())', 'sqlite', 'volatile'],
    ["'never closed", 'postgresql', undefined],
    ['', 'postgresql', undefined],
  ])('%s (%s)', (text, dialect, volatility) => {
    expect(serverDefault(text, { start: 0, end: 1 }, dialect).volatility).toBe(volatility);
  });
});
