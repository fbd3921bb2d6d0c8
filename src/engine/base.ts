import { ConfigurationError } from '../config/errors.js';
import type { FileFacts, Migration } from '../ir/index.js';
import { editsOf, type Edit } from './edits.js';
import type { Git } from './git.js';
import type { ReadFile } from './reading.js';

/** Where the trunk usually is, first first. */
const trunks = ['origin/HEAD', 'origin/main', 'origin/master', '@{upstream}'];

/** The commit that a branch left the trunk at; the trunk's tip where a shallow clone doesn't reach that far. */
export function trunkBase(git: Git, head: string): string {
  for (const trunk of trunks) {
    const tip = git.commit(trunk);
    if (tip !== undefined) return git.line(['merge-base', head, tip]) ?? tip;
  }
  return head;
}

/** Paths that differ from a commit: in the index alone, or in the work tree with what is not yet tracked. */
export function changedSince(git: Git, commit: string, staged: boolean): Set<string> {
  const diff = ['diff', '--name-only', '--relative', '--no-renames', '-z', ...(staged ? ['--cached'] : []), commit];
  const untracked = staged ? [] : (git.entries(['ls-files', '-z', '--others', '--exclude-standard']) ?? []);
  return new Set([...(git.entries([...diff, '--']) ?? []), ...untracked]);
}

/** Paths that a commit has and that have another content now. */
function editedSince(git: Git, commit: string, staged: boolean): Set<string> {
  const diff = ['diff', '--name-only', '--relative', '--no-renames', '--diff-filter=M', '-z'];
  return new Set(git.entries([...diff, ...(staged ? ['--cached'] : []), commit, '--']) ?? []);
}

/** Paths that are staged and not deleted, renamed ones by their new name. */
export function stagedPaths(git: Git): Set<string> {
  const entries = git.entries(['diff', '--cached', '--name-status', '--relative', '-z', '-M']) ?? [];
  const paths = new Set<string>();
  for (let at = 0; at < entries.length;) {
    const status = entries[at++]!;
    if (/^[RC]/.test(status)) at++;
    const path = entries[at++];
    if (path !== undefined && !status.startsWith('D')) paths.add(path);
  }
  return paths;
}

/** The commit that `since` names. */
export const commitSince = (git: Git | undefined, since: string): string => commitNamed(git, since, 'since');

/**
 * The commit that a revision names.
 * @param what is asked for it, for the error
 * @throws ConfigurationError where there is none
 */
export function commitNamed(git: Git | undefined, revision: string, what = 'revision'): string {
  const commit = git?.commit(revision);
  if (commit !== undefined) return commit;
  const why = git === undefined ? 'this is no git work tree' : `git knows no revision "${revision}"`;
  throw new ConfigurationError([`${what}: ${why}`]);
}

/** A migration and, over its history, all that it follows. */
function upTo(id: string, files: readonly FileFacts[]): Set<string> | undefined {
  const all = files.flatMap(({ path, migrations }) => migrations.map((migration) => ({ path, migration })));
  const last = all.find(({ migration }) => migration.id === id);
  if (last === undefined) return undefined;
  const history = all.filter(({ migration }) => migration.history === last.migration.history);
  if (last.migration.parents === undefined) {
    return new Set(history.filter(({ migration }) => !follows(migration, last.migration)).map(({ path }) => path));
  }
  const byId = new Map(history.map((each) => [each.migration.id, each]));
  const reached = new Set<string>([id]);
  for (const each of reached) {
    const migration = byId.get(each)?.migration;
    for (const before of [...(migration?.parents ?? []), ...(migration?.dependsOn ?? [])]) reached.add(before);
  }
  return new Set([...reached].flatMap((each) => byId.get(each)?.path ?? []));
}

/** Whether a migration comes after another one in the runner's order: numbers as numbers, text bytewise. */
function follows(one: Migration, other: Migration): boolean {
  for (let at = 0; at < Math.max(one.order.length, other.order.length); at++) {
    const [a, b] = [one.order[at] ?? '', other.order[at] ?? ''];
    if (a === b) continue;
    return typeof a === 'number' && typeof b === 'number' ? a > b : String(a) > String(b);
  }
  return false;
}

export interface BaseSettings {
  /** A revision that wins over the configuration. */
  since?: string;
  /** `migrations.base` of the configuration. */
  base?: string;
  report?: 'new' | 'all';
  /** The index is what counts, not the work tree. */
  staged?: boolean;
  /** What is known where the files are none of a repository. */
  standing?: Standing;
}

/** What is known of the files with migrations from the base that they are compared with. */
export interface Standing {
  /** Their migrations have shipped: they are as in the base. */
  shipped: ReadonlySet<string>;
  /** The base has them with another content: what of it differs. */
  edited: ReadonlyMap<string, Edit>;
}

/** Which files with migrations have shipped. Without git and a base, none have. */
export async function standingOf(
  files: readonly ReadFile[],
  git: Git | undefined,
  settings: BaseSettings,
): Promise<Standing> {
  const { since, base, report, staged = false } = settings;
  const migrating = files.filter(({ facts }) => facts.migrations.length > 0);
  const only = (shipped: Iterable<string>): Standing => ({ shipped: new Set(shipped), edited: new Map() });
  if (report === 'all' || migrating.length === 0) return only([]);
  if (settings.standing) return settings.standing;
  const head = git?.commit('HEAD');
  let commit: string | undefined;
  if (since !== undefined) commit = commitSince(git, since);
  else if (base !== undefined) {
    commit = git?.commit(base);
    const known =
      commit === undefined
        ? upTo(
            base,
            migrating.map(({ facts }) => facts),
          )
        : undefined;
    if (known !== undefined) return only(known);
    if (commit === undefined) {
      throw new ConfigurationError([`migrations.base: "${base}" is neither a git revision nor the id of a migration`]);
    }
  } else commit = git && head && trunkBase(git, head);
  if (git === undefined || commit === undefined) return only([]);
  const changed = changedSince(git, commit, staged);
  const standing = only(migrating.map(({ source }) => source.path).filter((path) => !changed.has(path)));
  if (standing.shipped.size === migrating.length) return standing;
  const edited = editedSince(git, commit, staged);
  const candidates = migrating.filter(({ source }) => edited.has(source.path));
  return { ...standing, edited: await editsOf(candidates, git, commit) };
}
