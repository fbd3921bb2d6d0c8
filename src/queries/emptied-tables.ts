import type { QualifiedName } from '../ir/index.js';
import type { RunOrder } from './run-order.js';

/** Whether operations before take every row out of a table, so that nothing there can stand in the way of a change. */
export function isEmptiedBefore(table: QualifiedName, order: RunOrder, index: number): boolean {
  return order
    .before(table, index)
    .some(
      ({ operation: each }) =>
        each.kind === 'Truncate' || (each.kind === 'Delete' && (each.where === 'absent' || each.where === 'tautology')),
    );
}
