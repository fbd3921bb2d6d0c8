import { describe, expect, it } from 'vitest';
import { read } from '../../src/frontends/sql/files.js';
import { lintFiles, type Config } from '../../src/index.js';

const lint = (sql: string, dialect: NonNullable<Config['dialect']> = 'postgresql') =>
  lintFiles({ 'db/dump.sql': sql }, { config: { extends: 'strict', dialect } });

describe('large files', () => {
  it('above 8 MiB: the heads of statements are read, and one INSERT of a run', async () => {
    const rows = `INSERT INTO a VALUES (${"'x', ".repeat(2000)}'x');\n`.repeat(900);
    const sql = `CREATE TABLE a (x int);\n${rows}INSERT INTO b VALUES (1);\nDROP TABLE c;\n`;
    expect(sql.length).toBeGreaterThan(8 * 1024 * 1024);
    const { findings, summary } = await lint(sql, 'mysql');
    const told = findings.filter(({ rule }) => rule === 'ddlint/unreadable-file');
    expect(told.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      `1: The file has ${sql.length.toLocaleString('en')} characters: above 8,388,608 only the first words of a statement are read, and 899 further INSERTs into the same tables are not.`,
    ]);
    expect(findings.filter(({ rule }) => rule === 'destructive/drop-table')).toMatchObject([{ line: 903 }]);
    const { ast, shape, target, opaque } = summary.statements;
    expect(ast + shape + target + opaque).toBe(4);
  });

  it('the rows of COPY are no statements, and what stands behind them is read', async () => {
    const rows = `${'1\t2; DROP TABLE b;\n'.repeat(200_000)}`;
    const { findings, summary } = await lint(`COPY a (x, y) FROM stdin;\n${rows}\\.\nDROP TABLE c;\n`);
    expect(findings.filter(({ rule }) => rule === 'destructive/drop-table')).toMatchObject([{ line: 200_003 }]);
    expect(summary.statements).toMatchObject({ ast: 2, shape: 0, target: 0, opaque: 0 });
  });

  it('above 100,000 statements: the rest is told to be unread, with its place', () => {
    const problems = (text: string) =>
      read({ path: 'db/dump.sql', text }, { dialect: 'unknown', scope: 'project' }).problems;
    const all = 'SELECT 1;\n'.repeat(100_000);
    expect(problems(all)).toEqual([]);
    expect(problems(`${all}DROP TABLE c;\nDROP TABLE d;\n`)).toEqual([
      {
        code: 'too-large',
        message: 'Only the first 100,000 statements of the file are read.',
        span: { start: all.length, end: all.length + 'DROP TABLE c'.length },
      },
    ]);
  });
});
