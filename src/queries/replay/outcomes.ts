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

/** A copy of a table's columns under a change of one of them; `undefined` removes it. */
export function withColumn(table: TableState, name: string, state: ColumnState | undefined): TableState {
  const columns = new Map(table.columns);
  if (state === undefined) columns.delete(columnKey(name));
  else columns.set(columnKey(name), state);
  return { ...table, columns };
}
