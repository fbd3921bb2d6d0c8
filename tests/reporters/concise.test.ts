import { expect, test } from 'vitest';
import { concise } from '../../src/reporters/concise.js';
import { context, finding, result } from './sample.js';

test('one line per finding, between what was found and what it rests on', () => {
  expect(concise(result([finding()]), context())).toBe(
    [
      'Found SQLAlchemy, Alembic (40 migrations in migrations/versions), PostgreSQL.',
      'migrations/2_index.sql:2:1 error locking/non-concurrent-index-creation CREATE INDEX blocks writes to orders.',
      '1 error: 2 files read; 412 statements read, 3 opaque; 40 migrations replayed, 2 new.',
      '',
    ].join('\n'),
  );
});

test('a clean result says what was looked at', () => {
  const clean = result([], {
    files: { read: 0, skipped: 1, unreadable: 0 },
    statements: { ast: 0, shape: 0, target: 0, opaque: 0 },
    migrations: { replayed: 0, reported: 0 },
    findings: { error: 0, warn: 0, info: 0 },
    found: [],
  });
  expect(concise(clean, context())).toBe(
    [
      'Found nothing of the data layer in 1 file.',
      'No findings: 0 files read; 0 statements read, 0 opaque; 0 migrations replayed, 0 new.',
      '',
    ].join('\n'),
  );
});

test('a message over several lines stays on one, and control characters do not reach the terminal', () => {
  const text = concise(
    result([finding({ message: 'First.\n  Second \u001b[31mred.', path: 'a\u0007.sql' })]),
    context(),
  );
  expect(text.split('\n')[1]).toBe(
    'a\ufffd.sql:2:1 error locking/non-concurrent-index-creation First. Second \ufffd[31mred.',
  );
});

const undocumented = (path: string, line: number, message: string) =>
  finding({
    rule: 'documentation/undocumented-column',
    severity: 'info',
    path,
    line,
    endLine: line,
    column: 5,
    message,
  });

const documentation = [
  undocumented('a.py', 3, 'Column a.x has no comment.'),
  finding({ path: 'a.py', line: 4, endLine: 4 }),
  undocumented('a.py', 5, 'Column a.y has no comment.'),
  undocumented('a.py', 9, 'Column a.z has no comment.'),
  undocumented('b.py', 1, 'Column b.x has no comment.'),
];

test('info findings are one line per rule and file', () => {
  const lines = concise(result(documentation, { findings: { error: 1, warn: 0, info: 4 } }), context()).split('\n');
  expect(lines.slice(1)).toEqual([
    'a.py:4:1 error locking/non-concurrent-index-creation CREATE INDEX blocks writes to orders.',
    'a.py:3:5 info documentation/undocumented-column Column a.x has no comment. (and 2 more, to line 9)',
    'b.py:1:5 info documentation/undocumented-column Column b.x has no comment.',
    '2 groups of info findings: --info lists each.',
    '1 error, 4 info: 2 files read; 412 statements read, 3 opaque; 40 migrations replayed, 2 new.',
    '',
  ]);
});

test('--info lists them all, in the order of the findings', () => {
  const lines = concise(result(documentation), context({}, { listInfo: true })).split('\n');
  expect(lines.slice(1, 6).map((line) => line.split(' ')[0])).toEqual([
    'a.py:3:5',
    'a.py:4:1',
    'a.py:5:5',
    'a.py:9:5',
    'b.py:1:5',
  ]);
  expect(lines.join('\n')).not.toContain('--info');
});

test('colours only where asked for', () => {
  expect(concise(result([finding()]), context({}, { color: true }))).toContain('\u001b[31merror');
  expect(concise(result([finding()]), context())).not.toContain('\u001b');
});
