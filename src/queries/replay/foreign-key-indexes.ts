import type { Constraint, Dialect, Name } from '../../ir/index.js';
import type { Draft } from './draft.js';
import { columnKey, type IndexState, type TableState } from './state.js';

/** Dialects whose tables keep an index for each foreign key. */
const indexing: ReadonlySet<Dialect> = new Set(['mysql', 'mariadb']);

/**
 * Gives each foreign key that is new an index where none begins with its columns, as InnoDB does (measured on MariaDB
 * 10.11). It goes when another index can stand for it; see withoutImplied.
 */
export function withIndexedForeignKeys(draft: Draft, table: TableState, added: readonly Constraint[]): TableState {
  const keys = added.flatMap((each) => (each.kind === 'foreign' && each.columns.length > 0 ? [each] : []));
  if (!indexing.has(draft.dialect) || keys.length === 0) return table;
  const indexes = [...table.indexes];
  const held = [...indexes.map(indexedColumns), ...keysOf(table)];
  for (const key of keys) {
    const columns = key.columns.map(keyOf);
    if (held.some((index) => begins(index, columns))) continue;
    indexes.push(impliedIndex(draft, key, { ...table, indexes }));
    held.push(columns);
  }
  return { ...table, indexes };
}

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
