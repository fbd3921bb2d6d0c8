import type { Dialect, Migration, Operation, TextEdit } from '../../../ir/index.js';
import type { Manner } from './edits.js';
import { operationLines, unitOf } from './operation-lines.js';

/** Writes the body of `downgrade()`, or the function behind `upgrade()` where there is none. */
export function writeDowngrade(
  { down, anchor }: Migration,
  operations: readonly Operation[],
  source: string,
  dialect: Dialect,
  manner: Manner,
): TextEdit[] | undefined {
  const lines = operationLines(operations, source, dialect, manner);
  if (lines === undefined || anchor === undefined) return undefined;
  const unit = unitOf(source);
  const { newline } = manner;
  const indented = lines.map((line) => unit + line).join(newline);
  if (down.state === 'missing') {
    const returns = /^def upgrade\(\)(\s*->\s*None)?\s*:/m.exec(source)?.[1] ?? '';
    const gap = newline.repeat(3);
    return [{ span: { ...down.span }, text: `${gap}def downgrade()${returns}:${newline}${indented}` }];
  }
  const { downStart: start, downEnd: end } = anchor.points;
  if (start === undefined || end === undefined) return undefined;
  const lineStart = source.lastIndexOf('\n', start - 1) + 1;
  const before = source.slice(lineStart, start);
  if (/^[ \t]+$/.test(before)) return [{ span: { start, end }, text: lines.join(newline + before) }];
  const blanks = /[ \t]*$/.exec(before)?.[0].length ?? 0;
  return [{ span: { start: start - blanks, end }, text: newline + indented }];
}
