import type { FileFacts, Project } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { histories, type History, type PlacedMigration } from './revision-graph.js';
import { isShipped } from './shipped.js';

/** A revision that follows nothing, though its history begins elsewhere. */
export interface SecondBase {
  base: PlacedMigration;
  /** Where the history begins. */
  first: PlacedMigration;
  /** The end of the history that the base could follow, where there is just one. */
  head?: PlacedMigration;
}

/** The revisions of a file that begin a history beside the one that is there. Bases with labels are meant to. */
export function secondBases(project: Project, facts: FileFacts): readonly SecondBase[] {
  return basesByFile(project).get(facts) ?? [];
}

const basesByFile = defineQuery((project) => {
  const result = new Map<FileFacts, SecondBase[]>();
  for (const history of histories(project)) {
    const bases = history.roots.filter(({ migration }) => migration.branchLabels.length === 0);
    if (bases.length < 2) continue;
    const line = linesOf(history);
    const lengths = new Map<PlacedMigration, number>();
    for (const base of line.values()) lengths.set(base, (lengths.get(base) ?? 0) + 1);
    const shipped = bases.filter(({ facts }) => isShipped(project, facts));
    // The history is what has shipped, else the longest line.
    const [first] = [...(shipped.length > 0 ? shipped : bases)].sort((a, b) => lengths.get(b)! - lengths.get(a)!);
    for (const base of bases) {
      if (base === first || shipped.includes(base)) continue;
      const heads = history.heads.filter((head) => line.get(head.migration.id) !== base);
      const second: SecondBase = { base, first: first!, ...(heads.length === 1 && { head: heads[0]! }) };
      result.set(base.facts, [...(result.get(base.facts) ?? []), second]);
    }
  }
  return result;
});

/** The base that each revision descends from, by its first parent. */
function linesOf({ ordered }: History): Map<string, PlacedMigration> {
  const line = new Map<string, PlacedMigration>();
  for (const placed of ordered) {
    const [parent] = placed.migration.parents ?? [];
    const base = parent === undefined ? placed : line.get(parent);
    if (base) line.set(placed.migration.id, base);
  }
  return line;
}
