import { describe, expect, it } from 'vitest';
import {
  holePositions,
  readEmbedded,
  startsLikeStatement,
  takesNoParameters,
} from '../../src/frontends/sql/embedded.js';
import type { EmbeddedText } from '../../src/frontends/sql/embedded-text.js';

/** Text as it stands in a host file, with `{name}` for what the host computes. */
function withHoles(host: string, bound = false): EmbeddedText {
  const parts: EmbeddedText = [];
  let at = 0;
  for (const part of host.split(/(\{\w+\})/)) {
    if (/^\{\w+\}$/.test(part)) parts.push({ span: { start: at, end: at + part.length }, style: 'js', bound });
    else if (part !== '') parts.push({ value: part, offsets: [[0, at]] });
    at += part.length;
  }
  return parts;
}

/** The literals of a host language's source, escapes resolved: `\n`, `\'`, `\"`, `\u0041`. */
function literals(host: string): EmbeddedText {
  return [...host.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => {
    const start = match.index + 1;
    let value = '';
    const offsets: [number, number][] = [[0, start]];
    for (const piece of match[1]!.matchAll(/\\u([0-9a-f]{4})|\\(.)|[^\\]/gs)) {
      const escape = piece[1] !== undefined || piece[2] !== undefined;
      value +=
        piece[1] !== undefined
          ? String.fromCharCode(parseInt(piece[1], 16))
          : piece[2] === 'n'
            ? '\n'
            : (piece[2] ?? piece[0]);
      if (escape) offsets.push([value.length, start + piece.index + piece[0].length]);
    }
    return { value, offsets };
  });
}

const context = { dialect: 'postgresql', inTransaction: 'unknown' } as const;

