import { beforeAll, describe, expect, it } from 'vitest';
import { loadModule, parseSync } from 'libpg-query';
import { readSql, wholeBrief } from './brief.js';

/** Every action of ALTER TABLE and every form of CREATE TABLE and CREATE INDEX that the manual of PostgreSQL 18 has. */
const rows: [string, ...string[]][] = [
  // A table, a column or a constraint called like a keyword
  ['CREATE TABLE cascade (a int)', 'CreateTable cascade [a integer]'],
  ['ALTER TABLE cascade DROP COLUMN cascade', 'DropColumn cascade cascade'],
  ['ALTER TABLE t DROP cascade CASCADE', 'DropColumn cascade t cascade'],
  ['ALTER TABLE t DROP CONSTRAINT cascade', 'DropConstraint t cascade'],
  ['TRUNCATE cascade', 'Truncate cascade'],
  ['DROP TABLE a, cascade CASCADE', 'DropTable cascade a', 'DropTable cascade cascade'],
  ['CREATE TABLE "#temp" (a int)', 'CreateTable "#temp" [a integer]'],
  // ALTER TABLE: columns
  [
    'ALTER TABLE t ADD a text STORAGE MAIN COMPRESSION pglz COLLATE "C" NOT NULL',
    'AddColumn t [a text not null collate "C" storage main compression pglz]',
  ],
  ['ALTER TABLE t ADD g int GENERATED ALWAYS AS (a * 2) VIRTUAL', 'AddColumn t [g integer virtual <a * 2>]'],
  ['ALTER TABLE t ADD g int GENERATED ALWAYS AS (a * 2)', 'AddColumn t [g integer virtual <a * 2>]'],
  [
    'ALTER TABLE t ADD a int CONSTRAINT f REFERENCES u DEFERRABLE INITIALLY DEFERRED, ADD b int CHECK (b > 0) NO INHERIT NOT ENFORCED',
    'AddColumn t [a integer {f foreign(a)->u() deferrable deferred}]',
    'AddColumn t [b integer {check<b > 0> not enforced no inherit}]',
  ],
  [
    'ALTER TABLE t ALTER a TYPE text COLLATE "de_DE" USING a::text',
    'AlterColumnType t a text collation:"de_DE" using:a::text',
  ],
  ['ALTER TABLE t ALTER a DROP EXPRESSION IF EXISTS', 'SetGenerated t a dropped'],
  ['ALTER TABLE t ALTER a SET EXPRESSION AS (b * (2))', 'SetGenerated t a expression:b * (2)'],
  ['ALTER TABLE t ALTER a DROP IDENTITY IF EXISTS', 'SetGenerated t a dropped'],
  ['ALTER TABLE t ALTER a ADD GENERATED ALWAYS AS IDENTITY (START 5)', 'SetGenerated t a always(START 5)'],
  ['ALTER TABLE t ALTER a SET GENERATED ALWAYS SET INCREMENT BY 2 RESTART', 'SetGenerated t a always()'],
  ['ALTER TABLE t ALTER a RESTART WITH 10', 'TableOption t text:ALTER a RESTART WITH 10'],
  ['ALTER TABLE t ALTER a SET STATISTICS DEFAULT', 'TableOption t text:ALTER a SET STATISTICS DEFAULT'],
  ['ALTER TABLE t ALTER a SET (n_distinct = 5)', 'TableOption t text:ALTER a SET (n_distinct = 5)'],
  ['ALTER TABLE t ALTER a RESET (n_distinct)', 'TableOption t text:ALTER a RESET (n_distinct)'],
  ['ALTER TABLE t ALTER a SET STORAGE EXTERNAL', 'SetStorage t a storage:external'],
  ['ALTER TABLE t ALTER a SET COMPRESSION lz4', 'SetStorage t a compression:lz4'],
  // ALTER TABLE: constraints
  ['ALTER TABLE t ADD CONSTRAINT n NOT NULL a NO INHERIT NOT VALID', 'SetNotNull t a n notValid'],
  ['ALTER TABLE t ADD NOT NULL a', 'SetNotNull t a'],
  [
    'ALTER TABLE t ADD CONSTRAINT p PRIMARY KEY (id, r WITHOUT OVERLAPS)',
    'AddConstraint t [p primary(id,r) without overlaps]',
  ],
  [
    'ALTER TABLE t ADD FOREIGN KEY (id, PERIOD r) REFERENCES u (id, PERIOD r)',
    'AddConstraint t [foreign(id,r)->u(id,r) period]',
  ],
  ['ALTER TABLE t ADD FOREIGN KEY (period) REFERENCES u (id)', 'AddConstraint t [foreign(period)->u(id)]'],
  ['ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u NOT ENFORCED', 'AddConstraint t [foreign(a)->u() not enforced]'],
  [
    'ALTER TABLE t ADD FOREIGN KEY (a, b) REFERENCES u MATCH FULL ON DELETE SET NULL (b) ON UPDATE RESTRICT DEFERRABLE',
    'AddConstraint t [foreign(a,b)->u() delete set null(b) update restrict deferrable match full]',
  ],
  [
    'ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u MATCH SIMPLE NOT DEFERRABLE INITIALLY IMMEDIATE',
    'AddConstraint t [foreign(a)->u()]',
  ],
  ['ALTER TABLE t ADD CHECK (a > 0) NO INHERIT NOT VALID', 'AddConstraint t [check<a > 0> not valid no inherit]'],
  [
    'ALTER TABLE t ADD EXCLUDE USING gist (a WITH =) WHERE (a > 0) DEFERRABLE INITIALLY DEFERRED',
    'AddConstraint t [exclude<USING gist (a WITH =) WHERE (a > 0)> deferrable deferred]',
  ],
  [
    'ALTER TABLE t ADD UNIQUE (a) INCLUDE (b) WITH (fillfactor = 70) USING INDEX TABLESPACE ts DEFERRABLE',
    'AddConstraint t [unique(a) deferrable include(b) with<fillfactor = 70> in ts]',
  ],
  [
    'ALTER TABLE t ALTER CONSTRAINT f DEFERRABLE INITIALLY DEFERRED',
    'AlterConstraint t f deferrable:true initiallyDeferred:true',
  ],
  ['ALTER TABLE t ALTER CONSTRAINT f NOT DEFERRABLE', 'AlterConstraint t f deferrable:false initiallyDeferred:false'],
  ['ALTER TABLE t ALTER CONSTRAINT f NOT ENFORCED', 'AlterConstraint t f enforced:false'],
  ['ALTER TABLE t ALTER CONSTRAINT n NO INHERIT', 'TableOption t text:ALTER CONSTRAINT n NO INHERIT'],
  ['ALTER TABLE t DROP CONSTRAINT c RESTRICT', 'DropConstraint t c'],
  // ALTER TABLE: the table as a whole
  ['ALTER TABLE t INHERIT p', 'TableOption t text:INHERIT p'],
  ['ALTER TABLE t NO INHERIT p', 'TableOption t text:NO INHERIT p'],
  ['ALTER TABLE t OF some_type', 'TableOption t text:OF some_type'],
  ['ALTER TABLE t NOT OF', 'TableOption t text:NOT OF'],
  ['ALTER TABLE t REPLICA IDENTITY USING INDEX i', 'TableOption t text:REPLICA IDENTITY USING INDEX i'],
  ['ALTER TABLE t REPLICA IDENTITY FULL', 'TableOption t text:REPLICA IDENTITY FULL'],
  ['ALTER TABLE t CLUSTER ON i', 'TableOption t text:CLUSTER ON i'],
  ['ALTER TABLE t SET WITHOUT CLUSTER', 'TableOption t text:SET WITHOUT CLUSTER'],
  ['ALTER TABLE t SET WITHOUT OIDS', 'TableOption t text:SET WITHOUT OIDS'],
  [
    'ALTER TABLE t SET (fillfactor = 70, user_catalog_table)',
    'TableOption t text:SET (fillfactor = 70, user_catalog_table)',
  ],
  ['ALTER TABLE t RESET (fillfactor)', 'TableOption t text:RESET (fillfactor)'],
  ['ALTER TABLE t SET LOGGED', 'TableOption t text:SET LOGGED'],
  ['ALTER TABLE t SET UNLOGGED', 'TableOption t text:SET UNLOGGED'],
  ['ALTER TABLE t SET ACCESS METHOD DEFAULT', 'TableOption t text:SET ACCESS METHOD DEFAULT'],
  ['ALTER TABLE t SET TABLESPACE ts', 'TableOption t text:SET TABLESPACE ts'],
  ['ALTER TABLE t OWNER TO CURRENT_USER', 'TableOption t text:OWNER TO CURRENT_USER'],
  ['ALTER TABLE t ENABLE TRIGGER x', 'TableOption t text:ENABLE TRIGGER x'],
  ['ALTER TABLE t DISABLE TRIGGER ALL', 'TableOption t text:DISABLE TRIGGER ALL'],
  ['ALTER TABLE t ENABLE REPLICA TRIGGER x', 'TableOption t text:ENABLE REPLICA TRIGGER x'],
  ['ALTER TABLE t ENABLE ALWAYS RULE r', 'TableOption t text:ENABLE ALWAYS RULE r'],
  ['ALTER TABLE t DISABLE RULE r', 'TableOption t text:DISABLE RULE r'],
  ['ALTER TABLE t DISABLE ROW LEVEL SECURITY', 'SetRowSecurity t enabled:false'],
  ['ALTER TABLE t FORCE ROW LEVEL SECURITY', 'TableOption t text:FORCE ROW LEVEL SECURITY'],
  ['ALTER TABLE t NO FORCE ROW LEVEL SECURITY', 'TableOption t text:NO FORCE ROW LEVEL SECURITY'],
  ['ALTER TABLE t ATTACH PARTITION s.p DEFAULT', 'AttachPartition t s.p'],
  ['ALTER TABLE t ATTACH PARTITION p FOR VALUES WITH (MODULUS 4, REMAINDER 0)', 'AttachPartition t p'],
  ['ALTER TABLE t DETACH PARTITION s.p', 'DetachPartition t s.p'],
  ['ALTER TABLE t DETACH PARTITION p FINALIZE', 'DetachPartition t p'],
  ['ALTER TABLE ALL IN TABLESPACE a OWNED BY r SET TABLESPACE b NOWAIT'],
  ["ALTER FOREIGN TABLE t ADD COLUMN a int OPTIONS (column_name 'x') NOT NULL", 'AddColumn t [a integer not null]'],
  ["ALTER FOREIGN TABLE t OPTIONS (ADD a 'x', DROP c)", "TableOption t text:OPTIONS (ADD a 'x', DROP c)"],
  // CREATE TABLE
  [
    'CREATE TABLE t (a int) INHERITS (p, s.q) USING heap WITH (fillfactor = 70) ON COMMIT DROP TABLESPACE ts',
    'CreateTable t [a integer]',
  ],
  ['CREATE TABLE t () INHERITS (p)', 'CreateTable t []'],
  ['CREATE LOCAL TEMPORARY TABLE t (a int) ON COMMIT DELETE ROWS', 'CreateTable t [a integer] temporary'],
  ['CREATE TABLE p PARTITION OF t DEFAULT', 'CreateTable p [] of t'],
  [
    'CREATE TABLE p PARTITION OF s.t FOR VALUES FROM (MINVALUE) TO (10) PARTITION BY LIST (a)',
    'CreateTable p [] partitioned of s.t',
  ],
  [
    'CREATE TABLE p PARTITION OF t (a NOT NULL, CONSTRAINT c CHECK (a > 0)) FOR VALUES WITH (MODULUS 4, REMAINDER 0)',
    'CreateTable p [a unknown not null; c check<a > 0>] of t',
  ],
  [
    'CREATE TABLE t OF some_type (PRIMARY KEY (a), b WITH OPTIONS DEFAULT 1000)',
    'CreateTable t [b unknown = 1000; primary(a)]',
  ],
  ['CREATE TABLE t AS SELECT * FROM u WITH NO DATA', 'CreateTable t [] asSelect'],
  ['CREATE TABLE t (a, b) AS VALUES (1, 2)', 'CreateTable t [a unknown; b unknown] asSelect'],
  ['CREATE TABLE IF NOT EXISTS t AS TABLE u', 'CreateTable ifNotExists t [] asSelect'],
  ['CREATE UNLOGGED TABLE t AS EXECUTE plan(1)', 'CreateTable t [] asSelect'],
  ['CREATE TABLE t AS WITH x AS (SELECT 1) SELECT * FROM x', 'CreateTable t [] asSelect'],
  ['SELECT * INTO TEMP x FROM t', 'CreateTable x [] temporary asSelect'],
  ["CREATE FOREIGN TABLE t (a int OPTIONS (x 'y') NOT NULL) SERVER s", 'CreateTable t [a integer not null]'],
  [
    'CREATE TABLE t (a int GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME s START WITH 10), b int)',
    'CreateTable t [a integer not null identity default(SEQUENCE NAME s START WITH 10); b integer]',
  ],
  [
    'CREATE TABLE t (a int CONSTRAINT n NOT NULL NO INHERIT, b int UNIQUE NULLS NOT DISTINCT WITH (fillfactor = 70) USING INDEX TABLESPACE ts)',
    'CreateTable t [a integer not null; b integer {unique(b) nulls not distinct with<fillfactor = 70> in ts}]',
  ],
  ['CREATE TABLE t (a int, CONSTRAINT n NOT NULL a)', 'CreateTable t [a integer not null]'],
  [
    "CREATE TABLE t (a text DEFAULT 'x' COLLATE pg_catalog.\"C\" NOT NULL, b timestamp(3) with time zone DEFAULT (now() AT TIME ZONE 'utc'))",
    "CreateTable t [a text not null = 'x' collate pg_catalog.\"C\"; b timestamp(3) with time zone = (now() AT TIME ZONE 'utc')]",
  ],
  [
    'CREATE TABLE t (a my.type(3)[], b "My Type", c text ARRAY, d int ARRAY[4], e interval year to month, f bit varying(5))',
    'CreateTable t [a my.type(3)[]; b My Type; c text[]; d integer[]; e interval year to month; f bit varying(5)]',
  ],
  // Indexes
  [
    'CREATE INDEX i ON t (a COLLATE "C" text_pattern_ops DESC NULLS LAST, b s.my_ops (siglen = 32))',
    'CreateIndex t i (a collate "C" text_pattern_ops desc last, b s.my_ops (siglen = 32))',
  ],
  ['CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT', 'CreateIndex t i unique (a) nulls not distinct'],
  [
    'CREATE INDEX i ON t (a) INCLUDE (b) NULLS DISTINCT WITH (fillfactor = 70) TABLESPACE ts WHERE b > 0',
    'CreateIndex t i (a) include(b) where<b > 0> with<fillfactor = 70> in ts',
  ],
  [
    'CREATE INDEX i ON t USING brin (a) WITH (pages_per_range = 64, autosummarize)',
    'CreateIndex t i brin (a) with<pages_per_range = 64, autosummarize>',
  ],
  [
    'CREATE INDEX i ON t ((data ->> \'x\'), (a IS NULL), coalesce(b, c), s.f(x) COLLATE "C")',
    'CreateIndex t i (<data ->> \'x\'>, <a IS NULL>, <coalesce(b, c)>, <s.f(x)> collate "C")',
  ],
  ['CREATE INDEX CONCURRENTLY ON t (a)', 'CreateIndex t concurrently (a)'],
  ['ALTER INDEX i SET (fillfactor = 70)'],
  ['ALTER INDEX i ATTACH PARTITION j'],
  ['ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 100'],
  ['ALTER INDEX ALL IN TABLESPACE a SET TABLESPACE b'],
];

