import type { Constraint, Dialect, Name } from '../../ir/index.js';
import type { Draft } from './draft.js';
import { columnKey, type IndexState, type TableState } from './state.js';

/** Dialects whose tables keep an index for each foreign key. */
const indexing: ReadonlySet<Dialect> = new Set(['mysql', 'mariadb']);

/**
 * Gives each foreign key an index where none begins with its columns, as InnoDB does (measured on MariaDB 10.11). It goes
 * when another index can stand for it; see withoutImplied.
 */
export function withIndexedForeignKeys(draft: Draft, table: TableState): TableState {
  if (!indexing.has(draft.dialect)) return table;
  const indexes = [...table.indexes];
  const beginnings = new Set([...indexes.map(indexedColumns), ...keysOf(table)].flatMap(beginningsOf));
  for (const { constraint } of table.constraints) {
    if (constraint.kind !== 'foreign' || constraint.columns.length === 0) continue;
    const columns = constraint.columns.map(keyOf);
    if (beginnings.has(JSON.stringify(columns))) continue;
    indexes.push(impliedIndex(draft, constraint, { ...table, indexes }));
    for (const each of beginningsOf(columns)) beginnings.add(each);
  }
  return indexes.length === table.indexes.length ? table : { ...table, indexes };
}

/** `a`, `a b`, `a b c` of an index over three columns; MariaDB takes 32 of them, and MySQL fewer. */
const beginningsOf = (columns: readonly string[]): string[] =>
  columns.slice(0, 32).map((_, index) => JSON.stringify(columns.slice(0, index + 1)));

/** A table before an index or key over these columns comes, which takes the place of what it makes needless. */
export function withoutImplied(table: TableState, columns: readonly string[]): TableState {
  const wanted = columns.map(columnKey);
  const indexes = table.indexes.filter((each) => !each.implied || !begins(wanted, indexedColumns(each)));
  return indexes.length === table.indexes.length ? table : { ...table, indexes };
}

const keyOf = (name: Name): string => columnKey(name.value);

const indexedColumns = ({ index }: IndexState): string[] => index.keys.map(({ column = '' }) => columnKey(column));

const keysOf = ({ constraints }: TableState): string[][] =>
  constraints.flatMap(({ constraint }) =>
    constraint.kind === 'primary' || constraint.kind === 'unique' ? [constraint.columns.map(keyOf)] : [],
  );

const begins = (index: readonly string[], columns: readonly string[]): boolean =>
  columns.every((column, place) => index[place] === column);

function impliedIndex(draft: Draft, key: Extract<Constraint, { kind: 'foreign' }>, table: TableState): IndexState {
  const index = {
    ...(key.name && { name: key.name }),
    keys: key.columns.map(({ value, quoted }) => ({ column: value, ...(quoted && { quoted }) })),
    unique: false,
    include: [],
    span: key.span,
    uncertain: [],
  };
  return { ...draft.indexState(index, table), implied: true };
}
