import { describe, expect, it } from 'vitest';
import { readEmbedded } from '../../src/frontends/sql/embedded.js';
import { sql } from '../../src/frontends/sql/front-end.js';
import { type Grammar, sqliteProvider } from '../../src/frontends/sql/providers/sqlite/provider.js';
import { loadVerifier } from '../../src/frontends/sql/verify.js';
import type { Statement } from '../../src/ir/index.js';
import { readSql } from './brief.js';

async function verified(text: string): Promise<Statement[]> {
  const statements = readSql(text, 'sqlite');
  (await loadVerifier(['sqlite']))(statements);
  return statements;
}

describe('the grammar of SQLite', () => {
  it.each([
    'PRAGMA foreign_keys = OFF',
    'DROP INDEX IF EXISTS i',
    'CREATE VIRTUAL TABLE f USING fts5(a, b, content=t)',
    'VACUUM INTO ?1',
    'BEGIN IMMEDIATE',
    'CREATE TABLE t (a INTEGER PRIMARY KEY, b ANY) STRICT, WITHOUT ROWID',
    'ALTER TABLE t RENAME a TO b',
    "SELECT [a b], `c`, 'd' FROM t WHERE a = :a AND b=@b AND c = $c AND d = ?AND e = ?2",
    'CREATE TRIGGER r AFTER INSERT ON t BEGIN UPDATE t SET a = 1; DELETE FROM u; END',
    // The package alone refuses these.
    'INSERT INTO t (a, a) VALUES (1, 2)',
    'UPDATE t SET (a, a) = (1, 2)',
    'SELECT * FROM t JOIN u USING (a, a)',
  ])('takes %s', async (text) => {
    const [statement] = await verified(text);
    expect(statement).toMatchObject({ provenance: 'ast', problems: [] });
  });

  it.each([
    ['SELECT a FROM FROM t', 'near "FROM": syntax error', 'FROM'],
    ['ALTER TABLE t DROP INDEX i', 'near "INDEX": syntax error', 'INDEX'],
    ['ALTER TABLE t MODIFY a text', 'near "MODIFY": syntax error', 'MODIFY'],
    ['SELECT (1', 'incomplete input', '1'],
    ['SELECT a FROM t WHERE b = ? AND', 'incomplete input', 'D'],
    ['CREATE TABLE t (a int, a int)', 'duplicate column name: a', 'a'],
    ['INSERT INTO t (a, a) SELECT FROM u', 'near "FROM": syntax error', 'FROM'],
    ['SELECT 1_a', 'unrecognized token: "1_a"', '1_a'],
    ['SELEC 1', 'near "SELEC": syntax error', 'SELEC'],
  ])('refuses %s', async (text, message, at) => {
    const [statement] = await verified(text);
    const [problem] = statement!.problems;
    expect(statement!.provenance).not.toBe('ast');
    expect(problem).toMatchObject({ code: 'syntax', message });
    expect(text.slice(problem!.span.start, problem!.span.end)).toBe(at);
  });

  it('tells where, whatever stands before', async () => {
    for (const prefix of ['', 'é', '\u20ac', '\u{1f600}', '\r\n']) {
      const text = `SELECT '${prefix}'; SELECT '${prefix}' FROM FROM t`;
      const [, wrong] = await verified(text);
      expect(wrong!.problems[0]!.span.start).toBe(text.lastIndexOf('FROM'));
    }
  });

  it('tells where in a host file', () => {
    const value = 'SELECT 1 FROM FROM t';
    const statements = readEmbedded([{ value, offsets: [[0, 100]] }], { dialect: 'sqlite', inTransaction: 'no' });
    return loadVerifier(['sqlite']).then((verify) => {
      verify(statements);
      expect(statements[0]!.problems[0]!.span).toEqual({ start: 114, end: 118 });
    });
  });

  it.each([
    // SQLite takes these where it is built so.
    'DELETE FROM t WHERE a = 1 ORDER BY b LIMIT 10',
    'DELETE FROM t LIMIT 10',
    'UPDATE t SET a = 1 ORDER BY b LIMIT 10',
    'WITH c AS (SELECT 1) DELETE FROM t LIMIT 1',
    // These are libSQL's.
    'ALTER TABLE `t` ALTER COLUMN "a" TO "a" text NOT NULL',
    'CREATE TABLE t (a int) RANDOM ROWID',
    // What the holes become is not known.
    'SELECT * FROM ${table} WHERE',
    'SELECT * FROM t WHERE a = %s AND AND',
    'SELECT * {{ columns }} FROM FROM t',
  ])('keeps silent where its refusal proves nothing: %s', async (text) => {
    expect((await verified(text))[0]!.problems).toEqual([]);
  });

  it('is not asked about what is for the shell', async () => {
    expect(await verified('.tables\n.mode csv')).toEqual([]);
  });
});

