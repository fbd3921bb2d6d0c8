import type { TableDescription } from './description.js';
import { columnTexts, constraintTexts, indexTexts, type Change, type SchemaDifference } from './difference.js';

/** A difference for people to read: `+` for what comes, `-` for what goes, `~` for what changes. */
export function text({
  history,
  addedTables,
  removedTables,
  changedTables,
  others,
}: SchemaDifference & { history: string }): string {
  const lines = [
    history,
    ...removedTables.map(({ name }) => `  - table ${name}`),
    ...addedTables.flatMap((table) => [`  + table ${table.name}`, ...partsOf(table)]),
    ...changedTables.flatMap(({ table, changes }) => [
      `  ~ table ${table}`,
      ...changes.map((change) => `    ${changeLine(change)}`),
    ]),
    ...others.map(changeLine),
  ];
  return `${lines.join('\n')}\n`;
}

function partsOf(table: TableDescription): string[] {
  const parts = [
    ...[...columnTexts(table)].map(([name, is]) => `column ${name} ${is}`),
    ...[...constraintTexts(table)].map(([name, is]) => named('constraint', name, is)),
    ...[...indexTexts(table)].map(([name, is]) => named('index', name, is)),
  ];
  return parts.map((part) => `      + ${part}`);
}

/** What has no name is called by what it says. */
const named = (object: string, name: string, is: string): string =>
  name === is ? `${object} ${is}` : `${object} ${name} ${is}`;

function changeLine({ object, name, before, after }: Change): string {
  const what = object === 'comment' ? object : `${object} ${name}`;
  if (before !== undefined && after !== undefined) return `  ~ ${what}: ${before} → ${after}`;
  const sign = after === undefined ? '-' : '+';
  return `  ${sign} ${object === 'comment' ? `comment ${(after ?? before)!}` : named(object, name, (after ?? before)!)}`;
}
