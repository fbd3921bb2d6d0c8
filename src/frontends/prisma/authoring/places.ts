import type { Anchor, TextEdit } from '../../../ir/index.js';

/** An edit that only adds. */
export const inserted = (at: number, text: string): TextEdit[] => [{ span: { start: at, end: at }, text }];

/** How the lines of a text end, as its first one does. */
export const newlineOf = (text: string): string => /\r?\n/.exec(text)?.[0] ?? '\n';

/** The end of the line that an offset stands on. */
export function lineEnd(text: string, at: number): number {
  const found = /[\r\n]/g;
  found.lastIndex = at;
  return found.exec(text)?.index ?? text.length;
}

/** The start of the line that an offset stands on. */
export function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return start;
}

/** Lines above a declaration that begins its own line; nothing where something stands before it. */
export function above(text: string, anchor: Anchor | undefined, lines: readonly string[]): TextEdit[] | undefined {
  if (anchor === undefined) return undefined;
  const { start } = anchor.span;
  const indent = text.slice(lineStart(text, start), start);
  if (/\S/.test(indent)) return undefined;
  return inserted(start, lines.map((line) => `${line}${newlineOf(text)}${indent}`).join(''));
}

/** A string of the schema language. */
export const quoted = (text: string): string => JSON.stringify(text);
