import type { Constraint, Operation, Project } from '../ir/index.js';
import { foreignKeysTo } from './foreign-keys.js';
import type { PlacedOperation } from './operations.js';
import { isNewIn, schemaAt, type TableState } from './replay.js';
import { heldColumns, holds, isReplaced, type Holder } from './replaced-constraints.js';
import { columnKey } from './replay/state.js';

/** A constraint or index that a database drops or cuts because one of its columns goes. */
export interface ImplicitLoss {
  holder: Holder;
  kind: Constraint['kind'] | 'index';
  /** As the catalogue has it. */
  name: string;
  /** Of another table, which CASCADE reaches. */
  of?: TableState;
  unique: boolean;
  /** The columns that it held, the dropped one included, and those of them that stay. */
  columns: string[];
  left: string[];
}

type DropColumn = Extract<Operation, { kind: 'DropColumn' }>;

/**
 * The constraints and indexes that hold a column which an operation drops, as far as they are certain. Left out are what
 * was dropped before by a statement of its own, what changes put in their place, and indexes over this column alone.
 */
export function implicitLosses(
  project: Project,
  operation: DropColumn,
  changes: readonly PlacedOperation[],
): ImplicitLoss[] {
  const schema = schemaAt(project, operation);
  const table = schema?.table(operation.table);
  const column = operation.column.value;
  if (
    schema === undefined ||
    table === undefined ||
    operation.column.unknown ||
    isNewIn(project, { table: operation.table, column }, operation)
  )
    return [];
  const own = [...table.constraints, ...table.indexes]
    .filter((holder) => holder.uncertain.length === 0 && holder.name !== undefined && holds(holder, column))
    .map((holder) => lossOf(table, holder, column));
  const others = operation.cascade
    ? foreignKeysTo(schema, operation.table)
        .filter(({ key }) => key.targetColumns.some(({ value }) => columnKey(value) === columnKey(column)))
        .map(({ table: of, state }) => ({ ...lossOf(of, state, column), of }))
    : [];
  return [...own, ...others].filter(
    ({ kind, name, columns, unique }) =>
      !(kind === 'index' && !unique && columns.length === 1) &&
      !isReplaced({ table: operation.table, kind, name, columns }, changes, schema.dialect),
  );
}

function lossOf(table: TableState, holder: Holder, column: string): ImplicitLoss {
  const columns = heldColumns(table, holder);
  return {
    holder,
    kind: 'index' in holder ? 'index' : holder.constraint.kind,
    name: holder.name!,
    unique: 'index' in holder && holder.index.unique,
    columns,
    left: columns.filter((each) => columnKey(each) !== columnKey(column)),
  };
}
