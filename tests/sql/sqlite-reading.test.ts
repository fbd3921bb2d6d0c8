import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadVerifier } from '../../src/frontends/sql/verify.js';
import type { Operation, Statement } from '../../src/ir/index.js';
import { readSql } from './brief.js';
import { sqliteStatements } from './support/sqlite-ddl.js';

/** The statements of a text as SQLite's grammar and its words tell them; both agree about them. */
async function merged(text: string): Promise<Statement[]> {
  const statements = readSql(text, 'sqlite');
  const odd: string[] = [];
  (await loadVerifier(['sqlite'], (_, difference) => odd.push(difference)))(statements);
  expect(odd).toEqual([]);
  return statements;
}

async function operation(text: string): Promise<Operation> {
  const [statement] = await merged(text);
  expect(statement!.provenance).toBe('ast');
  return statement!.operations[0]!;
}

const namesOf = (names: Statement['reads']): string[] => names.map(({ name }) => name.value);

describe('what SQLite knows of a statement', () => {
  it('is which columns a CHECK uses and proves not null', async () => {
    expect(
      await operation(
        'CREATE TABLE t (a int CHECK (a > 0 AND `B` IS NOT NULL), B int, c, d, e, f, ' +
          'CHECK ((t.c NOTNULL) AND length(d) > 0), CONSTRAINT n CHECK (e IS NULL OR f IS NOT NULL))',
      ),
    ).toMatchObject({
      definition: {
        columns: [{ constraints: [{ uses: ['a', 'B'], notNull: ['B'] }] }, {}, {}, {}, {}, {}],
        constraints: [
          { kind: 'check', uses: ['c', 'd'], notNull: ['c'] },
          { kind: 'check', uses: ['e', 'f'] },
        ],
      },
    });
    const added = await operation('ALTER TABLE t ADD COLUMN a int CHECK (a NOT NULL AND b IS NOT 0)');
    expect(added).toMatchObject({ column: { constraints: [{ uses: ['a', 'b'], notNull: ['a'] }] } });
  });

  it('is the name of a column as the table has it, and that other words in quotes are text', async () => {
    expect(
      await operation('CREATE TABLE t ("Mood" text CHECK (mood IN ("happy", \'sad\') OR MOOD IS TRUE OR rowid = 1))'),
    ).toMatchObject({ definition: { columns: [{ constraints: [{ uses: ['Mood', 'rowid'] }] }] } });
  });

  it('is which columns an index and a generated column use', async () => {
    expect(
      await operation("CREATE INDEX i ON t (lower(a), b COLLATE nocase, (c || d), ([e]) DESC, 'f') WHERE g IS NULL"),
    ).toMatchObject({
      index: {
        keys: [{ uses: ['a'] }, { column: 'b' }, { uses: ['c', 'd'] }, { column: 'e' }, { column: 'f' }],
        predicate: { uses: ['g'], onlyNull: 'g' },
      },
    });
    expect(
      await operation('CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED, c AS (a + b))'),
    ).toMatchObject({
      definition: { columns: [{}, { generatedFrom: { uses: ['a'] } }, { generatedFrom: { uses: ['a', 'b'] } }] },
    });
  });

  it.each([
    ['UPDATE t SET a = 1 WHERE b IS NULL', { uses: ['b'], onlyNull: 'b' }],
    ['UPDATE t SET a = 1 WHERE (((b ISNULL)))', { uses: ['b'], onlyNull: 'b' }],
    ['UPDATE t SET a = 1 WHERE b NOT NULL AND (C IS NOT NULL AND c > 1)', { uses: ['b', 'C'], notNull: ['b', 'C'] }],
    ['DELETE FROM t WHERE b IS NULL OR c IS NOT NULL', { uses: ['b', 'c'] }],
    ['DELETE FROM t WHERE NOT (b IS NOT NULL)', { uses: ['b'] }],
    ['DELETE FROM main.t AS x WHERE X.a = y.b AND x.c NOTNULL', { uses: ['a', 'c'], notNull: ['c'] }],
    ['DELETE FROM t WHERE main.t.a > 0', { uses: ['a'] }],
    ['DELETE FROM t WHERE EXISTS (SELECT c FROM v WHERE v.d = t.e AND f = 1)', { uses: ['e'] }],
    ['DELETE FROM t WHERE a IN (SELECT b FROM u) AND c IN u', { uses: ['a', 'c'] }],
    ['UPDATE t SET a = 1 FROM u WHERE t.b IS NULL', { uses: ['b'] }],
    ['DELETE FROM t WHERE TRUE', { uses: [] }],
    ['DELETE FROM t WHERE a = ? AND b = :b AND c = @c AND d = $d', { uses: ['a', 'b', 'c', 'd'] }],
  ])('is what %s asks for', async (text, condition) => {
    const found = await operation(text);
    expect('condition' in found && found.condition).toEqual(condition);
  });

  it.each([
    ["'x'", 'immutable'],
    ['-1.5', 'immutable'],
    ['true', 'immutable'],
    ["x'00ff'", 'immutable'],
    ['"text"', 'immutable'],
    ["(1 + 2 * (3 - length('abc')))", 'immutable'],
    ["(CASE WHEN 1 THEN CAST('1' AS int) ELSE NULL END)", 'immutable'],
    ["(json_array('a', 1))", 'immutable'],
    ['CURRENT_TIMESTAMP', 'stable'],
    ['CURRENT_DATE', 'stable'],
    ["(date('now'))", 'stable'],
    ["(DATETIME('NOW', '+1 day'))", 'stable'],
    ['(datetime())', 'stable'],
    ["(strftime('%s'))", 'stable'],
    ["(cast(strftime('%s', 'now') as int) * 1000)", 'stable'],
    ["(unixepoch('subsec'))", undefined],
    ["('at ' || current_time)", 'stable'],
    ['(random())', 'volatile'],
    ['(lower(hex(randomblob(16))))', 'volatile'],
    ['(own_function(1) || random())', 'volatile'],
    // With an offset of the machine's time zone, or without one.
    ["(datetime('2024-01-01', 'localtime'))", undefined],
    ['(own_function(1))', undefined],
    ["('a' LIKE 'A')", undefined],
    ['word', undefined],
  ])('is how long the value of %s holds: %s', async (text, volatility) => {
    const added = await operation(`ALTER TABLE t ADD COLUMN a text DEFAULT ${text}`);
    expect(added.kind === 'AddColumn' && added.column.default?.volatility).toBe(volatility);
    const made = await operation(`CREATE TABLE t (b, a text DEFAULT ${text})`);
    expect(made.kind === 'CreateTable' && made.definition.columns[1]!.default?.volatility).toBe(volatility);
  });

  it('is the type of a column, all words up to its first constraint', async () => {
    const found = await operation(
      'CREATE TABLE t (a INTEGER PRIMARY KEY, b VarChar( 20 ), c DECIMAL(10 , 2), d unsigned /* or so */ BIG  INT, ' +
        'e, f INT COMMENT, g TEXT GENERATED ALWAYS AS (a), h [Own Type], i numeric(+3, -1))',
    );
    expect(found.kind === 'CreateTable' && found.definition.columns.map(({ type }) => type.name)).toEqual([
      'integer',
      'varchar(20)',
      'decimal(10,2)',
      'unsigned big int',
      'unknown',
      'int comment',
      'text',
      'Own Type',
      'numeric(+3,-1)',
    ]);
  });

  it('is the tables that it reads and writes, with their places', async () => {
    const text =
      'WITH é AS (SELECT * FROM f WHERE a IN g), F AS (SELECT 1 FROM main.é) ' +
      'INSERT INTO h SELECT * FROM é, json_each(é.a) JOIN (i JOIN "j k") WHERE EXISTS (SELECT 1 FROM h) ' +
      'ON CONFLICT DO UPDATE SET b = (SELECT c FROM l)';
    const [statement] = await merged(text);
    expect(namesOf(statement!.writes)).toEqual(['h']);
    expect(statement!.reads.map(({ span }) => text.slice(span.start, span.end)).sort()).toEqual([
      '"j k"',
      'g',
      'h',
      'i',
      'l',
      'main.é',
    ]);
  });

  it('folds letters of ASCII alone', async () => {
    const [query] = await merged('WITH é AS (SELECT 1) SELECT * FROM É');
    expect(namesOf(query!.reads)).toEqual(['É']);
    expect(await operation('DELETE FROM t WHERE é = É AND a = A')).toMatchObject({
      condition: { uses: ['é', 'É', 'a'] },
    });
  });

  it('is no table where a query of WITH, the function of a list or an explanation is meant', async () => {
    const statements = await merged(
      'WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT * FROM N WHERE i IN n;' +
        "SELECT name FROM pragma_table_info('t'); EXPLAIN QUERY PLAN SELECT * FROM t",
    );
    expect(statements.map(({ reads }) => namesOf(reads))).toEqual([[], [], []]);
  });

  it('is nothing of what a run puts in', async () => {
    const statements = await merged(
      'DELETE FROM t WHERE a = %s AND b IS NULL; DELETE FROM t WHERE {{name}} IS NULL; ' +
        'ALTER TABLE t ADD COLUMN a text DEFAULT ${value}; ALTER TABLE t ADD COLUMN a ${type}',
    );
    const [first, second, third, fourth] = statements.map(({ operations }) => operations[0]);
    expect(first).toMatchObject({ condition: { uses: ['a', 'b'] } });
    expect(second).not.toHaveProperty('condition');
    expect(third).not.toHaveProperty('column.default.volatility');
    expect(fourth).toMatchObject({ column: { type: { name: 'unknown' } } });
  });

  it('is no column of the table where a trigger names its rows', async () => {
    const [statement] = await merged(
      'CREATE TRIGGER r AFTER UPDATE ON t BEGIN DELETE FROM u WHERE a = OLD.b; INSERT INTO v SELECT * FROM w; END',
    );
    const [change, insert] = statement!.children;
    expect(change!.operations[0]).not.toHaveProperty('condition');
    expect([namesOf(insert!.reads), namesOf(insert!.writes)]).toEqual([['w'], ['v']]);
  });

  it('leaves what the words say where both disagree, and tells so', async () => {
    const statements = readSql('ALTER TABLE t ADD a int CHECK (b > 0)', 'sqlite');
    // What a reader would have made of it that took CHECK for the name of a type.
    const [added] = statements[0]!.operations;
    if (added?.kind === 'AddColumn') added.column.constraints = [];
    const before = structuredClone(statements[0]!.operations);
    const odd: string[] = [];
    (await loadVerifier(['sqlite'], (_, difference) => odd.push(difference)))(statements);
    expect(odd).toEqual(['columns of AddColumn']);
    expect(statements[0]!.operations).toEqual(before.map((each) => ({ ...each, provenance: 'ast' })));
  });
});

