import { decode } from './decode.js';
import type { Git } from './git.js';
import type { ReadFile } from './reading.js';
import { sameCode } from './same-code.js';
import { Snapshot } from './snapshot.js';

/** What of a file differs from the base: what is run, or comments and empty lines alone. */
export type Edit = 'code' | 'comments';

/** What was done to files since a commit that has them all. */
export async function editsOf(files: readonly ReadFile[], git: Git, commit: string): Promise<Map<string, Edit>> {
  const edits = new Map<string, Edit>();
  if (files.length === 0) return edits;
  const before = Snapshot.ofCommit(git, commit);
  before.load(files.map(({ source }) => source.path));
  for (const { source, frontEnd, facts } of files) {
    const { path } = source;
    const bytes = before.read(path);
    const text = bytes && decode(bytes, frontEnd.id).text;
    if (text === undefined) continue;
    const { dialect, scope } = facts;
    const old = (await frontEnd.load()).read({ path, text }, { dialect, scope });
    edits.set(path, sameCode({ text, facts: old }, { text: source.text, facts }) ? 'comments' : 'code');
  }
  return edits;
}
