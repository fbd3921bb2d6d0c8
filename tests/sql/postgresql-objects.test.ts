import { beforeAll, describe, expect, it } from 'vitest';
import { loadModule, parseSync } from 'libpg-query';
import { brief, readSql, wholeBrief } from './brief.js';

/** Statements about other objects than tables, and about none. */
const rows: [string, ...string[]][] = [
  // Types and domains
  ["CREATE DOMAIN d AS text CHECK (VALUE <> '')", 'CreateType d'],
  ['ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID', 'AlterType d'],
  ['ALTER DOMAIN d SET NOT NULL', 'AlterType d'],
  ['ALTER DOMAIN d VALIDATE CONSTRAINT c', 'AlterType d'],
  ['ALTER DOMAIN d RENAME TO e', 'RenameType d to:e'],
  ['ALTER DOMAIN d OWNER TO r'],
  ['DROP DOMAIN IF EXISTS d CASCADE', 'DropType ifExists cascade d'],
  ['CREATE TYPE s.c AS (a int, b text COLLATE "C")', 'CreateType s.c'],
  ['CREATE TYPE r AS RANGE (SUBTYPE = float8)', 'CreateType r'],
  ['CREATE TYPE b (INPUT = f, OUTPUT = g)', 'CreateType b'],
  ['CREATE TYPE shell', 'CreateType shell'],
  ['CREATE TYPE e AS ENUM ()', 'CreateEnumType e()'],
  ['ALTER TYPE c ADD ATTRIBUTE d int CASCADE', 'AlterType c'],
  ['ALTER TYPE c DROP ATTRIBUTE IF EXISTS d, ALTER ATTRIBUTE e TYPE text', 'AlterType c'],
  ['ALTER TYPE c RENAME ATTRIBUTE a TO b CASCADE', 'AlterType c'],
  ["ALTER TYPE e ADD VALUE 'x' AFTER 'y'", 'AddEnumValue e value:x after:y'],
  ['ALTER TYPE e SET SCHEMA s', 'AlterType e schema:s'],
  ['ALTER TYPE e OWNER TO r'],
  // Sequences
  ['CREATE SEQUENCE s AS bigint INCREMENT BY 2 START WITH 5 OWNED BY t.a', 'CreateSequence s ownedBy:t.a'],
  ['CREATE TEMP SEQUENCE s OWNED BY NONE', 'CreateSequence s ownedBy:none'],
  ['ALTER SEQUENCE IF EXISTS s RESTART WITH 5', 'AlterSequence ifExists s'],
  ['DROP SEQUENCE a, b CASCADE', 'DropSequence cascade a', 'DropSequence cascade b'],
  // Views
  ['CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELECT * FROM t WITH NO DATA', 'CreateMaterializedView ifNotExists m'],
  ['ALTER MATERIALIZED VIEW m RENAME TO n', 'RenameView m to:n'],
  ['ALTER VIEW IF EXISTS s.v SET SCHEMA r', 'RenameView ifExists s.v to:r.v'],
  ['ALTER SEQUENCE s RENAME TO r', 'RenameSequence s to:r'],
  ['REFRESH MATERIALIZED VIEW m WITH NO DATA', 'RefreshMaterializedView m'],
  ['CREATE RECURSIVE VIEW v (n) AS SELECT 1', 'CreateView v'],
  ['CREATE TEMP VIEW v WITH (security_barrier) AS SELECT a FROM t WITH CHECK OPTION', 'CreateView v'],
  ['ALTER VIEW IF EXISTS v ALTER COLUMN a SET DEFAULT 1'],
  // Triggers, policies, rules, statistics, replication
  ["CREATE EVENT TRIGGER x ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION f()"],
  ['ALTER EVENT TRIGGER x DISABLE'],
  ['DROP EVENT TRIGGER IF EXISTS x'],
  [
    'CREATE CONSTRAINT TRIGGER x AFTER INSERT ON t DEFERRABLE FOR EACH ROW EXECUTE PROCEDURE f()',
    'CreateTrigger t name:x',
  ],
  ['ALTER TRIGGER x ON t RENAME TO y'],
  ['CREATE POLICY p ON s.t AS RESTRICTIVE FOR UPDATE TO PUBLIC USING (a) WITH CHECK (b)', 'CreatePolicy s.t name:p'],
  ['ALTER POLICY p ON t RENAME TO q'],
  ['CREATE OR REPLACE RULE r AS ON DELETE TO t DO INSTEAD NOTHING'],
  ['CREATE STATISTICS IF NOT EXISTS s (dependencies) ON a, b FROM t'],
  ['CREATE PUBLICATION p FOR TABLE a, TABLES IN SCHEMA s'],
  ['ALTER PUBLICATION p ADD TABLE t'],
  ["CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p"],
  // Schemas
  ['CREATE SCHEMA s AUTHORIZATION r', 'CreateSchema schema:s'],
  ['CREATE SCHEMA AUTHORIZATION r', 'CreateSchema schema:r'],
  ['CREATE SCHEMA IF NOT EXISTS s AUTHORIZATION CURRENT_USER', 'CreateSchema ifNotExists schema:s'],
  [
    'CREATE SCHEMA s CREATE TABLE t (a int REFERENCES u, b int REFERENCES T (a)) CREATE VIEW v AS SELECT 1 CREATE INDEX i ON t (a) CREATE SEQUENCE q GRANT SELECT ON t TO r',
    'CreateSchema schema:s',
    'CreateTable s.t [a integer {foreign(a)->u()}; b integer {foreign(b)->s.T(a)}]',
    'CreateView s.v',
    'CreateIndex s.t i (a)',
    'CreateSequence s.q',
    'Grant',
  ],
  ['ALTER SCHEMA s RENAME TO r', 'RenameSchema schema:s to:r'],
  ['ALTER SCHEMA s OWNER TO r'],
  // Comments
  ["COMMENT ON SCHEMA s IS 'x'", "CommentOn object:other 'x'"],
  ["COMMENT ON FUNCTION s.f(int, text) IS 'IS'", "CommentOn object:other 'IS'"],
  ["COMMENT ON CONSTRAINT c ON DOMAIN d IS 'x'", "CommentOn object:other 'x'"],
  ['COMMENT ON TRIGGER x ON t IS NULL', 'CommentOn object:other null'],
  ["COMMENT ON OPERATOR = (int, int) IS 'x'", "CommentOn object:other 'x'"],
  ["COMMENT ON CAST (a AS b) IS 'x'", "CommentOn object:other 'x'"],
  ["COMMENT ON TEXT SEARCH CONFIGURATION c IS 'x'", "CommentOn object:other 'x'"],
  ["COMMENT ON LARGE OBJECT 123 IS 'x'", "CommentOn object:other 'x'"],
  ["COMMENT ON MATERIALIZED VIEW m IS 'x'", "CommentOn object:other 'x'"],
  ["COMMENT ON COLUMN db.s.t.a IS 'x'", "CommentOn object:column s.t a 'x'"],
  ['COMMENT ON TABLE "Is"."IS" IS \'x\'', 'CommentOn object:table "Is"."IS" \'x\''],
  ["COMMENT ON TABLE t IS U&'d\\0061t\\+000061'", "CommentOn object:table t 'data'"],
  ["COMMENT ON TABLE t IS E'caf\\u00e9 \\x41\\101\\n'", "CommentOn object:table t 'café AA\n'"],
  ["SECURITY LABEL FOR p ON TABLE t IS 'x'"],
  // Rights
  ['GRANT ALL PRIVILEGES ON ALL TABLES IN SCHEMA s TO r WITH GRANT OPTION', 'Grant'],
  ['ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO r'],
  ['REASSIGN OWNED BY a TO b'],
  ['CREATE ROLE r'],
  ['ALTER ROLE r SET x = 1'],
  // Sessions and transactions
  [
    "SELECT pg_catalog.set_config('a', 'x', true), set_config('B', y, false)",
    'Select',
    'SetSetting name:a value:x scope:transaction',
    'SetSetting name:b value:y scope:session',
  ],
  [
    'SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY',
    'SetSetting name:session value:CHARACTERISTICS AS TRANSACTION READ ONLY scope:transaction',
  ],
  ['SET SESSION AUTHORIZATION r', 'SetSetting name:session_authorization value:r scope:session'],
  ['SET CONSTRAINTS ALL DEFERRED', 'SetSetting name:constraints value:ALL DEFERRED scope:transaction'],
  ["SET TIME ZONE 'UTC'", 'SetSetting name:timezone value:UTC scope:session'],
  ['RESET ALL', 'SetSetting name:all value:default scope:session'],
  ['ABORT', 'Transaction action:rollback'],
  ['END', 'Transaction action:commit'],
  ['COMMIT AND CHAIN', 'Transaction action:commit', 'Transaction action:begin'],
  ['ROLLBACK AND NO CHAIN', 'Transaction action:rollback'],
  ['RELEASE SAVEPOINT a'],
  ["PREPARE TRANSACTION 'x'", 'Transaction action:commit'],
  ["COMMIT PREPARED 'x'"],
  ["ROLLBACK PREPARED 'x'"],
  ['LISTEN c'],
  ["NOTIFY c, 'x'"],
  ['UNLISTEN *'],
  ['DISCARD ALL'],
  ['CHECKPOINT'],
  ['ANALYZE t (a)'],
  ['DECLARE c CURSOR FOR SELECT 1'],
  ['FETCH ALL FROM c'],
  // Data
  ["COPY t FROM '/x' WITH (FORMAT csv)", 'Copy'],
  ['COPY (SELECT * FROM t) TO stdout', 'Copy'],
  ['COPY (DELETE FROM t RETURNING *) TO stdout', 'Copy', 'Delete t where:absent'],
  ['EXPLAIN DELETE FROM t'],
  ['EXPLAIN (ANALYZE, BUFFERS) UPDATE t SET a = 1', 'Update t where:absent (a)'],
  ['EXPLAIN (ANALYZE false, VERBOSE) UPDATE t SET a = 1'],
  ['EXPLAIN ANALYZE VERBOSE CREATE TABLE t AS SELECT 1', 'CreateTable t [] asSelect'],
  [
    'WITH a AS (WITH b AS (DELETE FROM t WHERE x RETURNING *) SELECT * FROM b) SELECT * FROM a',
    'Delete t where:present',
  ],
  [
    'WITH u AS (UPDATE t SET a = $1 RETURNING *), i AS (INSERT INTO s SELECT * FROM u) SELECT 1',
    'Update t where:absent (a)',
    'Insert s',
  ],
  [
    'MERGE INTO ONLY t AS x USING (SELECT 1) u ON x.a = u.a WHEN MATCHED AND u.b THEN DELETE WHEN NOT MATCHED BY SOURCE THEN DO NOTHING RETURNING merge_action()',
    'Merge t',
  ],
  ['SELECT a FROM t WHERE b = $1 AND c = ANY ($2::int[])', 'Select'],
  ['INSERT INTO t (a) OVERRIDING SYSTEM VALUE SELECT 1', 'Insert t'],
  ['EXECUTE p(1)', 'Call'],
  // Drops
  ['DROP OPERATOR IF EXISTS s.=== (int, NONE)'],
  ['DROP OPERATOR CLASS c USING btree'],
  ['DROP CAST (a AS b)'],
  ['DROP ROUTINE p(int)', 'DropRoutine p'],
  ['DROP POLICY IF EXISTS p ON t'],
];

