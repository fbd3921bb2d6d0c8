/** A statement, its verb, and what it does by the words of SQLite's documentation. */
type Row = [text: string, verb: string, ...operations: string[]];

const tables: Row[] = [
  [
    'CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a, b text COLLATE NOCASE) STRICT',
    'CREATE TABLE',
    'CreateTable t [id integer not null rowid {primary(id)}; a unknown; b text]',
  ],
  [
    'CREATE TABLE IF NOT EXISTS main.t (a INT PRIMARY KEY, b TEXT NOT NULL) STRICT, WITHOUT ROWID',
    'CREATE TABLE',
    'CreateTable ifNotExists main.t [a int not null {primary(a)}; b text not null]',
  ],
  [
    'CREATE TEMP TABLE t (a integer, b integer, PRIMARY KEY (a, b)) WITHOUT ROWID',
    'CREATE TABLE',
    'CreateTable t [a integer not null; b integer not null; primary(a,b)] temporary',
  ],
  // Of INTEGER keys that of one column alone is the row id, and not one that says DESC at the column.
  [
    'CREATE TABLE t (a INTEGER, PRIMARY KEY (a DESC))',
    'CREATE TABLE',
    'CreateTable t [a integer not null rowid; primary(a)]',
  ],
  ['CREATE TABLE t (a INTEGER PRIMARY KEY DESC)', 'CREATE TABLE', 'CreateTable t [a integer not null {primary(a)}]'],
  [
    'CREATE TABLE t (a INTEGER PRIMARY KEY, b) WITHOUT ROWID',
    'CREATE TABLE',
    'CreateTable t [a integer not null {primary(a)}; b unknown]',
  ],
  ['CREATE TABLE t (a BIGINT PRIMARY KEY)', 'CREATE TABLE', 'CreateTable t [a bigint not null {primary(a)}]'],
  [
    'CREATE TABLE t (a int CONSTRAINT f REFERENCES u ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, b int, CONSTRAINT g FOREIGN KEY (a, b) REFERENCES v (c, d) ON UPDATE SET NULL ON DELETE NO ACTION MATCH FULL NOT DEFERRABLE)',
    'CREATE TABLE',
    'CreateTable t [a int {f foreign(a)->u() delete cascade}; b int; g foreign(a,b)->v(c,d) delete no action update set null]',
  ],
  [
    'CREATE TABLE t (a text NOT NULL ON CONFLICT FAIL UNIQUE ON CONFLICT IGNORE, b int CHECK (b > 0), PRIMARY KEY (a) ON CONFLICT REPLACE, CONSTRAINT c CHECK (b < 9))',
    'CREATE TABLE',
    'CreateTable t [a text not null {unique(a)}; b int {check<b > 0>}; primary(a); c check<b < 9>]',
  ],
  [
    'CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED, c int AS (a) VIRTUAL NOT NULL, d AS (b))',
    'CREATE TABLE',
    'CreateTable t [a int; b int stored; c int not null virtual; d unknown virtual]',
  ],
  [
    `CREATE TABLE t (a int DEFAULT -1, b text DEFAULT 'x, y' NOT NULL, c DEFAULT (datetime('now')), d blob DEFAULT x'00', e DEFAULT CURRENT_TIMESTAMP, f real DEFAULT +1.5e3 UNIQUE)`,
    'CREATE TABLE',
    `CreateTable t [a int = -1; b text not null = 'x, y'; c unknown = (datetime('now')); d blob = x'00'; e unknown = CURRENT_TIMESTAMP; f real = +1.5e3 {unique(f)}]`,
  ],
  [
    'CREATE TABLE t (a VARCHAR(20), b UNSIGNED BIG INT, c DECIMAL(10,-2), d "my type" NOT NULL, e INTEGER[] NOT NULL, f DOUBLE PRECISION)',
    'CREATE TABLE',
    'CreateTable t [a varchar(20); b unsigned big int; c decimal(10,-2); d my type not null; e integer[] not null; f double precision]',
  ],
  [
    "CREATE TABLE 't' ([a b] text, `c` text, 'd' text, \"e\" text, key text)",
    'CREATE TABLE',
    'CreateTable "t" ["a b" text; "c" text; "d" text; "e" text; key text]',
  ],
  // The comma between constraints of a table may be left out.
  [
    'CREATE TABLE t (a int, b int, UNIQUE (a) FOREIGN KEY (b) REFERENCES u)',
    'CREATE TABLE',
    'CreateTable t [a int; b int; unique(a); foreign(b)->u()]',
  ],
  ['CREATE TABLE t AS SELECT a, b FROM u', 'CREATE TABLE', 'CreateTable t [] asSelect'],
  ['CREATE VIRTUAL TABLE f USING fts5(a, b, content=t, tokenize="porter ascii")', 'CREATE TABLE', 'CreateTable f []'],
  ['CREATE VIRTUAL TABLE IF NOT EXISTS temp.s USING dbstat', 'CREATE TABLE', 'CreateTable ifNotExists temp.s []'],
  ['DROP TABLE t', 'DROP TABLE', 'DropTable t'],
  ['DROP TABLE IF EXISTS main.`t`', 'DROP TABLE', 'DropTable ifExists main."t"'],
];

