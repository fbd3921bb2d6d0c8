import type { Dialect, QualifiedName } from '../ir/index.js';
import { objectKey } from './names.js';
import type { PlacedOperation } from './operations.js';

/** Whether operations before take every row out of a table, so that nothing there can stand in the way of a change. */
export function isEmptiedBefore(name: QualifiedName, earlier: readonly PlacedOperation[], dialect: Dialect): boolean {
  const key = objectKey(name, dialect);
  return earlier.some(
    ({ operation: each }) =>
      (each.kind === 'Truncate' || (each.kind === 'Delete' && each.where !== 'present' && each.where !== 'unknown')) &&
      objectKey(each.table, dialect) === key,
  );
}
