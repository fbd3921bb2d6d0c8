import type { Constraint, ForeignKey, Index, Migration, Table, Uncertainty } from '../ir/index.js';
import type { PlacedOperation } from './operations.js';

/** A table as it is declared somewhere: by a model, or by a CREATE TABLE. */
export interface TableDeclaration {
  table: Table;
  /** The creating operation; absent for a model. */
  created?: PlacedOperation;
  migration?: Migration;
}

/** Whether nothing is unknown about a part of a fact, so that rules about absence may speak. */
export function isCertain(fact: { uncertain: Uncertainty[] }, about: Uncertainty['about']): boolean {
  return !fact.uncertain.some((each) => each.about === about || each.about === 'everything');
}

/** The constraints of a table, those written at a column included. */
function constraintsOf(table: Table): Constraint[] {
  return [...table.constraints, ...table.columns.flatMap((column) => column.constraints)];
}

/** The indexes of a table, those written at a column included. Keys and constraints are not among them. */
export function indexesOf(table: Table): Index[] {
  return [...table.indexes, ...table.columns.flatMap((column) => column.indexes)];
}

/** The constraints of a table as the database gets them: columns marked one by one as primary make one key. */
export function keysOf(table: Table): Constraint[] {
  const all = constraintsOf(table);
  const [first, ...rest] = all.filter((constraint) => constraint.kind === 'primary');
  const others = all.filter((constraint) => constraint.kind !== 'primary');
  if (first === undefined) return others;
  return [{ ...first, columns: [first, ...rest].flatMap(({ columns }) => columns) }, ...others];
}

/** The foreign keys of a table, those written at a column included. */
export function foreignKeysOf(table: Table): ForeignKey[] {
  return constraintsOf(table).filter((constraint) => constraint.kind === 'foreign');
}
