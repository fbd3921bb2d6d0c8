import type { Cursor } from './cursor.js';
import type { Shape } from './shape.js';

/** How MySQL is told to carry out a statement: a part of the statement, and no change of the table. */
export interface Manner {
  algorithm?: string;
  lock?: string;
  lockWait?: number;
}

/** Takes `ALGORITHM [=] value` or `LOCK [=] value` where that is all that comes up to the next blank or comma. */
export function takeManner(cursor: Cursor, manner: Manner): boolean {
  const name = cursor.word();
  if (name !== 'ALGORITHM' && name !== 'LOCK') return false;
  const value = cursor.word(1) === '=' ? 2 : 1;
  if (cursor.word(value) === '') return false;
  manner[name === 'LOCK' ? 'lock' : 'algorithm'] = cursor.word(value).toLowerCase();
  cursor.at += value + 1;
  return true;
}

/** Takes MariaDB's `WAIT seconds` or `NOWAIT`. */
export function takeWait(cursor: Cursor, manner: Manner): boolean {
  if (cursor.take('NOWAIT')) manner.lockWait = 0;
  else if (cursor.is('WAIT') && cursor.kind(1) === 'number') {
    manner.lockWait = Number(cursor.between(cursor.at + 1, cursor.at + 2));
    cursor.at += 2;
  } else return false;
  return true;
}

/** Writes the manner of a statement to what it does. */
export function markManner(shape: Shape, manner: Manner, from = 0): void {
  for (const operation of shape.operations.slice(from)) Object.assign(operation, manner);
}
