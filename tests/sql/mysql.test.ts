import { describe, expect, it } from 'vitest';
import type { Column, Dialect, Operation } from '../../src/ir/index.js';
import { columnText } from '../../src/frontends/sql/definitions.js';
import { brief, readSql } from './brief.js';

/** What `brief` leaves out of a column because only MySQL says it. */
const ofColumn = ({ name, onUpdate, charset, collation, invisible }: Column): string[] => [
  ...(onUpdate === undefined ? [] : [`${name.value}: on update ${onUpdate}`]),
  ...(charset === undefined ? [] : [`${name.value}: charset ${charset}`]),
  ...(collation === undefined ? [] : [`${name.value}: collate ${collation}`]),
  ...(invisible ? [`${name.value}: invisible`] : []),
];

/** An operation with all that MySQL says of it. */
function full(operation: Operation): string {
  const more: string[] = [];
  if (operation.kind === 'CreateTable') {
    more.push(...operation.definition.columns.flatMap(ofColumn));
    for (const index of operation.definition.indexes) {
      if (index.unique) more.push(`${index.name?.value ?? ''}: unique`);
      if (index.method) more.push(`${index.name?.value ?? ''}: ${index.method}`);
      if (index.invisible) more.push(`${index.name?.value ?? ''}: invisible`);
    }
  }
  if (operation.kind === 'AddColumn') more.push(...ofColumn(operation.column));
  if (operation.kind === 'ModifyColumn') more.push(...ofColumn(operation.definition));
  if (operation.kind === 'CreateIndex' && operation.index.invisible) more.push('invisible');
  if (operation.kind === 'AlterIndexVisibility') more.push(operation.visible ? 'visible' : 'invisible');
  if (operation.kind === 'ConvertCharset') {
    if (operation.charset) more.push(`charset ${operation.charset}`);
    if (operation.collation) more.push(`collate ${operation.collation}`);
  }
  if ('position' in operation && operation.position) {
    more.push(operation.position === 'first' ? 'first' : `after ${operation.position.after.value}`);
  }
  if (operation.algorithm) more.push(`algorithm ${operation.algorithm}`);
  if (operation.lock) more.push(`lock ${operation.lock}`);
  if (operation.lockWait !== undefined) more.push(`waits ${String(operation.lockWait)}`);
  return [brief(operation), ...more].join(' | ');
}

/** A statement and what it does by the words of the manuals of MySQL 8.4 and MariaDB 11. */
type Row = [text: string, ...operations: string[]];

