import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { replaysOf } from '../../src/queries/replay.js';
import { scriptOf } from './support/project.js';
import { type ShapeOfSchema, shapeOf } from './support/shape.js';
import { Sqlite } from './support/sqlite.js';

let sqlite: Sqlite;
beforeAll(async () => {
  sqlite = await Sqlite.start();
});
beforeEach(() => sqlite.clear());

/** What the replay says, in as much as SQLite's catalog holds of it. */
async function replayed(script: string): Promise<ShapeOfSchema> {
  const [replay] = replaysOf(await scriptOf(script, 'sqlite'));
  if (replay === undefined) return {};
  const shape = shapeOf(replay.final);
  for (const table of Object.values(shape)) {
    table.constraints = table.constraints
      .filter((each) => !each.startsWith('check'))
      .map((each) => each.replace(/^(\w+) .*(\(.*)$/, '$1 $2'))
      .sort();
  }
  return shape;
}

/** Scripts that SQLite takes; what each is about. */
const scripts: Record<string, string> = {
  'tables in all their forms': `
    CREATE TABLE p (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE);
    CREATE TABLE t (
      id TEXT PRIMARY KEY NOT NULL, "p_id" integer REFERENCES p (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
      a, b VARCHAR(20) COLLATE NOCASE DEFAULT 'x', c INT NOT NULL ON CONFLICT REPLACE DEFAULT (1 + 2), d AS (c * 2) STORED,
      CONSTRAINT u UNIQUE (a, b) ON CONFLICT IGNORE, CONSTRAINT f FOREIGN KEY (a) REFERENCES p ON UPDATE SET NULL,
      CHECK (c > 0));
    CREATE TABLE s (a INTEGER, b ANY, PRIMARY KEY (b, a)) STRICT, WITHOUT ROWID;
    CREATE TABLE [k w] (\`x y\` int, 'q' int, PRIMARY KEY (\`x y\` DESC));`,
  'columns come, go and are renamed': `
    CREATE TABLE t (a int, b int, c int); CREATE INDEX i ON t (b); CREATE UNIQUE INDEX j ON t (a, b DESC) WHERE b > 1;
    ALTER TABLE t ADD COLUMN d text NOT NULL DEFAULT ''; ALTER TABLE t ADD e REFERENCES t (a);
    ALTER TABLE t DROP COLUMN c; ALTER TABLE t RENAME COLUMN b TO f; ALTER TABLE t RENAME a TO g;`,
  'indexes on expressions, and gone': `
    CREATE TABLE t (a int, b int); CREATE INDEX i ON t (lower(a), b); CREATE INDEX IF NOT EXISTS i ON t (b);
    CREATE INDEX k ON t (b); DROP INDEX k; DROP INDEX IF EXISTS gone; REINDEX t;`,
  'names without their case': `
    CREATE TABLE T (A int); CREATE TABLE IF NOT EXISTS t (x int); ALTER TABLE t RENAME COLUMN a TO B;
    CREATE INDEX I ON t ("b"); DROP INDEX i;`,
  'a table renamed, and those that point to it': `
    CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY, p_id int REFERENCES p (id));
    CREATE INDEX i ON p (id); ALTER TABLE p RENAME TO q; DROP TABLE IF EXISTS gone;`,
  'a table built anew': `
    PRAGMA foreign_keys = off;
    CREATE TABLE t (id INTEGER PRIMARY KEY, a text, b text); CREATE INDEX t_a ON t (a);
    CREATE TABLE __new_t (id INTEGER PRIMARY KEY, a text NOT NULL);
    INSERT INTO __new_t (id, a) SELECT id, a FROM t;
    DROP TABLE t; ALTER TABLE __new_t RENAME TO t; CREATE UNIQUE INDEX t_a ON t (a);
    PRAGMA foreign_keys = on;`,
  'a table put aside first': `
    CREATE TABLE t (id INTEGER PRIMARY KEY, a text, b text); CREATE INDEX t_a ON t (a);
    ALTER TABLE t RENAME TO old_t; CREATE TABLE t (id INTEGER PRIMARY KEY, a text NOT NULL);
    INSERT INTO t SELECT id, a FROM old_t; DROP TABLE old_t; CREATE INDEX t_a ON t (a);`,
  'what is no table of rows': `
    CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; DROP VIEW v;
    CREATE TRIGGER g AFTER INSERT ON t WHEN new.a > 1 BEGIN UPDATE t SET a = CASE WHEN a > 1 THEN 1 END; DELETE FROM t; END;
    DROP TRIGGER g; CREATE TEMP TABLE x (a int); DROP TABLE x; CREATE TABLE made AS SELECT a, a AS b FROM t WHERE 0; DROP TABLE made;`,
};

describe('the replay of a script agrees with the catalog of SQLite', () => {
  test.each(Object.entries(scripts))('%s', async (_, script) => {
    expect(sqlite.run(script), 'SQLite takes the script').toBeUndefined();
    expect(await replayed(script)).toEqual(sqlite.shape());
  });
});

/** One operation on few names, so that operations meet. */
const operation = (() => {
  const table = fc.constantFrom('t', 'u', 'V');
  const column = fc.constantFrom('a', 'b', 'c', 'D');
  const index = fc.constantFrom('i', 'j');
  const build = (strings: TemplateStringsArray, ...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
    fc.tuple(...parts).map((values) => String.raw({ raw: strings }, ...values));
  return fc.oneof(
    build`CREATE TABLE ${table} (a int, b int NOT NULL)`,
    build`CREATE TABLE ${table} (a INTEGER PRIMARY KEY, b int UNIQUE, c int REFERENCES ${table} (a))`,
    build`CREATE TABLE IF NOT EXISTS ${table} (c int, d int, UNIQUE (c, d))`,
    build`DROP TABLE IF EXISTS ${table}`,
    build`DROP TABLE ${table}`,
    build`ALTER TABLE ${table} RENAME TO ${table}`,
    build`ALTER TABLE ${table} ADD COLUMN ${column} int`,
    build`ALTER TABLE ${table} ADD ${column} text NOT NULL DEFAULT 'x' CHECK (${column} > 0)`,
    build`ALTER TABLE ${table} DROP COLUMN ${column}`,
    build`ALTER TABLE ${table} RENAME COLUMN ${column} TO ${column}`,
    build`CREATE INDEX ${index} ON ${table} (${column}, ${column} DESC)`,
    build`CREATE UNIQUE INDEX IF NOT EXISTS ${index} ON ${table} (${column})`,
    build`CREATE INDEX ${index} ON ${table} (${column}) WHERE ${column} IS NOT NULL`,
    build`DROP INDEX IF EXISTS ${index}`,
  );
})();

test('random scripts end as the catalog does', async () => {
  let longest = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 10, maxLength: 40 }), async (operations) => {
      sqlite.clear();
      // What SQLite refuses at its place is left out, so that every script is one that runs.
      const kept = operations.filter((each) => sqlite.run(each) === undefined);
      longest = Math.max(longest, kept.length);
      expect(await replayed(kept.map((each) => `${each};\n`).join('')), kept.join(';\n')).toEqual(sqlite.shape());
    }),
    { numRuns: Number(process.env['RUNS'] ?? 100) },
  );
  expect(longest).toBeGreaterThan(5);
});
