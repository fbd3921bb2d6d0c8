import type { Column, ColumnType, Default, Name, Operation, Project, QualifiedName } from '../ir/index.js';
import { foldedInTable, objectKey } from './names.js';
import type { PlacedOperation } from './operations.js';
import { columnOf, schemaAt } from './replay.js';
import type { ColumnState } from './replay/state.js';
import type { RunOrder } from './run-order.js';
import { isCertain } from './tables.js';

/** What one statement or call makes of a column that is there. */
export interface ColumnChange {
  placed: PlacedOperation;
  /** That operation; of several that one call makes, the first. */
  operation: Alteration;
  /** Place of the operation in the list that the changes were read from; of several, of the last. */
  index: number;
  table: QualifiedName;
  column: Name;
  /** The column as it is found; absent where nothing that was replayed made it. */
  before?: ColumnState;
  /**
   * The column is stated anew as a whole (MySQL's MODIFY, Knex's `alter()`), so that what it says may be what it was
   * before, where that is not known.
   */
  restated: boolean;
  /** What it is from now on. Absent where it stays as it was. */
  type?: ColumnType;
  /** How a type's values are made from the old ones, as written. */
  using?: string;
  nullable?: Column['nullable'];
  /** The server default from now on, `none` where there is none any more. */
  default?: Default | 'none';
}

export type Alteration = Extract<
  Operation,
  { kind: 'AlterColumnType' | 'SetNotNull' | 'DropNotNull' | 'SetDefault' | 'DropDefault' | 'ModifyColumn' }
>;

const kinds: ReadonlySet<Operation['kind']> = new Set<Alteration['kind']>([
  'AlterColumnType',
  'SetNotNull',
  'DropNotNull',
  'SetDefault',
  'DropDefault',
  'ModifyColumn',
]);

const isAlteration = (operation: Operation): operation is Alteration => kinds.has(operation.kind);

/**
 * The changes to columns among operations that run one after another. What one call says of a column is one change, so
 * that a property which it takes away and sets again is none.
 */
export function columnChangesIn(project: Project, { operations, dialect }: RunOrder): ColumnChange[] {
  const changes: ColumnChange[] = [];
  let open: { key: string; change: ColumnChange; kinds: Set<Operation['kind']> } | undefined;
  for (const [index, placed] of operations.entries()) {
    const { operation } = placed;
    if (!isAlteration(operation)) continue;
    const { table, column, span } = operation;
    const name = `${objectKey(table, dialect)} ${foldedInTable(column, dialect)}`;
    const key = placed.statement ? `${index}` : `${span.start} ${span.end} ${name}`;
    if (open?.key !== key) {
      const schema = schemaAt(project, operation);
      const before = schema && columnOf(schema, table, column.value);
      const change = { placed, operation, index, table, column, restated: false, ...(before && { before }) };
      changes.push(change);
      open = { key, change, kinds: new Set() };
    }
    open.change.index = index;
    open.kinds.add(operation.kind);
    Object.assign(open.change, saidBy(operation));
    // Knex and Sequelize take default and NOT NULL away, and set what is written.
    const restates = open.kinds.has('DropDefault') && open.kinds.has('DropNotNull');
    if (restates || operation.kind === 'ModifyColumn') open.change.restated = true;
  }
  return changes.map(withoutOld);
}

/** A change without what was so before. */
function withoutOld(change: ColumnChange): ColumnChange {
  const { before, ...rest } = change;
  if (before === undefined) return change;
  const { column } = before;
  const result: ColumnChange = { ...rest, before };
  if (result.type?.name === column.type.name) delete result.type;
  if (isKnown(before, 'nullable') && result.nullable === column.nullable) delete result.nullable;
  if (isKnown(before, 'default') && result.default === 'none' && column.default?.by !== 'server') delete result.default;
  return result;
}

/** Whether a property of a column is sure at a moment of the replay. */
export const isKnown = (state: ColumnState, about: 'type' | 'nullable' | 'default'): boolean =>
  isCertain(state, about) && isCertain(state.column, about);

function saidBy(operation: Alteration): Pick<ColumnChange, 'type' | 'using' | 'nullable' | 'default'> {
  switch (operation.kind) {
    case 'AlterColumnType':
      return { type: operation.type, ...(operation.using !== undefined && { using: operation.using }) };
    case 'SetNotNull':
      return { nullable: false };
    case 'DropNotNull':
      return { nullable: true };
    case 'SetDefault':
      return { default: operation.default };
    case 'DropDefault':
      return { default: 'none' };
    case 'ModifyColumn': {
      const { type, nullable, default: value } = operation.definition;
      return { type, nullable, default: value?.by === 'server' ? value : 'none' };
    }
  }
}

/** Whether a change says something new of the property, as far as that can be told. */
export const isNews = (
  { before, restated, operation }: ColumnChange,
  about: 'type' | 'nullable' | 'default',
): boolean =>
  !restated || operation.altering?.changed.includes(about) === true || (before !== undefined && isKnown(before, about));

/** What follows on a change and is about the same column under the same name, or drops its table. */
export function laterOn({ index, table, column }: ColumnChange, order: RunOrder): Operation[] {
  const wanted = foldedInTable(column, order.dialect);
  return order.after(table, index).flatMap(({ operation }) => {
    const named =
      'column' in operation && operation.column && 'value' in operation.column ? operation.column : undefined;
    const isOfColumn = named !== undefined && foldedInTable(named, order.dialect) === wanted;
    return operation.kind === 'DropTable' || isOfColumn ? [operation] : [];
  });
}
