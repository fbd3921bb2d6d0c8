import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/index.js';
import { differences } from './compare.js';
import { expectationsIn, withoutExpectations } from './expectations.js';
import { applyChanges } from './fixing.js';
import { readPage } from './markdown-page.js';

const finding = (rest: Partial<Finding>): Finding => ({
  rule: 'naming/reserved-word',
  severity: 'warn',
  message: 'Said.',
  path: 'example.sql',
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 2,
  related: [],
  ...rest,
});

describe('expectation comments', () => {
  test('stand in every comment syntax, name several rules, and ask for severities', () => {
    const text = [
      'a -- expect: reserved-word',
      'b # expect: naming/reserved-word, drop-table (error)',
      '// expect-next-line: drop-table',
      'c /* expect: drop-table */',
    ].join('\n');
    expect(expectationsIn(text)).toEqual([
      { rule: 'reserved-word', line: 1, at: 1 },
      { rule: 'naming/reserved-word', line: 2, at: 2 },
      { rule: 'drop-table', severity: 'error', line: 2, at: 2 },
      { rule: 'drop-table', line: 4, at: 3 },
      { rule: 'drop-table', line: 4, at: 4 },
    ]);
    expect(withoutExpectations(text)).toBe('a\nb\nc');
  });

  test('prose about what to expect is none', () => {
    expect(expectationsIn('-- we expect: nothing of this kind!')).toEqual([]);
    expect(withoutExpectations('\n\nx')).toBe('\n\nx');
  });
});

describe('differences', () => {
  const files = [
    { path: 'example.sql', text: 'x\ny -- expect: reserved-word (warn)\n', page: { path: 'p.md', line: 10 } },
  ];

  test('none where each finding is announced', () => {
    expect(differences(files, [finding({ line: 2 })])).toEqual([]);
  });

  test('name the line of the page for what is missing and for what nobody announced', () => {
    expect(differences(files, [finding({ line: 1 })])).toEqual([
      'p.md:11: not found: reserved-word (warn)',
      'p.md:10: not expected: naming/reserved-word (warn): Said.',
    ]);
  });

  test('see another severity, another file and a second finding', () => {
    expect(differences(files, [finding({ line: 2, severity: 'info' })])).toHaveLength(2);
    expect(differences(files, [finding({ line: 2, path: 'other.sql' })])).toHaveLength(2);
    expect(differences(files, [finding({ line: 2 }), finding({ line: 2 })])).toHaveLength(1);
  });
});

describe('applying what findings offer', () => {
  const offering = (...edits: [number, number, string][]): Finding =>
    finding({ suggestions: [{ message: 'x', edits: edits.map(([start, end, text]) => ({ start, end, text })) }] });

  test('in order, equal edits once, crossing ones left out', () => {
    const findings = [
      offering([0, 0, 'import;'], [3, 3, 'A']),
      offering([0, 0, 'import;'], [3, 3, 'B']),
      offering([1, 5, '-']),
    ];
    expect(applyChanges('abcdef', findings)).toBe('import;abcABdef');
  });

  test('a fix wins over a suggestion', () => {
    const both = { ...offering([0, 1, 'S']), fix: { edits: [{ start: 0, end: 1, text: 'F' }], hash: '' } };
    expect(applyChanges('abc', [both])).toBe('Fbc');
  });
});

describe('a page', () => {
  const page = readPage(
    'rules/naming/reserved-word.md',
    [
      '## Incorrect',
      '```sql',
      'SELECT 1;',
      '```',
      '### Two files',
      '```json config',
      '{ "dialect": "mysql" }',
      '```',
      '```python title="a.py" shipped',
      'x = 1',
      '```',
      '```sql title="b.sql" edited comments',
      'SELECT 2;',
      '```',
      '## Notes',
      '```sql',
      'SELECT 3;',
      '```',
      '## Correct',
      '```text',
      'no language',
      '```',
    ].join('\n'),
  );

  test('holds an example for each fence without a title, and one for those with titles', () => {
    expect(page.examples).toEqual([
      {
        section: 'Incorrect',
        heading: '',
        files: [{ path: 'example.sql', text: 'SELECT 1;\n', line: 3 }],
        frontends: ['sql'],
        options: {},
        config: {},
        shipped: [],
        edited: [],
        line: 3,
      },
      {
        section: 'Incorrect',
        heading: 'Two files',
        files: [
          { path: 'a.py', text: 'x = 1\n', line: 10 },
          { path: 'b.sql', text: 'SELECT 2;\n', line: 13 },
        ],
        frontends: ['python', 'sql'],
        options: {},
        config: { dialect: 'mysql' },
        shipped: ['a.py'],
        edited: [['b.sql', 'comments']],
        line: 10,
      },
    ]);
  });

  test('says where it can not be read', () => {
    expect(page.problems).toEqual([expect.stringMatching(/^rules\/naming\/reserved-word\.md:21: /)]);
  });
});
