import { expect, test } from 'vitest';
import { loadParser } from '../../src/frontends/python/syntax/parse.js';

const parse = await loadParser();
/** The grammar sees every comment, and none. */
const [plain, spared] = [await loadParser(Infinity), await loadParser(1)];

test.each([
  ['at the top', '# one\n# two\n\n# three\nx = 1\n'],
  ['in a function', 'def f():\n    # one\n  # two\n\n    # three\n    return 1\n'],
  ['in a list, behind values', 'x = [  # behind\n    # one\n    1,\n    # two\n]\n'],
  ['in text', 'x = """\n# one\n# two\n"""\n# three\ny = f"""\n# {x}\n# four\n"""\n'],
  ['with quotes', "# \"\"\"\n# it's\nx = 1\n# '''\n"],
  ['at the end of a line that goes on', 'x = "a\\\n# b"\n# c\n'],
  ['with other line ends', 'x = 1\r\n# one\r\n# two\r\ny = 2\r\n'],
  ['with other letters', '# ä 😀\n# ö\nx = "😀"\n'],
  ['at the end, without a line end', 'x = 1\n# one\n# two'],
])('comments that the grammar is spared are read the same: %s', (_, text) => {
  expect(spared(text)).toEqual(plain(text));
});

test('thousands of comments before the first statement of a function', () => {
  const lines = Array.from({ length: 20_000 }, (_, at) => `    # line ${String(at)}\n`).join('');
  const { body, comments, error } = parse(`def f():\n${lines}    return 1\n`);
  expect(error).toBeUndefined();
  expect(comments).toHaveLength(20_000);
  expect(comments[19_999]).toMatchObject({ text: 'line 19999', ownLine: true });
  expect(body).toMatchObject([{ kind: 'FunctionDef', body: [{ kind: 'Return' }] }]);
});

test('a text of thousands of lines that look like comments stays a text', () => {
  const lines = '# line\n'.repeat(500);
  expect(parse(`x = """\n${lines}"""\n`).body).toMatchObject([{ value: { kind: 'Str', value: `\n${lines}` } }]);
});
