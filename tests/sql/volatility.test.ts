import { PGlite } from '@electric-sql/pglite';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extensionFunctions, postgresqlFunctions } from '../../src/frontends/sql/function-volatility.js';

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