beforeAll(async () => {
  await loadModule();
});

describe('other statements of PostgreSQL', () => {
  it.each(rows)('%s', (text, ...expected) => {
    expect(parseSync(text).stmts, 'PostgreSQL takes the statement').toHaveLength(1);
    const statements = readSql(text);
    expect(statements).toHaveLength(1);
    expect(statements[0]!.operations.map(wholeBrief)).toEqual(expected);
    expect(statements[0]!.partial).toBe(false);
    expect(statements[0]!.provenance).toBe('shape');
  });

  it.each([
    ['PREPARE p (int) AS DELETE FROM t WHERE a = $1', 'unknown Delete t where:present'],
    ['CREATE RULE r AS ON UPDATE TO t DO ALSO UPDATE u SET a = 1', 'unknown Update u where:absent (a)'],
    [
      'CREATE RULE r AS ON INSERT TO t WHERE NEW.a > 1 DO INSTEAD (INSERT INTO u VALUES (1); DELETE FROM v)',
      'unknown Insert u',
      'unknown Delete v where:absent',
    ],
  ])('%s holds statements for later', (text, ...expected) => {
    const children = readSql(text)[0]!.children;
    expect(
      children.flatMap(({ guard, operations }) => operations.map((each) => `${guard!.kind} ${brief(each)}`)),
    ).toEqual(expected);
  });
});
