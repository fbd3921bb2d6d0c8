import type { FileFacts, JournalEntry, Project } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { histories, type History, type PlacedMigration } from './revision-graph.js';

/** A revision that names another one which is nowhere. */
export interface BrokenLink {
  child: PlacedMigration;
  parent: string;
  as: 'parent' | 'dependency';
}

/** What the revisions of a file follow or depend on, as far as it is certainly in no file of the project. */
export function brokenLinks(project: Project, facts: FileFacts): readonly BrokenLink[] {
  return linksByFile(project).get(facts) ?? [];
}

const linksByFile = defineQuery((project) => {
  const result = new Map<FileFacts, BrokenLink[]>();
  const all = histories(project);
  const ids = all.flatMap(({ ordered }) => ordered.map(({ migration }) => migration.id));
  const known = new Set(ids);
  const hasOtherPlaces = project.files.some(({ settings = [] }) =>
    settings.some(({ name }) => name === 'version_locations'),
  );
  for (const { ordered, missing } of all) {
    // A revision whose id or parent is computed may be the one that is looked for.
    if (missing.length === 0 || hasOtherPlaces || ordered.some(({ migration }) => migration.parents === undefined))
      continue;
    for (const link of missing) {
      if (known.has(link.parent) || (link.as === 'dependency' && isName(link.parent, ids))) continue;
      result.set(link.child.facts, [...(result.get(link.child.facts) ?? []), link]);
    }
  }
  return result;
});

/** Alembic takes `label@head`, and the beginning of an id, for what a revision depends on. */
const isName = (dependency: string, ids: readonly string[]): boolean =>
  dependency.includes('@') || ids.some((id) => id.startsWith(dependency));

/** The entries of a journal, each with whether its file is there. */
export function journalOf(project: Project, facts: FileFacts): { entry: JournalEntry; facts?: FileFacts }[] {
  const folder = facts.path.replace(/\/?meta\/_journal\.json$/, '');
  const history = drizzleHistories(project).get(folder);
  // Where none is known, they are not the project's to read.
  if (history === undefined) return [];
  const files = new Map(history.ordered.map((placed) => [placed.migration.id, placed.facts]));
  return (facts.journal ?? []).map((entry) => {
    const file = files.get(entry.tag);
    return { entry, ...(file && { facts: file }) };
  });
}

const drizzleHistories = defineQuery(
  (project): ReadonlyMap<string, History> =>
    new Map(histories(project).flatMap((each) => (each.runner === 'drizzle' ? [[each.folder, each] as const] : []))),
);
