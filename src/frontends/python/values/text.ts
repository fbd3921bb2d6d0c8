import type { Span } from '../../../ir/index.js';
import type { Literal } from '../syntax/nodes.js';
import { pinned, textOf, type TextPart, type Value } from './value.js';

/** Part of a literal, with the pairs that map it to the file. */
function sliceLiteral({ value, offsets }: Literal, from: number, to: number): Literal {
  const kept: [number, number][] = [];
  let before: [number, number] = offsets[0] ?? [0, 0];
  for (const pair of offsets) {
    if (pair[0] <= from) before = pair;
    else if (pair[0] < to) kept.push([pair[0] - from, pair[1]]);
  }
  return { value: value.slice(from, to), offsets: [[0, before[1] + (from - before[0])], ...kept] };
}

/** What a value adds to text that it is pasted into: known text stands where the hole stands. */
export function pasted(value: Value, hole: Span): TextPart[] {
  const text = textOf(value);
  if (text !== undefined) return [pinned(text, hole.start)];
  if (value.kind === 'const') return [pinned(spell(value.value), hole.start)];
  if (value.kind === 'str') {
    return value.parts.map((part) => ('hole' in part ? { hole } : pinned(part.value, hole.start)));
  }
  return [{ hole }];
}

function spell(value: number | boolean | null): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}

/** Splits text at the matches of a pattern and puts what `fill` gives in their place. */
export function substitute(
  parts: readonly TextPart[],
  pattern: RegExp,
  fill: (match: RegExpMatchArray) => TextPart[] | string,
): TextPart[] {
  const out: TextPart[] = [];
  for (const part of parts) {
    if ('hole' in part) {
      out.push(part);
      continue;
    }
    let done = 0;
    for (const match of part.value.matchAll(pattern)) {
      const at = match.index;
      if (at > done) out.push(sliceLiteral(part, done, at));
      const filled = fill(match);
      if (typeof filled === 'string') {
        const [, host] = sliceLiteral(part, at, at + 1).offsets[0] ?? [0, 0];
        out.push({ value: filled, offsets: [[0, host]] });
      } else out.push(...filled);
      done = at + match[0].length;
    }
    if (done < part.value.length || (done === 0 && part.value === ''))
      out.push(sliceLiteral(part, done, part.value.length));
  }
  return out;
}

/** `%s`, `%(name)s`, `%5.2f`, `%%`. Groups: name, conversion. */
export const percentPattern = /%(?:\((\w+)\))?[-#0 +]*(?:\d+|\*)?(?:\.\d+)?([diouxXeEfFgGcrsa%])/g;

/** `{}`, `{0}`, `{name.attr[0]!r:>10}`, `{{`, `}}`. Groups: name, rest of the path, conversion and format. */
export const bracePattern = /\{\{|\}\}|\{(\w*)((?:\.\w+|\[[^\]]*\])*)((?:![rsa])?(?::[^{}]*)?)\}/g;
