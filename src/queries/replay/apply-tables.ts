import type { Constraint, Name, QualifiedName, Table } from '../../ir/index.js';
import type { On } from '../operations.js';
import { indexesOf, keysOf } from '../tables.js';
import { movedName } from './default-names.js';
import { asPartition, partitionsToDrop } from './apply-partitions.js';
import { dropViewsOver, followRename } from './apply-views.js';
import type { Draft } from './draft.js';
import { Columns } from './columns.js';
import { withIndexedForeignKeys } from './foreign-key-indexes.js';
import type { TableState } from './state.js';
import { columnKey } from './state.js';

/** A table comes as its declaration says, in place of what is known of one of that name. */
export function createTable(draft: Draft, { table: name, definition }: On<'CreateTable'>): void {
  const table: TableState = {
    name,
    key: draft.key(name),
    columns: Columns.of(definition.columns.map((column) => [columnKey(column.name.value), draft.columnState(column)])),
    constraints: [],
    indexes: [],
    ...(definition.comment && { comment: definition.comment }),
    definition,
    origin: draft.origin,
    external: false,
    temporary: definition.temporary === true,
    partitioned: definition.partitioned === true,
    ...(definition.partitionOf && { partitionOf: draft.key(definition.partitionOf) }),
    uncertain: definition.uncertain,
  };
  const model = definition.copyOf && draft.table(definition.copyOf);
  const parent = definition.partitionOf && draft.table(definition.partitionOf);
  if (model && !model.external) draft.put(copied(table, model));
  else if (parent && !parent.external) {
    const partition = asPartition(draft, table, { definition, parent });
    draft.put(withParts(draft, partition, definition));
  } else draft.put(withParts(draft, table, definition));
}

/** CREATE TABLE … LIKE. What is uncertain of the model is so of its copy. */
function copied(table: TableState, { columns, constraints, indexes, comment, partitioned, uncertain }: TableState) {
  return {
    ...table,
    columns,
    constraints: constraints.filter(({ constraint }) => constraint.kind !== 'foreign'),
    // What was kept for a foreign key is an index like any other here.
    indexes: indexes.map(({ index, name, origin, uncertain }) => ({ index, ...(name && { name }), origin, uncertain })),
    ...(comment && { comment }),
    partitioned,
    uncertain,
  };
}

/** Adds the keys and indexes of a declaration, each named with those before it in sight. */
function withParts(draft: Draft, table: TableState, definition: Table): TableState {
  const keys = draft.dialect === 'postgresql' ? withoutTwins(keysOf(definition)) : keysOf(definition);
  for (const constraint of keys) {
    table = { ...table, constraints: [...table.constraints, draft.constraintState(constraint, table)] };
    if (constraint.kind === 'primary') table = withRequired(table, constraint.columns);
  }
  for (const index of indexesOf(definition)) {
    table = { ...table, indexes: [...table.indexes, draft.indexState(index, table)] };
  }
  return withIndexedForeignKeys(draft, table, keys);
}

/** PostgreSQL makes one of the keys that a CREATE TABLE has on the same columns; the name of either is its name. */
function withoutTwins(constraints: readonly Constraint[]): Constraint[] {
  const columns = (key: { columns: Name[]; deferrable?: true }): string =>
    JSON.stringify([key.deferrable === true, ...key.columns.map(({ value }) => columnKey(value))]);
  const kept = new Map<string | Constraint, Constraint>();
  for (const each of constraints) if (each.kind === 'primary') kept.set(columns(each), each);
  for (const each of constraints) {
    const place = each.kind === 'primary' || each.kind === 'unique' ? columns(each) : each;
    const twin = kept.get(place);
    if (twin === undefined) kept.set(place, each);
    else if (twin.name === undefined && each.name) kept.set(place, { ...twin, name: each.name });
  }
  return [...kept.values()];
}

/** The columns of a primary key take no NULL. */
export function withRequired(table: TableState, names: readonly Name[]): TableState {
  let { columns } = table;
  for (const { value } of names) {
    const state = columns.get(columnKey(value));
    if (state && state.column.nullable !== false) {
      columns = columns.with(columnKey(value), { ...state, column: { ...state.column, nullable: false } });
    }
  }
  return { ...table, columns };
}

/** A table goes, and its partitions; with CASCADE so do the foreign keys that point to it, and the views over it. */
export function dropTable(draft: Draft, { table: name, cascade }: On<'DropTable'>): void {
  for (const partition of partitionsToDrop(draft, name)) removeTable(draft, partition, cascade === true);
  const table = draft.table(name);
  if (table) removeTable(draft, table, cascade === true);
}

function removeTable(draft: Draft, table: TableState, cascade: boolean): void {
  const { name } = table;
  if (cascade) {
    for (const referrer of draft.referrersOf(table.key)) {
      const kept = referrer.constraints.filter(({ constraint }) => !pointsTo(draft, constraint, table.key));
      if (kept.length < referrer.constraints.length) draft.put({ ...referrer, constraints: kept });
    }
    dropViewsOver(draft, table.key);
  }
  for (const sequence of draft.sequencesOf(table.key)) draft.removeSequence(sequence);
  draft.remove(draft.table(name) ?? table);
}

function pointsTo(draft: Draft, constraint: TableState['constraints'][number]['constraint'], key: string): boolean {
  return constraint.kind === 'foreign' && constraint.target !== undefined && draft.key(constraint.target) === key;
}

/** Moves a table to another name; foreign keys follow it. */
export function moveTable(draft: Draft, from: QualifiedName, to: QualifiedName): void {
  const table = draft.tableOrExternal(from);
  const referrers = draft.referrersOf(table.key);
  if (draft.table(from)) draft.remove(table);
  const constraints = table.constraints.map((state) =>
    state.name === undefined || state.constraint.name !== undefined
      ? state
      : { ...state, name: movedName(draft.dialect, state.name, from.name.value, to.name.value) },
  );
  draft.put({ ...table, name: to, key: draft.key(to), constraints });
  for (const stale of referrers) {
    const referrer = stale.key === table.key ? draft.table(to) : stale;
    if (referrer === undefined) continue;
    const constraints = referrer.constraints.map((state) =>
      state.constraint.kind === 'foreign' && pointsTo(draft, state.constraint, table.key)
        ? { ...state, constraint: { ...state.constraint, target: to } }
        : state,
    );
    draft.put({ ...referrer, constraints });
  }
  for (const partition of draft.schema.partitionsOf(table.key)) {
    draft.put({ ...partition, partitionOf: draft.key(to) });
  }
  followRename(draft, table.key, draft.key(to));
  for (const sequence of draft.sequencesOf(table.key)) {
    draft.putSequence({ ...sequence, ownedBy: { ...sequence.ownedBy, table: draft.key(to) } });
  }
}