const alterations: Row[] = [
  ['ALTER TABLE "__new_t" RENAME TO `t`', 'ALTER TABLE', 'RenameTable "__new_t" to:"t"'],
  ['ALTER TABLE t RENAME COLUMN a TO b', 'ALTER TABLE', 'RenameColumn t a to:b'],
  ['ALTER TABLE main.t RENAME a TO [b c]', 'ALTER TABLE', 'RenameColumn main.t a to:"b c"'],
  [
    "ALTER TABLE t ADD COLUMN a text NOT NULL DEFAULT '' COLLATE NOCASE CHECK (a <> 'x') REFERENCES u (b)",
    'ALTER TABLE',
    "AddColumn t [a text not null = '' {check<a <> 'x'>} {foreign(a)->u(b)}]",
  ],
  ['ALTER TABLE t ADD a', 'ALTER TABLE', 'AddColumn t [a unknown]'],
  ['ALTER TABLE t DROP COLUMN a', 'ALTER TABLE', 'DropColumn t a'],
  ['ALTER TABLE t DROP "index"', 'ALTER TABLE', 'DropColumn t "index"'],
  ['ALTER TABLE t DROP key', 'ALTER TABLE', 'DropColumn t key'],
  // SQLite 3.53.
  ['ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)', 'ALTER TABLE', 'AddConstraint t [c check<a > 0>]'],
  ['ALTER TABLE t DROP CONSTRAINT c', 'ALTER TABLE', 'DropConstraint t c'],
  ['ALTER TABLE t ALTER COLUMN a SET NOT NULL', 'ALTER TABLE', 'SetNotNull t a'],
  ['ALTER TABLE t ALTER a DROP NOT NULL', 'ALTER TABLE', 'DropNotNull t a'],
  // libSQL, whose migrations drizzle writes too.
  ['ALTER TABLE `t` ALTER COLUMN "a" TO "a" text NOT NULL', 'ALTER TABLE', 'ModifyColumn "t" "a" ["a" text not null]'],
  [
    'ALTER TABLE t ALTER COLUMN a TO b int REFERENCES u (c)',
    'ALTER TABLE',
    'RenameColumn t a to:b',
    'ModifyColumn t b [b int {foreign(b)->u(c)}]',
  ],
];

const indexes: Row[] = [
  ['CREATE INDEX i ON t (a)', 'CREATE INDEX', 'CreateIndex t i (a)'],
  [
    'CREATE UNIQUE INDEX IF NOT EXISTS i ON t (a COLLATE NOCASE DESC, b ASC) WHERE a IS NOT NULL AND b > 0',
    'CREATE INDEX',
    'CreateIndex ifNotExists t i unique (a desc, b asc) where<a IS NOT NULL AND b > 0>',
  ],
  [
    "CREATE INDEX i ON t (lower(a), a + b, c ->> '$.x' DESC, (d), -e, f IS NULL)",
    'CREATE INDEX',
    "CreateIndex t i (<lower(a)>, <a + b>, <c ->> '$.x'> desc, d, <-e>, <f IS NULL>)",
  ],
  // The schema stands at the index and is that of the table.
  ['CREATE INDEX aux.i ON t (a)', 'CREATE INDEX', 'CreateIndex aux.t i (a)'],
  ['DROP INDEX i', 'DROP INDEX', 'DropIndex i'],
  ['DROP INDEX IF EXISTS main.[i j]', 'DROP INDEX', 'DropIndex ifExists main."i j"'],
  ['REINDEX', 'REINDEX', 'Reindex'],
  ['REINDEX main.t', 'REINDEX', 'Reindex main.t'],
];

const views: Row[] = [
  ['CREATE VIEW v AS SELECT a FROM t', 'CREATE VIEW', 'CreateView v'],
  ['CREATE TEMPORARY VIEW IF NOT EXISTS v (a, b) AS SELECT 1, 2', 'CREATE VIEW', 'CreateView ifNotExists v'],
  ['DROP VIEW IF EXISTS main.v', 'DROP VIEW', 'DropView ifExists main.v'],
  [
    'CREATE TRIGGER IF NOT EXISTS r AFTER UPDATE OF a, b ON t BEGIN UPDATE t SET c = 1 WHERE id = new.id; END',
    'CREATE TRIGGER',
    'CreateTrigger ifNotExists t name:r',
  ],
  ['CREATE TEMP TRIGGER r BEFORE INSERT ON t BEGIN SELECT 1; END', 'CREATE TRIGGER', 'CreateTrigger t name:r'],
  [
    'CREATE TRIGGER aux.r INSTEAD OF DELETE ON v BEGIN DELETE FROM t; END',
    'CREATE TRIGGER',
    'CreateTrigger aux.v name:r',
  ],
  ['DROP TRIGGER r', 'DROP TRIGGER', 'DropTrigger name:r'],
  ['DROP TRIGGER IF EXISTS main.r', 'DROP TRIGGER', 'DropTrigger ifExists name:r'],
];

