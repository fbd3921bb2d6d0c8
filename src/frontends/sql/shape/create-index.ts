import type { Index, QualifiedName } from '../../../ir/index.js';
import { isMysql } from '../names.js';
import type { Cursor } from './cursor.js';
import { readColumns, readIndexKeys } from './keys.js';
import { type Manner, takeManner, takeWait } from './online.js';
import { base, ifNotExists, notRead, type Shape } from './shape.js';

/** Reads CREATE … INDEX from the first word behind INDEX. */
export function readCreateIndex(cursor: Cursor, shape: Shape, unique: boolean, kind: string | undefined): void {
  const span = cursor.span(0, cursor.length);
  const index: Index = { keys: [], unique, include: [], span, uncertain: [] };
  if (cursor.take('CONCURRENTLY')) index.concurrently = true;
  const flags = ifNotExists(cursor);
  const name = cursor.is('ON') ? undefined : cursor.qualified();
  if (name) index.name = name.name;
  if (cursor.take('USING')) method(cursor, index);
  if (kind) index.method = kind;
  const on = cursor.take('ON');
  if (cursor.take('ONLY')) index.parentOnly = true;
  const table = on ? inSchema(cursor.qualified(), name, cursor) : undefined;
  if (table === undefined) {
    notRead(shape, span, 'the indexed table is not named', []);
    return;
  }
  if (cursor.take('USING')) method(cursor, index);
  const computed = cursor.tokenAt(cursor.at + 1)?.kind === 'hole' && cursor.word(2) === ')';
  if (cursor.is('(')) index.keys = readIndexKeys(cursor);
  if (computed) {
    index.keys = [];
    index.uncertain.push({ about: 'columns', reason: 'the columns are computed' });
  }
  const manner: Manner = {};
  takeWait(cursor, manner);
  readIndexOptions(cursor, index, manner);
  shape.operations.push({ kind: 'CreateIndex', ...base(span), ...flags, ...manner, table, index });
  shape.writes.push(table);
}

/** SQLite writes the schema of the table at the name of what is made for it. */
export function inSchema(
  table: QualifiedName | undefined,
  own: QualifiedName | undefined,
  { source }: Cursor,
): QualifiedName | undefined {
  return table && own?.schema && source.dialect === 'sqlite' ? { schema: own.schema, ...table } : table;
}

function method(cursor: Cursor, index: Index): void {
  const name = cursor.name();
  if (name && name.value.toLowerCase() !== 'btree') index.method = name.value.toLowerCase();
}

function readIndexOptions(cursor: Cursor, index: Index, manner: Manner): void {
  const mysql = isMysql(cursor.source.dialect);
  while (!cursor.done) {
    if (mysql && (takeManner(cursor, manner) || takeWait(cursor, manner))) continue;
    if (mysql && (cursor.take('INVISIBLE') || (cursor.word(-1) !== 'NOT' && cursor.take('IGNORED'))))
      index.invisible = true;
    else if (cursor.take('INCLUDE')) index.include = readColumns(cursor).map((name) => name.value);
    else if (cursor.take('USING')) method(cursor, index);
    // T-SQL: what a secondary index keeps of the one that it is made from.
    else if (index.method === 'xml' && cursor.take('FOR')) index.method = `xml ${cursor.word().toLowerCase()}`;
    else if (cursor.take('NULLS', 'NOT', 'DISTINCT')) index.nullsNotDistinct = true;
    else if (cursor.take('TABLESPACE')) {
      const tablespace = cursor.name();
      if (tablespace) index.tablespace = tablespace;
    } else if (cursor.is('WITH', '(')) {
      cursor.at++;
      readStorage(cursor, index);
    } else if (cursor.take('WHERE')) {
      const from = cursor.at;
      cursor.until('WITH', 'TABLESPACE', 'ON');
      index.where = cursor.between(from, cursor.at);
    } else if (cursor.is('(')) cursor.parenthesis();
    else cursor.at++;
  }
}

function readStorage(cursor: Cursor, index: Index): void {
  index.options = cursor.between(...cursor.parenthesis()!);
  // T-SQL: built beside the writes, as by CONCURRENTLY.
  if (/\bONLINE\s*=\s*ON\b/i.test(index.options)) index.concurrently = true;
}
