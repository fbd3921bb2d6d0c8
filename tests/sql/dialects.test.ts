import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../src/ir/index.js';
import { brief, readSql } from './brief.js';

const rows: [Dialect, string, ...string[]][] = [
  // MySQL
  [
    'mysql',
    "ALTER TABLE `t` ADD COLUMN `a` int(11) unsigned NOT NULL DEFAULT '0' COMMENT 'it''s' AFTER `b`, ALGORITHM=INPLACE, LOCK=NONE",
    "AddColumn \"t\" [\"a\" int unsigned not null = '0' 'it's']",
    'TableOption "t" text:ALGORITHM=INPLACE',
    'TableOption "t" text:LOCK=NONE',
  ],
  [
    'mysql',
    'ALTER TABLE t ADD UNIQUE KEY u (a, b(10)), ADD FULLTEXT INDEX f (c), ADD INDEX (d)',
    'AddConstraint t [u unique(a,b)]',
    'CreateIndex t f fulltext (c)',
    'CreateIndex t (d)',
  ],
  [
    'mysql',
    'ALTER TABLE t MODIFY COLUMN a varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL',
    'ModifyColumn t a [a varchar(255)]',
  ],
  [
    'mysql',
    'ALTER TABLE t CHANGE `a` b bigint(20) NOT NULL FIRST',
    'RenameColumn t "a" to:b',
    'ModifyColumn t b [b bigint not null]',
  ],
  ['mysql', 'ALTER TABLE t CHANGE a a text', 'ModifyColumn t a [a text]'],
  [
    'mysql',
    'ALTER TABLE t DROP PRIMARY KEY, DROP FOREIGN KEY f, DROP INDEX i, DROP COLUMN c',
    'DropConstraint t constraintKind:primary',
    'DropConstraint t constraintKind:foreign f',
    'DropIndex t i',
    'DropColumn t c',
  ],
  [
    'mysql',
    'ALTER TABLE t RENAME INDEX a TO b, ALTER INDEX i INVISIBLE, RENAME TO u',
    'RenameIndex a to:b',
    'AlterIndexVisibility t i',
    'RenameTable t to:u',
  ],
  [
    'mysql',
    "ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4, COMMENT = 'words', ENGINE=InnoDB",
    'ConvertCharset t',
    "CommentOn object:table t 'words'",
    'TableOption t text:ENGINE=InnoDB',
  ],
  ['mysql', 'ALTER TABLE t ADD PARTITION (PARTITION p1 VALUES LESS THAN (5))', 'AddPartition t'],
  ['mysql', 'ALTER TABLE t DROP PARTITION p0', 'DropPartition t p0'],
  ['mysql', 'ALTER TABLE t ADD (a int, b text)', 'AddColumn t [a int]', 'AddColumn t [b text]'],
  ['mysql', 'CREATE INDEX i ON t (a(10) DESC) ALGORITHM=INPLACE LOCK=NONE', 'CreateIndex t i (a #10 desc)'],
  ['mysql', 'DROP INDEX i ON t', 'DropIndex i t'],
  ['mysql', 'RENAME TABLE a TO b, c TO d', 'RenameTable a to:b', 'RenameTable c to:d'],
  [
    'mysql',
    'SET FOREIGN_KEY_CHECKS = 0, @x = 1',
    'SetSetting name:foreign_key_checks value:0 scope:session',
    'SetSetting name:@x value:1 scope:session',
  ],
  ['mysql', 'UPDATE a JOIN b ON a.x = b.x SET a.y = ?', 'Update a where:present (y)'],
  ['mysql', 'UPDATE a LEFT JOIN b ON a.x = b.x SET a.y = 1', 'Update a where:absent (y)'],
  ['mysql', 'DELETE FROM a ORDER BY x LIMIT 10', 'Delete a where:present'],
  ['mysql', 'DROP TEMPORARY TABLE a', 'DropTable a'],
  ['mysql', 'DELETE a FROM a LEFT JOIN b ON a.x = b.x WHERE b.x IS NULL', 'Delete a where:present'],
  ['mysql', 'INSERT INTO t SET a = 1 ON DUPLICATE KEY UPDATE a = 2', 'Insert t'],
  [
    'mysql',
    "CREATE TABLE `t` (`id` int(11) NOT NULL AUTO_INCREMENT, ok tinyint(1) DEFAULT 0, `key` varchar(20), ts timestamp DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, PRIMARY KEY (`id`), UNIQUE KEY `uk` (ok), KEY `k` (ts, ok DESC) USING BTREE) ENGINE=InnoDB COMMENT='words'",
    'CreateTable "t" ["id" int not null identity; ok tinyint(1) = 0; "key" varchar(20); ts timestamp = CURRENT_TIMESTAMP; primary("id"); "uk" unique(ok); "k" index(ts, ok desc)] \'words\'',
  ],
  // T-SQL
  [
    'tsql',
    'ALTER TABLE [dbo].[t] ADD [a] INT NOT NULL CONSTRAINT [d] DEFAULT ((0)), [b] BIT NULL',
    'AddColumn "dbo"."t" ["a" int not null = ((0))]',
    'AddColumn "dbo"."t" ["b" bit]',
  ],
  ['tsql', 'ALTER TABLE t ALTER COLUMN a NVARCHAR (MAX) NOT NULL', 'ModifyColumn t a [a nvarchar(max) not null]'],
  ['tsql', 'ALTER TABLE t DROP COLUMN a, COLUMN b', 'DropColumn t a', 'DropColumn t b'],
  [
    'tsql',
    'ALTER TABLE t WITH NOCHECK ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES u (b)',
    'AddConstraint t [f foreign(a)->u(b) not valid]',
  ],
  [
    'tsql',
    'CREATE NONCLUSTERED INDEX[i] ON[dbo].[t]([a] ASC) INCLUDE([b]) WITH (ONLINE = ON)',
    'CreateIndex "dbo"."t" "i" concurrently (a asc) include(b)',
  ],
  ['tsql', 'DROP INDEX i ON t', 'DropIndex i t'],
  ['tsql', 'DROP TABLE IF EXISTS #t', 'DropTable ifExists #t'],
  ['tsql', "EXEC sp_rename 'dbo.t.a', 'b', 'COLUMN'", 'RenameColumn "dbo"."t" "a" to:"b"'],
  ['tsql', "EXEC sp_rename @objname = 't', @newname = 'u'", 'RenameTable "t" to:"u"'],
  ['tsql', 'UPDATE o SET a = 1 FROM dbo.orders o WHERE o.b = @x', 'Update dbo.orders where:present (a)'],
  ['tsql', 'WITH c AS (SELECT 1 AS a) UPDATE t SET a = 1', 'Update t where:absent (a)'],
  [
    'tsql',
    'MERGE INTO t AS x USING u ON x.a = u.a WHEN MATCHED THEN UPDATE SET b = 1 WHEN NOT MATCHED THEN INSERT (a) VALUES (1);',
    'Merge t',
  ],
];

