import type { Rule } from '../../src/rule.js';
import { withPart } from './generated-part.js';
import type { RuleFile } from './rule-files.js';
import { words } from './rule-words.js';

function header({ id, rule }: RuleFile): string {
  return [
    `# ${id}`,
    '',
    rule.summary,
    '',
    `- Severity: ${words.severity(rule)}`,
    `- Presets: ${words.presets(rule)}`,
    `- Reads: ${words.frontends(rule)}`,
    `- Fix: ${rule.fix === 'none' ? 'none' : words.fix(rule)}`,
    `- Since: ${rule.since}`,
  ].join('\n');
}

function optionsTable(options: Rule['options']): string {
  return [
    '| Option | Default | Meaning |',
    '| --- | --- | --- |',
    ...Object.entries(options).map(([name, option]) => {
      const choices = option.schema['enum'] as readonly string[] | undefined;
      const list = choices ? ` One of ${choices.map((choice) => `\`${choice}\``).join(', ')}.` : '';
      return `| \`${name}\` | \`${JSON.stringify(option.default)}\` | ${option.doc}${list} |`;
    }),
  ].join('\n');
}

/** A rule's page with its header and its table of options as the rule declares them. */
export function rulePage(file: RuleFile, page: string): string {
  const result = withPart(page, 'header', header(file));
  return Object.keys(file.rule.options).length === 0
    ? result
    : withPart(result, 'options', optionsTable(file.rule.options), '## Options');
}