const columns: Row[] = [
  [
    "ALTER TABLE `t` ADD COLUMN `a` int(11) unsigned NOT NULL DEFAULT '0' COMMENT 'it''s' AFTER `b`, ALGORITHM=INPLACE, LOCK=NONE",
    "AddColumn \"t\" [\"a\" int unsigned not null = '0' 'it's'] | after b | algorithm inplace | lock none",
  ],
  ['ALTER TABLE t ADD a int FIRST, ALGORITHM INSTANT', 'AddColumn t [a int] | first | algorithm instant'],
  ['ALTER TABLE t ADD (a int, b text)', 'AddColumn t [a int]', 'AddColumn t [b text]'],
  ['ALTER TABLE t ADD COLUMN a int, ADD b int AFTER a', 'AddColumn t [a int]', 'AddColumn t [b int] | after a'],
  [
    'ALTER TABLE t ADD at datetime(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3) NOT NULL',
    'AddColumn t [at datetime(3) not null = CURRENT_TIMESTAMP(3)] | at: on update CURRENT_TIMESTAMP(3)',
  ],
  [
    'ALTER TABLE t ADD a int GENERATED ALWAYS AS (b + 1) STORED NOT NULL, ADD c int AS (b) VIRTUAL, ADD d int AS (b)',
    'AddColumn t [a int not null stored]',
    'AddColumn t [c int virtual]',
    'AddColumn t [d int virtual]',
  ],
  [
    'ALTER TABLE t ADD a int INVISIBLE DEFAULT 1, ADD b varchar(9) CHECK (b > 0) NOT ENFORCED',
    'AddColumn t [a int = 1] | a: invisible',
    'AddColumn t [b varchar(9) {check<b > 0>}]',
  ],
  ['ALTER TABLE t ADD id SERIAL', 'AddColumn t [id bigint unsigned not null identity {unique(id)}]'],
  [
    'ALTER TABLE t MODIFY COLUMN a varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL',
    'ModifyColumn t a [a varchar(255)] | a: charset utf8mb4 | a: collate utf8mb4_bin',
  ],
  [
    "ALTER TABLE t MODIFY a timestamp NULL DEFAULT NULL ON UPDATE now() COMMENT 'x' FIRST",
    "ModifyColumn t a [a timestamp = NULL 'x'] | a: on update now() | first",
  ],
  ["ALTER TABLE t MODIFY a enum('x','y') NOT NULL AFTER b", "ModifyColumn t a [a enum('x','y') not null] | after b"],
  [
    'ALTER TABLE t CHANGE `a` b bigint(20) NOT NULL AUTO_INCREMENT FIRST',
    'RenameColumn t "a" to:b',
    'ModifyColumn t b [b bigint not null identity] | first',
  ],
  ['ALTER TABLE t CHANGE COLUMN a a text', 'ModifyColumn t a [a text]'],
  [
    'ALTER TABLE t CHANGE id id int AUTO_INCREMENT PRIMARY KEY, MODIFY a int UNIQUE',
    'ModifyColumn t id [id int not null identity]',
    'AddConstraint t [primary(id)]',
    'ModifyColumn t a [a int]',
    'AddConstraint t [unique(a)]',
  ],
  [
    'ALTER TABLE t ALTER a SET DEFAULT 1, ALTER COLUMN b SET DEFAULT (uuid()), ALTER c DROP DEFAULT',
    'SetDefault t a = 1',
    'SetDefault t b = (uuid())',
    'DropDefault t c',
  ],
  ['ALTER TABLE t ALTER COLUMN a SET INVISIBLE', 'TableOption t text:ALTER COLUMN a SET INVISIBLE'],
  [
    'ALTER TABLE t DROP a, DROP COLUMN b, LOCK = SHARED',
    'DropColumn t a | lock shared',
    'DropColumn t b | lock shared',
  ],
  ['ALTER TABLE t RENAME COLUMN a TO b', 'RenameColumn t a to:b'],
  [
    'ALTER TABLE t ADD `key` text, ADD `index` varchar(3)',
    'AddColumn t ["key" text]',
    'AddColumn t ["index" varchar(3)]',
  ],
];

const types: Row[] = [
  [
    'ALTER TABLE t ADD a bool, ADD b tinyint(4), ADD c int(3) zerofill, ADD d bigint signed, ADD e double precision, ADD f real',
    'AddColumn t [a tinyint(1)]',
    'AddColumn t [b tinyint]',
    'AddColumn t [c int unsigned zerofill]',
    'AddColumn t [d bigint]',
    'AddColumn t [e double]',
    'AddColumn t [f double]',
  ],
  [
    'ALTER TABLE t ADD a long, ADD b long varchar, ADD c national varchar(9), ADD d char varying(3), ADD e dec(5, 2), ADD f integer unsigned',
    'AddColumn t [a mediumtext]',
    'AddColumn t [b mediumtext]',
    'AddColumn t [c varchar(9)]',
    'AddColumn t [d varchar(3)]',
    'AddColumn t [e decimal(5,2)]',
    'AddColumn t [f int unsigned]',
  ],
  [
    "ALTER TABLE t ADD a vector(3), ADD b json, ADD c point NOT NULL SRID 4326, ADD d year, ADD e bit(8) DEFAULT b'0', ADD f varbinary(9)",
    'AddColumn t [a vector(3)]',
    'AddColumn t [b json]',
    'AddColumn t [c point not null]',
    'AddColumn t [d year]',
    "AddColumn t [e bit(8) = b'0']",
    'AddColumn t [f varbinary(9)]',
  ],
];

