import type { Operation, QualifiedName } from '../../../ir/index.js';
import type { Circumstances } from '../circumstances.js';
import type { Action, Reading } from '../effect.js';
import type { PostgresqlAction } from '../postgresql.js';

import type { On } from '../../operations.js';
export type { On } from '../../operations.js';
export type Read = Reading<PostgresqlAction>;
type Do = Action<PostgresqlAction>;

/** How an operation is read as actions; undefined where its locks are not known. */
export type Reader<K extends Operation['kind']> = (operation: On<K>, circumstances: Circumstances) => Read | undefined;

/** An action, if it meets any other table. */
export function toOthers(name: PostgresqlAction, others: readonly (QualifiedName | undefined)[]): Do[] {
  const there = others.filter((each) => each !== undefined);
  return there.length > 0 ? [{ name, others: there }] : [];
}

/** Of one action on the table of the operation. */
export const alone =
  (name: PostgresqlAction) =>
  ({ table }: { table: QualifiedName }): Read => ({ actions: [{ name, table }] });

/** The tables that the operation's statement reads. */
export const reads = ({ placed: { statement } }: Circumstances): Do[] => toOthers('read rows', statement?.reads ?? []);

/** What locks no table and writes no row. */
export const nothing: Read = { actions: [{ name: 'nothing' }] };
