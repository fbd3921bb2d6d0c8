import type { Migration, TextEdit } from '../../../ir/index.js';
import type { Manner } from './edits.js';

/** A paragraph behind the first of the docstring; a docstring of one line gets further ones. */
export function writeNote(
  { doc }: Migration,
  note: string,
  source: string,
  { newline }: Manner,
): TextEdit[] | undefined {
  if (doc === undefined) return undefined;
  const written = source.slice(doc.span.start, doc.span.end);
  const quote = /^("""|''')/.exec(written)?.[1];
  if (quote === undefined || note.includes(quote) || note.includes('\\')) return undefined;
  const lines = note.split('\n').join(newline);
  const head = /^[^\r\n]*?(?=\r?\n|$)/.exec(written.slice(quote.length, -quote.length))?.[0] ?? '';
  const at = doc.span.start + quote.length + head.length;
  const isWhole = doc.span.start + written.length - quote.length === at;
  return [{ span: { start: at, end: at }, text: `${newline}${newline}${lines}${isWhole ? newline : ''}` }];
}
