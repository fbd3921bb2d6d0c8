import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Edit } from './finding.js';

const bom = '\uFEFF';

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

/**
 * Fixes a file on disk. The new text takes the old one's place in one step, so that no one ever sees half of it.
 * A byte order mark and the file's mode stay.
 * @returns how many fixes were applied
 */
export function fixFile(path: string, fixes: readonly (readonly Edit[])[]): number {
  const target = realpathSync(path);
  const original = readFileSync(target, 'utf8');
  const mark = original.startsWith(bom) ? bom : '';
  const { text, applied } = applyFixes(original.slice(mark.length), fixes);
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
