import type { Index, Name } from '../../../ir/index.js';
import { isMysql } from '../names.js';
import type { Cursor } from './cursor.js';
import { readIndexKeys } from './keys.js';

const special = new Set(['FULLTEXT', 'SPATIAL', 'VECTOR']);

/** Whether a key of MySQL or an index of T-SQL comes next, written in the table's own list. */
export function isInlineIndex(cursor: Cursor): boolean {
  const { dialect } = cursor.source;
  if (dialect === 'postgresql' || dialect === 'sqlite') return false;
  if (isMysql(dialect) && isUniqueIndex(cursor)) return true;
  const word = cursor.word();
  const at = special.has(word) ? 1 : 0;
  const key = cursor.word(at);
  if (key !== 'KEY' && key !== 'INDEX') {
    // FULLTEXT (a), FULLTEXT name (a): both words are reserved, VECTOR is not.
    return at === 1 && word !== 'VECTOR' && (cursor.word(1) === '(' || (cursor.isName(1) && cursor.word(2) === '('));
  }
  // `key text` is a column: an index has a parenthesis behind its name or at once.
  const next = cursor.word(at + 1);
  if (next === '(' || (next === 'IF' && cursor.word(at + 2) === 'NOT')) return true;
  return (
    cursor.isName(at + 1) &&
    (['(', 'USING', 'UNIQUE', 'CLUSTERED', 'NONCLUSTERED', 'HASH'].includes(cursor.word(at + 2)) || next === 'USING') &&
    !(cursor.word(at + 2) === '(' && isTypeWithLength(cursor, at))
  );
}

/** `key varchar(20)`, `key enum('a')`: a number or a string in the parenthesis tells the column from an index. */
const isTypeWithLength = (cursor: Cursor, at: number): boolean =>
  cursor.kind(at + 3) === 'number' || cursor.kind(at + 3) === 'string';

/**
 * Whether MySQL's UNIQUE comes next with a prefix of a column or an expression among its keys: it then says of no
 * columns that they are unique together, and is an index only.
 */
function isUniqueIndex(cursor: Cursor): boolean {
  let ahead = 0;
  if (cursor.is('CONSTRAINT')) ahead = cursor.word(1) === 'UNIQUE' ? 1 : 2;
  if (cursor.word(ahead) !== 'UNIQUE') return false;
  let depth = 0;
  for (; cursor.at + ahead < cursor.length; ahead++) {
    const word = cursor.word(ahead);
    if (word === '(' && ++depth > 1) return true;
    if (word === ')') return false;
  }
  return false;
}

/** Reads it, from KEY or INDEX or the words before. */
export function readInlineIndex(cursor: Cursor): Index | undefined {
  const from = cursor.at;
  const index: Index = { keys: [], unique: false, include: [], span: cursor.span(from), uncertain: [] };
  let name: Name | undefined;
  if (cursor.take('CONSTRAINT') && !cursor.is('UNIQUE')) name = cursor.name();
  if (isMysql(cursor.source.dialect) && cursor.take('UNIQUE')) index.unique = true;
  const kind = cursor.oneOf(...special);
  cursor.oneOf('KEY', 'INDEX');
  cursor.take('IF', 'NOT', 'EXISTS');
  if (cursor.isName() && !cursor.is('USING')) name = cursor.name();
  if (name) index.name = name;
  if (cursor.take('UNIQUE')) index.unique = true;
  readStorage(cursor, index);
  if (cursor.take('USING')) readMethod(cursor, index);
  if (!cursor.is('(') && index.method !== 'columnstore') return undefined;
  index.keys = readIndexKeys(cursor);
  if (kind) index.method = kind.toLowerCase();
  while (!cursor.done) {
    if (cursor.take('USING')) readMethod(cursor, index);
    else if (cursor.source.dialect === 'tsql' && cursor.take('WHERE')) index.where = predicate(cursor);
    else if (cursor.take('INVISIBLE') || (cursor.word(-1) !== 'NOT' && cursor.take('IGNORED'))) index.invisible = true;
    else cursor.at++;
  }
  index.span = cursor.span(from);
  return index;
}

/** An index of T-SQL that is written at its column. */
export function readColumnIndex(cursor: Cursor, column: Name): Index | undefined {
  const from = cursor.at++;
  const name = cursor.name();
  if (name === undefined) return undefined;
  const keys = [{ column: column.value, quoted: column.quoted }];
  const index: Index = {
    name,
    keys,
    unique: cursor.take('UNIQUE'),
    include: [],
    span: cursor.span(from),
    uncertain: [],
  };
  readStorage(cursor, index);
  if (cursor.take('WHERE')) index.where = predicate(cursor);
  index.span = cursor.span(from);
  return index;
}

/** How T-SQL keeps an index. */
function readStorage(cursor: Cursor, index: Index): void {
  cursor.oneOf('CLUSTERED', 'NONCLUSTERED');
  if (cursor.source.dialect !== 'tsql') return;
  const method = cursor.oneOf('HASH', 'COLUMNSTORE');
  if (method) index.method = method.toLowerCase();
}

function predicate(cursor: Cursor): string {
  const from = cursor.at;
  cursor.until('WITH', 'ON');
  return cursor.between(from, cursor.at);
}

function readMethod(cursor: Cursor, index: Index): void {
  if (!cursor.is('BTREE')) index.method = cursor.word().toLowerCase();
  cursor.at++;
}