/** Kinds that the words and the grammar must give the same name. */
const kinds: readonly (readonly [kind: Operation['kind'], text: string])[] = [
  ['CreateTable', 'CREATE TEMP TABLE main.t (a)'],
  ['CreateTable', 'CREATE TABLE t AS SELECT a FROM u'],
  ['CreateTable', 'CREATE VIRTUAL TABLE t USING fts5(a)'],
  ['DropTable', 'DROP TABLE IF EXISTS main.t'],
  ['RenameTable', 'ALTER TABLE t RENAME TO u'],
  ['RenameColumn', 'ALTER TABLE t RENAME COLUMN a TO b'],
  ['DropColumn', 'ALTER TABLE t DROP COLUMN a'],
  ['AddConstraint', 'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)'],
  ['CreateIndex', 'CREATE UNIQUE INDEX main.i ON t (a)'],
  ['DropIndex', 'DROP INDEX main.i'],
  ['CreateView', 'CREATE VIEW v AS SELECT a FROM t'],
  ['DropView', 'DROP VIEW v'],
  ['CreateTrigger', 'CREATE TRIGGER main.r AFTER INSERT ON t BEGIN SELECT 1; END'],
  ['DropTrigger', 'DROP TRIGGER r'],
  ['Insert', 'REPLACE INTO t VALUES (1)'],
  ['Update', 'UPDATE OR IGNORE t SET a = 1'],
  ['Delete', 'DELETE FROM t'],
  ['Select', 'VALUES (1)'],
];