const data: Row[] = [
  ['INSERT INTO t (a, b) VALUES (1, 2), (3, 4)', 'INSERT', 'Insert t'],
  ['INSERT INTO new_t (a, b) SELECT a, b FROM t', 'INSERT', 'Insert new_t'],
  ['INSERT OR REPLACE INTO [t] (a) VALUES (?1)', 'INSERT', 'Insert "t"'],
  ['INSERT OR IGNORE INTO main.t DEFAULT VALUES RETURNING a', 'INSERT', 'Insert main.t'],
  ['REPLACE INTO t VALUES (:a, @b, $c, ?)', 'REPLACE', 'Insert t'],
  [
    'INSERT INTO t AS x (a) SELECT b FROM u WHERE true ON CONFLICT (a) WHERE a > 0 DO UPDATE SET b = excluded.b WHERE x.b <> 1 RETURNING *',
    'INSERT',
    'Insert t',
  ],
  ['INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING', 'INSERT', 'Insert t'],
  [
    'WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c) INSERT INTO t SELECT x FROM c',
    'WITH',
    'Insert t',
  ],
  ['UPDATE t SET a = 1', 'UPDATE', 'Update t where:absent (a)'],
  ['UPDATE OR ROLLBACK t AS x SET (a, b) = (1, 2), c = x.d WHERE e = 1', 'UPDATE', 'Update t where:present (a,b,c)'],
  ['UPDATE t SET y = b.y FROM b JOIN c ON b.x = c.x', 'UPDATE', 'Update t where:absent (y)'],
  ['UPDATE t INDEXED BY i SET a = 1 WHERE b = ? RETURNING id', 'UPDATE', 'Update t where:present (a)'],
  ['UPDATE t SET a = 1 ORDER BY b LIMIT 10 OFFSET 5', 'UPDATE', 'Update t where:present (a)'],
  ['DELETE FROM t', 'DELETE', 'Delete t where:absent'],
  ['DELETE FROM main.t AS x NOT INDEXED WHERE x.a = 1 RETURNING *', 'DELETE', 'Delete main.t where:present'],
  ['DELETE FROM t ORDER BY a LIMIT 3', 'DELETE', 'Delete t where:present'],
  ['DELETE FROM t WHERE 1', 'DELETE', 'Delete t where:tautology'],
  ['DELETE FROM t WHERE "a" = "b"', 'DELETE', 'Delete t where:present'],
  ['WITH c AS (SELECT 1 AS a) DELETE FROM t WHERE a IN c', 'WITH', 'Delete t where:present'],
  ['SELECT a AS "b" FROM t ORDER BY a DESC NULLS LAST LIMIT 5, 10', 'SELECT', 'Select'],
  ['VALUES (1, 2), (3, 4)', 'VALUES', 'Select'],
  ['EXPLAIN DELETE FROM t', 'EXPLAIN'],
  ['EXPLAIN QUERY PLAN SELECT * FROM t', 'EXPLAIN'],
];

const rest: Row[] = [
  ['PRAGMA foreign_keys = OFF', 'PRAGMA', 'SetSetting name:foreign_keys value:off scope:session'],
  ['PRAGMA foreign_keys(0)', 'PRAGMA', 'SetSetting name:foreign_keys value:0 scope:session'],
  ['PRAGMA main.user_version = -3', 'PRAGMA', 'SetSetting name:user_version value:-3 scope:session'],
  ["PRAGMA encoding = 'UTF-8'", 'PRAGMA', 'SetSetting name:encoding value:utf-8 scope:session'],
  ['PRAGMA foreign_keys', 'PRAGMA'],
  // These take an argument and answer; they set nothing.
  ["PRAGMA table_info('t')", 'PRAGMA'],
  ['PRAGMA main.foreign_key_check(t)', 'PRAGMA'],
  ['PRAGMA integrity_check(10)', 'PRAGMA'],
  ['BEGIN', 'BEGIN', 'Transaction action:begin'],
  ['BEGIN IMMEDIATE', 'BEGIN', 'Transaction action:begin'],
  ['BEGIN EXCLUSIVE TRANSACTION', 'BEGIN', 'Transaction action:begin'],
  ['COMMIT TRANSACTION', 'COMMIT', 'Transaction action:commit'],
  ['END', 'END', 'Transaction action:commit'],
  ['ROLLBACK', 'ROLLBACK', 'Transaction action:rollback'],
  ['ROLLBACK TRANSACTION TO SAVEPOINT s', 'ROLLBACK', 'Transaction action:savepoint'],
  ['SAVEPOINT s', 'SAVEPOINT', 'Transaction action:savepoint'],
  ['RELEASE SAVEPOINT s', 'RELEASE'],
  ["ATTACH DATABASE 'a.db' AS aux", 'ATTACH'],
  ['DETACH aux', 'DETACH'],
  ['VACUUM', 'VACUUM', 'Vacuum'],
  ["VACUUM main INTO 'copy.db'", 'VACUUM', 'Vacuum'],
  ['ANALYZE', 'ANALYZE'],
  ['ANALYZE main.t', 'ANALYZE'],
];

export const sqliteRows: readonly Row[] = [...tables, ...alterations, ...indexes, ...views, ...data, ...rest];
