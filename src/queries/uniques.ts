import type { Constraint, Index, Operation, Project, QualifiedName } from '../ir/index.js';
import { foldedInTable } from './names.js';
import { schemaAt } from './replay.js';
import { columnKey, type ColumnState, type TableState } from './replay/state.js';
import type { RunOrder } from './run-order.js';

/** Columns of which no two rows may have the same values. */
export interface Unique {
  /** Keys of the columns (see columnKey), or expressions as they are written. */
  keys: string[];
  /** The condition that rows have to meet to count, as written. */
  where?: string;
  /** The names of the columns, for words. */
  names: string[];
  table: QualifiedName;
  /** The name of the constraint or index, where one is given. */
  name?: string;
}

/** What an operation makes unique on a table that is there; nothing for one that takes over an index that is there. */
export function uniqueOf(operation: Operation): Unique | undefined {
  if (operation.kind === 'CreateIndex' && operation.index.unique) return ofIndex(operation.index, operation.table);
  if (operation.kind !== 'AddConstraint') return undefined;
  return ofConstraint(operation.constraint, operation.table);
}

function ofIndex({ keys, where, name }: Index, table: QualifiedName): Unique {
  return {
    keys: keys.map(({ column, expression }) => (column === undefined ? plain(expression ?? '') : columnKey(column))),
    names: keys.map(({ column, expression }) => column ?? expression ?? ''),
    ...(where !== undefined && { where: plain(where) }),
    ...(name && { name: name.value }),
    table,
  };
}

function ofConstraint(constraint: Constraint, table: QualifiedName): Unique | undefined {
  if (constraint.kind !== 'unique' || constraint.usingIndex) return undefined;
  const names = constraint.columns.map(({ value }) => value);
  return {
    keys: names.map(columnKey),
    names,
    ...(constraint.name && { name: constraint.name.value }),
    table,
  };
}

const plain = (sql: string): string =>
  sql
    .toLowerCase()
    .replace(/[\s"`()]+/g, ' ')
    .trim();

/** A unique key of a table at some moment: its columns wherever they went since, and the condition of its rows. */
interface Kept {
  columns: readonly (ColumnState | string)[];
  where?: string;
}

function kept({ keys, where }: Pick<Unique, 'keys' | 'where'>, table: TableState): Kept {
  return { columns: keys.map((key) => table.columns.get(key) ?? key), ...(where !== undefined && { where }) };
}

/** Whether two states are of one column, whatever it was called. */
const isSame = (one: ColumnState | string, other: ColumnState | string): boolean =>
  typeof one === 'string' || typeof other === 'string'
    ? one === other
    : one.origin.operation === other.origin.operation && one.column.span.start === other.column.span.start;

/** Whether a key lets through no duplicate which another would refuse: fewer columns, and no rows left out that count there. */
function isAsStrict(own: Kept, than: Kept): boolean {
  if (own.columns.length === 0 || !own.columns.every((column) => than.columns.some((each) => isSame(column, each))))
    return false;
  if (own.where === undefined) return true;
  const wanted = new Set(than.where?.split(' and ') ?? []);
  // Rows with NULL in a key are never alike.
  return own.where.split(' and ').every((part) => wanted.has(part) || isNotNull(part, own));
}

const isNotNull = (condition: string, { columns }: Kept): boolean =>
  columns.some(
    (column) =>
      condition === `${typeof column === 'string' ? column : columnKey(column.column.name.value)} is not null`,
  );

/** The unique keys of a table with the names that they can be dropped by. */
function keysOf(table: TableState): { name: string | undefined; key: Kept }[] {
  return [
    ...table.indexes.flatMap(({ index, name }) =>
      index.unique ? [{ name, key: kept(ofIndex(index, table.name), table) }] : [],
    ),
    ...table.constraints.flatMap(({ constraint, name }) =>
      constraint.kind === 'unique' || constraint.kind === 'primary'
        ? [{ name, key: kept({ keys: constraint.columns.map(({ value }) => columnKey(value)) }, table) }]
        : [],
    ),
  ];
}

/**
 * Whether something has kept out until now what a new unique key refuses: a key of the table as it is, or one that the
 * same operations drop, be it one of which nothing is known.
 */
export function isKeptUnique(project: Project, unique: Unique, order: RunOrder, operation: Operation): boolean {
  const table = schemaAt(project, operation)?.table(unique.table);
  const wanted = table && kept(unique, table);
  if (table && wanted && keysOf(table).some(({ key }) => isAsStrict(key, wanted))) return true;
  return order.drops.some((drop) => {
    const schema = schemaAt(project, drop);
    const owner =
      schema &&
      (drop.table ? schema.table(drop.table) : drop.kind === 'DropIndex' ? schema.ownerOf(drop.index) : undefined);
    if (schema === undefined || (drop.table === undefined && owner === undefined)) return true;
    if (owner === undefined) return drop.table !== undefined && order.same(drop.table, unique.table);
    if (owner.key !== table?.key && owner.origin.operation !== table?.origin.operation) return false;
    const name = drop.kind === 'DropIndex' ? drop.index.name : drop.constraint;
    if (
      drop.kind === 'DropConstraint' &&
      drop.constraintKind !== undefined &&
      drop.constraintKind !== 'unique' &&
      drop.constraintKind !== 'primary'
    )
      return false;
    const folded = name && foldedInTable(name, order.dialect);
    const all = keysOf(owner);
    const dropped = all.find((each) => each.name !== undefined && each.name === folded);
    if (dropped) return wanted !== undefined && isAsStrict(dropped.key, wanted);
    const isKnown = [...owner.indexes, ...owner.constraints].some(
      (each) => each.name !== undefined && each.name === folded,
    );
    return !isKnown;
  });
}

/** Whether all keys are constants, so that the table has one row at most. */
export const isOfOneRow = ({ keys }: Unique): boolean => keys.every((key) => /^(?:true|false|\d+)$/.test(key));
