import type { FileFacts, Migration } from '../../../ir/index.js';

/**
 * Revisions of several folders (`version_locations`, folders by release) are one history where one follows another of
 * a different folder. Gives the files with one name for each such history: the first of its folders.
 */
export function joinedHistories(files: readonly FileFacts[]): readonly FileFacts[] {
  const revisions = files.flatMap(({ migrations, scope }) =>
    scope === 'test' ? [] : migrations.filter(({ runner }) => runner === 'alembic'),
  );
  const folders = new Set(revisions.map(({ history }) => history));
  if (folders.size < 2) return files;
  const joined = joinedFolders(revisions, folders);
  if (joined.size === 0) return files;
  const moved = (migration: Migration): Migration => {
    const history = migration.runner === 'alembic' ? joined.get(migration.history) : undefined;
    return history === undefined ? migration : { ...migration, history };
  };
  return files.map((file) =>
    file.migrations.length === 0 ? file : { ...file, migrations: file.migrations.map(moved) },
  );
}

/** For each folder that belongs together with others the name of all of them. */
function joinedFolders(revisions: readonly Migration[], folders: ReadonlySet<string>): Map<string, string> {
  const places = new Map<string, Set<string>>();
  for (const { id, history } of revisions) places.set(id, (places.get(id) ?? new Set()).add(history));
  const above = new Map([...folders].map((folder) => [folder, folder]));
  const root = (folder: string): string => {
    let at = folder;
    for (let next = above.get(at); next !== undefined && next !== at; next = above.get(at)) at = next;
    return at;
  };
  for (const { history, parents = [], dependsOn } of revisions) {
    for (const id of [...parents, ...dependsOn]) {
      const [place, ...others] = places.get(id) ?? [];
      // Copies of a history have the same ids, and each is complete in itself.
      if (place === undefined || others.length > 0 || place === history) continue;
      const [one, other] = [root(place), root(history)].sort();
      if (one !== undefined && other !== undefined && one !== other) above.set(other, one);
    }
  }
  return new Map([...folders].filter((folder) => root(folder) !== folder).map((folder) => [folder, root(folder)]));
}