describe('SQL in a host language', () => {
  it('PRAGMA is of SQLite wherever it stands', () => {
    const host = 'run("PRAGMA foreign_keys = ON; SELECT 1")';
    const statements = readEmbedded(literals(host), { ...context, dialect: 'postgresql' });
    expect(statements.map(({ dialect }) => dialect)).toEqual(['sqlite', 'postgresql']);
  });

  it('keeps the offsets of the host through escapes and joined literals', () => {
    const host = String.raw`run("SELECT *\nFROM \"us\u0065r\" u" + " JOIN tags t ON t.name = 'it\'\'s'" + "; DELETE FROM jobs")`;
    const [select, remove] = readEmbedded(literals(host), context);
    const slice = ({ start, end }: { start: number; end: number }) => host.slice(start, end);
    expect(select!.reads.map((name) => [name.name.value, name.name.quoted, slice(name.span)])).toEqual([
      ['user', true, String.raw`\"us\u0065r\"`],
      ['tags', false, 'tags'],
    ]);
    expect(slice(remove!.span)).toBe('DELETE FROM jobs');
    expect(slice(remove!.writes[0]!.span)).toBe('jobs');
    expect(slice(select!.span)).toMatch(/^SELECT .*it\\'\\'s'$/s);
  });

  it('tells where each character of the text comes from', () => {
    const host = String.raw`"UPDATE \"a\"\nSET b = 1"`;
    const [statement] = readEmbedded(literals(host), context);
    expect(statement!.text).toBe('UPDATE "a"\nSET b = 1');
    const at = statement!.text.indexOf('SET');
    const pair = statement!.offsets!.findLast(([text]) => text <= at)!;
    expect(host.slice(pair[1] + at - pair[0]).startsWith('SET')).toBe(true);
  });

  it('needs no offsets where the text stands in the file as it is', () => {
    const host = 'x = "SELECT 1; SELECT 2"';
    for (const statement of readEmbedded(literals(host), context)) {
      expect(statement.offsets).toBeUndefined();
      expect(host.slice(statement.span.start, statement.span.end)).toBe(statement.text);
    }
  });

  it('masks holes by names of equal length', () => {
    const host = "SELECT {a} FROM t_{b} WHERE c = '{d}'";
    const [statement] = readEmbedded(withHoles(host), context);
    expect(statement!.text).toHaveLength(host.length);
    expect(statement!.text).toBe("SELECT h__ FROM t_h__ WHERE c = 'h__'");
    expect(statement!.holes.map(({ role, span }) => [role, host.slice(span.start, span.end)])).toEqual([
      ['identifier', '{a}'],
      ['identifier', '{b}'],
      ['inString', '{d}'],
    ]);
    expect(statement!.reads[0]!.name.unknown).toBe(true);
  });

  it.each<[string, string]>([
    ['DELETE FROM t {where}', 'unknown'],
    ['DELETE FROM t WHERE {condition}', 'unknown'],
    ['DELETE FROM t WHERE 1 = 1 {more}', 'unknown'],
    ['UPDATE t SET {assignments}', 'unknown'],
    ['DELETE FROM t WHERE a = {value}', 'present'],
    ['DELETE FROM {table}', 'absent'],
    ['DELETE FROM {table} WHERE a IN ({values})', 'present'],
    ['UPDATE t SET a = {value}', 'absent'],
    ["UPDATE t SET a = '{value}' WHERE b LIKE '%{x}'", 'present'],
  ])('of %s knows whether rows are limited: %s', (host, where) => {
    expect(readEmbedded(withHoles(host), context)[0]!.where).toBe(where);
  });

  it('takes a bound hole for a value', () => {
    expect(readEmbedded(withHoles('DELETE FROM t WHERE {x}', true), context)[0]!.where).toBe('present');
    expect(readEmbedded(withHoles('UPDATE t SET a = {x}', true), context)[0]!.holes[0]).toMatchObject({
      bound: true,
      role: 'value',
    });
  });

  it('survives JSON unchanged', () => {
    const statements = readEmbedded(
      withHoles('CREATE TABLE {t} (a int); DO $$ BEGIN DELETE FROM b; END $$; FOO {x}'),
      context,
    );
    expect(JSON.parse(JSON.stringify(statements))).toEqual(statements);
  });
});

describe('hole positions', () => {
  it.each<[string, ...string[]]>([
    ["SELECT * FROM t WHERE a = '{x}'", 'quoted-value'],
    ["SELECT * FROM t WHERE a LIKE '%{x}%'", 'quoted-value'],
    ['SELECT * FROM "{x}"', 'identifier'],
    ['SELECT * FROM {x}', 'identifier'],
    ['SELECT {x}.a, b.{y} FROM b', 'identifier', 'identifier'],
    ['SELECT {x}, {y} FROM t GROUP BY {z}', 'identifier', 'identifier', 'identifier'],
    ['SELECT * FROM t ORDER BY {x} {dir}', 'identifier', 'direction'],
    ['SELECT * FROM t ORDER BY a {dir} LIMIT {n} OFFSET {o}', 'direction', 'value', 'value'],
    ['SELECT * FROM t WHERE {w}', 'fragment'],
    ['SELECT * FROM t WHERE a = {v} AND {c} = 1 OR {w}', 'value', 'identifier', 'fragment'],
    ['SELECT * FROM t WHERE a {op} 5', 'operator'],
    ['SELECT * FROM t WHERE a IN ({ids}) {more}', 'value', 'fragment'],
    ['SELECT * FROM t WHERE x BETWEEN {a} AND {b} AND {c}', 'value', 'value', 'fragment'],
    ['SELECT f({x}, {y})', 'value', 'value'],
    ['SELECT x::{type}', 'identifier'],
    ['SELECT * FROM ({query}) s', 'fragment'],
    ['SELECT CASE WHEN a = {x} THEN {y} ELSE {z} END', 'value', 'value', 'value'],
    ['INSERT INTO t ({columns}) VALUES ({values})', 'identifier', 'value'],
    ['UPDATE t SET {a} = {b}', 'identifier', 'value'],
    ['UPDATE t SET {a}', 'fragment'],
    ['CREATE INDEX i ON t ({c})', 'identifier'],
    ['CREATE TABLE {t} ({c} int)', 'identifier', 'identifier'],
    ['ALTER TABLE tmp_{x} ADD COLUMN {c} text', 'identifier', 'identifier'],
    ['ALTER TABLE t {x}', 'fragment'],
    ["SET LOCAL app.x = '{x}'", 'quoted-value'],
    ['SET statement_timeout TO {x}', 'value'],
    ["NOTIFY {x}, '{y}'", 'identifier', 'quoted-value'],
    ['DO $$ BEGIN EXECUTE {x}; END $$', 'fragment'],
    ['{x}', 'fragment'],
    ['{x} SELECT 1', 'fragment'],
    ['SELECT 1 -- {x}', 'fragment'],
    ['SELECT ${x}', 'value'],
  ])('of %s', (host, ...expected) => {
    expect(holePositions(withHoles(host), 'sql', 'postgresql')).toEqual(expected);
  });

  it.each<[string, ...string[]]>([
    ['t.k = {x}', 'value'],
    ['total + {x}', 'value'],
    ['{x} > 5', 'identifier'],
    ['{x} DESC', 'identifier'],
    ['{x}', 'fragment'],
    ["a = '{x}'", 'quoted-value'],
  ])('of the fragment %s', (host, ...expected) => {
    expect(holePositions(withHoles(host), 'fragment', 'postgresql')).toEqual(expected);
  });
});

describe('the first words', () => {
  it.each([
    ...[
      'SELECT 1',
      ' -- note\n(select a, b',
      '/* a */ WITH x AS (SELECT 1) SELECT 2',
      'insert into t',
      'SELECT now()',
      'select user from t',
    ],
    ...[
      'UPDATE  SET a = 1',
      'DELETE FROM  WHERE a = 1',
      'delete a from b',
      'CREATE TABLE  (a int)',
      'ALTER TYPE a',
      'drop index',
      'vacuum',
    ],
    ...[
      'SET LOCAL  = 1',
      'set a = 1',
      'SET a TO b',
      'BEGIN',
      'COMMIT;',
      'GRANT SELECT ON t TO r',
      'DO $$ BEGIN END $$',
      'TRUNCATE a, b',
    ],
  ])('%j start a statement', (text) => {
    expect(startsLikeStatement(text)).toBe(true);
  });

  it.each([
    ...[
      'Hello',
      'insert coin',
      'comment this',
      'start over',
      '',
      '-- select',
      'name = 1',
      'Delete account',
      'Create Manual Account',
    ],
    ...[
      'Select the violated section',
      'Set under review',
      'Update internal notes',
      'Grant credit',
      'Revoke',
      'Merge into PDF',
      'Begin checkout',
    ],
    ...[
      'Show the organization',
      'Delete or anonymize users',
      'Execute query',
      'Drop files here',
      'Copy link',
      'Reset password',
    ],
  ])('%j start none', (text) => {
    expect(startsLikeStatement(text)).toBe(false);
  });

  it('tell which statements take no parameters', () => {
    expect(
      ['create table t', 'SET a = 1', 'grant all', 'NOTIFY x', 'comment on table t'].every(takesNoParameters),
    ).toBe(true);
    expect(['select 1', 'with x as (select 1) select 2', 'delete from t', 'hello'].some(takesNoParameters)).toBe(false);
  });
});
