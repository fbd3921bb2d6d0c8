import type { ColumnPosition } from '../../ir/index.js';
import { columnKey, type ColumnState, type TableState } from './state.js';

/** Both outcomes of a change that may not happen, in one state: parts that only one of them has are uncertain. */
export function eitherOf(before: TableState | undefined, after: TableState, reason: string): TableState {
  const doubt = <T extends { uncertain: TableState['uncertain'] }>(part: T): T => ({
    ...part,
    uncertain: [...part.uncertain, { about: 'everything' as const, reason }],
  });
  if (before === undefined) return doubt(after);
  const list = <T extends { uncertain: TableState['uncertain'] }>(left: readonly T[], right: readonly T[]): T[] => [
    ...left.map((part) => (right.includes(part) ? part : doubt(part))),
    ...right.filter((part) => !left.includes(part)).map(doubt),
  ];
  const columns = new Map<string, ColumnState>();
  for (const [key, state] of before.columns) {
    const other = after.columns.get(key);
    columns.set(key, other === state ? state : doubt(other ?? state));
  }
  for (const [key, state] of after.columns) if (!before.columns.has(key)) columns.set(key, doubt(state));
  return {
    ...after,
    columns,
    constraints: list(before.constraints, after.constraints),
    indexes: list(before.indexes, after.indexes),
  };
}

/**
 * A copy of a table's columns under a change of one of them; `undefined` removes it.
 * @param position where it comes to stand; absent for where it is, and for the end where it is new
 */
export function withColumn(
  table: TableState,
  name: string,
  state: ColumnState | undefined,
  position?: ColumnPosition,
): TableState {
  const key = columnKey(name);
  const columns = new Map(table.columns);
  if (state === undefined || position !== undefined) columns.delete(key);
  if (state === undefined) return { ...table, columns };
  if (position === 'first') return { ...table, columns: new Map([[key, state], ...columns]) };
  const after = position && columnKey(position.after.value);
  if (after === undefined || !columns.has(after)) return { ...table, columns: columns.set(key, state) };
  const placed = [...columns].flatMap((entry): [string, ColumnState][] =>
    entry[0] === after ? [entry, [key, state]] : [entry],
  );
  return { ...table, columns: new Map(placed) };
}