describe('the operation that SQLite sees', () => {
  const other: Operation = { kind: 'Grant', span: { start: 0, end: 0 }, provenance: 'shape' };
  it.each(kinds)('is %s: %s', async (kind, text) => {
    expect(await operation(text)).toMatchObject({ kind });
    // Words that say something else are contradicted.
    const [statement] = readSql(text, 'sqlite');
    statement!.operations[0] = other;
    const odd: string[] = [];
    (await loadVerifier(['sqlite'], (_, difference) => odd.push(difference)))([statement!]);
    expect(odd).toEqual([`${kind}, not Grant`]);
  });
});

describe('generated statements', () => {
  it('are the same to SQLite and to the words', async () => {
    const odd: string[] = [];
    const verify = await loadVerifier(['sqlite'], ({ text }, difference) => odd.push(`${difference}: ${text}`));
    let count = 0;
    fc.assert(
      fc.property(sqliteStatements, ({ text }) => {
        const statements = readSql(text, 'sqlite');
        verify(statements);
        expect(odd).toEqual([]);
        const once = structuredClone(statements);
        verify(statements);
        expect(statements).toEqual(once);
        if (statements.every(({ provenance }) => provenance === 'ast')) count++;
      }),
      { numRuns: 1000 },
    );
    expect(count).toBeGreaterThan(950);
  });
});
