import { describe, expect, it } from 'vitest';
import type { Statement } from '../../src/ir/index.js';
import { brief, readSql } from './brief.js';

/** A statement, and its operations as its documentation means them. */
const rows: [string, ...string[]][] = [
  // ADD
  [
    'ALTER TABLE [dbo].[t] ADD [a] INT NOT NULL CONSTRAINT [d] DEFAULT ((0)), [b] BIT NULL',
    'AddColumn "dbo"."t" ["a" int not null = ((0))]',
    'AddColumn "dbo"."t" ["b" bit]',
  ],
  [
    'ALTER TABLE t ADD a DATETIME2 (7) NULL, CONSTRAINT u UNIQUE (a), b INT CONSTRAINT c CHECK (b > 0) WITH VALUES',
    'AddColumn t [a datetime2(7)]',
    'AddConstraint t [u unique(a)]',
    'AddColumn t [b int {c check<b > 0>}]',
  ],
  ['ALTER TABLE t ADD CONSTRAINT d DEFAULT (getdate()) FOR a', 'SetDefault t a = (getdate())'],
  ['ALTER TABLE t ADD DEFAULT 0 FOR a WITH VALUES', 'SetDefault t a = 0'],
  ['ALTER TABLE t ADD s AS (a + b) PERSISTED NOT NULL', 'AddColumn t [s unknown not null stored]'],
  ['ALTER TABLE t ADD s AS a + b', 'AddColumn t [s unknown virtual]'],
  [
    'ALTER TABLE t ADD CONSTRAINT pk PRIMARY KEY CLUSTERED (a ASC) WITH (PAD_INDEX = OFF, FILLFACTOR = 90) ON [PRIMARY]',
    'AddConstraint t [pk primary(a)]',
  ],
  ['ALTER TABLE t ADD CONSTRAINT pk PRIMARY KEY (a) WITH (ONLINE = ON)', 'AddConstraint online t [pk primary(a)]'],
  [
    'ALTER TABLE t WITH NOCHECK ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES u (b) NOT FOR REPLICATION',
    'AddConstraint t [f foreign(a)->u(b) not valid]',
  ],
  [
    'ALTER TABLE t WITH CHECK ADD CONSTRAINT f FOREIGN KEY(a) REFERENCES s.u (b) ON UPDATE CASCADE ON DELETE SET NULL',
    'AddConstraint t [f foreign(a)->s.u(b) delete set null update cascade]',
  ],
  ['ALTER TABLE t WITH CHECK ADD CHECK NOT FOR REPLICATION (a > 0)', 'AddConstraint t [check<a > 0>]'],
  [
    'ALTER TABLE t ADD v DATETIME2 GENERATED ALWAYS AS ROW START HIDDEN NOT NULL DEFAULT sysutcdatetime(), w DATETIME2 GENERATED ALWAYS AS ROW END NOT NULL, PERIOD FOR SYSTEM_TIME (v, w)',
    'AddColumn t [v datetime2 not null = sysutcdatetime() stored]',
    'AddColumn t [w datetime2 not null stored]',
    'TableOption t text:PERIOD FOR SYSTEM_TIME (v, w)',
  ],
  ['ALTER TABLE t ADD INDEX i NONCLUSTERED (a DESC)', 'CreateIndex t i (a desc)'],
  ['ALTER TABLE t ADD INDEX i HASH (a) WITH (BUCKET_COUNT = 64)', 'CreateIndex t i hash (a)'],
  // ALTER COLUMN: what is not said to be NOT NULL may be null afterwards.
  ['ALTER TABLE t ALTER COLUMN a NVARCHAR (MAX) NOT NULL', 'AlterColumnType t a nvarchar(max)', 'SetNotNull t a'],
  [
    'ALTER TABLE [dbo].[t] ALTER COLUMN [a] VARCHAR(50) COLLATE Latin1_General_CI_AS NULL',
    'AlterColumnType "dbo"."t" "a" varchar(50)',
    'DropNotNull "dbo"."t" "a"',
  ],
  ['ALTER TABLE t ALTER COLUMN a BIGINT', 'AlterColumnType t a bigint', 'DropNotNull t a'],
  [
    'ALTER TABLE t ALTER COLUMN a BIGINT NOT NULL WITH (ONLINE = ON)',
    'AlterColumnType online t a bigint',
    'SetNotNull online t a',
  ],
  [
    "ALTER TABLE t ALTER COLUMN a ADD MASKED WITH (FUNCTION = 'email()')",
    "TableOption t text:ALTER COLUMN a ADD MASKED WITH (FUNCTION = 'email()')",
  ],
  ['ALTER TABLE t ALTER COLUMN a DROP MASKED', 'TableOption t text:ALTER COLUMN a DROP MASKED'],
  // DROP
  ['ALTER TABLE t DROP COLUMN a, COLUMN b', 'DropColumn t a', 'DropColumn t b'],
  ['ALTER TABLE t DROP COLUMN a, b', 'DropColumn t a', 'DropColumn t b'],
  ['ALTER TABLE t DROP COLUMN IF EXISTS a, b', 'DropColumn ifExists t a', 'DropColumn ifExists t b'],
  ['ALTER TABLE t DROP CONSTRAINT a, b', 'DropConstraint t a', 'DropConstraint t b'],
  ['ALTER TABLE t DROP CONSTRAINT IF EXISTS [a]', 'DropConstraint ifExists t "a"'],
  // Without a word before it, a name is that of a constraint.
  ['ALTER TABLE t DROP a', 'DropConstraint t a'],
  [
    'ALTER TABLE t DROP CONSTRAINT a, COLUMN b, c, CONSTRAINT d WITH (ONLINE = ON)',
    'DropConstraint online t a',
    'DropColumn online t b',
    'DropColumn online t c',
    'DropConstraint online t d',
  ],
  ['ALTER TABLE t DROP PERIOD FOR SYSTEM_TIME', 'TableOption t text:DROP PERIOD FOR SYSTEM_TIME'],
  // Only WITH CHECK looks at the rows that are there.
  ['ALTER TABLE t WITH CHECK CHECK CONSTRAINT c', 'ValidateConstraint t c'],
  ['ALTER TABLE t CHECK CONSTRAINT c', 'TableOption t text:CHECK CONSTRAINT c'],
  ['ALTER TABLE t NOCHECK CONSTRAINT ALL', 'TableOption t text:NOCHECK CONSTRAINT ALL'],
  // Other actions
  ['ALTER TABLE a SWITCH PARTITION 2 TO b PARTITION 2', 'TableOption a text:SWITCH PARTITION 2 TO b PARTITION 2'],
  ['ALTER TABLE t ENABLE TRIGGER ALL', 'TableOption t text:ENABLE TRIGGER ALL'],
  ['ALTER TABLE t REBUILD WITH (DATA_COMPRESSION = PAGE)', 'TableOption t text:REBUILD WITH (DATA_COMPRESSION = PAGE)'],
  [
    'ALTER TABLE t SET (SYSTEM_VERSIONING = ON (HISTORY_TABLE = dbo.h))',
    'TableOption t text:SET (SYSTEM_VERSIONING = ON (HISTORY_TABLE = dbo.h))',
  ],
  ['ALTER TABLE t ALTER INDEX i REBUILD WITH (BUCKET_COUNT = 64)', 'Reindex t'],
  ['ALTER SCHEMA s TRANSFER dbo.t', 'SetSchema dbo.t schema:s'],
  ['ALTER SCHEMA s TRANSFER TYPE::dbo.x'],
  // Indexes
  [
    'CREATE NONCLUSTERED INDEX[i] ON[dbo].[t]([a] ASC) INCLUDE([b]) WITH (ONLINE = ON)',
    'CreateIndex "dbo"."t" "i" concurrently (a asc) include(b)',
  ],
  [
    'CREATE UNIQUE NONCLUSTERED INDEX i ON t (a, b DESC) WHERE a IS NOT NULL WITH (DROP_EXISTING = ON, ONLINE = OFF) ON [PRIMARY]',
    'CreateIndex t i unique (a, b desc) where<a IS NOT NULL>',
  ],
  ['CREATE UNIQUE CLUSTERED INDEX i ON t (a) ON scheme (a)', 'CreateIndex t i unique (a)'],
  ['CREATE CLUSTERED COLUMNSTORE INDEX i ON t', 'CreateIndex t i columnstore ()'],
  ['CREATE NONCLUSTERED COLUMNSTORE INDEX i ON t (a, b)', 'CreateIndex t i columnstore (a, b)'],
  ['CREATE PRIMARY XML INDEX i ON t (a)', 'CreateIndex t i xml (a)'],
  ['CREATE XML INDEX j ON t (a) USING XML INDEX i FOR PATH', 'CreateIndex t j xml path (a)'],
  ['CREATE FULLTEXT INDEX ON t (a LANGUAGE 1033) KEY INDEX pk', 'CreateIndex t fulltext (a)'],
  ['DROP INDEX i ON t', 'DropIndex i t'],
  ['DROP DATABASE d', 'DropDatabase database:d'],
  ['DROP INDEX i ON t WITH (ONLINE = ON)', 'DropIndex concurrently i t'],
  ['DROP INDEX IF EXISTS i ON dbo.t, j ON u', 'DropIndex ifExists i dbo.t', 'DropIndex ifExists j u'],
  ['DROP INDEX t.i', 'DropIndex i t'],
  ['DROP INDEX [dbo].[t].[i], u.j', 'DropIndex "i" "dbo"."t"', 'DropIndex j u'],
  ['ALTER INDEX i ON t REBUILD WITH (ONLINE = ON)', 'Reindex concurrently t'],
  ['ALTER INDEX ALL ON dbo.t REORGANIZE', 'Reindex dbo.t'],
  ['ALTER INDEX i ON t DISABLE', 'Reindex t'],
  // Names
  ["EXEC sp_rename 'dbo.t.a', 'b', 'COLUMN'", 'RenameColumn "dbo"."t" "a" to:"b"'],
  ["EXEC sp_rename N'[dbo].[t.x].[a]', N'b', N'COLUMN';", 'RenameColumn "dbo"."t.x" "a" to:"b"'],
  ["EXEC sp_rename @newname = 'u', @objname = 't'", 'RenameTable "t" to:"u"'],
  ["EXECUTE @r = sys.sp_rename 'dbo.t', 'u', 'OBJECT'", 'RenameTable "dbo"."t" to:"dbo"."u"'],
  ["EXEC sp_rename 'dbo.t.i', 'j', 'INDEX'", 'RenameIndex "i" to:"j"'],
  ["EXEC sp_rename 's.t.PK_t', 'PK_u'", 'RenameConstraint "s"."t" "PK_t" to:"PK_u"'],
  // Comments
  [
    "EXEC sp_addextendedproperty 'MS_Description', 'it''s', 'SCHEMA', 'dbo', 'TABLE', 't', 'COLUMN', 'a'",
    `CommentOn object:column "dbo"."t" "a" 'it's'`,
  ],
  [
    "EXECUTE sys.sp_addextendedproperty @name = N'MS_Description', @value = N'words', @level0type = N'SCHEMA', @level0name = N'dbo', @level1type = N'TABLE', @level1name = N't'",
    `CommentOn object:table "dbo"."t" 'words'`,
  ],
  ["EXEC sp_dropextendedproperty 'MS_Description', 'schema', dbo, 'table', t", 'CommentOn object:table "dbo"."t" null'],
  ["EXEC sp_addextendedproperty 'Version', '1'", 'Call'],
  // Tables
  [
    'CREATE TABLE [dbo].[t] ([id] UNIQUEIDENTIFIER NOT NULL DEFAULT newsequentialid(), [n] NVARCHAR (MAX) NULL, [k] INT IDENTITY(1,1) NOT FOR REPLICATION, CONSTRAINT [pk] PRIMARY KEY CLUSTERED ([id] ASC) WITH (PAD_INDEX = ON), INDEX [i] UNIQUE NONCLUSTERED ([k])) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY]',
    'CreateTable "dbo"."t" ["id" uniqueidentifier not null = newsequentialid(); "n" nvarchar(max); "k" int not null identity; "pk" primary("id"); "i" index(k)]',
  ],
  [
    'CREATE TABLE t (a INT PRIMARY KEY NONCLUSTERED, b AS (a * 2) PERSISTED, c MONEY CONSTRAINT d DEFAULT 0 NOT NULL, e VARCHAR(9) SPARSE NULL INDEX ie)',
    'CreateTable t [a int not null {primary(a)}; b unknown stored; c money not null = 0; e varchar(9)]',
  ],
  [
    'CREATE TABLE t (id INT NOT NULL PRIMARY KEY, f DATETIME2 GENERATED ALWAYS AS ROW START, e DATETIME2 GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (f, e)) WITH (SYSTEM_VERSIONING = ON)',
    'CreateTable t [id int not null {primary(id)}; f datetime2 not null stored; e datetime2 not null stored]',
  ],
  [
    'CREATE TABLE t (a INT NOT NULL, b INT, CONSTRAINT k PRIMARY KEY NONCLUSTERED HASH (a) WITH (BUCKET_COUNT = 64), INDEX i HASH (b) WITH (BUCKET_COUNT = 64)) WITH (MEMORY_OPTIMIZED = ON, DURABILITY = SCHEMA_ONLY)',
    'CreateTable t [a int not null; b int; k primary(a); i index(b)]',
  ],
  [
    'CREATE TABLE t (a INT, b INT NOT NULL CONSTRAINT k PRIMARY KEY CLUSTERED (a) WITH (PAD_INDEX = ON) CONSTRAINT f FOREIGN KEY (b) REFERENCES u, c INT INDEX i (c, a))',
    'CreateTable t [a int not null; b int not null; c int; k primary(a); f foreign(b)->u(); i index(c, a)]',
  ],
  [
    'ALTER TABLE t ADD a INT NULL CONSTRAINT f FOREIGN KEY (a) REFERENCES u (b)',
    'AddColumn t [a int]',
    'AddConstraint t [f foreign(a)->u(b)]',
  ],
  ['CREATE TABLE t (a INT) ON scheme (a)', 'CreateTable t [a int] partitioned'],
  ['CREATE TABLE t AS NODE', 'CreateTable t []'],
  ['CREATE TABLE #t (a INT)', 'CreateTable #t [a int] temporary'],
  ['SELECT a INTO #t FROM u', 'CreateTable #t [] temporary asSelect'],
  ['SELECT TOP (5) a INTO s.t FROM u WITH (NOLOCK)', 'CreateTable s.t [] asSelect'],
  ['DECLARE @t TABLE (a INT PRIMARY KEY, b INT)'],
  ['DROP TABLE IF EXISTS #t', 'DropTable ifExists #t'],
  ['DROP TABLE a, dbo.b', 'DropTable a', 'DropTable dbo.b'],
  ['TRUNCATE TABLE dbo.t WITH (PARTITIONS (1 TO 3))', 'Truncate dbo.t'],
  // Other objects
  ['CREATE PARTITION FUNCTION f (INT) AS RANGE LEFT FOR VALUES (1, 2)'],
  ['CREATE PARTITION SCHEME s AS PARTITION f ALL TO ([PRIMARY])'],
  ['ALTER PARTITION FUNCTION f () MERGE RANGE (2)'],
  ['CREATE TYPE x AS TABLE (a INT)', 'CreateType x'],
  ['CREATE TYPE x FROM NVARCHAR(20) NOT NULL', 'CreateType x'],
  ['CREATE SEQUENCE s.q AS INT START WITH 1 INCREMENT BY 1', 'CreateSequence s.q'],
  ['CREATE SYNONYM y FOR other.dbo.t'],
  ['CREATE SCHEMA s AUTHORIZATION dbo', 'CreateSchema schema:s'],
  ['CREATE STATISTICS x ON t (a) WITH FULLSCAN'],
  ['UPDATE STATISTICS t WITH FULLSCAN'],
  ['CREATE VIEW [v] WITH SCHEMABINDING AS SELECT a FROM dbo.t', 'CreateView "v"'],
  ['CREATE OR ALTER VIEW v AS SELECT a FROM t', 'CreateView v'],
  ['ALTER VIEW v AS SELECT a FROM t'],
  ['DROP VIEW IF EXISTS v', 'DropView ifExists v'],
  ['DROP PROC a, b', 'DropRoutine a', 'DropRoutine b'],
  ['CREATE TRIGGER x ON DATABASE FOR CREATE_TABLE AS PRINT 1', 'CreateRoutine x'],
  ['CREATE EXTERNAL DATA SOURCE d WITH (TYPE = BLOB_STORAGE)'],
  ['ALTER RESOURCE GOVERNOR RECONFIGURE'],
  // Data
  ['SELECT TOP 10 * FROM dbo.t WITH (NOLOCK) WHERE a = @x OPTION (RECOMPILE)', 'Select'],
  ['UPDATE o SET a = 1 FROM dbo.orders o WHERE o.b = @x', 'Update dbo.orders where:present (a)'],
  [
    'UPDATE o SET o.a = 1, b += 2 FROM dbo.orders AS o INNER JOIN u ON u.a = o.a',
    'Update dbo.orders where:present (a,b)',
  ],
  ['UPDATE o SET a = 1 FROM dbo.orders o LEFT JOIN u ON u.a = o.a', 'Update dbo.orders where:absent (a)'],
  ['UPDATE TOP (10) t SET a = 1', 'Update t where:present (a)'],
  ['UPDATE t SET a = 1 OUTPUT inserted.a INTO @x', 'Update t where:absent (a)'],
  ['UPDATE t SET a.WRITE(@x, 0, 1), @v = c = 2 WHERE b = 1', 'Update t where:present (a,c)'],
  ['DELETE FROM t', 'Delete t where:absent'],
  ['DELETE o FROM dbo.orders AS o WHERE o.a = 1', 'Delete dbo.orders where:present'],
  ['DELETE TOP (100) PERCENT FROM t', 'Delete t where:present'],
  ['DELETE t WHERE CURRENT OF c', 'Delete t where:present'],
  ['DELETE FROM t WITH (TABLOCK) OUTPUT deleted.a INTO log (a) WHERE b = 1', 'Delete t where:present'],
  ['WITH c AS (SELECT 1 AS a) UPDATE t SET a = 1', 'Update t where:absent (a)'],
  // A change of what a WITH shows is one of its table, and of the rows that it shows.
  ['WITH c AS (SELECT TOP (10) * FROM t ORDER BY a) DELETE FROM c', 'Delete t where:present'],
  ['WITH c AS (SELECT * FROM t WHERE a = 1) UPDATE c SET b = 2', 'Update t where:present (b)'],
  [
    'WITH c AS (SELECT a, ROW_NUMBER() OVER (ORDER BY a) AS n FROM s.t) DELETE c WHERE n > 1',
    'Delete s.t where:present',
  ],
  ['WITH c AS (SELECT a, ROW_NUMBER() OVER (ORDER BY a) AS n FROM t) UPDATE c SET a = n', 'Update t where:absent (a)'],
  // A variable is no table.
  [
    'UPDATE q SET a = 1 FROM (SELECT TOP (1) a FROM dbo.q WHERE b = 1 ORDER BY a) AS q',
    'Update dbo.q where:present (a)',
  ],
  ['UPDATE q SET a = 1 FROM (SELECT a FROM t) AS q', 'Update t where:absent (a)'],
  ['DELETE [q] FROM (SELECT a FROM t WHERE b = 1) [q]', 'Delete t where:present'],
  ['UPDATE t SET a = q.a FROM (SELECT TOP (1) a FROM u) AS q', 'Update t where:absent (a)'],
  ['DELETE FROM @t'],
  ['UPDATE x SET a = 1 FROM @t AS x'],
  ['INSERT INTO @t SELECT 1'],
  ['INSERT INTO t (a) OUTPUT inserted.id INTO @ids VALUES (1)', 'Insert t'],
  ['INSERT t EXEC p', 'Insert t'],
  ['INSERT INTO t DEFAULT VALUES', 'Insert t'],
  ["BULK INSERT dbo.t FROM 'a.csv' WITH (FIELDTERMINATOR = ',')", 'Insert dbo.t'],
  [
    'MERGE INTO t AS x USING u ON x.a = u.a WHEN MATCHED THEN UPDATE SET b = 1 WHEN NOT MATCHED BY SOURCE THEN DELETE WHEN NOT MATCHED THEN INSERT (a) VALUES (1) OUTPUT $action;',
    'Merge t',
  ],
  [
    'MERGE TOP (10) dbo.t WITH (HOLDLOCK) AS x USING (VALUES (1)) AS s (a) ON x.a = s.a WHEN MATCHED THEN DELETE;',
    'Merge dbo.t',
  ],
  // Session and transactions
  ['BEGIN TRAN', 'Transaction action:begin'],
  ['BEGIN TRANSACTION name WITH MARK', 'Transaction action:begin'],
  ['BEGIN DISTRIBUTED TRAN', 'Transaction action:begin'],
  ['COMMIT TRAN', 'Transaction action:commit'],
  ['COMMIT', 'Transaction action:commit'],
  ['SAVE TRAN s', 'Transaction action:savepoint'],
  ['ROLLBACK TRANSACTION', 'Transaction action:rollback'],
  ['SET NOCOUNT ON', 'SetSetting name:nocount value:ON scope:session'],
  ['SET LOCK_TIMEOUT 1800', 'SetSetting name:lock_timeout value:1800 scope:session'],
  [
    'SET TRANSACTION ISOLATION LEVEL SNAPSHOT',
    'SetSetting name:transaction value:ISOLATION LEVEL SNAPSHOT scope:transaction',
  ],
  ["SET @x = 'a'"],
  ['GRANT SELECT, INSERT, EXECUTE ON SCHEMA::s TO r WITH GRANT OPTION', 'Grant'],
  ['DENY UPDATE ON t TO r', 'Grant'],
  ['REVOKE DELETE ON t FROM r', 'Revoke'],
  ['EXEC dbo.p @a = 1, @b = @c OUTPUT', 'Call'],
  ['dbo.p @a = 1', 'Call'],
  ["[p] 'a', 1", 'Call'],
  ['CREATE DATABASE columnstore'],
  ...[
    'USE [master]',
    "DBCC CHECKIDENT ('t', RESEED, 0) WITH NO_INFOMSGS",
    'DECLARE @a INT = 1, @b NVARCHAR(10)',
    'DECLARE c CURSOR LOCAL FAST_FORWARD FOR SELECT a FROM t',
    'DECLARE c CURSOR FOR WITH x AS (SELECT 1 AS a) SELECT a FROM x FOR UPDATE OF a',
    'OPEN c',
    'FETCH NEXT FROM c INTO @a, @b',
    'CLOSE c',
    'DEALLOCATE c',
    'GOTO done',
    'done:',
    "WAITFOR DELAY '00:00:05'",
    "THROW 50000, 'x', 1",
    "RAISERROR ('x', 16, 1) WITH NOWAIT",
    "PRINT N'x' + CASE WHEN @a = 1 THEN 'b' ELSE 'c' END",
    'RETURN 1',
    'END CONVERSATION @h WITH CLEANUP',
    "BEGIN DIALOG CONVERSATION @h FROM SERVICE [a] TO SERVICE 'b' ON CONTRACT [c]",
    'DISABLE TRIGGER x ON t',
    'ENABLE TRIGGER ALL ON DATABASE',
    "EXECUTE AS USER = 'x'",
    'REVERT',
    'KILL 53',
    'CHECKPOINT',
    'RECONFIGURE WITH OVERRIDE',
    "BACKUP DATABASE d TO DISK = 'x'",
    "RESTORE DATABASE d FROM DISK = 'x' WITH REPLACE, MOVE 'a' TO 'b'",
  ].map((text): [string] => [text]),
];

