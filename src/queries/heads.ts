import type { FileFacts, Project } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { histories, historyOfMigration, type History, type PlacedMigration } from './revision-graph.js';
import { isShipped } from './shipped.js';

/** A head that competes with others of the same branch. */
export interface OpenHead {
  head: PlacedMigration;
  /** All heads of the branch, this one included. */
  all: PlacedMigration[];
}

/**
 * The heads of a file that leave their branch with more than one end. Branches with labels of their own are meant to
 * stay apart. Where only some of the heads are new, they are the ones to change.
 */
export function openHeads(project: Project, facts: FileFacts): readonly OpenHead[] {
  return headsByFile(project).get(facts) ?? [];
}

const headsByFile = defineQuery((project) => {
  const result = new Map<FileFacts, OpenHead[]>();
  for (const history of histories(project)) {
    for (const all of branchesOf(history)) {
      if (all.length < 2) continue;
      const unshipped = all.filter(({ facts }) => !isShipped(project, facts));
      for (const head of unshipped.length > 0 ? unshipped : all) {
        result.set(head.facts, [...(result.get(head.facts) ?? []), { head, all }]);
      }
    }
  }
  return result;
});

/**
 * The head that an open head could follow instead of what it follows now, so that one line of revisions is left. The
 * first of the heads stays where it is: one that has shipped, else the oldest. Nothing where the new place would leave
 * other revisions behind as a head.
 */
export function headToFollow(project: Project, { head, all }: OpenHead): PlacedMigration | undefined {
  const shipped = all.filter(({ facts }) => isShipped(project, facts));
  const line = [...shipped, ...all.filter((each) => !shipped.includes(each))];
  const [parent, ...others] = head.migration.parents ?? [];
  const moved = new Set(line.slice(1).map(({ migration }) => migration.id));
  const siblings = historyOfMigration(project, head.migration)?.ordered ?? [];
  const keepsChild = siblings.some(
    ({ migration }) => parent !== undefined && migration.parents?.includes(parent) && !moved.has(migration.id),
  );
  return others.length > 0 || !keepsChild ? undefined : line[line.indexOf(head) - 1];
}

/** The heads grouped by the labels that they inherit and that not every head has. */
function branchesOf({ ordered, heads }: History): PlacedMigration[][] {
  const labels = new Map<string, ReadonlySet<string>>();
  for (const { migration } of ordered) {
    const inherited = (migration.parents ?? []).flatMap((parent) => [...(labels.get(parent) ?? [])]);
    labels.set(migration.id, new Set([...inherited, ...migration.branchLabels]));
  }
  const of = (head: PlacedMigration): ReadonlySet<string> => labels.get(head.migration.id)!;
  const groups = new Map<string, PlacedMigration[]>();
  for (const head of heads) {
    const own = [...of(head)].filter((label) => !heads.every((other) => of(other).has(label)));
    const key = own.sort().join('\0');
    groups.set(key, [...(groups.get(key) ?? []), head]);
  }
  return [...groups.values()];
}