describe('statements of the other dialects', () => {
  it.each(rows)('%s: %s', (dialect, text, ...expected) => {
    const statements = readSql(text, dialect);
    expect(statements.flatMap(({ operations }) => operations).map(brief)).toEqual(expected);
    expect(statements).toHaveLength(1);
    expect(statements[0]!.partial).toBe(false);
  });

  it('of T-SQL follow one another with nothing between', () => {
    const text =
      "DECLARE @x INT = 1\nSET @x = 2\nUPDATE t SET a = @x\nIF COL_LENGTH('t', 'c') IS NULL BEGIN ALTER TABLE t ADD c INT DELETE FROM u END ELSE PRINT 'x'\nBEGIN TRAN SELECT 1 UNION ALL SELECT 2 COMMIT\nGO\nCREATE PROC p AS SELECT 1; DELETE FROM q\nGO\nINSERT INTO t SELECT 1";
    expect(readSql(text, 'tsql').map(({ verb }) => verb)).toEqual([
      'DECLARE',
      'SET',
      'UPDATE',
      'IF',
      'BEGIN',
      'SELECT',
      'COMMIT',
      'CREATE PROC',
      'INSERT',
    ]);
    const [guarded] = readSql(text, 'tsql').filter(({ verb }) => verb === 'IF');
    expect(guarded!.children.map(({ verb, guard }) => [verb, guard?.kind])).toEqual([
      ['ALTER TABLE', 'existence'],
      ['DELETE', 'existence'],
      ['PRINT', 'existence'],
    ]);
  });
});

describe('what a statement reads', () => {
  it.each<[string, string, string]>([
    ['SELECT count(*) FROM user', 'user', ''],
    ['SELECT user, current_user FROM a JOIN "user" u ON u.x IS DISTINCT FROM a.user', 'a,"user"', ''],
    ['WITH user AS (SELECT 1), b AS (SELECT * FROM c) SELECT * FROM user JOIN b ON true', 'c', ''],
    ['SELECT extract(epoch FROM a), trim(both from b), substring(c from 1) FROM t', 't', ''],
    ['SELECT * FROM generate_series(1, 2) g, user(), t', 't', ''],
    [
      'SELECT * FROM (a CROSS JOIN b) JOIN LATERAL (SELECT * FROM c) d ON true WHERE e IN (SELECT 1 FROM f)',
      'a,b,c,f',
      '',
    ],
    ['UPDATE user SET a = 1', '', 'user'],
    ['INSERT INTO "order" SELECT * FROM old', 'old', '"order"'],
    ['DELETE FROM s.a USING b WHERE true', 'b', 's.a'],
    ['SELECT a INTO b FROM c', 'c', 'b'],
    ['CREATE VIEW v AS SELECT * FROM t', 't', 'v'],
    ['SELECT * FROM a UNION SELECT * FROM b ORDER BY c', 'a,b', ''],
  ])('%s', (text, reads, writes) => {
    const shown = (names: { name: { value: string; quoted: boolean }; schema?: { value: string } }[]) =>
      names
        .map(({ name, schema }) => (schema ? `${schema.value}.` : '') + (name.quoted ? `"${name.value}"` : name.value))
        .join();
    const [statement] = readSql(text);
    expect([shown(statement!.reads), shown(statement!.writes)]).toEqual([reads, writes]);
    for (const { span, name } of [...statement!.reads, ...statement!.writes]) {
      expect(text.slice(span.start, span.end)).toContain(name.value);
    }
  });
});
