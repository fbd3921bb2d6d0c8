import { rules } from '../../rules/index.js';
import { lintFiles, type Config, type LintResult } from '../../src/index.js';
import type { Example } from './markdown-page.js';
import { expectationsIn } from './expectations.js';

/** The rules that an example is linted with: the page's own, and those that its comments name in full. */
function rulesOf(rule: string, example: Pick<Example, 'files'>): Set<string> {
  const named = example.files.flatMap(({ text }) => expectationsIn(text)).map((expectation) => expectation.rule);
  return new Set([rule, ...named.filter((id) => id in rules)]);
}

/**
 * Lints an example with its page's rule on, and nothing else that its comments don't name. The rule has the severity
 * of its first preset, so that what it says of a single finding shows; with options it has its own.
 */
export function lintExample(
  rule: string,
  example: Pick<Example, 'files' | 'options' | 'config'> & Partial<Pick<Example, 'shipped' | 'edited'>>,
): Promise<LintResult> {
  const { shipped = [], edited = [] } = example;
  const isCompared = shipped.length + edited.length > 0;
  const on = rulesOf(rule, example);
  const preset = rules[rule]!.presets[0];
  const entries: NonNullable<Config['rules']> = {};
  for (const id of Object.keys(rules)) if (!on.has(id)) entries[id] = 'off';
  for (const id of on) if (id !== rule || preset === undefined) entries[id] = rules[id]!.severity;
  if (Object.keys(example.options).length > 0) entries[rule] = [rules[rule]!.severity, example.options];
  return lintFiles(Object.fromEntries(example.files.map(({ path, text }) => [path, readable(path, text)])), {
    config: {
      dialect: 'postgresql',
      ...(!isCompared && { migrations: { report: 'all' } }),
      ...example.config,
      extends: preset ?? [],
      rules: entries,
    },
    ...(isCompared && { shipped, edited }),
  });
}

/** JSON has no comments, so that those of an example are no part of its file. */
const readable = (path: string, text: string): string =>
  path.endsWith('.json') ? text.replace(/^[ \t]*\/\/.*$/gm, '') : text;
