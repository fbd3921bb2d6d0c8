import type { Project } from '../../../../src/ir/index.js';
import { comparisons } from '../../../../src/queries/drift/differences.js';

/** The drift of a project in short lines, sorted: `unmigrated-column account.nick`. */
export function driftOf(project: Project): string[] {
  return comparisons(project)
    .flatMap(({ differences }) =>
      differences.map((each) => {
        const table = 'table' in each ? each.table.name : each.made.name;
        const column = 'column' in each ? each.column : 'state' in each ? each.state.column : undefined;
        return `${each.kind} ${table.name.value}${column ? `.${column.name.value}` : ''}`;
      }),
    )
    .sort();
}

/** The names of the models that were compared column by column, or why one was not. */
export function comparedIn(project: Project): { compared: number; skipped: string[] } {
  const all = comparisons(project);
  return {
    compared: all.reduce((sum, { compared }) => sum + compared, 0),
    skipped: all.flatMap(({ skipped, open }) => [...skipped.map(({ name, reason }) => `${name}: ${reason}`), ...open]),
  };
}
