import type { Directive } from '../../ir/index.js';
import type { Mark } from './split.js';

/** Commands of client programs that run another file: psql, sqlcmd, SQL*Plus, mysql and the shell of SQLite. */
const include = /^(?:\\i(?:r|nclude(?:_relative)?)?\s+|:r\s+|source\s+|\.read\s+|\\\.\s+)(['"]?)(.+?)\1\s*;?$/i;

/** A line of a client program; nothing for data and for the marks between statements. */
export function directiveOf(text: string, { kind, start, end }: Mark): Directive | undefined {
  if (kind !== 'directive') return undefined;
  const written = text.slice(start, end).trimEnd();
  const path = include.exec(written)?.[2];
  return { text: written, span: { start, end: start + written.length }, ...(path !== undefined && { path }) };
}
