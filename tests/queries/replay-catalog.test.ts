import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { replaysOf } from '../../src/queries/replay.js';
import { Server } from './support/catalog.js';
import { scriptOf } from './support/project.js';
import { shapeOf } from './support/shape.js';

let server: Server;
beforeAll(async () => {
  server = await Server.start();
}, 60_000);
beforeEach(() => server.clear());
afterAll(() => server.stop());

/** Scripts that PostgreSQL takes; what each is about. */
const scripts: Record<string, string> = {
  'keys and indexes of a table, named by the database': `
    CREATE TABLE p (id bigint PRIMARY KEY);
    CREATE TABLE t (
      id bigserial PRIMARY KEY, a int UNIQUE, b text NOT NULL CHECK (b <> ''), c bigint REFERENCES p (id),
      d int, CHECK (a < d), UNIQUE (a, d));
    CREATE INDEX ON t (a, b); CREATE INDEX ON t (a, b); CREATE INDEX ON t (lower(b));`,
  'columns come, go and change': `
    CREATE TABLE t (id int, a int, b text);
    ALTER TABLE t ADD COLUMN c int NOT NULL DEFAULT 1, DROP COLUMN a, ALTER COLUMN b SET NOT NULL;
    ALTER TABLE t ALTER COLUMN c DROP NOT NULL, ADD PRIMARY KEY (id);
    ALTER TABLE t RENAME COLUMN b TO e;`,
  'a column goes with what holds it': `
    CREATE TABLE t (id int PRIMARY KEY, a int, b int, UNIQUE (a, b), CHECK (a > 0));
    CREATE INDEX i1 ON t (a); CREATE INDEX i2 ON t (b) WHERE a > 1; CREATE INDEX i3 ON t (b) INCLUDE (a);
    CREATE INDEX i4 ON t ((a + b)); CREATE INDEX i5 ON t (b);
    ALTER TABLE t DROP COLUMN a;`,
  'a table goes with the foreign keys that point to it': `
    CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, p_id int REFERENCES p);
    DROP TABLE p CASCADE;`,
  'names are cut to 63 bytes': `
    CREATE TABLE "${'é'.repeat(40)}" (id int CONSTRAINT ${'c'.repeat(70)} PRIMARY KEY, ${'a'.repeat(64)} int);
    CREATE INDEX ${'i'.repeat(64)} ON "${'é'.repeat(40)}" (${'a'.repeat(65)});
    ALTER TABLE "${'é'.repeat(31)}" DROP CONSTRAINT ${'c'.repeat(63)};`,
  'renames are followed': `
    CREATE TABLE p (id int PRIMARY KEY);
    CREATE TABLE t (id int PRIMARY KEY, p_id int CONSTRAINT fk REFERENCES p (id));
    CREATE INDEX i ON t (p_id);
    ALTER TABLE p RENAME TO q; ALTER TABLE q RENAME COLUMN id TO key; ALTER TABLE t RENAME TO u;
    ALTER INDEX i RENAME TO j; ALTER TABLE u RENAME CONSTRAINT fk TO fk2;
    ALTER TABLE u RENAME COLUMN p_id TO q_id;`,
  'an index becomes a key': `
    CREATE TABLE t (id int NOT NULL, a int); CREATE UNIQUE INDEX t_id ON t (id); CREATE UNIQUE INDEX t_a ON t (a);
    ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_id; ALTER TABLE t ADD UNIQUE USING INDEX t_a;`,
  'constraints go by name, also by the database’s own': `
    CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE, b int CHECK (b > 0));
    ALTER TABLE t DROP CONSTRAINT t_a_key; ALTER TABLE t DROP CONSTRAINT t_b_check; ALTER TABLE t DROP CONSTRAINT t_pkey;`,
  'indexes go by name alone': `
    CREATE TABLE t (id int); CREATE TABLE u (id int); CREATE INDEX ON t (id); CREATE INDEX i ON u (id);
    DROP INDEX t_id_idx; DROP INDEX IF EXISTS nothing, i;`,
  'what is there already is left alone': `
    CREATE TABLE t (id int, a int); CREATE TABLE IF NOT EXISTS t (id int, b int);
    ALTER TABLE t ADD COLUMN IF NOT EXISTS a text; CREATE INDEX i ON t (a); CREATE INDEX IF NOT EXISTS i ON t (id);
    DROP TABLE IF EXISTS nothing;`,
  'quoted names keep their case': `
    CREATE TABLE "User" ("firstName" text, LastName text);
    CREATE INDEX "IDX_first" ON "User" ("firstName"); ALTER TABLE "User" RENAME COLUMN lastname TO "lastName";`,
  'unquoted names are folded wherever they stand': `
    CREATE TABLE t (FirstId int, CONSTRAINT Uq_A UNIQUE (FirstId)); CREATE INDEX Ix_First ON t (firstid);
    ALTER INDEX IX_FIRST RENAME TO Ix_Second; ALTER TABLE t RENAME CONSTRAINT UQ_A TO uq_B; CREATE INDEX "Ix" ON t (FIRSTID);
    ALTER TABLE t ADD COLUMN b int; CREATE INDEX "KEPT" ON t (b); DROP INDEX ix_second; DROP INDEX IF EXISTS kept;`,
  'names that the database makes of unquoted ones are folded': `
    CREATE TABLE LANGUAGE (Id int PRIMARY KEY, Code int UNIQUE, "Kept" int UNIQUE, CHECK (CODE > 0)); CREATE INDEX ON Language (CODE, "Kept");`,
  'two keys on the same columns are one': `
    CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE, b int, UNIQUE (id), CONSTRAINT named UNIQUE (a), UNIQUE (a, b), UNIQUE (a) DEFERRABLE);
    ALTER TABLE t ADD UNIQUE (id);`,
  'the index of a key gives its name to the key': `
    CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE); ALTER INDEX t_pkey RENAME TO p; ALTER INDEX t_a_key RENAME TO "K";
    ALTER TABLE t DROP CONSTRAINT p;`,
  'long names are cut': `
    CREATE TABLE a_table_with_a_name_that_is_rather_long (a_column_with_a_name_that_is_long_too int UNIQUE);
    CREATE INDEX ON a_table_with_a_name_that_is_rather_long (a_column_with_a_name_that_is_long_too);`,
};

