import type { Constraint, Dialect, QualifiedName } from '../ir/index.js';
import { objectKey } from './names.js';
import type { PlacedOperation } from './operations.js';
import type { TableState } from './replay.js';
import { constraintHolds, indexHolds } from './replay/apply-columns.js';
import { mentions } from './replay/default-names.js';
import { columnKey, type ConstraintState, type IndexState } from './replay/state.js';

/** What holds columns of a table: a constraint or an index. */
export type Holder = ConstraintState | IndexState;

/** Whether a column is part of a constraint or an index. */
export const holds = (holder: Holder, column: string): boolean =>
  'index' in holder ? indexHolds(holder.index, column) : constraintHolds(holder.constraint, column);

/** The columns of a table that a constraint or an index of it holds. */
export function heldColumns(table: TableState, holder: Holder): string[] {
  return [...table.columns.values()].map(({ column }) => column.name.value).filter((name) => holds(holder, name));
}

/** What takes the place of something that held columns. */
interface Lost {
  table: QualifiedName;
  kind: Constraint['kind'] | 'index' | undefined;
  name: string | undefined;
  /** Absent where they are not known. */
  columns: readonly string[] | undefined;
}

/** Whether changes also add a constraint or index of the kind that has its name, or one of its columns. */
export function isReplaced(lost: Lost, changes: readonly PlacedOperation[], dialect: Dialect): boolean {
  const key = objectKey(lost.table, dialect);
  return changes.some(({ operation }) => {
    if (operation.kind === 'AddConstraint') {
      return objectKey(operation.table, dialect) === key && replaces(operation.constraint, lost);
    }
    if (operation.kind !== 'CreateIndex' || objectKey(operation.table, dialect) !== key) return false;
    const { unique, keys, name } = operation.index;
    const isOfKind = lost.kind === undefined || lost.kind === 'index' || (lost.kind === 'unique' && unique);
    return (
      isOfKind &&
      meets(
        lost,
        name?.value,
        keys.map(({ column = '' }) => column),
      )
    );
  });
}

function replaces(added: Constraint, lost: Lost): boolean {
  const isKey = (kind: string | undefined): boolean => kind === 'unique' || kind === 'primary' || kind === 'index';
  if (lost.kind !== undefined && lost.kind !== added.kind && !(isKey(lost.kind) && isKey(added.kind))) return false;
  if ('columns' in added) {
    return meets(
      lost,
      added.name?.value,
      added.columns.map(({ value }) => value),
    );
  }
  const { columns } = lost;
  return (
    columns === undefined ||
    (lost.name !== undefined && lost.name === added.name?.value) ||
    columns.some((column) => mentions(added.expression, column))
  );
}

function meets(lost: Lost, name: string | undefined, columns: readonly string[]): boolean {
  if (lost.columns === undefined || (name !== undefined && name === lost.name)) return true;
  const own = lost.columns.map(columnKey);
  return columns.some((column) => own.includes(columnKey(column)));
}
