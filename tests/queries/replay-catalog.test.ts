import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { replaysOf } from '../../src/queries/replay.js';
import { Server } from './support/catalog.js';
import { scriptOf } from './support/project.js';
import { objectsOf } from './support/objects.js';
import { shapeOf } from './support/shape.js';
import { verified } from './support/verified.js';

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
  'enum types with their labels, their columns and the defaults of these': `
    CREATE TYPE e AS ENUM ('a', 'b'); CREATE TYPE f AS ENUM ('x'); CREATE TYPE g AS ENUM ('y');
    CREATE TABLE t (a e DEFAULT 'a', b e[], c f DEFAULT 'x', d text DEFAULT 'x', g g);
    ALTER TYPE e ADD VALUE 'c' BEFORE 'b'; ALTER TYPE e ADD VALUE 'd' AFTER 'b'; ALTER TYPE e RENAME VALUE 'a' TO 'A';
    ALTER TABLE t ALTER c TYPE text; DROP TYPE f CASCADE; DROP TYPE g CASCADE; ALTER TYPE e RENAME TO "E";`,
  'views with the columns that they take': `
    CREATE TABLE a (id int PRIMARY KEY, x int, y int); CREATE TABLE b (id int, a_id int, z int);
    CREATE VIEW v1 AS SELECT x FROM a; CREATE VIEW v2 AS SELECT v.x, b.* FROM v1 AS v JOIN b ON b.a_id = v.x;
    CREATE VIEW v3 AS SELECT count(*) FROM a WHERE EXISTS (SELECT FROM b WHERE z = y);
    CREATE VIEW v4 AS WITH q AS (SELECT id FROM a) SELECT q.id, s.m FROM q, (SELECT max(z) AS m FROM b) AS s;
    CREATE VIEW v5 AS SELECT id FROM a UNION SELECT a_id FROM b; CREATE MATERIALIZED VIEW m AS SELECT id, x FROM a;
    CREATE INDEX ON m (id); ALTER TABLE m RENAME TO n; ALTER MATERIALIZED VIEW n RENAME TO o;
    CREATE VIEW v6 AS SELECT a.id FROM a JOIN b USING (id); CREATE VIEW gone AS SELECT y FROM a; DROP VIEW gone;
    ALTER TABLE a RENAME COLUMN x TO k; ALTER TABLE b RENAME TO c;`,
  'views go with what they read': `
    CREATE TABLE a (id int, x int); CREATE TABLE b (id int); CREATE VIEW v AS SELECT x FROM a; CREATE VIEW w AS SELECT * FROM v;
    CREATE VIEW u AS SELECT a.id FROM a, b; CREATE VIEW k AS SELECT id FROM a; ALTER TABLE a DROP COLUMN x CASCADE; DROP TABLE b CASCADE;`,
  'comments come, change and go': `
    CREATE TABLE t (a int, b int); COMMENT ON TABLE t IS 'one'; COMMENT ON COLUMN t.a IS 'two'; COMMENT ON COLUMN t.b IS 'three';
    COMMENT ON COLUMN t.b IS NULL; ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME COLUMN a TO c; COMMENT ON TABLE u IS 'four';`,
  'constraints that are validated later, or never': `
    CREATE TABLE t (a int, b int); ALTER TABLE t ADD CONSTRAINT x CHECK (a > 0) NOT VALID;
    ALTER TABLE t ADD CONSTRAINT y CHECK (b > 0) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT x;`,
  'partitions have what their parent has': `
    CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE p (id int NOT NULL, d int DEFAULT 1, r_id int REFERENCES r, CHECK (d > 0), PRIMARY KEY (id)) PARTITION BY RANGE (id);
    COMMENT ON COLUMN p.id IS 'which'; CREATE INDEX by_d ON p (d); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
    CREATE TABLE p2 PARTITION OF p (d NOT NULL) FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (id);
    COMMENT ON COLUMN p.d IS 'when';
    CREATE TABLE p3 PARTITION OF p2 FOR VALUES FROM (10) TO (15);
    ALTER TABLE p ADD COLUMN e text NOT NULL DEFAULT 'e', ADD CONSTRAINT u UNIQUE (id, d); ALTER TABLE p ADD CHECK (e <> ''), ADD FOREIGN KEY (d) REFERENCES r; ALTER TABLE p RENAME COLUMN d TO f;
    CREATE INDEX ON p (e); CREATE INDEX alone ON ONLY p (f, e); DROP INDEX by_d; ALTER TABLE p ALTER e DROP DEFAULT, ALTER e DROP NOT NULL;`,
  'partitions are attached, detached and dropped': `
    CREATE TABLE p (id int NOT NULL, d int) PARTITION BY RANGE (id); CREATE INDEX by_d ON p (d); ALTER TABLE p ADD PRIMARY KEY (id);
    CREATE TABLE p1 (id int NOT NULL, d int); CREATE INDEX own ON p1 (d); ALTER TABLE p ATTACH PARTITION p1 FOR VALUES FROM (1) TO (10);
    CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20); ALTER TABLE p DETACH PARTITION p2; DROP INDEX by_d;
    CREATE TABLE q (id int) PARTITION BY RANGE (id); CREATE TABLE q1 PARTITION OF q DEFAULT; DROP TABLE q;
    ALTER TABLE p RENAME TO o; ALTER TABLE o ADD COLUMN late int;`,
  'sequences come and go with their column': `
    CREATE TABLE t (a int, b int); CREATE SEQUENCE p OWNED BY t.a; CREATE SEQUENCE q; ALTER SEQUENCE q OWNED BY t.b; CREATE SEQUENCE k;
    ALTER SEQUENCE k RENAME TO l; ALTER TABLE t DROP COLUMN b;`,
  'long names are cut': `
    CREATE TABLE a_table_with_a_name_that_is_rather_long (a_column_with_a_name_that_is_long_too int UNIQUE);
    CREATE INDEX ON a_table_with_a_name_that_is_rather_long (a_column_with_a_name_that_is_long_too);`,
};

