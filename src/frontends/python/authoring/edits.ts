import type { AnchorList, Span, TextEdit } from '../../../ir/index.js';

/** How a file writes lines and text. */
export interface Manner {
  newline: string;
  quote: '"' | "'";
}

export function mannerOf(source: string): Manner {
  const single = source.split("'").length;
  const double = source.split('"').length;
  return { newline: source.includes('\r\n') ? '\r\n' : '\n', quote: single > double ? "'" : '"' };
}

/** A Python literal of the text. */
export function literal(text: string, { quote }: Manner): string {
  const escaped = text.replace(/\\/g, '\\\\').replace(/\r/g, '\\r').replace(/\n/g, '\\n').replace(/\t/g, '\\t');
  return quote + escaped.split(quote).join(`\\${quote}`) + quote;
}

const insertion = (at: number, text: string): TextEdit => ({ span: { start: at, end: at }, text });

/** White space that an offset's line starts with, if nothing else stands before the offset. */
function ownIndent(source: string, offset: number): string | undefined {
  const line = source.lastIndexOf('\n', offset - 1) + 1;
  const before = source.slice(line, offset);
  return /^[ \t]*$/.test(before) ? before : undefined;
}

/**
 * Adds an entry at the end of a bracketed list, on a line of its own where the others have theirs.
 * @param tuple the comma behind the only entry of a tuple is no trailing one
 */
export function appended(list: AnchorList, text: string, source: string, { newline }: Manner, tuple = false): TextEdit {
  const last = list.entries.at(-1);
  if (last === undefined) return insertion(list.open, text);
  const rest = source.slice(last.span.end, list.close);
  const comma = /^\s*,/.exec(rest);
  const indent = ownIndent(source, last.span.start);
  const isBroken = rest.includes('\n') && indent !== undefined;
  if (comma === null) {
    return insertion(last.span.end, isBroken ? `,${newline}${indent}${text}` : `, ${text}`);
  }
  const behind = last.span.end + comma[0].length;
  if (!isBroken) return insertion(behind, tuple && list.entries.length === 1 ? ` ${text}` : ` ${text},`);
  const lineEnd = /^[^\r\n]*/.exec(source.slice(behind))?.[0] ?? '';
  return insertion(behind + (/^\s*#/.test(lineEnd) ? lineEnd.length : 0), `${newline}${indent}${text},`);
}

/** Takes an entry out of a bracketed list, with the comma that it needs no longer. */
export function removed(list: AnchorList, at: number): TextEdit | undefined {
  const entry = list.entries[at];
  if (entry === undefined) return undefined;
  const before = list.entries[at - 1];
  const next = list.entries[at + 1];
  if (before !== undefined) return { span: { start: before.span.end, end: entry.span.end }, text: '' };
  return { span: { start: entry.span.start, end: next?.span.start ?? list.close }, text: '' };
}

export const replaced = (span: Span, text: string): TextEdit => ({ span: { start: span.start, end: span.end }, text });

/** Applies edits to the stretch of text that starts at `base`. */
export function applied(text: string, base: number, edits: readonly TextEdit[]): string {
  let out = text;
  for (const { span, text: by } of [...edits].sort((a, b) => b.span.start - a.span.start)) {
    out = out.slice(0, span.start - base) + by + out.slice(span.end - base);
  }
  return out;
}