const keys: Row[] = [
  // A key with a prefix or an expression says of no columns that they are unique: it is an index.
  [
    'ALTER TABLE t ADD UNIQUE KEY u (a, b), ADD UNIQUE v (a, b(10)), ADD CONSTRAINT w UNIQUE INDEX ((lower(a)))',
    'AddConstraint t [u unique(a,b)]',
    'CreateIndex t v unique (a, b #10)',
    'CreateIndex t w unique (<lower(a)>)',
  ],
  [
    'ALTER TABLE t ADD FULLTEXT INDEX f (c) WITH PARSER ngram, ADD FULLTEXT (a), ADD SPATIAL g (p), ADD INDEX (d), ADD KEY i (e(4) DESC) INVISIBLE',
    'CreateIndex t f fulltext (c)',
    'CreateIndex t fulltext (a)',
    'CreateIndex t g spatial (p)',
    'CreateIndex t (d)',
    'CreateIndex t i (e #4 desc) | invisible',
  ],
  [
    "ALTER TABLE t ADD INDEX USING HASH (a), ADD KEY i USING BTREE (b) COMMENT 'x' KEY_BLOCK_SIZE = 8",
    'CreateIndex t hash (a)',
    'CreateIndex t i (b)',
  ],
  [
    'ALTER TABLE t ADD PRIMARY KEY (a), ADD CONSTRAINT f FOREIGN KEY i (b) REFERENCES s.u (c) ON DELETE CASCADE ON UPDATE SET NULL, ADD CHECK (a > 1)',
    'AddConstraint t [primary(a)]',
    'AddConstraint t [f foreign(b)->s.u(c) delete cascade update set null]',
    'AddConstraint t [check<a > 1>]',
  ],
  [
    'ALTER TABLE t DROP PRIMARY KEY, DROP FOREIGN KEY f, DROP INDEX i, DROP KEY k, DROP CONSTRAINT c, DROP CHECK d',
    'DropConstraint t constraintKind:primary',
    'DropConstraint t constraintKind:foreign f',
    'DropIndex t i',
    'DropIndex t k',
    'DropConstraint t c',
    'DropConstraint t constraintKind:check d',
  ],
  ['ALTER TABLE t DROP KEY `PRIMARY`', 'DropConstraint t constraintKind:primary'],
  ['DROP INDEX `PRIMARY` ON t', 'DropConstraint t constraintKind:primary'],
  [
    'ALTER TABLE t RENAME INDEX a TO b, RENAME KEY c TO d, ALTER INDEX i INVISIBLE, ALTER INDEX j VISIBLE',
    'RenameIndex t a to:b',
    'RenameIndex t c to:d',
    'AlterIndexVisibility t i | invisible',
    'AlterIndexVisibility t j | visible',
  ],
  [
    'ALTER TABLE t ALTER CHECK c NOT ENFORCED, ALTER CHECK d ENFORCED',
    'TableOption t text:ALTER CHECK c NOT ENFORCED',
    'TableOption t text:ALTER CHECK d ENFORCED',
  ],
  [
    'CREATE INDEX i ON t (a(10) DESC, (b + 1)) ALGORITHM=INPLACE LOCK=NONE',
    'CreateIndex t i (a #10 desc, <b + 1>) | algorithm inplace | lock none',
  ],
  [
    "CREATE UNIQUE INDEX i USING HASH ON s.t (a) INVISIBLE COMMENT 'x'",
    'CreateIndex s.t i unique hash (a) | invisible',
  ],
  ['CREATE FULLTEXT INDEX i ON t (a, b) WITH PARSER ngram', 'CreateIndex t i fulltext (a, b)'],
  ['DROP INDEX i ON t ALGORITHM = COPY LOCK = DEFAULT', 'DropIndex i t | algorithm copy | lock default'],
];

