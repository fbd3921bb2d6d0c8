import { expect, test } from 'vitest';
import { frames } from '../../src/reporters/frames.js';
import { context, finding, result } from './sample.js';

const path = 'migrations/2_index.sql';
const head = 'Found SQLAlchemy, Alembic (40 migrations in migrations/versions), PostgreSQL.';
const foot = '1 error: 2 files read; 412 statements read, 3 opaque; 40 migrations replayed, 2 new.';

/** The report without its first and last line. */
function body(...args: Parameters<typeof frames>): string[] {
  const lines = frames(...args).split('\n');
  expect([lines[0], lines[1], lines.at(-2), lines.at(-1)]).toEqual([head, '', foot, '']);
  return lines.slice(2, -2);
}

test('place, message, code, other place, and the fix as a diff', () => {
  const text = 'BEGIN;\nCREATE INDEX ix ON orders (user_id);\nCOMMIT;\n';
  const at = text.indexOf(' ix');
  const found = finding({
    related: [
      { path: 'models.py', line: 7, column: 5, endLine: 7, endColumn: 9, message: 'The column is declared here.' },
    ],
    fix: { edits: [{ start: at, end: at, text: ' CONCURRENTLY' }], hash: '' },
  });
  expect(body(result([found]), context({ [path]: text }))).toEqual([
    'migrations/2_index.sql:2:1 error locking/non-concurrent-index-creation',
    '  CREATE INDEX blocks writes to orders.',
    '',
    '    1 | BEGIN;',
    '  > 2 | CREATE INDEX ix ON orders (user_id);',
    '      | ^^^^^^^^^^^^',
    '    3 | COMMIT;',
    '',
    '  models.py:7:5 The column is declared here.',
    '',
    '  Fix (--fix writes it):',
    '    - CREATE INDEX ix ON orders (user_id);',
    '    + CREATE INDEX CONCURRENTLY ix ON orders (user_id);',
    '',
  ]);
});

test('a suggestion says what it does; indentation shared by both sides is left out', () => {
  const text = 'class A:\n    x = Column(Integer)\n    y = Column(Text)\n';
  const at = text.indexOf('ger)') + 3;
  const found = finding({
    path: 'a.py',
    column: 5,
    endColumn: 6,
    suggestions: [{ message: 'Comment the column.', edits: [{ start: at, end: at, text: ', comment="TODO"' }] }],
  });
  expect(body(result([found]), context({ 'a.py': text })).slice(-4)).toEqual([
    '  Suggestion: Comment the column.',
    '    - x = Column(Integer)',
    '    + x = Column(Integer, comment="TODO")',
    '',
  ]);
});

test('an added line is shown as added only, edits far apart as two pieces', () => {
  const text = 'one\ntwo\nthree\nfour\nfive\n';
  const found = finding({
    fix: {
      hash: '',
      edits: [
        { start: text.indexOf('five'), end: text.indexOf('five') + 4, text: 'FIVE' },
        { start: 4, end: 4, text: 'new\n' },
      ],
    },
  });
  expect(body(result([found]), context({ [path]: text })).slice(-4)).toEqual([
    '    + new',
    '    - five',
    '    + FIVE',
    '',
  ]);
});

test('a removed line leaves nothing added', () => {
  const found = finding({ fix: { edits: [{ start: 4, end: 8, text: '' }], hash: '' } });
  expect(body(result([found]), context({ [path]: 'one\ntwo\nthree\n' })).slice(-3)).toEqual([
    '  Fix (--fix writes it):',
    '    - two',
    '',
  ]);
});

test('a finding over many lines shows the first ones, tabs keep the mark in place', () => {
  const text = `a\n\tDO $$\n${'x\n'.repeat(20)}$$;\n`;
  const found = finding({ line: 2, column: 2, endLine: 23, endColumn: 4 });
  expect(body(result([found]), context({ [path]: text })).slice(3, -1)).toEqual([
    '    1 | a',
    '  > 2 | \tDO $$',
    '      | \t^^^^^',
    '  > 3 | x',
    '  > 4 | x',
    '  > 5 | x',
    '  > 6 | x',
    '  > 7 | x',
    '    8 | x',
    '      | …',
  ]);
});

test('a long line is cut around the finding', () => {
  const text = `${'a'.repeat(500)}BAD${'b'.repeat(500)}`;
  const found = finding({ line: 1, column: 501, endLine: 1, endColumn: 504 });
  const [line, marks] = body(result([found]), context({ [path]: text })).slice(3, 5);
  expect(line!.length).toBeLessThan(160);
  expect(line!.indexOf('BAD')).toBe(marks!.indexOf('^'));
  expect(marks!.match(/\^+/)![0]).toBe('^^^');
});

test('CRLF, lone CR and the end of the file', () => {
  const found = finding({ line: 3, column: 1, endLine: 3, endColumn: 1 });
  expect(body(result([found]), context({ [path]: 'a\r\nb\r' })).slice(3, -1)).toEqual([
    '    2 | b',
    '  > 3 |',
    '      | ^',
  ]);
});

test('a file that can not be shown still has its message', () => {
  expect(body(result([finding()]), context())).toEqual([
    'migrations/2_index.sql:2:1 error locking/non-concurrent-index-creation',
    '  CREATE INDEX blocks writes to orders.',
    '',
  ]);
});

test('a long message is broken at blanks, a word that is longer than a line is not', () => {
  const words = Array.from({ length: 30 }, () => 'nine char').join(' ');
  const message = `${words}\nhttps://example.com/${'x'.repeat(120)} end`;
  const lines = body(result([finding({ message })]), context()).slice(1, -1);
  expect(lines).toEqual([
    `  ${Array.from({ length: 10 }, () => 'nine char').join(' ')}`,
    `  ${Array.from({ length: 10 }, () => 'nine char').join(' ')}`,
    `  ${Array.from({ length: 10 }, () => 'nine char').join(' ')}`,
    `  https://example.com/${'x'.repeat(120)}`,
    '  end',
  ]);
});

test('escape sequences of a linted file do not reach the terminal', () => {
  const text = frames(
    result([finding({ line: 1, endLine: 1 })]),
    context({ [path]: 'SELECT \u001b]0;title\u0007;\n' }),
  );
  expect(text).not.toContain('\u001b');
  expect(text).toContain('SELECT \ufffd]0;title\ufffd;');
});

test('info findings come below, one line per rule and file', () => {
  const info = (line: number) =>
    finding({
      rule: 'documentation/undocumented-column',
      severity: 'info',
      line,
      endLine: line,
      message: `Line ${line}.`,
    });
  expect(body(result([info(1), info(3)]), context({ [path]: 'a\nb\nc\n' }))).toEqual([
    'migrations/2_index.sql:1:1 info documentation/undocumented-column Line 1. (and 1 more, to line 3)',
    '1 group of info findings: --info lists each.',
    '',
  ]);
});
