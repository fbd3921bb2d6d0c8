import { describe, expect, it } from 'vitest';
import type { Dialect, Statement } from '../../src/ir/index.js';
import { readEmbedded } from '../../src/frontends/sql/embedded.js';
import { loadVerifier } from '../../src/frontends/sql/verify.js';
import { readSql } from './brief.js';

async function verified(text: string, dialect: Dialect = 'postgresql'): Promise<Statement[]> {
  const statements = readSql(text, dialect);
  (await loadVerifier([dialect]))(statements);
  return statements;
}

describe('the grammars', () => {
  it.each<[string, Dialect]>([
    ['CREATE TABLE t (a int)', 'postgresql'],
    ['SELECT * FROM t WHERE a = $1', 'postgresql'],
    ['SELECT * FROM t WHERE a = :a AND b = %s AND c = ?', 'postgresql'],
    ['ALTER TABLE `t` ADD COLUMN `a` int', 'mysql'],
    ['SELECT a FROM t WHERE b = ?', 'sqlite'],
    ['CREATE INDEX i ON t (a NULLS /* é */ LAST)', 'postgresql'],
    ['CREATE TABLE t (a timestamp with -- \u{1f600}\n time zone)', 'postgresql'],
    ["SELECT a FROM t WHERE b ? 'x' AND c = $1", 'postgresql'],
  ])('accept %s (%s)', async (text, dialect) => {
    const [statement] = await verified(text, dialect);
    expect(statement).toMatchObject({ provenance: 'ast', problems: [] });
    expect(statement!.operations.map(({ provenance }) => provenance)).toEqual(['ast']);
  });

  it('tell where PostgreSQL finds an error, whatever stands before it', async () => {
    for (const prefix of ['', 'é', '\u20ac', '\u{1f600}']) {
      const text = `SELECT '${prefix}'; SELECT '${prefix}' FROM FROM t`;
      const [, wrong] = await verified(text);
      expect(wrong!.provenance).toBe('shape');
      expect(wrong!.problems).toHaveLength(1);
      const { code, message, span } = wrong!.problems[0]!;
      expect([code, message, text.slice(span.start, span.end)]).toEqual([
        'syntax',
        'syntax error at or near "FROM"',
        'FROM',
      ]);
      expect(span.start).toBe(text.lastIndexOf('FROM'));
    }
  });

  it('tell of an unread verb and of a missing parenthesis', async () => {
    expect((await verified('SELEC 1'))[0]).toMatchObject({ provenance: 'opaque', problems: [{ code: 'syntax' }] });
    expect((await verified('SELECT (1'))[0]!.problems).toMatchObject([
      { code: 'syntax', message: 'syntax error at end of input' },
    ]);
  });

  it('find the place in a host file with escapes', async () => {
    const host = String.raw`"SELECT 1\n FORM t"`;
    const statements = readEmbedded(
      [
        {
          value: 'SELECT 1\n FORM t',
          offsets: [
            [0, 1],
            [9, 11],
          ],
        },
      ],
      { dialect: 'postgresql', inTransaction: 'no' },
    );
    (await loadVerifier(['postgresql']))(statements);
    const { span } = statements[0]!.problems[0]!;
    expect(host.slice(span.start, span.end)).toBe('t');
  });

  it.each<[string, Dialect]>([
    ['SELECT * FROM ${table} WHERE', 'postgresql'],
    ['SELECT FROM WHERE', 'mysql'],
    ['CREATE PROCEDURE p AS SELECT 1', 'tsql'],
    ['FOO', 'cockroachdb'],
  ])('keep silent where a refusal proves nothing: %s (%s)', async (text, dialect) => {
    expect((await verified(text, dialect))[0]!.problems).toEqual([]);
  });

  it('tell which question marks are operators', async () => {
    const [operator] = await verified("DELETE FROM t WHERE b ? 'x'");
    expect(operator).toMatchObject({ text: "DELETE FROM t WHERE b ? 'x'", holes: [] });
    expect(operator!.operations).toMatchObject([{ condition: { uses: ['b'] } }]);
    const [placeholder] = await verified('DELETE FROM t WHERE b = ?');
    expect(placeholder).toMatchObject({ text: 'DELETE FROM t WHERE b = h', holes: [{ style: 'positional' }] });
    expect(placeholder!.operations).toMatchObject([{ condition: { uses: ['b'] } }]);
  });

  it.each([
    ['a chain of operators', `SELECT ${'1+'.repeat(5000)}1`, '5000 operators'],
    ['what the parser has no stack for', `SELECT ${'NOT '.repeat(12_000)}a`, 'too deep'],
  ])('tell of %s, and go on behind it', async (_, text, message) => {
    const [long, after] = await verified(`${text}; SELECT 1`);
    expect(long).toMatchObject({ provenance: 'shape', problems: [{ code: 'guard', span: { start: 0, end: 6 } }] });
    expect(long!.problems[0]!.message).toContain(message);
    expect(after).toMatchObject({ provenance: 'ast', problems: [] });
  });

  it('are not asked about what is nested too deep', async () => {
    const [statement] = await verified(`SELECT ${'('.repeat(201)}1${')'.repeat(201)}`);
    expect(statement).toMatchObject({
      provenance: 'shape',
      problems: [
        { code: 'guard', span: { start: 0, end: 6 }, message: expect.stringContaining('201 levels') as string },
      ],
    });
  });

  // What the parser of these dialects takes for CAST doubles its time with each level, for a valid statement too.
  it.each<[Dialect, number]>([
    ['mysql', 16],
    ['mariadb', 16],
    ['tsql', 24],
  ])('are stopped where they would take for ever, and go on behind it (%s)', async (dialect, depth) => {
    const casts = `SELECT ${'CAST('.repeat(depth)}a${' AS int)'.repeat(depth)} FROM t`;
    const [before, slow, after] = await verified(`SELECT 1; ${casts}; SELECT 2`, dialect);
    expect([before!.provenance, slow!.provenance, after!.provenance]).toEqual(['ast', 'shape', 'ast']);
    expect(slow!.problems).toEqual([
      { code: 'guard', span: { start: 10, end: 16 }, message: expect.stringContaining('too long') as string },
    ]);
    expect(slow!.reads.map(({ name }) => name.value)).toEqual(['t']);
    expect([...before!.problems, ...after!.problems]).toEqual([]);
  });

  it('say the same when asked again', async () => {
    const statements = readSql('SELECT FROM FROM; SELECT 1');
    const verify = await loadVerifier(['postgresql']);
    verify(statements);
    const once = structuredClone(statements);
    verify(statements);
    expect(statements).toEqual(once);
  });
});