beforeAll(async () => {
  await loadModule();
});

describe('tables and indexes of PostgreSQL', () => {
  it.each(rows)('%s', (text, ...expected) => {
    expect(parseSync(text).stmts, 'PostgreSQL takes the statement').toHaveLength(1);
    const statements = readSql(text);
    expect(statements).toHaveLength(1);
    expect(statements[0]!.operations.map(wholeBrief)).toEqual(expected);
    expect(statements[0]!.partial).toBe(false);
    expect(statements[0]!.provenance).toBe('shape');
  });

  it('tells of partitions that are merged or split which tables they are about', () => {
    const merged = readSql('ALTER TABLE t MERGE PARTITIONS (p1, s.p2) INTO p3')[0]!;
    const split = readSql(
      'ALTER TABLE t SPLIT PARTITION p INTO (PARTITION q FOR VALUES IN (1), PARTITION r DEFAULT)',
    )[0]!;
    const touched = ({ operations }: typeof merged): string[] =>
      operations.flatMap((each) => (each.kind === 'Opaque' ? each.touches.map(({ name }) => name.value) : []));
    expect(touched(merged)).toEqual(['t', 'p1', 'p2', 'p3']);
    expect(touched(split)).toEqual(['t', 'p', 'q', 'r']);
  });
});
