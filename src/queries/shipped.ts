import type { FileFacts, Migration, Project } from '../ir/index.js';
import { histories, historyOfMigration } from './revision-graph.js';
import { defineQuery } from '../rule.js';

/** Whether a file was there before the change in hand: its migrations are replayed, and no rule about change reports on it. */
export function isShipped(project: Project, facts: FileFacts): boolean {
  return project.settings.shipped.has(facts.path);
}

/**
 * Whether two migrations reach a database together: both are new, and their history has shipped before. Where nothing
 * has shipped there is no telling which migrations have run, so each is taken by itself.
 */
export function inOneBatch(project: Project, a: Migration, b: Migration): boolean {
  if (a === b) return true;
  const history = historyOfMigration(project, a);
  if (history === undefined || history !== historyOfMigration(project, b)) return false;
  const unshipped = newMigrations(project);
  return unshipped.has(a) && unshipped.has(b);
}

/** The new migrations of histories of which something has shipped. */
const newMigrations = defineQuery((project): ReadonlySet<Migration> => {
  const result = new Set<Migration>();
  for (const { ordered } of histories(project)) {
    const unshipped = ordered.filter(({ facts }) => !isShipped(project, facts));
    if (unshipped.length < ordered.length) for (const { migration } of unshipped) result.add(migration);
  }
  return result;
});