describe('the replay of a script agrees with the catalog', () => {
  test.each(Object.entries(scripts))('%s', async (_, script) => {
    expect(await server.run(script), 'PostgreSQL takes the script').toBe(true);
    const replay = replaysOf(await scriptOf(script))[0]!;
    expect(shapeOf(replay.final)).toEqual(await server.shape());
  });
});

/** One operation on few names, so that operations meet. */
const operation = (() => {
  const table = fc.constantFrom('t', 'u', 'v');
  const column = fc.constantFrom('a', 'b', 'c', 'd');
  const index = fc.constantFrom('i', 'j', 'k');
  const build = (strings: TemplateStringsArray, ...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
    fc.tuple(...parts).map((values) => String.raw({ raw: strings }, ...values));
  return fc.oneof(
    build`CREATE TABLE ${table} (a int, b int NOT NULL)`,
    build`CREATE TABLE ${table} (a int PRIMARY KEY, b int UNIQUE, c int REFERENCES ${table} (a))`,
    build`CREATE TABLE IF NOT EXISTS ${table} (c int, d int, UNIQUE (c, d))`,
    build`DROP TABLE IF EXISTS ${table} CASCADE`,
    build`DROP TABLE ${table}`,
    build`ALTER TABLE ${table} RENAME TO ${table}`,
    build`ALTER TABLE ${table} ADD COLUMN ${column} int`,
    build`ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ${column} int CHECK (${column} > 0)`,
    build`ALTER TABLE ${table} DROP COLUMN ${column} CASCADE`,
    build`ALTER TABLE ${table} RENAME COLUMN ${column} TO ${column}`,
    build`ALTER TABLE ${table} ALTER COLUMN ${column} SET NOT NULL`,
    build`ALTER TABLE ${table} ALTER COLUMN ${column} DROP NOT NULL`,
    build`ALTER TABLE ${table} ADD UNIQUE (${column}, ${column})`,
    build`ALTER TABLE ${table} ADD PRIMARY KEY (${column})`,
    build`ALTER TABLE ${table} ADD FOREIGN KEY (${column}) REFERENCES ${table} (${column})`,
    build`CREATE INDEX ${index} ON ${table} (${column}, ${column})`,
    build`CREATE INDEX ON ${table} (${column})`,
    build`CREATE UNIQUE INDEX IF NOT EXISTS ${index} ON ${table} (${column})`,
    build`DROP INDEX IF EXISTS ${index}`,
    build`ALTER INDEX ${index} RENAME TO ${index}`,
  );
})();

test('random scripts end as the catalog does', async () => {
  let longest = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 10, maxLength: 40 }), async (operations) => {
      // What PostgreSQL refuses at its place is left out, so that every script is one that runs.
      const kept: string[] = [];
      await server.clear();
      for (const each of operations) if (await server.run(each)) kept.push(each);
      longest = Math.max(longest, kept.length);
      const [replay] = replaysOf(await scriptOf(kept.map((each) => `${each};\n`).join('')));
      const ended = replay ? shapeOf(replay.final) : {};
      expect(ended, kept.join(';\n')).toEqual(await server.shape());
    }),
    { numRuns: Number(process.env['RUNS'] ?? 12) },
  );
  expect(longest).toBeGreaterThan(5);
});
