import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { statementText } from '../../src/frontends/sql/rendering.js';
import { inverseOperations } from '../../src/queries/inverse-operations.js';
import { Server } from './support/catalog.js';
import { projectOf } from './support/project.js';
import type { ShapeOfSchema } from './support/shape.js';

const base = `
  CREATE TABLE p (id bigserial PRIMARY KEY, code varchar(20) NOT NULL DEFAULT 'x', UNIQUE (code));
  CREATE TABLE t (
    id bigint PRIMARY KEY, p_id bigint REFERENCES p (id) ON DELETE CASCADE, a int, b text NOT NULL, "C" numeric(10, 2) DEFAULT 0,
    CONSTRAINT t_a_positive CHECK (a > 0));
  CREATE INDEX t_b_idx ON t (lower(b), a DESC) WHERE a > 1;
  CREATE TYPE mood AS ENUM ('good');`;

/** The statements that take a change back, by the pen's own words; nothing where it has none. */
async function wayBack(change: string, before = base): Promise<(string | undefined)[] | undefined> {
  const project = await projectOf({ 'migrations/0001_base.sql': before, 'migrations/0002_change.sql': change });
  const migration = project.files.find(({ path }) => path.includes('0002'))!.migrations[0]!;
  return inverseOperations(project, migration)?.map((operation) => statementText(operation, 'postgresql'));
}

describe('what takes a migration back', () => {
  let server: Server;
  beforeAll(async () => {
    server = await Server.start();
  }, 60_000);
  beforeEach(() => server.clear());
  afterAll(() => server.stop());

  const sorted = (shape: ShapeOfSchema): ShapeOfSchema => {
    for (const table of Object.values(shape)) table.columns.sort();
    return shape;
  };

  test.each([
    'CREATE TABLE n (id int PRIMARY KEY); CREATE INDEX ON n (id); INSERT INTO n VALUES (1);',
    'DROP TABLE t;',
    'ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME COLUMN a TO aa;',
    'ALTER TABLE t ADD COLUMN d text; UPDATE t SET d = b; ALTER TABLE t ALTER COLUMN d SET NOT NULL;',
    'ALTER TABLE t DROP COLUMN "C";',
    'ALTER TABLE t ALTER COLUMN p_id SET NOT NULL, ALTER COLUMN b DROP NOT NULL;',
    'ALTER TABLE p ALTER COLUMN code TYPE text, ALTER COLUMN code SET DEFAULT \'y\'; ALTER TABLE t ALTER "C" DROP DEFAULT;',
    'ALTER TABLE t ADD UNIQUE (a), ADD FOREIGN KEY (a) REFERENCES p; CREATE UNIQUE INDEX ON t (p_id);',
    'ALTER TABLE t DROP CONSTRAINT t_p_id_fkey, DROP CONSTRAINT t_a_positive; DROP INDEX t_b_idx;',
    'ALTER INDEX t_b_idx RENAME TO t_lower; ALTER TABLE t RENAME CONSTRAINT t_a_positive TO positive;',
    "CREATE TYPE size AS ENUM ('s'); CREATE TABLE IF NOT EXISTS n (id int PRIMARY KEY, s size); CREATE SEQUENCE q;",
    'ALTER TABLE t ADD CONSTRAINT c CHECK (p_id IS NOT NULL) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT c; ALTER TABLE t ALTER p_id SET NOT NULL; ALTER TABLE t DROP CONSTRAINT c;',
  ])('%s', async (change) => {
    expect(await server.run(base)).toBe(true);
    const before = sorted(await server.shape());
    expect(await server.run(change)).toBe(true);
    const statements = await wayBack(change);
    expect(statements).not.toContain(undefined);
    expect(await server.run(statements!.join(';\n')), statements!.join(';\n')).toBe(true);
    expect(sorted(await server.shape())).toEqual(before);
  });
});

describe('no way back', () => {
  test.each([
    ['rows change', 'UPDATE t SET a = 2;'],
    ['rows go', 'DELETE FROM t WHERE a = 1;'],
    ['rows come', "INSERT INTO p (code) VALUES ('a');"],
    ['a function is called', "SELECT setval('p_id_seq', 10);"],
    ['a value joins an enum', "ALTER TYPE mood ADD VALUE 'bad';"],
    ['the column is part of a key', 'ALTER TABLE t DROP COLUMN p_id;'],
    ['the former values are converted', 'ALTER TABLE t ALTER COLUMN a TYPE text USING a::text;'],
    ['the types have no conversion', 'ALTER TABLE t ALTER COLUMN a TYPE text;'],
    ['it was not made here', 'DROP TABLE elsewhere;'],
    ['it may not happen', 'DO $$ BEGIN IF (SELECT true) THEN ALTER TABLE t ADD COLUMN d int; END IF; END $$;'],
    ['others lose their keys', 'DROP TABLE p CASCADE;'],
    ['it is there already', 'CREATE TABLE IF NOT EXISTS t (id int PRIMARY KEY);'],
    ['a routine is replaced', 'CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;'],
  ])('%s', async (_, change) => {
    expect(await wayBack(change)).toBeUndefined();
  });

  test('something earlier could not be read', async () => {
    expect(await wayBack('DROP TABLE t;', `${base}\nDO $$ BEGIN EXECUTE (SELECT 'x'); END $$;`)).toBeUndefined();
  });

  test('the type is one of the project', async () => {
    const statements = await wayBack('ALTER TABLE t DROP COLUMN m;', `${base}\nALTER TABLE t ADD COLUMN m mood;`);
    expect(statements).toEqual([undefined]);
  });
});
