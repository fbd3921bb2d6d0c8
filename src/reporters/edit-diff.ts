import type { Edit } from '../engine/finding.js';
import type { Lines } from './lines.js';
import type { Palette } from './palette.js';
import { printable } from './printable.js';

/** Lines of one side of a diff that are shown. */
const most = 12;

interface Hunk {
  from: number;
  to: number;
  edits: Edit[];
}

/** Edits whose lines touch, first first. */
function hunksOf(lines: Lines, edits: readonly Edit[]): Hunk[] {
  const hunks: Hunk[] = [];
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const from = lines.lineAt(edit.start);
    const to = lines.lineAt(edit.end);
    const open = hunks.at(-1);
    if (open !== undefined && from <= open.to + 1) {
      open.to = Math.max(open.to, to);
      open.edits.push(edit);
    } else hunks.push({ from, to, edits: [edit] });
  }
  return hunks;
}

/** Lines without the blanks that all of them start with. */
function dedented(groups: string[][]): string[][] {
  const filled = groups.flat().filter((line) => line.trim() !== '');
  const indent = Math.min(...filled.map((line) => line.length - line.trimStart().length));
  return groups.map((group) => group.map((line) => line.slice(Math.min(indent, line.length))));
}

function side(mark: string, lines: string[], color: (text: string) => string): string[] {
  const shown = lines.slice(0, most).map((line) => color(`${mark} ${printable(line)}`.trimEnd()));
  return lines.length > most ? [...shown, color(`${mark} … ${lines.length - most} more lines`)] : shown;
}

/** What edits do to the lines that they touch, as removed and added lines. */
export function editDiff(lines: Lines, edits: readonly Edit[], paint: Palette): string[] {
  return hunksOf(lines, edits).flatMap((hunk) => {
    const start = lines.startOf(hunk.from);
    const end = lines.startOf(hunk.to + 1);
    let after = '';
    let at = start;
    for (const edit of hunk.edits) {
      after += lines.text.slice(at, edit.start) + edit.text;
      at = Math.max(at, edit.end);
    }
    after += lines.text.slice(at, end);
    const split = (text: string): string[] =>
      text === '' ? [] : text.replace(/\r\n$|\r$|\n$/, '').split(/\r\n|\r|\n/);
    let before = split(lines.text.slice(start, end));
    let written = split(after);
    while (before.length > 0 && before[0] === written[0]) [before, written] = [before.slice(1), written.slice(1)];
    while (before.length > 0 && before.at(-1) === written.at(-1)) {
      [before, written] = [before.slice(0, -1), written.slice(0, -1)];
    }
    const [removed, added] = dedented([before, written]);
    return [...side('-', removed!, paint.removed), ...side('+', added!, paint.added)];
  });
}
