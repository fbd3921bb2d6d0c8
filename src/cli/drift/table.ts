import type { DriftDescription, DriftRow } from './description.js';

const nothing = '–';

/** So many names are written out behind each reason. */
const namesShown = 5;

/** A comparison for people: what differs as a table, then what was not compared, and why. */
export function driftTable({
  runner,
  dialect,
  histories,
  compared,
  skipped,
  open,
  differences,
}: DriftDescription): string {
  const title = `${histories.join(' and ')} (${runner}, ${dialect})`;
  const counts = `${counted(compared, 'model')} compared, ${counted(differences.length, 'difference')}`;
  return [
    `${title}: ${counts}`,
    ...(differences.length > 0 ? ['', ...columns(differences)] : []),
    ...notes(skipped),
    ...open.map((reason) => `  Whole tables are not compared: ${reason}.`),
    '',
  ].join('\n');
}

const counted = (count: number, word: string): string => `${String(count)} ${word}${count === 1 ? '' : 's'}`;

function columns(rows: readonly DriftRow[]): string[] {
  const cells = [
    ['', 'Table', 'Models', 'Migrations', 'Where'],
    ...rows.map(({ severity, table, column, models = nothing, migrations = nothing, path, line }) => [
      severity,
      column === undefined ? table : `${table}.${column}`,
      models,
      migrations,
      `${path}:${String(line)}`,
    ]),
  ];
  const widths = cells[0]!.map((_, index) => Math.max(...cells.map((row) => row[index]!.length)));
  return cells.map((row) => `  ${row.map((cell, index) => cell.padEnd(widths[index]!)).join('  ')}`.trimEnd());
}

function notes(skipped: DriftDescription['skipped']): string[] {
  const byReason = new Map<string, string[]>();
  for (const { name, reason } of skipped) byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  return [...byReason].map(([reason, names]) => {
    const more = names.length > namesShown ? `, and ${String(names.length - namesShown)} more` : '';
    return `  Not compared: ${names.slice(0, namesShown).join(', ')}${more} (${reason}).`;
  });
}
