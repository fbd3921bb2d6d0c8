import type { ts } from 'ts-morph';
import { placeRead } from '../syntax.js';
import { pinned } from './values.js';

/** Text of a literal with the place of each of its characters, escapes followed through the raw text. */
export function literalPart(node: ts.StringLiteralLike | ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail): {
  value: string;
  offsets: [number, number][];
} {
  const source = node.getSourceFile();
  const value = node.text;
  const place = placeRead(source);
  if (place) return pinned(value, place);
  const start = node.getStart(source) + 1;
  const raw = source.text;
  const offsets: [number, number][] = [[0, start]];
  if (value.length === node.getEnd() - 1 - start || raw.startsWith(value, start)) return { value, offsets };
  let at = start;
  for (let index = 0; index < value.length;) {
    const width = escapeWidth(raw, at);
    if (width.raw === 1 && width.cooked === 1) {
      at++;
      index++;
      continue;
    }
    at += width.raw;
    index += width.cooked;
    offsets.push([index, at]);
  }
  return { value, offsets };
}

/** How many code units one (possibly escaped) character takes in the source, and how many it gives. */
function escapeWidth(raw: string, at: number): { raw: number; cooked: number } {
  if (raw[at] === '\r' && raw[at + 1] === '\n') return { raw: 2, cooked: 1 };
  if (raw[at] !== '\\') return { raw: 1, cooked: 1 };
  const next = raw[at + 1];
  if (next === '\r' && raw[at + 2] === '\n') return { raw: 3, cooked: 0 };
  if (next === '\n' || next === '\r' || next === '\u2028' || next === '\u2029') return { raw: 2, cooked: 0 };
  if (next === 'x') return { raw: 4, cooked: 1 };
  if (next === 'u' && raw[at + 2] === '{') {
    const close = raw.indexOf('}', at);
    const code = Number.parseInt(raw.slice(at + 3, close), 16);
    return { raw: close === -1 ? 2 : close + 1 - at, cooked: code > 0xffff ? 2 : 1 };
  }
  return next === 'u' ? { raw: 6, cooked: 1 } : { raw: 2, cooked: 1 };
}