const tableChanges: Row[] = [
  [
    "ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, COMMENT = 'words', ENGINE=InnoDB",
    'ConvertCharset t | charset utf8mb4 | collate utf8mb4_bin',
    "CommentOn object:table t 'words'",
    'TableOption t text:ENGINE=InnoDB',
  ],
  [
    "ALTER TABLE t ENGINE InnoDB COMMENT 'words' ROW_FORMAT=DYNAMIC",
    "CommentOn object:table t 'words'",
    "TableOption t text:ENGINE InnoDB COMMENT 'words' ROW_FORMAT=DYNAMIC",
  ],
  ...[
    'DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin',
    'CHARACTER SET utf8mb4',
    'AUTO_INCREMENT = 100',
    'KEY_BLOCK_SIZE = 8',
    'STATS_PERSISTENT 1',
    'MAX_ROWS = 10',
    'FORCE',
    'ORDER BY a, b',
    'DISABLE KEYS',
    'WITHOUT VALIDATION',
    'UNION = (a, b)',
  ].map((option): Row => [
    `ALTER TABLE t ${option}`,
    `TableOption t text:${option.replace(', b', option.startsWith('ORDER') ? '' : ', b')}`,
  ]),
  ['ALTER TABLE t RENAME TO u', 'RenameTable t to:u'],
  ['ALTER TABLE t RENAME s.u', 'RenameTable t to:s.u'],
  ['ALTER TABLE t RENAME AS u', 'RenameTable t to:u'],
  ['ALTER TABLE t RENAME = u', 'RenameTable t to:u'],
  ['RENAME TABLE a TO b, s.c TO d', 'RenameTable a to:b', 'RenameTable s.c to:d'],
  ["RENAME USER 'a'@'localhost' TO b"],
];

const partitions: Row[] = [
  [
    'ALTER TABLE t ADD PARTITION (PARTITION p1 VALUES LESS THAN (5), PARTITION p2 VALUES LESS THAN MAXVALUE)',
    'AddPartition t p1',
    'AddPartition t p2',
  ],
  ['ALTER TABLE t ADD PARTITION PARTITIONS 4', 'AddPartition t'],
  ['ALTER TABLE t DROP PARTITION p0, p1', 'DropPartition t p0', 'DropPartition t p1'],
  ['ALTER TABLE t TRUNCATE PARTITION p0, p1', 'Truncate t p0', 'Truncate t p1'],
  ['ALTER TABLE t TRUNCATE PARTITION ALL', 'Truncate t'],
  [
    'ALTER TABLE t REORGANIZE PARTITION p0, p1 INTO (PARTITION p VALUES LESS THAN (9))',
    'TableOption t text:REORGANIZE PARTITION p0',
  ],
  ...[
    'EXCHANGE PARTITION p WITH TABLE u WITHOUT VALIDATION',
    'COALESCE PARTITION 2',
    'REBUILD PARTITION p',
    'OPTIMIZE PARTITION ALL',
    'REMOVE PARTITIONING',
    'PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (5), PARTITION p1 VALUES LESS THAN MAXVALUE)',
    'PARTITION BY LINEAR KEY ALGORITHM=2 (a) PARTITIONS 4',
  ].map((option): Row => [`ALTER TABLE t ${option}`, `TableOption t text:${option}`]),
  [
    'ALTER TABLE t PARTITION BY HASH (a) PARTITIONS 4, LOCK = NONE',
    'TableOption t text:PARTITION BY HASH (a) PARTITIONS 4 | lock none',
  ],
];

