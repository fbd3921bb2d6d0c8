import type { Constraint, Index, Name, Operation, QualifiedName, Table } from '../../ir/index.js';
import { Columns } from './columns.js';
import type { Draft } from './draft.js';
import { columnKey, type ColumnState, type ConstraintState, type IndexState, type TableState } from './state.js';

/** What ALTER TABLE and CREATE INDEX do to a partitioned table, they do to its partitions. */
const inherited: ReadonlySet<Operation['kind']> = new Set<Operation['kind']>([
  ...(['AddColumn', 'DropColumn', 'RenameColumn', 'AlterColumnType', 'SetNotNull', 'DropNotNull'] as const),
  ...(['SetDefault', 'DropDefault', 'AddConstraint', 'ValidateConstraint', 'CreateIndex'] as const),
]);

/** The same operations on the partitions of the table that an operation is about, those of partitions included. */
export function onPartitions(draft: Draft, operation: Operation): Operation[] {
  if (!inherited.has(operation.kind) || !('table' in operation) || operation.table === undefined) return [];
  if (operation.kind === 'CreateIndex' && operation.index.parentOnly) return [];
  const partitions = partitionsUnder(draft, operation.table);
  if (partitions.length === 0) return [];
  const like = likeOf(draft.table(operation.table));
  return partitions.map(({ name }) => forPartition(operation, name, like));
}

function partitionsUnder(draft: Draft, name: QualifiedName): TableState[] {
  const found = new Map<string, TableState>();
  const under = (key: string): TableState[] => [...draft.schema.partitionsOf(key)].reverse();
  const open = under(draft.key(name));
  for (let next = open.pop(); next; next = open.pop()) {
    if (found.has(next.key)) continue;
    found.set(next.key, next);
    open.push(...under(next.key));
  }
  return [...found.values()];
}

type Like = (constraint: Constraint) => Constraint;

/** Names of indexes are chosen anew for each partition; those of checks and foreign keys are kept. */
const likeOf =
  (parent: TableState | undefined): Like =>
  (constraint) => {
    if (constraint.kind !== 'foreign' && constraint.kind !== 'check') return unnamed(constraint);
    const name = parent?.constraints.find((each) => each.constraint === constraint)?.name;
    if (constraint.name || name === undefined) return constraint;
    return { ...constraint, name: { value: name, quoted: true, span: constraint.span } };
  };

function forPartition(operation: Operation, table: QualifiedName, like: Like): Operation {
  if (operation.kind === 'CreateIndex') return { ...operation, table, index: unnamed(operation.index) };
  if (operation.kind === 'AddConstraint') return { ...operation, table, constraint: like(operation.constraint) };
  if (operation.kind === 'AddColumn') {
    const { column } = operation;
    const constraints = column.constraints.map(like);
    return { ...operation, table, column: { ...column, constraints, indexes: column.indexes.map(unnamed) } };
  }
  return { ...operation, table } as Operation;
}

function unnamed<T extends { name?: Name }>(named: T): T {
  const copy = { ...named };
  delete copy.name;
  return copy;
}

/** What a dropped index or constraint of a partitioned table leaves its partitions with. */
export function dropFromPartitions(
  draft: Draft,
  { name }: TableState,
  gone: readonly (IndexState | ConstraintState)[],
): void {
  const families = new Set(gone.flatMap(({ family }) => family ?? []));
  if (families.size === 0) return;
  const stays = ({ family }: IndexState | ConstraintState): boolean => family === undefined || !families.has(family);
  for (const { key } of partitionsUnder(draft, name)) {
    const table = draft.schema.tableByKey(key);
    if (table)
      draft.put({ ...table, indexes: table.indexes.filter(stays), constraints: table.constraints.filter(stays) });
  }
}

/** The partitions that go with a table. */
export function partitionsToDrop(draft: Draft, name: QualifiedName): TableState[] {
  return partitionsUnder(draft, name).reverse();
}

/** A new partition: it has the columns, keys and indexes of its parent, and what its own declaration adds to them. */
export function asPartition(
  draft: Draft,
  table: TableState,
  { definition, parent }: { definition: Table; parent: TableState },
): TableState {
  let columns = Columns.of([...parent.columns].map(([key, state]) => [key, withoutComment(state)]));
  for (const own of definition.columns) {
    const key = columnKey(own.name.value);
    const state = columns.get(key);
    if (state === undefined) continue;
    const { nullable, default: initial } = own;
    const column = { ...state.column, ...(nullable === false && { nullable }), ...(initial && { default: initial }) };
    columns = columns.with(key, draft.withDefaultType({ ...state, column }));
  }
  return withKeysOf(draft, { ...table, columns, uncertain: parent.uncertain }, parent);
}

/** The comments of a parent's columns are not those of its partitions. */
function withoutComment(state: ColumnState): ColumnState {
  if (state.column.comment === undefined) return state;
  const column = { ...state.column };
  delete column.comment;
  return { ...state, column };
}

/** A table as a partition of another one: each key and index of that one has its like here. */
export function withKeysOf(draft: Draft, table: TableState, parent: TableState): TableState {
  const ofParent = likeOf(parent);
  for (const state of parent.constraints) {
    const family = state.family;
    const like = table.constraints.find((each) => isLike(each.constraint, state.constraint));
    const own = like ? undefined : draft.constraintState(ofParent(state.constraint), table);
    table = {
      ...table,
      constraints: own
        ? [...table.constraints, inFamily(own, family)]
        : table.constraints.map((each) => (each === like ? inFamily(each, family) : each)),
    };
  }
  for (const state of parent.indexes) {
    const like = table.indexes.find(({ index }) => shapeOf(index) === shapeOf(state.index));
    table = {
      ...table,
      indexes: like
        ? table.indexes.map((each) => (each === like ? inFamily(each, state.family) : each))
        : [...table.indexes, inFamily(draft.indexState(unnamed(state.index), table), state.family)],
    };
  }
  return table;
}

const inFamily = <T extends IndexState | ConstraintState>(state: T, family: number | undefined): T =>
  family === undefined ? state : { ...state, family };

const shapeOf = ({ keys, unique, where = '', include }: Index): string =>
  JSON.stringify([keys.map(({ column, expression }) => columnKey(column ?? expression ?? '')), unique, where, include]);

function isLike(one: Constraint, other: Constraint): boolean {
  if ('expression' in one) return 'expression' in other && one.expression === other.expression;
  if ('expression' in other || one.kind !== other.kind) return false;
  const columns = (constraint: typeof one): string =>
    JSON.stringify(constraint.columns.map(({ value }) => columnKey(value)));
  const target = (constraint: typeof one): string | undefined =>
    constraint.kind === 'foreign' ? constraint.target?.name.value : undefined;
  return columns(one) === columns(other) && target(one) === target(other);
}
