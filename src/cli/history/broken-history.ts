import type { Location } from '../../engine/finding.js';
import { folderHolding } from '../../engine/migration-folders.js';
import { LineTable } from '../../engine/positions.js';
import type { MigrationFolder } from '../../frontends/front-end.js';
import type { Migration, Span } from '../../ir/index.js';
import type { Change } from './changes.js';
import { frontEndOf, MigrationReading, type ReadMigration } from './reading.js';
import { sameCode } from '../../engine/same-code.js';
import type { Snapshot } from '../../engine/snapshot.js';

/** The rule that speaks of shipped migrations that a change edits; of deleted ones, which are in no file, this does. */
export const editedMigration = 'migration/edited-applied-migration';

/** What is wrong with a change to the history, before it has a severity. */
export interface HistoryProblem extends Location {
  rule: typeof editedMigration;
  message: string;
  related: (Location & { message: string })[];
}

export interface HistoryChange {
  /** The base branch: databases may have run the migrations that are on it. */
  base: Snapshot;
  before: Snapshot;
  after: Snapshot;
  changes: readonly Change[];
  folders: readonly MigrationFolder[];
}

function located(path: string, read: ReadMigration, span: Span): Location {
  return { path, ...new LineTable(read.text, read.facts.frontend).locate(span) };
}

/** The migrations that stand in a folder after the change, with their files. */
async function standing(
  folder: MigrationFolder,
  { after, folders }: HistoryChange,
  reading: MigrationReading,
): Promise<{ path: string; read: ReadMigration; migration: Migration }[]> {
  const paths = after.paths.filter((path) => folderHolding(path, folders) === folder && frontEndOf(path) !== undefined);
  after.load(paths);
  const found = [];
  for (const path of paths) {
    const read = await reading.read(path, after.read(path), folder);
    for (const migration of read?.facts.migrations ?? []) found.push({ path, read: read!, migration });
  }
  return found;
}

/** Where the migration of a changed file stands now: at its path, or after a move elsewhere in its history. */
async function successor(
  { path, kind }: Change,
  id: string,
  others: Awaited<ReturnType<typeof standing>>,
  read: () => Promise<ReadMigration | undefined>,
): Promise<{ path: string; read: ReadMigration } | undefined> {
  if (kind === 'deleted') return others.find(({ migration }) => migration.id === id);
  const fresh = await read();
  return fresh && { path, read: fresh };
}

/**
 * What a change does to migrations that databases may have run: shipped files that it deletes or whose code it edits,
 * and deleted migrations that others still follow. A file that only moves, comments and empty lines are no change.
 */
export async function brokenHistory(change: HistoryChange): Promise<HistoryProblem[]> {
  const { base, before, after, changes, folders } = change;
  const reading = new MigrationReading();
  const problems: HistoryProblem[] = [];
  const standingIn = new Map<MigrationFolder, ReturnType<typeof standing>>();
  for (const each of changes) {
    const { path, kind } = each;
    const folder = kind === 'added' ? undefined : folderHolding(path, folders);
    if (folder === undefined) continue;
    const isShipped = base.has(path);
    const old = await reading.read(path, (isShipped ? base : before).read(path), folder);
    const migration = old?.facts.migrations[0];
    if (old === undefined || migration === undefined) continue;
    if (kind === 'deleted' && !standingIn.has(folder)) standingIn.set(folder, standing(folder, change, reading));
    const others = (await standingIn.get(folder)) ?? [];
    const fresh = await successor(each, migration.id, others, () => reading.read(path, after.read(path), folder));
    if (fresh === undefined) {
      const followers = others.filter((other) => other.migration.parents?.includes(migration.id));
      if (isShipped || followers.length > 0) problems.push(deleted(path, old, migration, isShipped, followers));
    } else if (isShipped && !sameCode(old, fresh.read)) {
      problems.push(edited(fresh, migration));
    }
  }
  return problems;
}

function edited({ path, read }: { path: string; read: ReadMigration }, { id }: Migration): HistoryProblem {
  return {
    rule: editedMigration,
    ...located(
      path,
      read,
      read.facts.migrations.find((migration) => migration.id === id)?.span ?? { start: 0, end: 0 },
    ),
    message:
      `Migration ${id} has shipped, and this change edits its code. Databases that ran it keep the old result, new ones ` +
      'get another schema. Restore the file and write a new migration for the difference.',
    related: [],
  };
}

function deleted(
  path: string,
  old: ReadMigration,
  { id }: Migration,
  shipped: boolean,
  followers: { path: string; read: ReadMigration; migration: Migration }[],
): HistoryProblem {
  const next = followers.map(({ migration }) => migration.id).join(', ');
  const effect =
    followers.length > 0
      ? `${next} follows it, so the history can no longer be run.`
      : 'Databases that ran it keep its result, new ones never get it.';
  return {
    rule: editedMigration,
    ...located(path, old, { start: 0, end: 0 }),
    message:
      `Migration ${id} (${path}) is deleted${shipped ? ' though it has shipped' : ''}. ${effect} ` +
      'Restore the file, and undo what it did in a new migration.',
    related: followers.map(({ path: at, read, migration }) => ({
      ...located(at, read, migration.span),
      message: `${migration.id} follows ${id}.`,
    })),
  };
}
