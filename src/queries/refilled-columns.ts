import type { Operation, QualifiedName } from '../ir/index.js';
import { objectKey } from './names.js';
import type { PlacedOperation } from './operations.js';
import { mentions } from './replay/default-names.js';
import { columnKey } from './replay/state.js';

/** A column with its values, whatever it is called at the moment. */
interface Cell {
  /** The key of the name that it had before all this; absent for one that is added here. */
  origin?: string;
  /** Its names, each with the number of the step from which on it had it. */
  names: { from: number; name: string }[];
  /** What the UPDATEs set it to. */
  fills: { at: number; values: string }[];
}

interface Columns {
  byName: Map<string, Cell>;
  dropped: { cell: Cell; at: number; operation: Operation }[];
}

/**
 * Among operations that run one after another, those that drop a column whose values were copied to another one, which
 * has the column's name in the end: how a column is made anew where it can't be altered.
 */
export function refilledColumns(operations: Iterable<PlacedOperation>): Set<Operation> {
  const tables = new Map<string, Columns>();
  let step = 0;
  for (const placed of operations) follow(tables, placed, step++);
  const refilled = new Set<Operation>();
  for (const { byName, dropped } of tables.values()) {
    for (const { cell, at, operation } of dropped) {
      const successor = cell.origin === undefined ? undefined : byName.get(cell.origin);
      // A column that was there before has values of its own: what is copied only fills gaps.
      if (successor?.origin !== undefined) continue;
      const isCopied = successor?.fills.some((fill) => fill.at < at && mentions(fill.values, nameAt(cell, fill.at)));
      if (isCopied) refilled.add(operation);
    }
  }
  return refilled;
}

function follow(tables: Map<string, Columns>, { operation, statement }: PlacedOperation, step: number): void {
  const key = (table: QualifiedName): string => objectKey(table, statement?.dialect ?? 'unknown');
  switch (operation.kind) {
    case 'RenameTable': {
      const columns = columnsOf(tables, key(operation.table));
      tables.delete(key(operation.table));
      tables.set(key(operation.to), columns);
      break;
    }
    case 'AddColumn': {
      const name = columnKey(operation.column.name.value);
      columnsOf(tables, key(operation.table)).byName.set(name, { names: [{ from: step, name }], fills: [] });
      break;
    }
    case 'RenameColumn': {
      const { byName } = columnsOf(tables, key(operation.table));
      const cell = cellOf(byName, operation.column.value);
      const name = columnKey(operation.to.value);
      byName.delete(columnKey(operation.column.value));
      byName.set(name, cell);
      cell.names.push({ from: step, name });
      break;
    }
    case 'Update': {
      if (statement === undefined) break;
      const { byName } = columnsOf(tables, key(operation.table));
      const values = assigned(statement.text);
      for (const { value } of operation.columns) cellOf(byName, value).fills.push({ at: step, values });
      break;
    }
    case 'DropColumn': {
      const { byName, dropped } = columnsOf(tables, key(operation.table));
      dropped.push({ cell: cellOf(byName, operation.column.value), at: step, operation });
      byName.delete(columnKey(operation.column.value));
      break;
    }
    default:
  }
}

/**
 * What an UPDATE assigns from the row itself. Where a query gives the value, or the column only chooses the rows, its own
 * values are gone.
 */
function assigned(update: string): string {
  const values = /\bset\b(.*?)(?:\bwhere\b|\bfrom\b|$)/is.exec(update)?.[1] ?? '';
  return /\bselect\b/i.test(values) ? '' : values;
}

function columnsOf(tables: Map<string, Columns>, key: string): Columns {
  let columns = tables.get(key);
  if (columns === undefined) tables.set(key, (columns = { byName: new Map(), dropped: [] }));
  return columns;
}

function cellOf(byName: Map<string, Cell>, name: string): Cell {
  const key = columnKey(name);
  let cell = byName.get(key);
  if (cell === undefined) byName.set(key, (cell = { origin: key, names: [{ from: 0, name: key }], fills: [] }));
  return cell;
}

/** What a column was called at a step. */
function nameAt({ names }: Cell, step: number): string {
  return names.findLast(({ from }) => from <= step)!.name;
}
