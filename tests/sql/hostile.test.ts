import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../src/ir/index.js';
import { read } from '../../src/frontends/sql/files.js';
import { loadVerifier } from '../../src/frontends/sql/verify.js';

/** Text that takes forever, or the process down, where something is quadratic, exponential or recursive. */
const texts: Record<string, string> = {
  'unclosed parentheses': `SELECT ${'('.repeat(10_000)}1`,
  'balanced parentheses': `SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)}`,
  'balanced parentheses of a query': `SELECT * FROM ${'('.repeat(5_000)}SELECT 1${')'.repeat(5_000)}`,
  'a long string': `SELECT '${'x'.repeat(1_000_000)}'`,
  'a long list': `SELECT * FROM t WHERE a IN (${'1,'.repeat(20_000)}1)`,
  'many terms': `SELECT * FROM t WHERE ${'a = 1 OR '.repeat(50_000)}true`,
  'nested calls': `SELECT ${'f('.repeat(25)}1${')'.repeat(25)}`,
  'an open string': `SELECT '${'a '.repeat(200_000)}`,
  'an open name': `SELECT "${'a '.repeat(200_000)}`,
  'an open comment': `SELECT /*${'a '.repeat(200_000)}`,
  'open comments': '/* '.repeat(100_000),
  'an open dollar quote': `SELECT $$${'a '.repeat(200_000)}`,
  'many dollar tags': Array.from({ length: 20_000 }, (_, index) => `$a${String(index)}`).join(' '),
  'an open bracket': `SELECT [${'a '.repeat(200_000)}`,
  'a NUL': 'SELECT 1;\0 DROP TABLE t;',
  'a lone surrogate': "SELECT '\ud800'; SELECT \udc00",
  semicolons: ';'.repeat(1_000_000),
  dashes: '-'.repeat(1_000_000),
  'dashes apart': '- '.repeat(500_000),
  'open templates': '${ '.repeat(100_000),
  'open braces': '{{ '.repeat(100_000),
  'COPY without end': `${'COPY t FROM stdin;\n'.repeat(20_000)}1`,
  'DELIMITER without value': 'DELIMITER \nSELECT 1;\nDELIMITER\nSELECT 2;',
  'comments only': '-- a\n/* b */\n'.repeat(50_000),
  nothing: '',
  'many statements': 'SELECT 1;'.repeat(100_000),
  'many values': `INSERT INTO t VALUES ${'(1, 2), '.repeat(100_000)}(3, 4)`,
  'many holes': `SELECT ${'${a}, '.repeat(20_000)}1`,
  'many blocks': `CREATE PROCEDURE p() ${'BEGIN '.repeat(20_000)}`,
  'nested bodies': `${Array.from({ length: 30 }, (_, index) => `DO $a${String(index)}$ BEGIN `).join('')} DROP TABLE t;`,
  'nested queries': `WITH ${Array.from({ length: 3000 }, (_, index) => `a${String(index)} AS (SELECT 1)`).join(', ')} SELECT 1`,
  'many columns': `CREATE TABLE t (${Array.from({ length: 20_000 }, (_, index) => `c${String(index)} int`).join(', ')})`,
};

const dialects: Dialect[] = ['postgresql', 'mysql', 'sqlite', 'tsql', 'unknown'];

describe('hostile text', () => {
  it.each(Object.entries(texts))('is read to its end: %s', async (_, text) => {
    const verify = await loadVerifier(dialects);
    for (const dialect of dialects) {
      const facts = read({ path: 'a.sql', text }, { dialect, scope: 'project' });
      expect(facts.statements.every(({ span }) => span.start < span.end && span.end <= text.length)).toBe(true);
      // A parser takes its time for each statement, however short.
      verify(facts.statements.slice(0, 20));
    }
  });

  it('says what is wrong with it', () => {
    const problems = (text: string) =>
      read({ path: 'a.sql', text }, { dialect: 'postgresql', scope: 'project' }).statements.flatMap((statement) =>
        statement.problems.map(({ code, span }) => [code, text.slice(span.start, span.end)]),
      );
    expect(problems("SELECT 1; SELECT 'a")).toEqual([['unterminated', "'a"]]);
    expect(problems('SELECT 1 \0 + 2')).toEqual([['nul', '\0']]);
    expect(read({ path: 'a.sql', text: '/* a' }, { dialect: 'postgresql', scope: 'project' }).problems).toMatchObject([
      { code: 'syntax', span: { start: 0, end: 4 } },
    ]);
  });

  it('says where it stops in a file of countless statements', () => {
    const facts = read({ path: 'a.sql', text: 'SELECT 1;'.repeat(100_001) }, { dialect: 'sqlite', scope: 'project' });
    expect(facts.statements).toHaveLength(100_000);
    expect(facts.problems).toMatchObject([{ code: 'too-large', span: { end: 900_009 } }]);
  });

  it('reads only heads of a very large file, one of each run of rows', () => {
    const text = `CREATE TABLE t (a int);\n${"INSERT INTO t VALUES (1, 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx');\n".repeat(150_000)}DROP TABLE t;`;
    const facts = read({ path: 'a.sql', text }, { dialect: 'postgresql', scope: 'project' });
    expect(facts.statements.map(({ verb }) => verb)).toEqual(['CREATE TABLE', 'INSERT', 'DROP TABLE']);
  });
});
