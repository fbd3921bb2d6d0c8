import { describe, expect, test } from 'vitest';
import { applyFixes } from '../../src/engine/fixes.js';
import { lintFiles, messages, places } from './support/linter.js';

const lint = (text: string, path = 'a.py'): ReturnType<typeof lintFiles> => lintFiles({ [path]: text });

/** The text after every fix of the result is applied. */
async function fixed(text: string, path = 'a.py'): Promise<string> {
  const { findings } = await lint(text, path);
  return applyFixes(
    text,
    findings.flatMap(({ fix }) => (fix ? [fix.edits] : [])),
  ).text;
}

describe('reach', () => {
  test('next line', async () => {
    const text = 'data\n# ddlint-disable-next-line test/bad-word -- known\nBAD\nBAD\n';
    expect(places(await lint(text))).toEqual(['a.py:4:1 test/bad-word']);
  });

  test('next line passes over comments, so that directives can be stacked', async () => {
    const text =
      'data\n# ddlint-disable-next-line test/bad-word\n# ddlint-disable-next-line test/quiet-word\n# why\nBAD\n';
    expect((await lintFiles({ 'a.py': text }, { extends: 'strict' })).findings).toEqual([]);
  });

  test('thousands of them, one below the other', async () => {
    const text = `data\n${'# ddlint-disable-next-line test/bad-word\n'.repeat(4000)}BAD\n${'BAD\n'.repeat(4000)}`;
    expect((await lint(text)).findings).toHaveLength(4000);
  });

  test('stars without end behind a directive', async () => {
    const { findings } = await lint(`data\n# ddlint-disable ${'* '.repeat(200_000)}x`);
    expect(findings.map(({ rule }) => rule)).toEqual(['ddlint/malformed-suppression']);
  });

  test('same line', async () => {
    const text = 'data\nBAD # ddlint-disable-line test/bad-word\nBAD\n';
    expect(places(await lint(text))).toEqual(['a.py:3:1 test/bad-word']);
  });

  test('whole file, from anywhere in it', async () => {
    expect((await lint('data BAD\n# ddlint-disable-file test/bad-word -- generated\nBAD')).findings).toEqual([]);
  });

  test('block, and back on', async () => {
    const text = 'data BAD\n# ddlint-disable test/bad-word\nBAD\n# ddlint-enable test/bad-word\nBAD\n';
    expect(places(await lint(text))).toEqual(['a.py:1:6 test/bad-word', 'a.py:5:1 test/bad-word']);
  });

  test('a block that is never closed reaches to the end, and one without rules holds all', async () => {
    const result = await lintFiles({ 'a.py': 'data\n# ddlint-disable\nBAD\nBAD\n' }, { extends: 'strict' });
    expect(result.findings).toEqual([]);
  });

  test('several rules, parted by commas or blanks', async () => {
    const text = 'data\n# ddlint-disable-next-line test/bad-word, test/quiet-word -- both\nBAD';
    expect((await lintFiles({ 'a.py': text }, { extends: 'strict' })).findings).toEqual([]);
    const blank = text.replace(', ', ' ');
    expect((await lintFiles({ 'a.py': blank }, { extends: 'strict' })).findings).toEqual([]);
  });

  test('another rule is not suppressed', async () => {
    const text = 'data\n# ddlint-disable-next-line test/quiet-word\nBAD';
    expect(places(await lint(text))).toEqual(['a.py:3:1 test/bad-word']);
  });
});

test.each([
  ['a.py', '# ddlint-disable-next-line test/bad-word'],
  ['a.sql', '-- ddlint-disable-next-line test/bad-word'],
  ['a.sql', '/* ddlint-disable-next-line test/bad-word -- why */'],
  ['a.ts', '// ddlint-disable-next-line test/bad-word'],
  ['a.ts', '/* ddlint-disable-next-line test/bad-word */'],
  ['a.ts', '/** ddlint-disable-next-line test/bad-word */'],
  ['a.ts', '/// ddlint-disable-next-line test/bad-word'],
])('%s: %s', async (path, comment) => {
  expect((await lint(`data\n${comment}\nBAD\n`, path)).findings).toEqual([]);
});