const creation: Row[] = [
  [
    "CREATE TABLE `t` (`id` int(11) NOT NULL AUTO_INCREMENT, ok tinyint(1) DEFAULT 0, `key` varchar(20), ts timestamp DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, PRIMARY KEY (`id`), UNIQUE KEY `uk` (ok), KEY `k` (ts, ok DESC) USING BTREE) ENGINE=InnoDB COMMENT='words'",
    'CreateTable "t" ["id" int not null identity; ok tinyint(1) = 0; "key" varchar(20); ts timestamp = CURRENT_TIMESTAMP; primary("id"); "uk" unique(ok); "k" index(ts, ok desc)] \'words\' | ts: on update CURRENT_TIMESTAMP',
  ],
  [
    'CREATE TABLE IF NOT EXISTS s.t (id int PRIMARY KEY, a varchar(9) CHARSET latin1 COLLATE latin1_bin UNIQUE KEY, b int REFERENCES u (c), CONSTRAINT f FOREIGN KEY (b) REFERENCES u (c), CONSTRAINT CHECK (b > 0), FULLTEXT KEY g (a), UNIQUE h (a(3)))',
    'CreateTable ifNotExists s.t [id int not null {primary(id)}; a varchar(9) {unique(a)}; b int {foreign(b)->u(c)}; f foreign(b)->u(c); check<b > 0>; g index(a); h index(a #3)] | a: charset latin1 | a: collate latin1_bin | g: fulltext | h: unique',
  ],
  ['CREATE TEMPORARY TABLE t (a int)', 'CreateTable t [a int] temporary'],
  ['CREATE TABLE t LIKE s.u', 'CreateTable t [] asSelect'],
  ['CREATE TABLE t (LIKE u)', 'CreateTable t [] asSelect'],
  ['CREATE TABLE t AS SELECT * FROM u', 'CreateTable t [] asSelect'],
  ['CREATE TABLE t (PRIMARY KEY (a)) IGNORE SELECT a FROM u', 'CreateTable t [primary(a)] asSelect'],
  [
    "CREATE TABLE t (a int, b date) ENGINE=InnoDB PARTITION BY RANGE (a) SUBPARTITION BY HASH (TO_DAYS(b)) SUBPARTITIONS 2 (PARTITION p0 VALUES LESS THAN (5) COMMENT = 'x', PARTITION p1 VALUES LESS THAN MAXVALUE)",
    'CreateTable t [a int; b date] partitioned',
  ],
  ['CREATE TABLE t (a int) /*!50100 PARTITION BY HASH (a) PARTITIONS 4 */', 'CreateTable t [a int] partitioned'],
  ['CREATE DATABASE IF NOT EXISTS d DEFAULT CHARACTER SET utf8mb4', 'CreateSchema ifNotExists schema:d'],
  [
    'CREATE DATABASE /*!32312 IF NOT EXISTS*/ `d` /*!40100 DEFAULT CHARACTER SET utf8 */',
    'CreateSchema ifNotExists schema:"d"',
  ],
  ['ALTER DATABASE d CHARACTER SET utf8mb4'],
  [
    'CREATE OR REPLACE ALGORITHM=MERGE DEFINER=`a`@`%` SQL SECURITY INVOKER VIEW v (x) AS SELECT a FROM t',
    'CreateView v',
  ],
  ['ALTER ALGORITHM=MERGE VIEW v AS SELECT a FROM t', 'CreateView v'],
];

const drops: Row[] = [
  ['DROP TABLE IF EXISTS a, s.b CASCADE', 'DropTable ifExists cascade a', 'DropTable ifExists cascade s.b'],
  ['DROP TEMPORARY TABLE a', 'DropTable a'],
  ['DROP VIEW IF EXISTS v, w', 'DropView ifExists v', 'DropView ifExists w'],
  ['DROP PROCEDURE IF EXISTS p', 'DropRoutine ifExists p'],
  ['DROP FUNCTION f', 'DropRoutine f'],
  ['DROP EVENT IF EXISTS e', 'DropRoutine ifExists e'],
  ['DROP TRIGGER IF EXISTS s.x', 'DropTrigger ifExists name:x'],
  ['DROP DATABASE IF EXISTS d', 'DropSchema ifExists schema:d'],
  ['DROP SCHEMA d', 'DropSchema schema:d'],
  ["DROP USER IF EXISTS 'a'@'%'"],
  ['TRUNCATE s.t', 'Truncate s.t'],
  ['TRUNCATE TABLE t', 'Truncate t'],
];

