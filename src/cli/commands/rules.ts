import type { Rule } from '../../rule.js';
import { readArguments } from '../arguments.js';
import type { Command } from '../command.js';
import { UsageError } from '../usage-error.js';

const flags = { json: { help: 'What each rule declares, options included, as JSON.' } } as const;

type Rules = Readonly<Record<string, Rule>>;

function table(allRules: Rules): string {
  const rows = [
    ['Rule', 'Severity', 'Presets', 'Fix', 'Finds'],
    ...Object.entries(allRules).map(([id, { severity, presets, fix, summary }]) => [
      id,
      severity,
      presets.join(', ') || '–',
      fix === 'none' ? '–' : fix,
      summary,
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function json(allRules: Rules): string {
  const list = Object.entries(allRules).map(([id, rule]) => ({
    id,
    summary: rule.summary,
    severity: rule.severity,
    presets: rule.presets,
    presetSeverity: rule.presetSeverity ?? {},
    since: rule.since,
    frontends: rule.frontends,
    needs: rule.needs,
    fix: rule.fix,
    options: Object.fromEntries(
      Object.entries(rule.options).map(([name, { doc, default: fallback, schema }]) => [
        name,
        { doc, default: fallback, schema },
      ]),
    ),
  }));
  return `${JSON.stringify(list, null, 2)}\n`;
}

/** `ddlint rules`: the table of rules. */
export const rules: Command = {
  usage: 'ddlint rules [--json]',
  summary: 'List the rules with their severities, presets and fixes.',
  flags,
  async run(argv, io) {
    const { values, positionals } = readArguments(argv, flags);
    if (positionals.length > 0) throw new UsageError(`"ddlint rules" takes no argument, not "${positionals[0]}"`);
    const { rules: allRules } = await import('../../../rules/index.js');
    io.out.write(values.json ? json(allRules) : table(allRules));
    return 0;
  },
};
