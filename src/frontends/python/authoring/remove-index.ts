import type { AnchorList, Index, TextEdit } from '../../../ir/index.js';
import { removed } from './edits.js';

/** Takes `index=True` out of a column, or `Index(…)` out of a table's arguments. */
export function removeIndex(index: Index, source: string): TextEdit[] | undefined {
  const { call, siblings } = index.anchor?.lists ?? {};
  for (const list of [siblings, call]) {
    const at = list?.entries.findIndex(
      ({ key, span }) => span.start === index.span.start && (key === 'index' || key === undefined),
    );
    if (list !== undefined && at !== undefined && at >= 0) return without(list, at, source);
  }
  return undefined;
}

/** An entry taken out, so that a comment on the one before stays and a tuple of one entry keeps its comma. */
function without(list: AnchorList, at: number, source: string): TextEdit[] | undefined {
  const before = list.entries[at - 1];
  const entry = list.entries[at];
  const edit = removed(list, at);
  if (entry === undefined || edit === undefined) return undefined;
  if (before !== undefined && source.slice(before.span.end, entry.span.start).includes('#')) {
    const comma = /^\s*,/.exec(source.slice(entry.span.end, list.close))?.[0] ?? '';
    return [{ span: { start: entry.span.start, end: entry.span.end + comma.length }, text: '' }];
  }
  const [only, ...others] = list.entries.filter((each) => each !== entry);
  if (only === undefined || others.length > 0 || !isTuple(list, source) || endsWithComma(list, source)) return [edit];
  if (only === before) return [{ ...edit, text: ',' }];
  return [edit, { span: { start: only.span.end, end: only.span.end }, text: ',' }];
}

const isTuple = ({ open }: AnchorList, source: string): boolean =>
  source[open - 1] === '(' && /(?:[=(,:]|\breturn)\s*$/.test(source.slice(Math.max(0, open - 80), open - 1));

function endsWithComma({ entries, close }: AnchorList, source: string): boolean {
  const last = entries.at(-1);
  return last !== undefined && /^\s*,/.test(source.slice(last.span.end, close));
}