const session: Row[] = [
  [
    "SET FOREIGN_KEY_CHECKS = 0, @x = 1, SESSION lock_wait_timeout := 5, GLOBAL max_connections = 9, @@session.sql_mode = 'A'",
    'SetSetting name:foreign_key_checks value:0 scope:session',
    'SetSetting name:@x value:1 scope:session',
    'SetSetting name:lock_wait_timeout value:5 scope:session',
    'SetSetting name:max_connections value:9 scope:global',
    'SetSetting name:sql_mode value:A scope:session',
  ],
  ['SET LOCAL lock_wait_timeout = 5', 'SetSetting name:lock_wait_timeout value:5 scope:session'],
  ['SET NAMES utf8mb4', 'SetSetting name:names value:utf8mb4 scope:session'],
  ['SET CHARACTER SET utf8mb4', 'SetSetting name:character set value:utf8mb4 scope:session'],
  ['/*!40101 SET @@global.time_zone = @old */', 'SetSetting name:time_zone value:@old scope:global'],
  ['LOCK TABLES a READ LOCAL, s.b AS x WRITE', 'Lock a mode:READ', 'Lock s.b mode:WRITE'],
  ['UNLOCK TABLES'],
  ['START TRANSACTION READ ONLY', 'Transaction action:begin'],
  ['START REPLICA'],
  ['BEGIN', 'Transaction action:begin'],
  ['OPTIMIZE NO_WRITE_TO_BINLOG TABLE a, b', 'Vacuum a full', 'Vacuum b full'],
  ['ANALYZE TABLE a'],
  ['CHECK TABLE a'],
  ['REPAIR TABLE a'],
  ['CHECKSUM TABLE a'],
  ['USE d'],
  ["GRANT ALL ON d.* TO 'a'@'%'", 'Grant'],
  ["CREATE USER 'a'@'%' IDENTIFIED BY 'b'"],
  ['DO SLEEP(1)', 'Call'],
  ['HANDLER t OPEN'],
  ["LOAD DATA LOCAL INFILE 'x' REPLACE INTO TABLE t FIELDS TERMINATED BY ','", 'Copy'],
  ['CALL p(1)', 'Call'],
];

const data: Row[] = [
  ['UPDATE a JOIN b ON a.x = b.x SET a.y = ?', 'Update a where:present (y)'],
  ['UPDATE a LEFT JOIN b ON a.x = b.x SET a.y = 1', 'Update a where:absent (y)'],
  ['UPDATE a JOIN b ON TRUE SET a.y = 1', 'Update a where:tautology (y)'],
  [
    'UPDATE a AS x JOIN b ON x.c = b.c SET b.y = x.y, x.z = 1 WHERE x.c > 0',
    'Update a where:present (z)',
    'Update b where:present (y)',
  ],
  ['UPDATE a, b SET b.y = 1 WHERE a.x = b.x', 'Update b where:present (y)'],
  ['UPDATE LOW_PRIORITY IGNORE t SET a = 1 WHERE b ORDER BY c LIMIT 1', 'Update t where:present (a)'],
  ['DELETE FROM a', 'Delete a where:absent'],
  ['DELETE FROM a ORDER BY x LIMIT 10', 'Delete a where:present'],
  ['DELETE a FROM a LEFT JOIN b ON a.x = b.x WHERE b.x IS NULL', 'Delete a where:present'],
  ['DELETE a, y FROM a JOIN b AS y ON a.x = y.x', 'Delete a where:present', 'Delete b where:present'],
  ['DELETE a.*, b.* FROM a JOIN b ON 1 = 1', 'Delete a where:tautology', 'Delete b where:tautology'],
  ['DELETE FROM a, b USING a JOIN b WHERE a.x = b.x', 'Delete a where:present', 'Delete b where:present'],
  ['INSERT INTO t SET a = 1 ON DUPLICATE KEY UPDATE a = 2', 'Insert t'],
  ['INSERT IGNORE t (a) VALUES (?) AS n ON DUPLICATE KEY UPDATE a = n.a', 'Insert t'],
  ['REPLACE INTO t VALUES (1)', 'Insert t'],
  ['INSERT INTO t SELECT * FROM u', 'Insert t'],
  ["SELECT a INTO OUTFILE 'x' FROM t", 'Select'],
];

