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

/** The columns that a constraint or an index holds; those of an expression as far as the table has them. */
export function heldColumns(table: TableState, holder: Holder): string[] {
  const written = writtenColumns(holder);
  if (written !== undefined) return written;
  return [...table.columns.values()].map(({ column }) => column.name.value).filter((name) => holds(holder, name));
}

function writtenColumns(holder: Holder): string[] | undefined {
  if (!('index' in holder)) {
    return 'columns' in holder.constraint ? holder.constraint.columns.map(({ value }) => value) : undefined;
  }
  const { keys, where, include } = holder.index;
  const columns = keys.flatMap(({ column }) => column ?? []);
  return where === undefined && columns.length === keys.length ? [...columns, ...include] : undefined;
}

/** What takes the place of something that held columns. */
interface Lost {
  table: QualifiedName;
  kind: Constraint['kind'] | 'index' | undefined;
  name: string | undefined;
  /** Absent where they are not known. */
  columns: readonly string[] | undefined;
}

/**
 * Whether changes also add a constraint or index of the kind that has its name or one of its columns, be that under another
 * name that the table or the column gets there.
 */
export function isReplaced(lost: Lost, changes: readonly PlacedOperation[], dialect: Dialect): boolean {
  const tables = new Set([objectKey(lost.table, dialect)]);
  const columns = new Set(lost.columns);
  for (const { operation } of changes) {
    if (!('table' in operation) || !operation.table || !tables.has(objectKey(operation.table, dialect))) continue;
    if (operation.kind === 'RenameTable') tables.add(objectKey(operation.to, dialect));
    if (operation.kind === 'RenameColumn' && columns.has(operation.column.value)) columns.add(operation.to.value);
  }
  const all = { ...lost, columns: lost.columns && [...columns] };
  return changes.some(({ operation }) => {
    if (!('table' in operation) || !operation.table || !tables.has(objectKey(operation.table, dialect))) return false;
    if (operation.kind === 'AddConstraint') return replaces(operation.constraint, all);
    if (operation.kind === 'AddColumn') return operation.column.constraints.some((each) => replaces(each, all));
    if (operation.kind !== 'CreateIndex') return false;
    const { unique, keys, name } = operation.index;
    const isOfKind = lost.kind === undefined || lost.kind === 'index' || (lost.kind === 'unique' && unique);
    const indexed = keys.map(({ column = '' }) => column);
    return isOfKind && meets(all, name?.value, indexed);
  });
}

function replaces(added: Constraint, lost: Lost): boolean {
  // A table has one primary key, be it over other columns.
  if (lost.kind === 'primary' && added.kind === 'primary') return true;
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
