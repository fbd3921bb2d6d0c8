import type { Column, ColumnPosition, Default, Uncertainty } from '../../ir/index.js';
import { Columns } from './columns.js';
import { columnKey, type ColumnState, type TableState } from './state.js';

/** An object of which anything may be otherwise. */
export function doubted<T extends { uncertain: Uncertainty[] }>(part: T, reason: string): T {
  return { ...part, uncertain: [...part.uncertain, { about: 'everything', reason }] };
}

/** Both outcomes of a change that may not happen, in one state: parts that only one of them has are uncertain. */
export function eitherOf(before: TableState | undefined, after: TableState, reason: string): TableState {
  const doubt = <T extends { uncertain: Uncertainty[] }>(part: T): T => doubted(part, reason);
  if (before === undefined) return doubt(after);
  const list = <T extends { name?: string; uncertain: Uncertainty[] }>(
    left: readonly T[],
    right: readonly T[],
  ): T[] => {
    const [ofLeft, ofRight] = [new Set(left), new Set(right)];
    const changed = new Map(right.flatMap((part) => (part.name === undefined ? [] : [[part.name, part] as const])));
    return [
      // What goes by the same name is the same part, as it would be after the change.
      ...left.flatMap((part) =>
        ofRight.has(part) ? [part] : part.name !== undefined && changed.has(part.name) ? [] : [doubt(part)],
      ),
      ...right.filter((part) => !ofLeft.has(part)).map(doubt),
    ];
  };
  return {
    ...after,
    columns: eitherColumns(before.columns, after.columns, doubt),
    constraints: list(before.constraints, after.constraints),
    indexes: list(before.indexes, after.indexes),
  };
}

function eitherColumns(before: Columns, after: Columns, doubt: (state: ColumnState) => ColumnState): Columns {
  const written = after.writtenSince(before);
  if (written && [...written].every((key) => after.has(key))) {
    let columns = after;
    for (const key of written) {
      const state = after.get(key)!;
      if (state !== before.get(key)) columns = columns.with(key, doubt(state));
    }
    return columns;
  }
  const columns: [string, ColumnState][] = [];
  for (const [key, state] of before) {
    const other = after.get(key);
    columns.push([key, other === state ? state : doubt(other ?? state)]);
  }
  for (const [key, state] of after) if (!before.has(key)) columns.push([key, doubt(state)]);
  return Columns.of(columns);
}

/** A column with a default; NULL is none. */
export function withDefault(column: Column, initial: Default): Column {
  const changed: Column = { ...column, default: initial };
  if (/^\s*null\s*$/i.test(initial.text)) delete changed.default;
  return changed;
}

/**
 * A table with one of its columns changed; `undefined` removes it.
 * @param position where it comes to stand; absent for where it is, and for the end where it is new
 */
export function withColumn(
  table: TableState,
  name: string,
  state: ColumnState | undefined,
  position?: ColumnPosition,
): TableState {
  const key = columnKey(name);
  if (state === undefined) return { ...table, columns: table.columns.without(key) };
  if (position === undefined) return { ...table, columns: table.columns.with(key, state) };
  const others = table.columns.without(key);
  if (position === 'first') return { ...table, columns: Columns.of([[key, state], ...others]) };
  const after = columnKey(position.after.value);
  if (!others.has(after)) return { ...table, columns: others.with(key, state) };
  const placed = [...others].flatMap((entry): [string, ColumnState][] =>
    entry[0] === after ? [entry, [key, state]] : [entry],
  );
  return { ...table, columns: Columns.of(placed) };
}
