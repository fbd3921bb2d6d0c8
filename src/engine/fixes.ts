import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Edit } from './finding.js';
import { textHash } from './text-hash.js';

const bom = '\uFEFF';
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Whether two edits touch the same text, or insert at the same place so that their order would matter. */
const collide = (a: Edit, b: Edit): boolean =>
  a.start === b.start || (a.start < b.start ? a.end > b.start : b.end > a.start);

/**
 * Applies the edits of fixes to a text. A fix is applied whole or not at all: one that collides with an earlier one
 * is left for the next round.
 */
export function applyFixes(text: string, fixes: readonly (readonly Edit[])[]): { text: string; applied: number } {
  const taken: Edit[] = [];
  let applied = 0;
  for (const edits of fixes) {
    const sound = edits.every(({ start, end }) => 0 <= start && start <= end && end <= text.length);
    if (!sound || edits.some((edit) => taken.some((other) => collide(edit, other)))) continue;
    taken.push(...edits);
    applied++;
  }
  let result = '';
  let at = 0;
  for (const { start, end, text: replacement } of taken.sort((a, b) => a.start - b.start)) {
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return { text: result + text.slice(at), applied };
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Fixes a file on disk. The new text takes the old one's place in one step, so that no one ever sees half of it.
 * A byte order mark and the file's mode stay. A file that is not the text that was linted is left as it is: it changed
 * meanwhile, or is not UTF-8 (a Python file may declare another encoding) and could not be written back.
 * @param hash of the linted text, see `textHash`
 * @returns how many fixes were applied; undefined where the file is left as it is
 */
export function fixFile(path: string, fixes: readonly (readonly Edit[])[], hash: string): number | undefined {
  const target = realpathSync(path);
  const original = decoded(readFileSync(target));
  if (original === undefined) return undefined;
  const mark = original.startsWith(bom) ? bom : '';
  const linted = original.slice(mark.length);
  if (textHash(linted) !== hash) return undefined;
  const { text, applied } = applyFixes(linted, fixes);
  if (applied === 0) return 0;
  const temporary = `${target}.ddlint-${process.pid}`;
  try {
    writeFileSync(temporary, mark + text, { mode: statSync(target).mode });
    renameSync(temporary, target);
  } finally {
    rmSync(temporary, { force: true });
  }
  return applied;
}
