import type { Column, Constraint, Dialect, Index, Name, Operation } from '../../ir/index.js';
import type { On } from '../operations.js';
import { dropViewsOver, followColumnRename } from './apply-views.js';
import { mentions } from './default-names.js';
import { Columns } from './columns.js';
import type { Draft } from './draft.js';
import { withIndexedForeignKeys } from './foreign-key-indexes.js';
import { withColumn } from './outcomes.js';
import { renamedExpression } from './renamed-expression.js';
import { columnKey, type ColumnState, type ConstraintState, type IndexState, type TableState } from './state.js';
import { withRequired } from './apply-tables.js';

/** A column comes, with the keys, checks and indexes that are written at it. */
export function addColumn(draft: Draft, { table: name, column, position }: On<'AddColumn'>): void {
  let table = withColumn(draft.tableOrExternal(name), column.name.value, draft.columnState(column), position);
  for (const constraint of column.constraints) {
    table = { ...table, constraints: [...table.constraints, draft.constraintState(constraint, table)] };
    if (constraint.kind === 'primary') table = withRequired(table, constraint.columns);
  }
  for (const index of column.indexes) {
    table = { ...table, indexes: [...table.indexes, draft.indexState(index, table)] };
  }
  draft.put(withIndexedForeignKeys(draft, table, column.constraints));
}

/**
 * A column goes, and with it every index and constraint that holds it (PostgreSQL 15: measured); out of indexes and keys
 * over several columns in MySQL (MariaDB 10.11: measured).
 */
export function dropColumn(draft: Draft, { table: name, column, cascade }: On<'DropColumn'>): void {
  const table = draft.tableOrExternal(name);
  if (column.unknown) {
    draft.doubt(table, 'the dropped column is named at run time');
    return;
  }
  draft.put({
    ...withColumn(table, column.value, undefined),
    ...(shrinking.has(draft.dialect)
      ? { indexes: indexesWithout(table, column.value), constraints: constraintsWithout(table, column.value) }
      : {
          indexes: table.indexes.filter(({ index }) => !indexHolds(index, column.value)),
          constraints: table.constraints.filter(({ constraint }) => !constraintHolds(constraint, column.value)),
        }),
  });
  for (const sequence of draft.sequencesOf(table.key)) {
    if (sequence.ownedBy.column === columnKey(column.value)) draft.removeSequence(sequence);
  }
  if (!cascade) return;
  dropViewsOver(draft, table.key, column.value);
  for (const referrer of draft.referrersOf(table.key)) {
    const kept = referrer.constraints.filter(
      ({ constraint }) => !(targets(draft, constraint, table) && names(constraint.targetColumns, column.value)),
    );
    if (kept.length < referrer.constraints.length) draft.put({ ...referrer, constraints: kept });
  }
}

/** Dialects in which an index loses the column that goes, and goes itself only with its last one. */
const shrinking: ReadonlySet<Dialect> = new Set(['mysql', 'mariadb']);

function indexesWithout(table: TableState, column: string): IndexState[] {
  return table.indexes.flatMap((state) => {
    const keys = state.index.keys.filter((key) => columnKey(key.column ?? '') !== columnKey(column));
    if (keys.length === state.index.keys.length) return [state];
    return keys.length === 0 ? [] : [{ ...state, index: { ...state.index, keys } }];
  });
}

function constraintsWithout(table: TableState, column: string): ConstraintState[] {
  return table.constraints.flatMap((state) => {
    const { constraint } = state;
    if (!constraintHolds(constraint, column)) return [state];
    if (constraint.kind !== 'primary' && constraint.kind !== 'unique') return [];
    const columns = constraint.columns.filter(({ value }) => columnKey(value) !== columnKey(column));
    return columns.length === 0 ? [] : [{ ...state, constraint: { ...constraint, columns } }];
  });
}

/** Whether a column is part of an index, as a key, in an expression, in the predicate or included. */
export function indexHolds(index: Index, column: string): boolean {
  return (
    index.keys.some((key) =>
      key.column === undefined ? mentions(key.expression ?? '', column) : columnKey(key.column) === columnKey(column),
    ) ||
    index.include.some((name) => columnKey(name) === columnKey(column)) ||
    mentions(index.where ?? '', column)
  );
}

/** Whether a column is part of a constraint, as one of its columns or in its expression. */
export function constraintHolds(constraint: Constraint, column: string): boolean {
  return 'columns' in constraint ? names(constraint.columns, column) : mentions(constraint.expression, column);
}

function names(list: readonly Name[], column: string): boolean {
  return list.some(({ value }) => columnKey(value) === columnKey(column));
}

function targets(
  draft: Draft,
  constraint: Constraint,
  table: TableState,
): constraint is Extract<Constraint, { kind: 'foreign' }> {
  return constraint.kind === 'foreign' && constraint.target !== undefined && draft.key(constraint.target) === table.key;
}

