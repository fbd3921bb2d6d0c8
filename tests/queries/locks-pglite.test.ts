import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { casesOf, measuredOutcome, projectOfCases, read, saidOutcome, type Case } from './measured/cases.js';
import { exceptionsOf } from './measured/exceptions.js';
import { measure, type Server } from './measured/measure.js';

/** The version of PostgreSQL that PGlite is. */
const VERSION = 18;

const later = casesOf('postgresql-18.6.json');
const isLater = (each: Case): boolean => later.some(({ ddl }) => ddl === each.ddl);
const earlier = [...casesOf('postgresql-15.18.json'), ...casesOf('postgresql-15.18-more.json')];
/** Each statement once, under the name of what 18 does with it. */
const cases = [...earlier.filter((each) => !isLater(each)), ...later];

/** PGlite, which tells what it does by notices. */
class Embedded implements Server {
  constructor(private readonly database: PGlite) {}

  async run(sql: string): Promise<string[]> {
    const messages: string[] = [];
    await this.database.exec(sql, {
      onNotice: ({ severity, message }) => severity === 'DEBUG' && message !== undefined && messages.push(message),
    });
    return messages;
  }

  async query<Row>(sql: string): Promise<Row[]> {
    return (await this.database.query<Row>(sql)).rows;
  }
}

describe('what PGlite does now', async () => {
  let database: PGlite;
  let server: Embedded;
  const project = await projectOfCases(cases, VERSION);

  beforeAll(async () => {
    database = await PGlite.create();
    server = new Embedded(database);
    await server.run(`${read('schema.sql')}${read('rows.sql')}SET client_min_messages = debug1;`);
  });

  afterAll(() => database.close());

  test(`is PostgreSQL ${VERSION}`, async () => {
    const [row] = await server.query<{ server_version: string }>('SHOW server_version');
    expect(row?.server_version).toMatch(new RegExp(`^${VERSION}\\.`));
  });

  test.each(cases.map((each) => [each.case, each] as const))('%s', async (name, each) => {
    const now = await measure(server, each.ddl);
    if (now.error.length > 0) {
      expect(each.error).toBeDefined();
      expect(each.error).not.toEqual([]);
      return;
    }
    const before = { ...measuredOutcome(each), locks: each.locks };
    const expected = measuredOutcome({ ...each, ...now });
    // GRANT holds its table for reading since then.
    if (name === 'GRANT') expect(expected.locks).toEqual({ t: 'AccessShareLock' });
    else expect(expected).toEqual(before);
    const said = saidOutcome(project, cases.indexOf(each));
    const open = exceptionsOf(name);
    if (open.has('all')) expect(said).toBeUndefined();
    else {
      const parts = (Object.keys(expected) as (keyof typeof expected)[]).filter((part) => !open.has(part));
      expect(parts.map((part) => [part, said?.[part]])).toEqual(parts.map((part) => [part, expected[part]]));
    }
  });
});
