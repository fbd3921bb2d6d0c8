import type { Source } from '../source.js';
import type { Cursor } from './cursor.js';
import { readAnonymousBody } from './routine.js';
import { base, type ShapeReader } from './shape.js';

/** The procedures that the statements of a text have made so far, each from behind its name, until it is called. */
const made = new WeakMap<Source, Map<string, Cursor>>();

/** Notes CREATE PROCEDURE; the cursor stands behind the name. */
export function noteProcedure(name: string, cursor: Cursor): void {
  let procedures = made.get(cursor.source);
  if (procedures === undefined) made.set(cursor.source, (procedures = new Map()));
  procedures.set(name.toLowerCase(), cursor.within([cursor.at, cursor.length]));
}

/**
 * CALL. MySQL takes conditions in the body of a routine only, so a migration makes one, calls it and drops it: what the
 * body does happens at the call. A second call does it again, which is not told twice.
 */
export const readCalled: ShapeReader = (cursor, shape, surroundings) => {
  cursor.at++;
  shape.operations.push({ kind: 'Call', ...base(cursor.span(0, cursor.length)) });
  const name = cursor.qualified()?.name.value.toLowerCase();
  const procedures = made.get(cursor.source);
  const body = name === undefined ? undefined : procedures?.get(name);
  if (name === undefined || body === undefined || surroundings.routine) return;
  procedures?.delete(name);
  for (const each of readAnonymousBody(body, surroundings)) shape.children.push(each);
};
