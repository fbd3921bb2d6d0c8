import type { Project } from '../../ir/index.js';
import { finalSchema, type Schema } from '../../queries/replay.js';
import { histories, type History, type PlacedMigration } from '../../queries/revision-graph.js';
import { UsageError } from '../usage-error.js';

/** A history and the schema that it leaves behind. */
export interface ReplayedHistory {
  history: History;
  schema: Schema;
}

/**
 * The history of a folder; without a folder, the only one there is.
 * @throws UsageError where there is none, or several to choose from
 */
export function chosenHistory(project: Project, folder: string | undefined): History {
  const all = histories(project);
  const wanted = folder?.replace(/\/+$/, '');
  const found = wanted === undefined ? all : all.filter((each) => each.folder === wanted);
  if (found.length === 1) return found[0]!;
  const listed = (found.length > 0 ? found : all).map((each) => `${each.folder} (${each.runner})`).join(', ');
  if (all.length === 0) throw new UsageError('the project has no migrations');
  if (wanted === undefined)
    throw new UsageError(`the project has several histories; name the folder of one: ${listed}`);
  throw new UsageError(`${wanted} holds ${found.length === 0 ? 'no' : 'more than one'} history; there are ${listed}`);
}

/**
 * The schema after one migration and all that it follows; branches that it does not follow have not run.
 * @param revision the id of a migration, or its beginning where no other begins so
 * @throws UsageError where no migration has that id
 */
export function replayedAt(project: Project, history: History, revision: string | undefined): ReplayedHistory {
  if (revision === undefined) return { history, schema: finalSchema(project, history)! };
  const last = migrationNamed(history, revision);
  const reached = new Set(upTo(history, last).map(({ facts }) => facts));
  const files = project.files.filter((facts) => reached.has(facts) || facts.migrations.length === 0);
  const shortened = { ...project, files };
  const rest = histories(shortened).find(
    ({ folder, runner }) => folder === history.folder && runner === history.runner,
  )!;
  return { history: rest, schema: finalSchema(shortened, rest)! };
}

function migrationNamed({ ordered, folder }: History, revision: string): PlacedMigration {
  const exact = ordered.filter(({ migration }) => migration.id === revision);
  const found = exact.length > 0 ? exact : ordered.filter(({ migration }) => migration.id.startsWith(revision));
  if (found.length === 1) return found[0]!;
  throw new UsageError(
    `--at ${revision}: ${found.length === 0 ? 'no' : 'more than one'} migration of ${folder} is called so`,
  );
}

function upTo({ ordered }: History, last: PlacedMigration): PlacedMigration[] {
  if (last.migration.parents === undefined) return ordered.slice(0, ordered.indexOf(last) + 1);
  const byId = new Map(ordered.map((each) => [each.migration.id, each]));
  const reached = new Set([last]);
  for (const { migration } of reached) {
    for (const id of [...(migration.parents ?? []), ...migration.dependsOn]) {
      const before = byId.get(id);
      if (before) reached.add(before);
    }
  }
  return [...reached];
}