describe('unused', () => {
  test('a suppression of nothing is reported, and its fix takes its line away', async () => {
    const text = 'data\n  # ddlint-disable-next-line test/bad-word -- old\nfine\n';
    const { findings } = await lint(text);
    expect(findings).toMatchObject([{ rule: 'ddlint/unused-suppression', severity: 'warn', line: 2, column: 3 }]);
    expect(findings[0]!.message).toBe('This ddlint-disable-next-line suppresses no finding of "test/bad-word".');
    expect(await fixed(text)).toBe('data\nfine\n');
  });

  test('behind code the fix takes the comment and the blanks before it', async () => {
    expect(await fixed('data fine  # ddlint-disable-line\nmore')).toBe('data fine\nmore');
    expect(await fixed('data\r\n-- ddlint-disable-file\r\nmore', 'a.sql')).toBe('data\r\nmore');
  });

  test('of several rules only the unused one goes', async () => {
    const text = 'data\n# ddlint-disable-next-line test/bad-word, test/new-migration -- test/bad-word is known\nBAD\n';
    expect(messages(await lint(text))).toEqual([
      'a.py: This ddlint-disable-next-line suppresses no finding of "test/new-migration".',
    ]);
    expect(await fixed(text)).toBe('data\n# ddlint-disable-next-line test/bad-word -- test/bad-word is known\nBAD\n');
  });

  test('of a rule that is off nothing is said', async () => {
    expect((await lint('data\n# ddlint-disable-next-line test/quiet-word\nfine\n')).findings).toEqual([]);
  });

  test('every block, line and file directive is seen', async () => {
    const text = 'data\n# ddlint-disable\nfine\n# ddlint-enable\n# ddlint-disable-file\nfine # ddlint-disable-line\n';
    expect(places(await lint(text))).toEqual([
      'a.py:2:1 ddlint/unused-suppression',
      'a.py:5:1 ddlint/unused-suppression',
      'a.py:6:6 ddlint/unused-suppression',
    ]);
  });

  test('it can be turned off', async () => {
    const { findings } = await lintFiles(
      { 'a.py': 'data # ddlint-disable-line\n' },
      { rules: { 'ddlint/unused-suppression': 'off' } },
    );
    expect(findings).toEqual([]);
  });
});

describe('malformed', () => {
  test('an unknown rule is reported with a suggestion and suppresses nothing', async () => {
    expect(messages(await lint('data\n# ddlint-disable-next-line test/bad-wrod\nBAD'))).toEqual([
      'a.py: "test/bad-wrod" is no rule of ddlint; did you mean "test/bad-word"?',
      'a.py: BAD is bad.',
    ]);
  });

  test('a rule may be meant without its family', async () => {
    expect(messages(await lint('data # ddlint-disable-line bad-word\n'))).toEqual([
      'a.py: "bad-word" is no rule of ddlint; did you mean "test/bad-word"?',
    ]);
  });

  test('a reason without its dashes is explained', async () => {
    expect(messages(await lint('data BAD # ddlint-disable-line test/bad-word whatever\n'))).toEqual([
      'a.py: "whatever" is no rule of ddlint; a reason stands behind " -- ".',
    ]);
  });

  test('an unknown directive is reported with a suggestion', async () => {
    expect(messages(await lint('data # ddlint-disable-nextline test/bad-word\n'))).toEqual([
      'a.py: "ddlint-disable-nextline" is no directive; did you mean "ddlint-disable-next-line"?',
    ]);
  });

  test('a comment that only speaks of ddlint is none', async () => {
    expect((await lint('data # see ddlint-disable-line in the docs\n# ddlint is nice')).findings).toEqual([]);
  });
});
