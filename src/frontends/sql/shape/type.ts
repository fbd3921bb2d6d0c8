import type { ColumnType } from '../../../ir/index.js';
import { canonicalType } from '../types.js';
import { type Cursor, unquoted } from './cursor.js';

/** Words that end a type because a column's next property starts there. */
const stops = new Set(
  (
    'CONSTRAINT NOT NULL DEFAULT PRIMARY UNIQUE CHECK REFERENCES COLLATE GENERATED AS AUTO_INCREMENT AUTOINCREMENT IDENTITY COMMENT ON ' +
    'KEY FIRST AFTER CHARSET STORAGE COMPRESSION INVISIBLE VISIBLE DEFERRABLE INITIALLY USING SPARSE ROWGUIDCOL VIRTUAL STORED ' +
    'PERSISTED OPTIONS CASCADE RESTRICT BINARY ALWAYS SRID ENABLE DISABLE MASKED HIDDEN INCLUDE WHERE NULLS ' +
    'COLUMN_FORMAT COMPRESSED REF_SYSTEM_ID PERSISTENT ASCII UNICODE ENGINE_ATTRIBUTE SECONDARY_ENGINE_ATTRIBUTE ' +
    'FILESTREAM ENCRYPTED INDEX COLUMN_SET'
  ).split(' '),
);

/** Reads a type: its words, arguments and array brackets. Nothing where the column has none (SQLite). */
export function readType(cursor: Cursor): ColumnType | undefined {
  const from = cursor.at;
  // A type is any words there, quoted or not.
  const sqlite = cursor.source.dialect === 'sqlite';
  const head: string[] = [];
  const tail: string[] = [];
  let args: string | undefined;
  let array = '';
  let computed = false;
  while (!cursor.done) {
    const word = cursor.word();
    const token = cursor.token!;
    if (word === '(') {
      if (args !== undefined || head.length === 0) break;
      const inside = cursor.parenthesis()!;
      args = cursor.between(...inside);
      continue;
    }
    if (word === '[') {
      cursor.at++;
      cursor.until(']');
      cursor.take(']');
      array += '[]';
      continue;
    }
    if (word === 'ARRAY' && head.length > 0) {
      cursor.at++;
      if (!cursor.is('[')) array += '[]';
      continue;
    }
    if (word === '%' || word === '.') {
      cursor.at++;
      glue(tail.length > 0 || args !== undefined ? tail : head, word, cursor);
      continue;
    }
    if (head.length > 0) {
      if (stops.has(word) && !(word === 'BINARY' && head.length === 0)) break;
      if ((word === 'CHARACTER' || word === 'CHAR') && cursor.is(word, 'SET')) break;
      if ((word === 'WITH' || word === 'WITHOUT') && !cursor.is(word, 'TIME')) break;
    } else if ((stops.has(word) && word !== 'BINARY') || cursor.is('WITH', 'OPTIONS')) break;
    if (sqlite && head.length > 0 && cursor.written(token) === '[]') {
      cursor.at++;
      array += '[]';
      continue;
    }
    if (token.kind !== 'word' && token.kind !== 'quoted' && token.kind !== 'hole' && token.kind !== 'placeholder')
      break;
    if (token.kind === 'quoted' && head.length > 0 && !sqlite) break;
    if (token.kind === 'hole') computed = true;
    cursor.at++;
    const written = cursor.written(token);
    (args === undefined ? head : tail).push(token.kind === 'quoted' ? unquoted(written) : written.toLowerCase());
  }
  if (head.length === 0) return undefined;
  // `int unsigned` and `timestamp with time zone` without arguments: the words behind belong to the tail.
  if (args === undefined) {
    const split = head.findIndex((word, index) => index > 0 && /^(unsigned|signed|zerofill|with|without)$/.test(word));
    if (split > 0) for (const word of head.splice(split)) tail.push(word);
  }
  const shown = args === undefined ? {} : { args };
  return {
    name: computed
      ? 'unknown'
      : canonicalType({ head: head.join(' '), tail: tail.join(' '), array, ...shown }, cursor.source.dialect),
    written: cursor.between(from, cursor.at),
    span: cursor.span(from),
  };
}

/** Joins `schema.type` and `table.column%TYPE` to one word. */
function glue(words: string[], sign: string, cursor: Cursor): void {
  const { token } = cursor;
  if (token === undefined || words.length === 0 || !cursor.isName()) return;
  cursor.at++;
  const written = cursor.written(token);
  words.push(`${words.pop()!}${sign}${token.kind === 'quoted' ? unquoted(written) : written.toLowerCase()}`);
}
