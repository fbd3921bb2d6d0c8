import type { Text } from '../../../ir/index.js';
import { type Cursor, unquoted } from './cursor.js';

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '0': '\0' };

/** The character that a backslash before another one stands for. */
export const unescaped = (letter: string): string => escapes[letter] ?? letter;

/** The value of a string literal: quotes gone, doubled quotes and backslash escapes resolved. */
export function stringValue(written: string, dialect: string): string {
  if (written.startsWith('$')) {
    const tag = written.slice(0, written.indexOf('$', 1) + 1);
    return written.endsWith(tag) && written.length >= 2 * tag.length
      ? written.slice(tag.length, -tag.length)
      : written.slice(tag.length);
  }
  const value = unquoted(written);
  const escaped = /^e'/i.test(written) || dialect === 'mysql' || dialect === 'mariadb';
  return escaped && value.includes('\\') ? value.replace(/\\(.)/gs, (_, each: string) => unescaped(each)) : value;
}

/** Takes a string literal. */
export function readText(cursor: Cursor): Text | undefined {
  const { token } = cursor;
  if (token?.kind !== 'string' && token?.kind !== 'dollar') return undefined;
  cursor.at++;
  return {
    value: stringValue(cursor.written(token), cursor.source.dialect),
    span: cursor.source.span(token.start, token.end),
  };
}
