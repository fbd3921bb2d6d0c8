import { commitSince, trunkBase } from '../../engine/base.js';
import type { Git } from '../../engine/git.js';
import type { Io } from '../io.js';

/** A file that differs between a commit and the index. A renamed file is a deleted and an added one. */
export interface Change {
  /** Relative to the folder that git was asked from, POSIX. */
  path: string;
  kind: 'added' | 'edited' | 'deleted';
}

const kinds: { readonly [letter: string]: Change['kind'] } = { A: 'added', D: 'deleted', M: 'edited', T: 'edited' };

/** What the index changes against a commit; against nothing where there is no commit yet. */
export function stagedChanges(git: Git, from: string | undefined): Change[] {
  const against = from === undefined ? [] : [from];
  const args = ['diff', '--cached', '--name-status', '--no-renames', '--relative', '-z', ...against, '--'];
  const fields = git.entries(args) ?? [];
  const changes: Change[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const kind = kinds[fields[at]![0]!];
    if (kind !== undefined) changes.push({ path: fields[at + 1]!, kind });
  }
  return changes;
}

/** Of what a merge in progress changes, that which neither of its sides has: the rest was judged where it was made. */
export function ownChanges(git: Git, changes: readonly Change[]): readonly Change[] {
  const other = git.commit('MERGE_HEAD');
  if (other === undefined) return changes;
  const differing = new Set(stagedChanges(git, other).map(({ path }) => path));
  return changes.filter(({ path }) => differing.has(path));
}

/**
 * The commit whose difference to the index is judged: the fork point of the revision that the user names or that
 * pre-commit hands over for a range (`--from-ref`); in a hook the last commit, else where the branch left the trunk.
 */
export function comparedCommit(
  git: Git,
  { head, hook, since, env }: { head: string; hook: boolean; since: string | undefined; env: Io['env'] },
): string {
  const forkPoint = (commit: string): string => git.line(['merge-base', commit, head]) ?? commit;
  if (since !== undefined) return forkPoint(commitSince(git, since));
  const { PRE_COMMIT_FROM_REF: from, PRE_COMMIT_TO_REF: to } = env;
  const handed = from !== undefined && to !== undefined ? git.commit(from) : undefined;
  if (handed !== undefined) return forkPoint(handed);
  return hook ? head : trunkBase(git, head);
}
