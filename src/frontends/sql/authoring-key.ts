import type { Dialect, Table, TextEdit } from '../../ir/index.js';

const keyColumns: { readonly [D in Dialect]?: string } = {
  mysql: 'id bigint unsigned AUTO_INCREMENT PRIMARY KEY',
  mariadb: 'id bigint unsigned AUTO_INCREMENT PRIMARY KEY',
  sqlite: 'id integer PRIMARY KEY',
  tsql: 'id bigint IDENTITY PRIMARY KEY',
};

/**
 * Puts text in front of the first of several entries, on a line of its own where that entry has one.
 * @param within the list must stand in this stretch, and so in this file
 */
export function beforeFirst(
  text: string,
  entries: readonly { span: { start: number; end: number } }[],
  within: { start: number; end: number },
  entry: string,
): TextEdit[] | undefined {
  const start = Math.min(...entries.map(({ span }) => span.start));
  if (start <= within.start || start >= within.end) return undefined;
  const blank = /(?:^|[\r\n])([ \t]*)$/.exec(text.slice(Math.max(0, start - 200), start))?.[1];
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = blank === undefined ? ' ' : newline + blank;
  return [{ span: { start, end: start }, text: `${entry},${gap}` }];
}

/** A first column `id` in a CREATE TABLE that is written out in the text, of SQL or of a host language. */
export function addPrimaryKey(text: string, table: Table, dialect: Dialect): TextEdit[] | undefined {
  if (table.declaredBy !== 'sql' || table.columns.length === 0) return undefined;
  const key = keyColumns[dialect] ?? 'id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY';
  return beforeFirst(text, [...table.columns, ...table.constraints], table.span, key);
}
