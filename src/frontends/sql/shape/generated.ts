import type { Column } from '../../../ir/index.js';
import type { Cursor } from './cursor.js';

/** Reads GENERATED … AS and AS: an identity, an expression, or a time that the server keeps. */
export function readGenerated(cursor: Cursor, column: Column): boolean {
  let always = true;
  if (cursor.take('GENERATED')) {
    if (!cursor.take('ALWAYS')) always = !cursor.take('BY', 'DEFAULT');
    cursor.take('ON', 'NULL');
  }
  if (!cursor.take('AS')) return false;
  if (cursor.take('IDENTITY')) {
    column.identity = { always };
    if (cursor.is('(')) column.identity.options = cursor.between(...cursor.parenthesis()!);
    column.generated = 'identity';
    column.nullable = false;
    return true;
  }
  if (cursor.source.dialect === 'tsql') return readComputed(cursor, column);
  if (cursor.take('ROW')) {
    // When a row was there, written by the database: MariaDB's system versioning.
    column.generated = 'stored';
    column.nullable = false;
    cursor.oneOf('START', 'END');
    return true;
  }
  if (!cursor.is('(')) return false;
  column.expression = cursor.between(...cursor.parenthesis()!);
  // PostgreSQL 18 and MySQL make it virtual unless told otherwise.
  column.generated = cursor.oneOf('STORED', 'PERSISTED', 'PERSISTENT') ? 'stored' : 'virtual';
  cursor.take('VIRTUAL');
  return true;
}

/** Words behind the expression of T-SQL's computed column. */
const computedEnds = new Set(['PERSISTED', 'NOT', 'CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN', 'REFERENCES']);

/** T-SQL: AS expression [PERSISTED], with parentheses or without, or the bounds of a period that the server keeps. */
function readComputed(cursor: Cursor, column: Column): true {
  const period = ['ROW', 'TRANSACTION_ID', 'SEQUENCE_NUMBER'].includes(cursor.word()) && cursor.oneOf(cursor.word());
  if (period && cursor.oneOf('START', 'END')) {
    column.generated = 'stored';
    column.nullable = false;
    return true;
  }
  let cases = 0;
  for (; !cursor.done && (cases > 0 || !computedEnds.has(cursor.word())); cursor.at++) {
    const word = cursor.word();
    if (word === 'CASE') cases++;
    else if (word === 'END') cases--;
    else if (word === '(') {
      cursor.parenthesis();
      cursor.at--;
    }
  }
  column.generated = cursor.take('PERSISTED') ? 'stored' : 'virtual';
  return true;
}
