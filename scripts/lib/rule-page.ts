import type { Rule } from '../../src/rule.js';
import type { RuleFile } from './rule-files.js';
import { words } from './rule-words.js';

const begin = (part: string): string => `<!-- begin ${part}: generated -->`;
const end = (part: string): string => `<!-- end ${part} -->`;

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

/** The page with one generated part brought up to date; put below `heading` where the page doesn't have it yet. */
function withPart(page: string, part: string, text: string, heading?: string): string {
  const block = `${begin(part)}\n\n${text}\n\n${end(part)}`;
  const from = page.indexOf(begin(part));
  const to = page.indexOf(end(part));
  if (from >= 0 && to > from) return page.slice(0, from) + block + page.slice(to + end(part).length);
  if (heading === undefined) return `${block}\n\n${page}`;
  const below = page.indexOf(`${heading}\n`);
  if (below < 0) return `${page.trimEnd()}\n\n${heading}\n\n${block}\n`;
  const at = below + heading.length + 1;
  return `${page.slice(0, at)}\n${block}\n${page.slice(at)}`;
}

/** A rule's page with its header and its table of options as the rule declares them. */
export function rulePage(file: RuleFile, page: string): string {
  const result = withPart(page, 'header', header(file));
  return Object.keys(file.rule.options).length === 0
    ? result
    : withPart(result, 'options', optionsTable(file.rule.options), '## Options');
}
