import { rules } from '../../rules/index.js';
import { lintFiles } from '../../src/index.js';
import type { LintResult } from '../../src/index.js';
import type { Example } from './markdown-page.js';
import { expectationsIn } from './expectations.js';

/** The rules that an example is linted with: the page's own, and those that its comments name in full. */
function rulesOf(rule: string, example: Pick<Example, 'files'>): string[] {
  const named = example.files.flatMap(({ text }) => expectationsIn(text)).map((expectation) => expectation.rule);
  return [...new Set([rule, ...named.filter((id) => id in rules)])];
}

/** Lints an example with its page's rule on, and nothing else that its comments don't name. */
export function lintExample(rule: string, example: Pick<Example, 'files' | 'options' | 'config'>): Promise<LintResult> {
  const on = rulesOf(rule, example).map((id) => [id, [rules[id]!.severity, id === rule ? example.options : {}]]);
  return lintFiles(Object.fromEntries(example.files.map(({ path, text }) => [path, text])), {
    config: {
      extends: [],
      dialect: 'postgresql',
      migrations: { report: 'all' },
      ...example.config,
      rules: Object.fromEntries(on) as { [id: string]: [string, object] },
    },
  });
}
