import type { FileFacts, Migration, Project, Runner, Span } from '../ir/index.js';
import { defineQuery } from '../rule.js';

/** A migration and the file that it stands in. */
export interface PlacedMigration {
  migration: Migration;
  facts: FileFacts;
}

/** The migrations of one folder and runner, put in order. */
export interface History {
  runner: Runner;
  /** Relative to the project, POSIX. */
  folder: string;
  /** In the order in which an empty database would receive them; ties go by order key, then id. */
  ordered: PlacedMigration[];
  /** Migrations that nothing follows. Runners that order by file name alone have one: the last. */
  heads: PlacedMigration[];
  /** Migrations that follow nothing. */
  roots: PlacedMigration[];
  /** Parents, and what else a migration depends on, that are named and not there. */
  missing: { child: PlacedMigration; parent: string; as: 'parent' | 'dependency' }[];
  /** Migrations that share an id. */
  duplicates: PlacedMigration[][];
  /** Migrations on a cycle or behind one; they stand last in `ordered`. */
  cyclic: PlacedMigration[];
}

/** Where a migration says what it follows; where it is named, if that is all there is. */
export function parentsSpan({ anchor, span }: Migration): Span {
  const { parentStart: start, parentEnd: end } = anchor?.points ?? {};
  return start === undefined || end === undefined ? span : { start, end };
}

/** The histories of a project, tests left out, in a fixed order. */
export const histories = defineQuery((project): History[] => {
  const groups = new Map<string, PlacedMigration[]>();
  for (const facts of project.files) {
    if (facts.scope === 'test') continue;
    for (const migration of facts.migrations) {
      if (migration.half !== undefined) continue;
      const key = `${migration.history}\0${migration.runner}`;
      const group = groups.get(key);
      if (group) group.push({ migration, facts });
      else groups.set(key, [{ migration, facts }]);
    }
  }
  return [...groups].sort(([a], [b]) => compare(a, b)).map(([, group]) => historyOf(group));
});

/** The history that a migration belongs to; nothing for a migration under a tests folder. */
export function historyOfMigration(project: Project, migration: Migration): History | undefined {
  return historyByMigration(project).get(migration);
}

const historyByMigration = defineQuery(
  (project) =>
    new Map(
      histories(project).flatMap((history) => history.ordered.map(({ migration }) => [migration, history] as const)),
    ),
);

interface Node {
  placed: PlacedMigration;
  /** Nodes that must come first: parents and `dependsOn`. */
  before: Set<Node>;
  after: Set<Node>;
  hasChild: boolean;
}

function historyOf(group: PlacedMigration[]): History {
  const nodes = group.map((placed): Node => ({ placed, before: new Set(), after: new Set(), hasChild: false }));
  nodes.sort((a, b) => compareMigrations(a.placed, b.placed));
  const named = new Map<string, Node[]>();
  const labelled = new Map<string, Node[]>();
  for (const node of nodes) {
    add(named, node.placed.migration.id, node);
    for (const label of node.placed.migration.branchLabels) add(labelled, label, node);
  }
  const missing: History['missing'] = [];
  for (const node of nodes) {
    const { parents, dependsOn } = node.placed.migration;
    for (const parent of parents ?? []) {
      const found = named.get(parent);
      if (found === undefined) missing.push({ child: node.placed, parent, as: 'parent' });
      for (const other of found ?? []) {
        if (other !== node) other.hasChild = true;
        link(other, node);
      }
    }
    for (const id of dependsOn) {
      const found = named.get(id) ?? labelled.get(id);
      if (found === undefined) missing.push({ child: node.placed, parent: id, as: 'dependency' });
      for (const other of found ?? []) link(other, node);
    }
  }
  const { ordered, cyclic } = sorted(nodes);
  const first = group[0]!.migration;
  const byOrder = nodes.every((node) => node.placed.migration.parents === undefined);
  return {
    runner: first.runner,
    folder: first.history,
    ordered: [...ordered, ...cyclic],
    heads: byOrder ? ordered.slice(-1) : placedOf(nodes.filter((node) => !node.hasChild)),
    roots: byOrder
      ? ordered.slice(0, 1)
      : placedOf(nodes.filter((node) => (node.placed.migration.parents ?? []).length === 0)),
    missing,
    duplicates: [...named.values()].filter((same) => same.length > 1).map(placedOf),
    cyclic,
  };
}

/** Kahn's algorithm in waves; each wave keeps the order of the nodes. */
function sorted(nodes: Node[]): { ordered: PlacedMigration[]; cyclic: PlacedMigration[] } {
  const open = new Map(nodes.map((node) => [node, node.before.size]));
  const ordered: PlacedMigration[] = [];
  let wave = nodes.filter((node) => node.before.size === 0);
  while (wave.length > 0) {
    const next: Node[] = [];
    for (const node of wave) {
      open.delete(node);
      ordered.push(node.placed);
      for (const after of node.after) {
        const left = open.get(after)! - 1;
        open.set(after, left);
        if (left === 0) next.push(after);
      }
    }
    wave = next.sort((a, b) => compareMigrations(a.placed, b.placed));
  }
  return { ordered, cyclic: placedOf([...open.keys()]) };
}

function link(before: Node, after: Node): void {
  before.after.add(after);
  after.before.add(before);
}

function add(map: Map<string, Node[]>, key: string, node: Node): void {
  const list = map.get(key);
  if (list) list.push(node);
  else map.set(key, [node]);
}

function placedOf(nodes: Node[]): PlacedMigration[] {
  return nodes.map((node) => node.placed);
}

/** Order keys part by part, numbers as numbers and before text, then id, then path: never a tie between two files. */
function compareMigrations(a: PlacedMigration, b: PlacedMigration): number {
  const [left, right] = [a.migration.order, b.migration.order];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = comparePart(left[index]!, right[index]!);
    if (difference !== 0) return difference;
  }
  return (
    left.length - right.length || compare(a.migration.id, b.migration.id) || compare(a.facts.path, b.facts.path) || 0
  );
}

function comparePart(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return compare(a, b);
  return typeof a === 'number' ? -1 : 1;
}

/** By UTF-16 code unit, which no locale changes. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