describe('statements of T-SQL', () => {
  it.each(rows)('%s', (text, ...expected) => {
    const statements = readSql(text, 'tsql');
    expect(statements.flatMap(({ operations }) => operations).map(brief)).toEqual(expected);
    expect(statements.map(({ provenance, partial }) => [provenance, partial])).toEqual([['shape', false]]);
  });

  it('read the tables that stand in them, and neither rows nor variables nor queries of WITH', () => {
    const read = (text: string) => readSql(text, 'tsql').flatMap(({ reads }) => reads.map(({ name }) => name.value));
    expect(
      read('INSERT #t SELECT v.a FROM (VALUES (NULL, 1), (user, 2)) AS v (a, b) CROSS JOIN @x JOIN u ON 1 = 1'),
    ).toEqual(['u']);
    expect(read('WITH c AS (SELECT a FROM s.t) SELECT a FROM c')).toEqual(['t']);
  });

  it('may name a schema by a setting of the run, which is the same wherever it is written', () => {
    const names = readSql('DROP TABLE ${s}.a DROP TABLE $(s).b DROP TABLE ${p}c', 'tsql').map(
      ({ writes: [written] }) => [written?.schema?.unknown, written?.name.unknown],
    );
    expect(names).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      [undefined, true],
    ]);
  });

  it.each<[string, string]>([
    // Nothing says whose constraint it is.
    ["EXEC sp_rename 'dbo.PK_t', 'PK_u', 'OBJECT'", 'Call'],
    ["EXEC sp_rename @old, 'b'", 'Opaque reason:what sp_rename renames is computed'],
  ])('%s is known in part', (text, expected) => {
    const [statement] = readSql(text, 'tsql');
    expect(statement!.operations.map(brief)).toEqual([expected]);
    expect(statement!.partial).toBe(true);
  });
});

