import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { replaysOf } from '../../src/queries/replay.js';
import { Mariadb } from './support/mariadb.js';
import { scriptOf } from './support/project.js';
import { type ShapeOfSchema, shapeOf } from './support/shape.js';

/** The socket of a server that may be used: `scripts/database-check.sh` starts one. */
const socket = process.env['DDLINT_MARIADB'];

/** What the replay says, in the words of the server's catalog. */
async function replayed(script: string): Promise<ShapeOfSchema> {
  const [replay] = replaysOf(await scriptOf(script, 'mariadb'));
  if (replay === undefined) return {};
  const shape = shapeOf(replay.final);
  for (const table of Object.values(shape)) {
    const uniques = table.constraints.filter((each) => each.startsWith('unique'));
    table.indexes = [...table.indexes, ...uniques].map((each) => each.toLowerCase()).sort();
    table.constraints = table.constraints
      .filter((each) => /^(primary|foreign)/.test(each))
      .map((each) => each.toLowerCase().replace(/^primary .*?\(/, 'primary ('))
      .sort();
  }
  return shape;
}

/** Scripts that MariaDB takes; what each is about. */
const scripts: Record<string, string> = {
  'a table in all its forms': `
    CREATE TABLE p (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(20) NOT NULL UNIQUE);
    CREATE TABLE \`t\` (
      \`id\` bigint(20) NOT NULL AUTO_INCREMENT COMMENT 'it''s', p_id int unsigned, a varchar(40) CHARACTER SET utf8mb4 DEFAULT 'x',
      b datetime NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, c varchar(50) AS (concat(a, 'x')) PERSISTENT, d enum('a','b') NULL,
      PRIMARY KEY (\`id\`), UNIQUE KEY \`uk\` (a(10), d), KEY k (b DESC) USING BTREE, KEY (d), FULLTEXT KEY ft (a),
      CONSTRAINT f FOREIGN KEY (p_id) REFERENCES p (id) ON DELETE SET NULL, CHECK (d <> 'c')
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='words';`,
  'columns come, go and change': `
    CREATE TABLE t (id int, a int, b text);
    ALTER TABLE t ADD COLUMN c int NOT NULL DEFAULT 1 FIRST, DROP COLUMN a, MODIFY b varchar(10) NOT NULL;
    ALTER TABLE t CHANGE b e varchar(20) AFTER c, ADD (f int), ADD (g int NOT NULL), ADD PRIMARY KEY (id);
    ALTER TABLE t RENAME COLUMN e TO h, MODIFY COLUMN c bigint; ALTER TABLE t ALTER COLUMN g SET DEFAULT 1; ALTER TABLE t ALTER g DROP DEFAULT;
    ALTER TABLE t ADD COLUMN IF NOT EXISTS f text, DROP COLUMN IF EXISTS gone;`,
  'keys and indexes come and go': `
    CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (id int, a int, b int, c int);
    ALTER TABLE t ADD UNIQUE (a, b), ADD INDEX i (b), ADD KEY (c), ADD CONSTRAINT f FOREIGN KEY (c) REFERENCES p (id);
    CREATE UNIQUE INDEX j ON t (c, b DESC); CREATE INDEX k ON t (a) ALGORITHM=INPLACE LOCK=NONE;
    ALTER TABLE t DROP FOREIGN KEY f, DROP INDEX a; ALTER TABLE t RENAME INDEX i TO l; DROP INDEX k ON t;
    ALTER TABLE t DROP INDEX j, ADD PRIMARY KEY (id, a); ALTER TABLE t DROP PRIMARY KEY;`,
  'a foreign key brings an index of its own': `
    CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, p_id int, q_id int, KEY (q_id, id),
      FOREIGN KEY (p_id) REFERENCES p (id), FOREIGN KEY (q_id) REFERENCES p (id));
    CREATE TABLE u (p_id int, CONSTRAINT named FOREIGN KEY (p_id) REFERENCES p (id));`,
  'a column goes with the index over it alone, and out of those over more': `
    CREATE TABLE t (a int, b int, c int, KEY i (a), KEY j (a, b), UNIQUE u (c)); ALTER TABLE t DROP COLUMN a;`,
  'tables are renamed': `
    CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a_id int REFERENCES a (id)); CREATE TABLE c (x int);
    RENAME TABLE a TO d, c TO a; ALTER TABLE b RENAME TO e; ALTER TABLE a RENAME AS f; DROP TABLE IF EXISTS f, gone CASCADE;`,
  'copies of tables': `
    CREATE TABLE a (id int NOT NULL PRIMARY KEY, b int, KEY i (b)); CREATE TABLE c LIKE a; CREATE OR REPLACE TABLE a (x int);
    CREATE TABLE IF NOT EXISTS c (y int);`,
  'what is no table of rows': `
    CREATE TABLE t (a int); CREATE OR REPLACE ALGORITHM=MERGE DEFINER=CURRENT_USER SQL SECURITY INVOKER VIEW v AS SELECT a FROM t;
    CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;
    CREATE PROCEDURE r() DELETE FROM t; CREATE SEQUENCE s; DROP SEQUENCE s; DROP VIEW v; DROP PROCEDURE IF EXISTS r;`,
};

describe.skipIf(socket === undefined)('the replay of a script agrees with the catalog of MariaDB', () => {
  let server: Mariadb;
  beforeAll(async () => {
    server = await Mariadb.connect(socket!);
  });
  beforeEach(() => server.clear());
  afterAll(() => server.stop());

  test.each(Object.entries(scripts))('%s', async (_, script) => {
    expect(await server.run(script), 'MariaDB takes the script').toBeUndefined();
    expect(await replayed(script)).toEqual(await server.shape());
  });

  /** One operation on few names, so that operations meet. */
  const operation = (() => {
    const table = fc.constantFrom('t', 'u');
    const column = fc.constantFrom('a', 'b', 'c', 'D');
    const index = fc.constantFrom('i', 'j');
    const build = (strings: TemplateStringsArray, ...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
      fc.tuple(...parts).map((values) => String.raw({ raw: strings }, ...values));
    return fc.oneof(
      build`CREATE TABLE ${table} (a int, b int NOT NULL)`,
      build`CREATE TABLE ${table} (a int PRIMARY KEY, b int UNIQUE, c int, KEY i (c, b))`,
      build`CREATE TABLE ${table} (a int PRIMARY KEY, b int, FOREIGN KEY (b) REFERENCES ${table} (a))`,
      build`CREATE TABLE IF NOT EXISTS ${table} (c int, d int, UNIQUE (c, d))`,
      build`CREATE TABLE ${table} LIKE ${table}`,
      build`DROP TABLE IF EXISTS ${table}`,
      build`RENAME TABLE ${table} TO ${table}`,
      build`ALTER TABLE ${table} ADD COLUMN ${column} int`,
      build`ALTER TABLE ${table} ADD ${column} text NOT NULL AFTER ${column}`,
      build`ALTER TABLE ${table} DROP COLUMN ${column}`,
      build`ALTER TABLE ${table} CHANGE ${column} ${column} bigint NOT NULL`,
      build`ALTER TABLE ${table} MODIFY ${column} bigint`,
      build`ALTER TABLE ${table} ADD UNIQUE (${column}, ${column})`,
      build`ALTER TABLE ${table} ADD PRIMARY KEY (${column})`,
      build`ALTER TABLE ${table} DROP PRIMARY KEY`,
      build`ALTER TABLE ${table} ADD FOREIGN KEY (${column}) REFERENCES ${table} (a)`,
      build`CREATE INDEX ${index} ON ${table} (${column}, ${column})`,
      build`ALTER TABLE ${table} ADD KEY (${column})`,
      build`DROP INDEX ${index} ON ${table}`,
      build`ALTER TABLE ${table} RENAME INDEX ${index} TO ${index}`,
    );
  })();

  test('random scripts end as the catalog does', async () => {
    let longest = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 10, maxLength: 30 }), async (operations) => {
        await server.clear();
        // What MariaDB refuses at its place is left out, so that every script is one that runs.
        const kept: string[] = [];
        for (const each of operations) if ((await server.run(each)) === undefined) kept.push(each);
        longest = Math.max(longest, kept.length);
        expect(await replayed(kept.map((each) => `${each};\n`).join('')), kept.join(';\n')).toEqual(
          await server.shape(),
        );
      }),
      { numRuns: Number(process.env['RUNS'] ?? 20) },
    );
    expect(longest).toBeGreaterThan(5);
  }, 120_000);
});
