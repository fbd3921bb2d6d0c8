import type { Location } from '../engine/finding.js';
import type { Lines } from './lines.js';
import type { Palette } from './palette.js';
import { printable } from './printable.js';

/** Longest stretch of a source line that is shown; longer lines are cut around the finding. */
const width = 140;
/** Lines of context before and after. */
const context = 1;
/** A finding over more lines than this is shown by its first ones. */
const most = 6;

/** A stretch of a line around a column, and where that column is in it. */
function cut(text: string, column: number): { text: string; column: number } {
  if (text.length <= width) return { text, column };
  const from = Math.max(0, Math.min(column - 1 - width / 4, text.length - width));
  const to = from + width;
  const head = from > 0 ? '…' : '';
  return { text: head + text.slice(from, to) + (to < text.length ? '…' : ''), column: column - from + head.length };
}

/** The lines around a finding, its own ones marked and its first one underlined. */
export function codeFrame(lines: Lines, at: Location, paint: Palette): string[] {
  const last = Math.min(at.endLine, at.line + most - 1, lines.count);
  const to = Math.min(last + context, lines.count);
  const gutter = String(to).length;
  const frame: string[] = [];
  for (let number = Math.max(1, at.line - context); number <= to; number += 1) {
    const inside = number >= at.line && number <= last;
    const shown = cut(lines.line(number), inside && number === at.line ? at.column : 1);
    const text = printable(shown.text);
    frame.push(
      `${inside ? paint.error('>') : ' '} ${paint.faint(`${String(number).padStart(gutter)} |`)} ${text}`.trimEnd(),
    );
    if (number !== at.line) continue;
    const end = at.endLine === at.line ? shown.column + at.endColumn - at.column : text.length + 1;
    const length = Math.max(1, Math.min(end, text.length + 1) - shown.column);
    const blank = text
      .slice(0, shown.column - 1)
      .replace(/[^\t]/g, ' ')
      .padEnd(shown.column - 1);
    frame.push(`  ${paint.faint(`${' '.repeat(gutter)} |`)} ${blank}${paint.error('^'.repeat(length))}`);
  }
  if (at.endLine > last) frame.push(`  ${paint.faint(`${' '.repeat(gutter)} |`)} …`);
  return frame;
}