describe('the replay of a script agrees with the catalog', () => {
  test.each(Object.entries(scripts))('%s', async (_, script) => {
    expect(await server.run(script), 'PostgreSQL takes the script').toBe(true);
    const replay = replaysOf(await verified(await scriptOf(script)))[0]!;
    expect(shapeOf(replay.final)).toEqual(await server.shape());
    // Those of serial columns are part of the column.
    const { sequences, ...objects } = await server.objects();
    const { sequences: own, ...others } = objectsOf(replay.final);
    expect(others).toEqual(objects);
    expect(sequences).toEqual(expect.arrayContaining(own));
  });
});

/** One operation on few names, so that operations meet. */
const operation = (() => {
  const table = fc.constantFrom('t', 'u', 'v');
  const column = fc.constantFrom('a', 'b', 'c', 'd');
  const index = fc.constantFrom('i', 'j', 'k');
  const type = fc.constantFrom('e', 'f');
  const label = fc.constantFrom('x', 'y', 'z');
  const view = fc.constantFrom('w', 'q');
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
    build`ALTER TABLE ${table} ADD CONSTRAINT ${index} CHECK (${column} > 0) NOT VALID`,
    build`ALTER TABLE ${table} VALIDATE CONSTRAINT ${index}`,
    build`CREATE TYPE ${type} AS ENUM ('x', 'y')`,
    build`ALTER TYPE ${type} ADD VALUE '${label}' BEFORE '${label}'`,
    build`ALTER TYPE ${type} ADD VALUE IF NOT EXISTS '${label}'`,
    build`ALTER TYPE ${type} RENAME VALUE '${label}' TO '${label}'`,
    build`ALTER TYPE ${type} RENAME TO ${type}`,
    build`DROP TYPE ${type} CASCADE`,
    build`ALTER TABLE ${table} ADD COLUMN ${column} ${type} DEFAULT 'x'`,
    build`ALTER TABLE ${table} ALTER COLUMN ${column} TYPE text`,
    build`ALTER TABLE ${table} ALTER COLUMN ${column} SET DEFAULT NULL`,
    build`ALTER TABLE ${table} ALTER COLUMN ${column} DROP DEFAULT`,
    build`CREATE VIEW ${view} AS SELECT ${column} FROM ${table}`,
    build`CREATE VIEW ${view} AS SELECT x.${column}, y.* FROM ${table} AS x, ${table} AS y WHERE x.${column} IS NOT NULL`,
    build`CREATE OR REPLACE VIEW ${view} AS SELECT ${column} FROM ${table} WHERE ${column} IS NULL`,
    build`CREATE MATERIALIZED VIEW ${view} AS SELECT max(${column}) AS ${column} FROM ${view}`,
    build`ALTER VIEW ${view} RENAME TO ${view}`,
    build`DROP VIEW IF EXISTS ${view} CASCADE`,
    build`DROP MATERIALIZED VIEW ${view}`,
    build`COMMENT ON TABLE ${table} IS '${label}'`,
    build`COMMENT ON COLUMN ${table}.${column} IS '${label}'`,
    build`COMMENT ON COLUMN ${table}.${column} IS NULL`,
    build`CREATE TABLE ${table} (a int NOT NULL, b int) PARTITION BY LIST (a)`,
    build`CREATE TABLE ${table} PARTITION OF ${table} DEFAULT`,
    build`ALTER TABLE ${table} ATTACH PARTITION ${table} FOR VALUES IN (1)`,
    build`ALTER TABLE ${table} DETACH PARTITION ${table}`,
  );
})();

test('random scripts end as the catalog does', async () => {
  let longest = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 20, maxLength: 70 }), async (operations) => {
      // What PostgreSQL refuses at its place is left out, so that every script is one that runs.
      const kept: string[] = [];
      await server.clear();
      for (const each of operations) if (await server.run(each)) kept.push(each);
      longest = Math.max(longest, kept.length);
      const [replay] = replaysOf(await verified(await scriptOf(kept.map((each) => `${each};\n`).join(''))));
      if (replay === undefined) return;
      expect(shapeOf(replay.final), kept.join(';\n')).toEqual(await server.shape());
      expect(objectsOf(replay.final), kept.join(';\n')).toEqual(await server.objects());
    }),
    { numRuns: Number(process.env['RUNS'] ?? 12) },
  );
  expect(longest).toBeGreaterThan(5);
});