/** Statements with their guards and operations, each checked to stand where its span says. */
function nested(text: string): string[] {
  const found: string[] = [];
  const walk = (statement: Statement, depth: number) => {
    expect(text.slice(statement.span.start, statement.span.end)).toContain(statement.verb.split(' ')[0]!);
    found.push(
      [
        '-'.repeat(depth) + statement.verb,
        statement.guard && `(${statement.guard.kind})`,
        ...statement.operations.map(brief),
      ]
        .filter(Boolean)
        .join(' '),
    );
    for (const child of statement.children) {
      expect(child.span.start).toBeGreaterThan(statement.span.start);
      expect(child.span.end).toBeLessThanOrEqual(statement.span.end);
      walk(child, depth + 1);
    }
  };
  for (const statement of readSql(text, 'tsql')) walk(statement, 0);
  return found;
}

describe('statements of T-SQL with nothing between', () => {
  it.each<[string, ...string[]]>([
    ['SET NOCOUNT ON SELECT 1 SELECT 2', 'SET', 'SELECT', 'SELECT'],
    [
      'SET IDENTITY_INSERT t ON INSERT INTO t (a) VALUES (1) SET IDENTITY_INSERT t OFF DELETE t',
      'SET',
      'INSERT',
      'SET',
      'DELETE',
    ],
    ['INSERT INTO t SELECT 1 UNION ALL SELECT 2 SELECT 3', 'INSERT', 'SELECT'],
    ['INSERT INTO t (a) (SELECT 1) SELECT 2', 'INSERT', 'SELECT'],
    ['INSERT t EXEC p EXEC q', 'INSERT', 'EXEC'],
    ['INSERT t DEFAULT VALUES SELECT 1', 'INSERT', 'SELECT'],
    ['UPDATE t SET a = 1 SET @b = 2 SET NOCOUNT OFF', 'UPDATE', 'SET', 'SET'],
    ['UPDATE STATISTICS t SET @b = 2', 'UPDATE STATISTICS', 'SET'],
    [
      'ALTER TABLE State DROP CONSTRAINT a ALTER TABLE State ALTER COLUMN b INT DROP TABLE x',
      'ALTER TABLE',
      'ALTER TABLE',
      'DROP TABLE',
    ],
    ['ALTER TABLE t SET (LOCK_ESCALATION = AUTO) SET @a = 1', 'ALTER TABLE', 'SET'],
    [
      'ALTER DATABASE d SET SINGLE_USER WITH ROLLBACK IMMEDIATE ALTER DATABASE d SET MULTI_USER',
      'ALTER DATABASE',
      'ALTER DATABASE',
    ],
    ['ALTER ROLE r ADD MEMBER m ALTER ROLE r DROP MEMBER n', 'ALTER ROLE', 'ALTER ROLE'],
    ['CREATE TABLE t (a INT REFERENCES u ON DELETE SET NULL) UPDATE t SET a = 1', 'CREATE TABLE', 'UPDATE'],
    [
      'ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u ON DELETE SET NULL ON UPDATE CASCADE DELETE t',
      'ALTER TABLE',
      'DELETE',
    ],
    ['GRANT SELECT, DELETE ON t TO a GRANT EXECUTE ON p TO b EXEC p', 'GRANT', 'GRANT', 'EXEC'],
    [
      'SELECT a FROM t INNER MERGE JOIN u ON t.a = u.a MERGE t USING u ON 1 = 1 WHEN MATCHED THEN UPDATE SET a = 1 OUTPUT $action; SELECT 1',
      'SELECT',
      'MERGE',
      'SELECT',
    ],
    ['SELECT CASE WHEN a = 1 THEN CASE b WHEN 2 THEN 3 ELSE 4 END ELSE 5 END FROM t DELETE t', 'SELECT', 'DELETE'],
    ['SELECT a FROM t ORDER BY a OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY FETCH NEXT FROM c', 'SELECT', 'FETCH'],
    ['DECLARE c CURSOR FOR SELECT a FROM t FOR UPDATE OPEN c', 'DECLARE', 'OPEN'],
    [
      'DECLARE @t TABLE (a INT) INSERT @t VALUES (1) DROP TABLE IF EXISTS u IF @@ROWCOUNT > 0 PRINT 1',
      'DECLARE',
      'INSERT',
      'DROP TABLE',
      'IF',
      '-PRINT',
    ],
    ['WITH a AS (SELECT 1 AS b) INSERT INTO t SELECT b FROM a SELECT 2', 'WITH', 'SELECT'],
    [
      'BEGIN TRAN DELETE t COMMIT TRAN BEGIN DISTRIBUTED TRAN ROLLBACK',
      'BEGIN',
      'DELETE',
      'COMMIT',
      'BEGIN',
      'ROLLBACK',
    ],
    ['PRINT 1 again: SELECT 1 GOTO again', 'PRINT', 'SELECT', 'GOTO'],
    ['EXEC p DISABLE TRIGGER x ON t ENABLE TRIGGER x ON t', 'EXEC', 'DISABLE', 'ENABLE'],
    ['END CONVERSATION @h SELECT 1', 'END', 'SELECT'],
  ])('%s', (text, ...verbs) => {
    const found = nested(text).map((line) => line.split(/ (?=\()| (?=[A-Z][a-z])/)[0]);
    expect(found).toEqual(verbs);
  });
});

describe('tables of T-SQL that are kept in a way of their own', () => {
  const definition = (text: string) => {
    const [operation] = readSql(text, 'tsql')[0]!.operations;
    return operation?.kind === 'CreateTable' ? operation.definition : undefined;
  };

  it.each([
    ['CREATE TABLE e AS EDGE'],
    ['CREATE TABLE n (a INT) AS NODE'],
    ['CREATE TABLE f AS FILETABLE'],
    ['CREATE EXTERNAL TABLE x (a INT) WITH (LOCATION = 0)'],
    ['CREATE TABLE d WITH (DISTRIBUTION = HASH (a)) AS SELECT a FROM x'],
  ])('have keys that are not written: %s', (text) => {
    expect(definition(text)?.uncertain).toContainEqual(expect.objectContaining({ about: 'constraints' }));
  });

  it('name the table of their earlier rows', () => {
    const text = 'CREATE TABLE t (a INT PRIMARY KEY) WITH (SYSTEM_VERSIONING = ON (HISTORY_TABLE = [s].[h]))';
    expect(definition(text)).toMatchObject({
      history: { schema: { value: 's' }, name: { value: 'h' } },
      uncertain: [],
    });
    const [altered] = readSql('ALTER TABLE t SET (SYSTEM_VERSIONING = ON (HISTORY_TABLE = s.h))', 'tsql');
    expect(altered?.operations[0]).toMatchObject({ history: { schema: { value: 's' }, name: { value: 'h' } } });
  });

  it('have keys with a method', () => {
    const text = 'CREATE TABLE t (a INT PRIMARY KEY NONCLUSTERED HASH, b INT, CONSTRAINT u UNIQUE HASH (b))';
    expect(definition(text)).toMatchObject({
      columns: [{ constraints: [{ kind: 'primary', method: 'hash' }] }, {}],
      constraints: [{ kind: 'unique', method: 'hash' }],
    });
  });

  it('go with the rows left where they are, if these are outside', () => {
    const [dropped] = readSql('DROP EXTERNAL TABLE IF EXISTS x', 'tsql');
    expect(dropped?.operations[0]).toMatchObject({ kind: 'DropTable', foreign: true, ifExists: true });
  });
});

describe('conditions, blocks and routines of T-SQL', () => {
  it('hold the statements that stand under them, also those behind ELSE', () => {
    expect(
      nested(
        "IF COL_LENGTH('t', 'c') IS NULL\nBEGIN\n  ALTER TABLE t ADD c INT\n  DELETE FROM u;\nEND;\nELSE IF @x = 1 PRINT 'x'; ELSE DROP TABLE v\nIF OBJECT_ID('w') IS NULL CREATE TABLE w (a INT)\nSELECT 1",
      ),
    ).toEqual([
      'IF',
      '-ALTER TABLE (existence) AddColumn t [c int]',
      '-DELETE (existence) Delete u where:absent',
      '-PRINT (unknown)',
      '-DROP TABLE (unknown) DropTable v',
      'IF',
      '-CREATE TABLE (existence) CreateTable w [a int]',
      'SELECT Select',
    ]);
  });

  it('ask the catalogue for an object, or anything else', () => {
    const kinds = [
      "IF NOT EXISTS (SELECT * FROM sys.columns WHERE name = N'c' AND object_id = OBJECT_ID(N't'))",
      'IF EXISTS (SELECT 1 FROM [INFORMATION_SCHEMA].[TABLES] WHERE TABLE_NAME = @name)',
      "IF INDEXPROPERTY(OBJECT_ID('t'), 'i', 'IndexID') IS NULL",
      'IF EXISTS (SELECT 1 FROM dbo.t)',
      "IF @version < 3 AND COL_LENGTH('t', 'c') IS NULL",
      'WHILE @@ROWCOUNT > 0',
      'IF CASE WHEN @a = 1 THEN 2 ELSE 3 END = 2',
      'IF UPDATE(a) OR UPDATE(b)',
    ].map((condition) => readSql(`${condition} UPDATE t SET c = 1 WHERE d = 2`, 'tsql')[0]!.children[0]!.guard?.kind);
    expect(kinds).toEqual([
      'existence',
      'existence',
      'existence',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
    ]);
  });

  it('say little under a condition that is not understood', () => {
    expect(nested("IF @x = 1 BEGIN IF OBJECT_ID('t') IS NOT NULL DROP TABLE t END")).toEqual([
      'IF',
      '-DROP TABLE (unknown) DropTable t',
    ]);
  });

  it('may try and catch', () => {
    expect(
      nested(
        'BEGIN TRY\n  BEGIN TRAN\n  UPDATE t SET a = 1\n  COMMIT\nEND TRY\nBEGIN CATCH\n  ROLLBACK;\n  THROW\nEND CATCH\nDELETE u',
      ),
    ).toEqual([
      'BEGIN',
      '-BEGIN Transaction action:begin',
      '-UPDATE Update t where:absent (a)',
      '-COMMIT Transaction action:commit',
      'BEGIN',
      '-ROLLBACK (unknown) Transaction action:rollback',
      '-THROW (unknown)',
      'DELETE Delete u where:absent',
    ]);
  });

  it('take the rest of their batch where they are routines', () => {
    expect(
      nested(
        'CREATE OR ALTER PROCEDURE dbo.p @a AS INT, @b INT = 5 WITH EXECUTE AS OWNER AS\nSET NOCOUNT ON;\nDELETE FROM t WHERE a = @a;\nRETURN 0\nGO\nALTER FUNCTION f () RETURNS @r TABLE (a INT) BEGIN INSERT @r SELECT 1 RETURN END\nGO\nCREATE FUNCTION g () RETURNS TABLE AS RETURN SELECT a FROM t\nGO\nCREATE TRIGGER x ON dbo.t INSTEAD OF INSERT, UPDATE AS BEGIN UPDATE u SET a = 1 END\nGO\nDROP TABLE z',
      ),
    ).toEqual([
      'CREATE PROCEDURE CreateRoutine dbo.p',
      '-SET (unknown) SetSetting name:nocount value:ON scope:session',
      '-DELETE (unknown) Delete t where:present',
      '-RETURN (unknown)',
      'ALTER FUNCTION CreateRoutine f',
      '-INSERT (unknown)',
      '-RETURN (unknown)',
      'CREATE FUNCTION CreateRoutine g',
      '-RETURN (unknown) Select',
      'CREATE TRIGGER CreateTrigger dbo.t name:x',
      '-UPDATE (unknown) Update u where:absent (a)',
      'DROP TABLE DropTable z',
    ]);
  });

  it('may be compiled natively, or be a program of another language', () => {
    expect(
      nested(
        "CREATE PROC p WITH NATIVE_COMPILATION, SCHEMABINDING AS BEGIN ATOMIC WITH (TRANSACTION ISOLATION LEVEL = SNAPSHOT, LANGUAGE = N'x')\n  UPDATE dbo.t SET a = 1 WHERE b = 2\nEND\nGO\nCREATE PROC q AS EXTERNAL NAME a.b.c",
      ),
    ).toEqual([
      'CREATE PROC CreateRoutine p',
      '-UPDATE (unknown) Update dbo.t where:present (a)',
      'CREATE PROC CreateRoutine q',
      '-EXTERNAL (unknown)',
    ]);
  });

  it('hold text that is run, each statement of it where it is written', () => {
    const text =
      "IF SCHEMA_ID('s') IS NULL EXEC('CREATE SCHEMA s; DROP TABLE it''s')\nEXEC sp_executesql N'ALTER TABLE t ADD c INT', N'@a INT', @a = 1\nEXEC ('DELETE FROM ' + @t + ' WHERE a = 1')\nEXEC sp_executesql @sql";
    const statements = readSql(text, 'tsql');
    const all = statements.flatMap(({ children }) => children).flatMap((child) => [child, ...child.children]);
    expect(all.map(({ span }) => text.slice(span.start, span.end))).toEqual([
      "EXEC('CREATE SCHEMA s; DROP TABLE it''s')",
      'CREATE SCHEMA s',
      "DROP TABLE it''s",
      'ALTER TABLE t ADD c INT',
      "DELETE FROM ' + @t + ' WHERE a = 1",
      '@sql',
    ]);
    expect(all.map(({ provenance }) => provenance)).toEqual(['shape', 'shape', 'shape', 'shape', 'shape', 'opaque']);
    expect(all.at(-2)!.operations).toMatchObject([
      { kind: 'Delete', where: 'present', table: { name: { unknown: true } } },
    ]);
    expect(all.at(-1)!.operations).toMatchObject([{ kind: 'Opaque', anything: true }]);
  });

  it('are read however deep they stand, and text in text says where it is no longer read', () => {
    const blocks = `${'BEGIN '.repeat(5000)}DELETE t WHERE a = 1${' END'.repeat(5000)}`;
    expect(nested(blocks)).toEqual(['BEGIN', '-DELETE Delete t where:present']);
    const chain = `${'IF @a = 1 PRINT 1 ELSE '.repeat(5000)}DELETE t`;
    expect(readSql(chain, 'tsql')[0]!.children).toHaveLength(5001);
    let dynamic = 'DROP TABLE t';
    for (let depth = 0; depth < 10; depth++) dynamic = `EXEC ('${dynamic.replaceAll("'", "''")}')`;
    let statement = readSql(dynamic, 'tsql')[0]!;
    while (statement.children[0]) statement = statement.children[0];
    expect(statement).toMatchObject({ verb: 'EXEC', partial: true, provenance: 'opaque' });
    expect(statement.operations).toMatchObject([{ kind: 'Opaque', anything: true }]);
  });
});
