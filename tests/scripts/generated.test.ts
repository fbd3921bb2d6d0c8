import { describe, expect, test } from 'vitest';
import { withPart } from '../../scripts/lib/generated-part.js';
import { ruleIndex } from '../../scripts/lib/rule-index.js';
import { rulePage } from '../../scripts/lib/rule-page.js';
import { ruleTemplate } from '../../scripts/lib/rule-template.js';
import { choice, defineRule } from '../../src/rule.js';
import { expectationsIn } from '../support/expectations.js';
import { readPage } from '../support/markdown-page.js';

const rule = defineRule({
  summary: 'A table is odd.',
  severity: 'warn',
  presets: ['recommended'],
  presetSeverity: { recommended: 'info' },
  since: '0.1.0',
  frontends: ['sql'],
  needs: ['file'],
  fix: 'none',
  sources: [],
  messages: { odd: 'Odd.' },
  options: { style: choice('What is odd.', ['this', 'that'], 'this') },
  *check() {},
});

describe('generated parts of a page', () => {
  test('are put below their heading once, and replaced from then on', () => {
    const page = 'Why.\n\n## Options\n\nMore.\n';
    const once = withPart(page, 'options', 'first', '## Options');
    expect(once).toMatch(
      /^Why\.\n\n## Options\n\n<!-- begin options: generated -->\n\nfirst\n\n<!-- end options -->\n\nMore\.\n$/,
    );
    expect(withPart(once, 'options', 'second', '## Options')).toBe(once.replace('first', 'second'));
  });

  test('make a heading where there is none, and leave prose alone', () => {
    expect(withPart('Why.\n', 'options', 'x', '## Options')).toMatch(/^Why\.\n\n## Options\n\n<!-- begin/);
  });

  test('say what the rule declares', () => {
    const page = rulePage({ id: 'naming/odd-table', rule }, 'Why.\n');
    expect(page).toContain('# naming/odd-table\n\nA table is odd.');
    expect(page).toContain('- Severity: warn, info in `recommended`');
    expect(page).toContain('| `style` | `"this"` | What is odd. One of `this`, `that`. |');
    expect(rulePage({ id: 'naming/odd-table', rule }, page)).toBe(page);
  });
});

test('the index imports each rule under its id', () => {
  const index = ruleIndex(['naming/odd-table']);
  expect(index).toContain("import namingOddTable from './naming/odd-table.js';");
  expect(index).toContain("'naming/odd-table': namingOddTable,");
});

test('the template of a rule expects what its check does not find yet', () => {
  const { examples } = readPage('rules/naming/odd-table.md', ruleTemplate('naming/odd-table').md);
  const incorrect = examples.filter(({ section }) => section === 'Incorrect');
  expect(incorrect.flatMap(({ frontends }) => frontends)).toEqual(['sql', 'python', 'typescript']);
  for (const { files } of incorrect) expect(expectationsIn(files[0]!.text)).toHaveLength(1);
});