const mariadb: Row[] = [
  [
    'ALTER TABLE IF EXISTS t ADD COLUMN IF NOT EXISTS a uuid DEFAULT uuid()',
    'AddColumn ifExists ifNotExists t [a uuid = uuid()]',
  ],
  ['ALTER TABLE t WAIT 5 ADD a int', 'AddColumn t [a int] | waits 5'],
  ['ALTER TABLE t NOWAIT DROP COLUMN IF EXISTS a', 'DropColumn ifExists t a | waits 0'],
  [
    'ALTER TABLE t ADD INDEX IF NOT EXISTS i (a), ADD UNIQUE KEY IF NOT EXISTS u (b), ADD FOREIGN KEY IF NOT EXISTS f (c) REFERENCES v (d), ADD CONSTRAINT IF NOT EXISTS g CHECK (a > 0)',
    'CreateIndex ifNotExists t i (a)',
    'AddConstraint ifNotExists t [u unique(b)]',
    'AddConstraint ifNotExists t [f foreign(c)->v(d)]',
    'AddConstraint ifNotExists t [g check<a > 0>]',
  ],
  [
    'ALTER TABLE t DROP INDEX IF EXISTS i, DROP FOREIGN KEY IF EXISTS f, DROP CONSTRAINT IF EXISTS c, MODIFY COLUMN IF EXISTS a inet6, CHANGE IF EXISTS b b int',
    'DropIndex ifExists t i',
    'DropConstraint ifExists t constraintKind:foreign f',
    'DropConstraint ifExists t c',
    'ModifyColumn ifExists t a [a inet6]',
    'ModifyColumn ifExists t b [b int]',
  ],
  [
    'ALTER TABLE t RENAME COLUMN IF EXISTS a TO b, RENAME INDEX IF EXISTS i TO j, ALTER INDEX k IGNORED, ALTER KEY l NOT IGNORED',
    'RenameColumn ifExists t a to:b',
    'RenameIndex ifExists t i to:j',
    'AlterIndexVisibility t k | invisible',
    'AlterIndexVisibility t l | visible',
  ],
  ['RENAME TABLE IF EXISTS a NOWAIT TO b', 'RenameTable ifExists a to:b | waits 0'],
  ['CREATE OR REPLACE TABLE t (a int)', 'DropTable ifExists t', 'CreateTable t [a int]'],
  ['CREATE INDEX IF NOT EXISTS i ON t (a) WAIT 3', 'CreateIndex ifNotExists t i (a) | waits 3'],
  ['DROP INDEX IF EXISTS i ON t NOWAIT', 'DropIndex ifExists i t | waits 0'],
  ['DROP TABLE a WAIT 2', 'DropTable a | waits 2'],
  [
    'CREATE TABLE t (a int, b varchar(9) COMPRESSED, s timestamp(6) GENERATED ALWAYS AS ROW START, e timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (s, e), UNIQUE (a, p WITHOUT OVERLAPS), VECTOR INDEX (v)) WITH SYSTEM VERSIONING',
    'CreateTable t [a int; b varchar(9); s timestamp(6) not null stored; e timestamp(6) not null stored; unique(a,p); index(v)] | : vector',
  ],
  ['ALTER TABLE t ADD SYSTEM VERSIONING', 'TableOption t text:ADD SYSTEM VERSIONING'],
  ['ALTER TABLE t ADD a int AS (b) PERSISTENT', 'AddColumn t [a int stored]'],
  ['ALTER TABLE t ADD a int DEFAULT NEXT VALUE FOR s.q NOT NULL', 'AddColumn t [a int not null = NEXT VALUE FOR s.q]'],
  ['CREATE SEQUENCE IF NOT EXISTS s START WITH 1', 'CreateSequence ifNotExists s'],
  ['ALTER SEQUENCE s RESTART 5', 'AlterSequence s'],
  ['DROP SEQUENCE s, u', 'DropSequence s', 'DropSequence u'],
  ['DELETE FROM t WHERE a = 1 RETURNING b', 'Delete t where:present'],
  ['INSERT INTO t VALUES (1) RETURNING a', 'Insert t'],
  [
    'SET STATEMENT lock_wait_timeout = 1 FOR ALTER TABLE t DROP a',
    'SetSetting name:lock_wait_timeout value:1 scope:transaction',
    'DropColumn t a',
  ],
  ['ANALYZE FORMAT=JSON DELETE FROM t', 'Delete t where:absent'],
];

