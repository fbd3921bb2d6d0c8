import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import { didYouMean } from '../../config/suggestion.js';
import { engineRules } from '../../engine/engine-rules.js';
import { readArguments } from '../arguments.js';
import { colorFlags, wantsColor } from '../color.js';
import type { Command } from '../command.js';
import { ownPackage } from '../../package.js';
import { UsageError } from '../usage-error.js';

const flags = colorFlags;

/** A rule's page for a terminal: marks of the generator left out, code indented instead of fenced. */
export function terminalPage(markdown: string, color: boolean): string {
  const { bold, cyan, dim } = pc.createColors(color);
  let fenced = false;
  const lines: string[] = [];
  for (const line of markdown.replace(/<!--[\s\S]*?-->/g, '').split('\n')) {
    const fence = /^\s*(`{3,}|~{3,})(.*)$/.exec(line);
    if (fence) {
      fenced = !fenced;
      const title = /title="([^"]*)"/.exec(fence[2]!)?.[1] ?? fence[2]!.trim();
      if (fenced && title !== '') lines.push(dim(`    ${title}:`));
    } else if (fenced) lines.push(line === '' ? '' : `    ${cyan(line)}`);
    else if (/^#+ /.test(line)) lines.push(bold(line.replace(/^#+ /, '')));
    else if (line !== '' || lines.at(-1) !== '') lines.push(line);
  }
  return `${lines.join('\n').trim()}\n`;
}

/** `ddlint explain <rule>`: the rule's page. */
export const explain: Command = {
  usage: 'ddlint explain <rule>',
  summary: 'Why a rule exists, wrong and right examples, options.',
  flags,
  async run(argv, io) {
    const { values, positionals } = readArguments(argv, flags);
    const [id, ...more] = positionals;
    if (id === undefined || more.length > 0) throw new UsageError('"ddlint explain" takes the name of one rule');
    const engineRule = Object.entries(engineRules).find(([name]) => name === id)?.[1];
    if (engineRule) {
      io.out.write(`${id}\n\n${engineRule.summary}\n\n- Severity: ${engineRule.severity}\n`);
      return 0;
    }
    const { rules } = await import('../../../rules/index.js');
    const named = Object.keys(rules).filter((rule) => rule === id || rule.endsWith(`/${id}`));
    if (named.length !== 1) {
      throw new UsageError(
        `unknown rule "${id}"${didYouMean(id, [...Object.keys(rules), ...Object.keys(engineRules)])}`,
      );
    }
    const page = readFileSync(join(ownPackage().root, 'rules', `${named[0]!}.md`), 'utf8');
    io.out.write(terminalPage(page, wantsColor(values, io)));
    return 0;
  },
};
