import { expect, test } from 'vitest';
import { LineTable } from '../../src/engine/positions.js';
import type { FrontEndId } from '../../src/ir/index.js';

const place = (text: string, word: string, id: FrontEndId = 'sql'): string => {
  const start = text.indexOf(word);
  const { line, column, endLine, endColumn } = new LineTable(text, id).locate({ start, end: start + word.length });
  return `${line}:${column}-${endLine}:${endColumn}`;
};

test.each([
  ['LF', 'a\nb\n  X', '3:3-3:4'],
  ['CRLF', 'a\r\nb\r\n  X', '3:3-3:4'],
  ['CR alone', 'a\rb\r  X', '3:3-3:4'],
  ['mixed', 'a\rb\r\n\nX', '4:1-4:2'],
  ['astral characters, two code units each', 'a\n😀X', '2:3-2:4'],
])('lines end with %s', (_name, text, expected) => {
  for (const id of ['sql', 'python', 'typescript'] as const) expect(place(text, 'X', id)).toBe(expected);
});

test('U+2028 ends lines in TypeScript alone', () => {
  expect(place('a\u2028X', 'X', 'typescript')).toBe('2:1-2:2');
  expect(place('a\u2028X', 'X', 'python')).toBe('1:3-1:4');
  expect(place('a\u2028X', 'X', 'sql')).toBe('1:3-1:4');
});

test('a span over lines ends where it ends, and offsets outside of the text stay at its ends', () => {
  expect(place('ab\ncd', 'b\nc')).toBe('1:2-2:2');
  const table = new LineTable('ab\ncd', 'sql');
  expect(table.locate({ start: -5, end: 99 })).toEqual({ line: 1, column: 1, endLine: 2, endColumn: 3 });
  expect(table.locate({ start: 4, end: 2 })).toEqual({ line: 2, column: 2, endLine: 2, endColumn: 2 });
  expect(new LineTable('', 'sql').locate({ start: 0, end: 0 })).toEqual({
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
  });
});
