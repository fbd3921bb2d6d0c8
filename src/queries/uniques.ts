import type { Constraint, Index, Operation, QualifiedName } from '../ir/index.js';
import { columnKey, type Schema } from './replay/state.js';

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

const plain = (sql: string): string => sql.toLowerCase().replace(/[\s"`()]+/g, '');

/**
 * Whether a schema holds a key, constraint or index that lets through no duplicate which the new one would refuse: over
 * the same columns or fewer of them, for all rows or for the same ones.
 */
export function isUniqueAlready(unique: Unique, schema: Schema): boolean {
  const table = schema.table(unique.table);
  if (table === undefined) return false;
  const isAsStrict = ({ keys, where }: Pick<Unique, 'keys' | 'where'>): boolean =>
    keys.length > 0 &&
    keys.every((key) => unique.keys.includes(key)) &&
    (where === undefined || where === unique.where);
  return (
    table.indexes.some(({ index }) => index.unique && isAsStrict(ofIndex(index, unique.table))) ||
    table.constraints.some(
      ({ constraint }) =>
        (constraint.kind === 'unique' || constraint.kind === 'primary') &&
        isAsStrict({ keys: constraint.columns.map(({ value }) => columnKey(value)) }),
    )
  );
}