describe('text that no statement should be', () => {
  const texts: Record<string, string> = {
    'unclosed parentheses': `SELECT ${'('.repeat(10_000)}1`,
    'balanced parentheses': `SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)}`,
    'queries in queries': `SELECT * FROM ${'(SELECT * FROM '.repeat(2000)}t${')'.repeat(2000)}`,
    'a long string': `SELECT '${'x'.repeat(1_000_000)}'`,
    'a long list': `SELECT * FROM t WHERE a IN (${'1,'.repeat(20_000)}1)`,
    'many terms': `SELECT * FROM t WHERE ${'a = 1 OR '.repeat(50_000)}1`,
    'many signs': `SELECT ${'- '.repeat(50_000)}1`,
    'many unions': `SELECT 1${' UNION ALL SELECT 1'.repeat(20_000)}`,
    'an open string': `SELECT '${'a '.repeat(200_000)}`,
    'an open name': `SELECT [${'a '.repeat(200_000)}`,
    'an open comment': `SELECT /*${'a '.repeat(200_000)}`,
    'a NUL': 'SELECT 1;\0 DROP TABLE t',
    'a lone surrogate': "SELECT '\ud800', \udc00",
    dashes: '-'.repeat(1_000_000),
    semicolons: ';'.repeat(1_000_000),
    'a long word': `SELECT 1${'x'.repeat(1_000_000)}`,
    nothing: '',
  };
  it.each(Object.entries(texts))('is read to its end all the same: %s', async (_, text) => {
    const [verdict] = (await sqliteProvider()).read([text]);
    if (verdict!.accepted || verdict!.error === undefined) return;
    expect(verdict!.error.at).toBeLessThanOrEqual(text.length);
    expect(verdict!.error.message.length).toBeLessThan(300);
  });
});

describe('sqlite3-parser', () => {
  it('is found where it is installed', () => {
    expect(sql.grammars!()).toMatch(/sqlite3-parser.* \d+/);
  });

  const broken: Record<string, () => Promise<Grammar | undefined>> = {
    'is not installed': () => Promise.resolve(undefined),
    'does not load': () => Promise.reject(new Error('no such file')),
    'is something else': () => Promise.resolve({} as Grammar),
    throws: () =>
      Promise.resolve({
        parseStmt() {
          throw new Error('out of memory');
        },
      }),
    'takes everything': () =>
      Promise.resolve({ parseStmt: (() => ({ status: 'ok' })) as unknown as Grammar['parseStmt'] }),
    'says something else': () => Promise.resolve({ parseStmt: (() => 'no') as unknown as Grammar['parseStmt'] }),
  };
  it.each(Object.entries(broken))('is done without where it %s', async (_, load) => {
    const provider = await sqliteProvider(load);
    expect(provider.read(['SELECT 1', 'SELECT FROM FROM'])).toEqual([{ accepted: true }, { accepted: false }]);
    expect(provider.takesUnbalanced).toBe(false);
  });

  it('is still asked what is valid where its tree is another', async () => {
    const { parseStmt } = await import('sqlite3-parser');
    const other = ((text: string) => ({ ...parseStmt(text), root: undefined })) as unknown as Grammar['parseStmt'];
    const provider = await sqliteProvider(() => Promise.resolve({ parseStmt: other }));
    expect(provider.read(['SELECT 1', 'SELECT FROM'])).toMatchObject([{ accepted: true }, { error: { at: 7 } }]);
  });
});
