import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../src/ir/index.js';
import { brief, readSql } from './brief.js';

const rows: [Dialect, string, ...string[]][] = [
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
