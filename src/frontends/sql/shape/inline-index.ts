import type { Index, Name } from '../../../ir/index.js';
import type { Cursor } from './cursor.js';
import { readIndexKeys } from './keys.js';

/** Whether a key of MySQL or an index of T-SQL comes next, written in the table's own list. */
export function isInlineIndex(cursor: Cursor): boolean {
  const { dialect } = cursor.source;
  if (dialect === 'postgresql' || dialect === 'sqlite') return false;
  const word = cursor.word();
  const at = word === 'FULLTEXT' || word === 'SPATIAL' ? 1 : 0;
  const key = cursor.word(at);
  if (key !== 'KEY' && key !== 'INDEX') return at === 1 && cursor.word(1) === '(';
  // `key text` is a column: an index has a parenthesis behind its name or at once.
  const next = cursor.word(at + 1);
  if (next === '(') return true;
  return (
    cursor.isName(at + 1) &&
    (['(', 'USING', 'UNIQUE', 'CLUSTERED', 'NONCLUSTERED'].includes(cursor.word(at + 2)) || next === 'USING') &&
    !(cursor.word(at + 2) === '(' && isTypeWithLength(cursor, at))
  );
}

/** `key varchar(20)`: a number in the parenthesis tells the column from an index over columns. */
const isTypeWithLength = (cursor: Cursor, at: number): boolean => cursor.tokenAt(cursor.at + at + 3)?.kind === 'number';

/** Reads it, from KEY or INDEX or the words before. */
export function readInlineIndex(cursor: Cursor): Index | undefined {
  const from = cursor.at;
  const special = cursor.oneOf('FULLTEXT', 'SPATIAL');
  cursor.oneOf('KEY', 'INDEX');
  const index: Index = { keys: [], unique: false, include: [], span: cursor.span(from), uncertain: [] };
  let name: Name | undefined;
  if (cursor.isName() && !cursor.is('USING')) name = cursor.name();
  if (name) index.name = name;
  if (cursor.take('UNIQUE')) index.unique = true;
  cursor.oneOf('CLUSTERED', 'NONCLUSTERED');
  if (cursor.take('USING')) readMethod(cursor, index);
  if (!cursor.is('(')) return undefined;
  index.keys = readIndexKeys(cursor);
  if (special) index.method = special.toLowerCase();
  if (cursor.take('USING')) readMethod(cursor, index);
  index.span = cursor.span(from);
  return index;
}

function readMethod(cursor: Cursor, index: Index): void {
  if (!cursor.is('BTREE')) index.method = cursor.word().toLowerCase();
  cursor.at++;
}
