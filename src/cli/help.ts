import type { Command } from './command.js';

function columns(rows: [string, string][]): string[] {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`);
}

/** The help of one command. */
export function commandHelp({ usage, summary, flags }: Command): string {
  const rows = Object.entries(flags).map(([name, { short, value, many, help }]): [string, string] => [
    `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}${many ? ' …' : ''}`,
    help,
  ]);
  return [usage, '', summary, '', ...columns(rows), ''].join('\n');
}

/** The help of ddlint as a whole: its commands, then the flags of the first one, which needs no name. */
export function generalHelp(commands: readonly Command[]): string {
  return [
    'ddlint checks the data layer: models, migrations and SQL.',
    '',
    ...columns([
      ...commands.map(({ usage, summary }): [string, string] => [usage, summary]),
      ['ddlint --version', 'Print the version.'],
    ]),
    '',
    ...commands.slice(0, 1).map(commandHelp),
    'Exit codes: 0 clean, 1 findings, 2 usage or configuration, 3 a failure of ddlint itself.',
    '',
  ].join('\n');
}
