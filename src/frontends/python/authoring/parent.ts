import type { Migration, TextEdit } from '../../../ir/index.js';

/** Changes the one parent that `down_revision` names, and where the docstring says `Revises:`, there too. */
export function setParent(
  { anchor, parents, span }: Migration,
  parent: string,
  source: string,
): TextEdit[] | undefined {
  const { parentStart: start, parentEnd: end } = anchor?.points ?? {};
  const [former, ...others] = parents ?? [];
  // A base is written as None; the revision's own quotes will do.
  if (start !== undefined && end !== undefined && parents?.length === 0) {
    const quote = source[span.start - 1] ?? '';
    const isPlain = source.slice(start, end) === 'None' && /^["']$/.test(quote) && !/["'\\\s]/.test(parent);
    return isPlain ? [{ span: { start, end }, text: quote + parent + quote }] : undefined;
  }
  if (start === undefined || end === undefined || former === undefined || others.length > 0) return undefined;
  // Only a literal can be changed in place; the parent may come from a constant or a tuple.
  const isLiteral = /["']/.test(source[start - 1] ?? '') && source[start - 1] === source[end];
  if (!isLiteral || source.slice(start, end) !== former || /["'\\\s]/.test(parent)) return undefined;
  const revises = /^Revises:[ \t]*/m.exec(source.slice(0, start));
  const edits: TextEdit[] = [];
  if (revises) {
    const at = revises.index + revises[0].length;
    const said = source.slice(at, at + former.length);
    if (said === former) edits.push({ span: { start: at, end: at + former.length }, text: parent });
  }
  return [...edits, { span: { start, end }, text: parent }];
}
