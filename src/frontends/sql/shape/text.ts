import type { Text } from '../../../ir/index.js';
import { type Cursor, unquoted } from './cursor.js';

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '0': '\0' };

/** The character that a backslash before another one stands for. */
const unescaped = (letter: string): string => escapes[letter] ?? letter;

/** An escape of MySQL, or of PostgreSQL's E'': the latter has numbers too. */
const backslashed = /\\(?:u([\da-f]{4})|U([\da-f]{8})|x([\da-f]{1,2})|([0-7]{1,3})|(.))/gis;
const mysqlBackslashed = /\\(.)/gs;

/** An escape of U&''. */
const unicode = /\\(?:\+([\da-f]{6})|([\da-f]{4})|(\\))/gi;

const codePoint = (digits: string, base: number): string => {
  const code = parseInt(digits, base);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
};

/** The value of a string literal: quotes gone, doubled quotes and backslash escapes resolved. */
export function stringValue(written: string, dialect: string): string {
  if (written.startsWith('$')) {
    const tag = written.slice(0, written.indexOf('$', 1) + 1);
    return written.endsWith(tag) && written.length >= 2 * tag.length
      ? written.slice(tag.length, -tag.length)
      : written.slice(tag.length);
  }
  const value = unquoted(written);
  if (!value.includes('\\')) return value;
  if (dialect === 'mysql' || dialect === 'mariadb')
    return value.replace(mysqlBackslashed, (_, each: string) => unescaped(each));
  if (/^e'/i.test(written)) return value.replace(backslashed, (_, ...found: (string | undefined)[]) => escaped(found));
  if (!/^u&'/i.test(written)) return value;
  return value.replace(unicode, (_, long?: string, short?: string) =>
    (long ?? short) ? codePoint((long ?? short)!, 16) : '\\',
  );
}

function escaped([four, eight, hex, octal, other = '']: (string | undefined)[]): string {
  if (octal !== undefined) return codePoint(octal, 8);
  const digits = four ?? eight ?? hex;
  return digits === undefined ? unescaped(other) : codePoint(digits, 16);
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