/** A column gets another name, which its indexes, its constraints and the foreign keys to it follow. */
export function renameColumn(draft: Draft, { table: name, column, to }: On<'RenameColumn'>): void {
  const table = draft.tableOrExternal(name);
  const state = table.columns.get(columnKey(column.value));
  const renamed = (each: Name): Name => (columnKey(each.value) === columnKey(column.value) ? to : each);
  draft.put({
    ...table,
    columns: Columns.of(
      [...table.columns].map(([key, each]) =>
        each === state
          ? [columnKey(to.value), { ...state, column: { ...state.column, name: to } }]
          : [key, recomputed(each, column, to)],
      ),
    ),
    indexes: table.indexes.map((each) =>
      indexHolds(each.index, column.value) ? { ...each, index: renamedIndex(each.index, column, to) } : each,
    ),
    constraints: table.constraints.map((each) =>
      constraintHolds(each.constraint, column.value)
        ? { ...each, constraint: renamedConstraint(each.constraint, renamed, column, to) }
        : each,
    ),
  });
  followColumnRename(draft, table.key, column.value, to.value);
  for (const sequence of draft.sequencesOf(table.key)) {
    const { ownedBy } = sequence;
    if (ownedBy.column !== columnKey(column.value)) continue;
    draft.putSequence({ ...sequence, ownedBy: { ...ownedBy, column: columnKey(to.value) } });
  }
  for (const referrer of draft.referrersOf(table.key)) {
    draft.put({
      ...referrer,
      constraints: referrer.constraints.map((each) =>
        targets(draft, each.constraint, table) && names(each.constraint.targetColumns, column.value)
          ? { ...each, constraint: { ...each.constraint, targetColumns: each.constraint.targetColumns.map(renamed) } }
          : each,
      ),
    });
  }
}

/** A column that is worked out from the renamed one. */
function recomputed(state: ColumnState, column: Name, to: Name): ColumnState {
  const { expression } = state.column;
  if (expression === undefined || !mentions(expression, column.value)) return state;
  return { ...state, column: { ...state.column, expression: renamedExpression(expression, column, to) } };
}

function renamedIndex(index: Index, column: Name, to: Name): Index {
  const { where } = index;
  return {
    ...index,
    keys: index.keys.map((key) => renamedKey(key, column, to)),
    include: index.include.map((each) => (columnKey(each) === columnKey(column.value) ? to.value : each)),
    ...(where !== undefined && { where: renamedExpression(where, column, to) }),
  };
}

function renamedConstraint(constraint: Constraint, renamed: (name: Name) => Name, column: Name, to: Name): Constraint {
  if ('expression' in constraint) {
    return { ...constraint, expression: renamedExpression(constraint.expression, column, to) };
  }
  const columns = constraint.columns.map(renamed);
  if (constraint.kind === 'foreign') {
    const { onDeleteColumns } = constraint;
    return { ...constraint, columns, ...(onDeleteColumns && { onDeleteColumns: onDeleteColumns.map(renamed) }) };
  }
  const { include } = constraint;
  return { ...constraint, columns, ...(include && { include: include.map(renamed) }) };
}

function renamedKey(key: Index['keys'][number], column: Name, to: Name): Index['keys'][number] {
  if (key.column === undefined) {
    const { expression } = key;
    return expression === undefined ? key : { ...key, expression: renamedExpression(expression, column, to) };
  }
  return columnKey(key.column) === columnKey(column.value) ? { ...key, column: to.value, quoted: to.quoted } : key;
}

/** MySQL MODIFY and CHANGE: the definition anew; CHANGE may also rename. */
export function modifyColumn(draft: Draft, { table: name, column, definition, position }: On<'ModifyColumn'>): void {
  if (columnKey(definition.name.value) !== columnKey(column.value)) {
    const { table, span, provenance } = { table: name, span: definition.span, provenance: 'shape' as const };
    renameColumn(draft, { kind: 'RenameColumn', table, column, to: definition.name, span, provenance });
  }
  const table = draft.tableOrExternal(name);
  const modified = withColumn(table, definition.name.value, draft.columnState(definition), position);
  const primary = table.constraints.find(({ constraint }) => constraint.kind === 'primary')?.constraint;
  draft.put(primary?.kind === 'primary' ? withRequired(modified, primary.columns) : modified);
}

/**
 * Changes one column by `change`; a column that nothing created is left unknown.
 * @param isDefault the change is one of its default
 */
export function changeColumn(
  change: (column: Column) => Column,
  isDefault = false,
): (draft: Draft, operation: Extract<Operation, { column: Name; table: unknown }>) => void {
  return (draft, { table: name, column }) => {
    const table = draft.tableOrExternal(name);
    const state = table.columns.get(columnKey(column.value));
    if (state) {
      const changed = { ...state, column: change(state.column) };
      draft.put(withColumn(table, column.value, isDefault ? draft.withDefaultType(changed) : changed));
    } else if (table.external) draft.put(table);
  };
}