const all: [Dialect, Row][] = [
  ...[columns, types, keys, tableChanges, partitions, creation, drops, session, data].flatMap((rows) =>
    rows.map((row): [Dialect, Row] => ['mysql', row]),
  ),
  ...mariadb.map((row): [Dialect, Row] => ['mariadb', row]),
];

describe('statements of MySQL and MariaDB', () => {
  it.each(all)('%s: %s', (dialect, [text, ...expected]) => {
    const statements = readSql(text, dialect);
    expect(statements.flatMap(({ operations }) => operations).map(full)).toEqual(expected);
    expect(statements).toHaveLength(1);
    expect(statements[0]!.partial).toBe(false);
    expect(statements[0]!.provenance).toBe('shape');
  });
});

describe('lists of names', () => {
  it('give each operation the place of its own name', () => {
    const text = 'DROP TABLE IF EXISTS a, s.b; DROP TABLE c; ALTER TABLE t DROP a, DROP b';
    const spans = readSql(text, 'mysql').flatMap(({ operations }) => operations.map(({ span }) => span));
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual([
      'a',
      's.b',
      'DROP TABLE c',
      'DROP a',
      'DROP b',
    ]);
  });
});

describe('a column that is written again', () => {
  it.each([
    'at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)',
    'name varchar(9) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL INVISIBLE',
  ])('keeps what MySQL says of it: %s', (text) => {
    const [added] = readSql(`ALTER TABLE t ADD ${text}`, 'mysql')[0]!.operations;
    expect(added?.kind === 'AddColumn' && columnText(added.column, 'mysql')).toBe(text);
  });
});

describe('executable comments', () => {
  it('are run: the statement that the database receives has no marks', () => {
    const [statement] = readSql('CREATE TABLE /*!32312 IF NOT EXISTS*/ t (a int) /*!50100 ENGINE=x */;', 'mysql');
    expect(statement!.text).toBe('CREATE TABLE          IF NOT EXISTS   t (a int)          ENGINE=x');
  });
});

describe('what stands for a name in a template', () => {
  it.each(['{$NAME}_s.t', '{name}_s.t', '${name}_s.t'])('%s', (name) => {
    const [statement] = readSql(`ALTER TABLE ${name} DROP a`, 'mysql');
    expect(statement!.operations).toMatchObject([
      { kind: 'DropColumn', table: { schema: { unknown: true }, name: { value: 't' } }, column: { value: 'a' } },
    ]);
  });
});

describe('what stands for a character set in a template', () => {
  it('leaves the rest of the statement read', () => {
    const [statement] = readSql(
      'CREATE TABLE t (a text CHARACTER SET {$C} COLLATE {$D}) DEFAULT CHARSET={$E}',
      'mysql',
    );
    expect(statement!.partial).toBe(false);
    expect(statement!.operations.map(brief)).toEqual(['CreateTable t [a text]']);
  });
});

describe('what can not be known', () => {
  it('names the table that it may change', () => {
    const [statement] = readSql('ALTER TABLE t DISCARD TABLESPACE', 'mysql');
    expect(statement!.operations).toMatchObject([{ kind: 'Opaque', touches: [{ name: { value: 't' } }] }]);
  });

  it('names other objects too', () => {
    const [statement] = readSql('DROP EXTENSION IF EXISTS e CASCADE', 'postgresql');
    expect(statement!.operations).toMatchObject([{ kind: 'Opaque', touches: [{ name: { value: 'e' } }] }]);
  });

  it('knows that an extension goes alone unless others go with it', () => {
    const anything = (text: string) =>
      readSql(text, 'postgresql').flatMap(({ operations }) =>
        operations.map((each) => each.kind === 'Opaque' && each.anything === true),
      );
    expect(anything('DROP EXTENSION IF EXISTS e')).toEqual([false]);
    expect(anything('DROP EXTENSION e RESTRICT')).toEqual([false]);
    expect(anything('DROP EXTENSION e, f CASCADE')).toEqual([true, true]);
  });
});
