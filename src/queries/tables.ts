import type {
  Column,
  Constraint,
  FileFacts,
  ForeignKey,
  Index,
  Migration,
  Name,
  Table,
  Uncertainty,
} from '../ir/index.js';
import { operationsIn, type PlacedOperation } from './operations.js';

/** A table as it is declared somewhere: by a model, or by a CREATE TABLE. */
export interface TableDeclaration {
  table: Table;
  /** The creating operation; absent for a model. */
  created?: PlacedOperation;
  migration?: Migration;
}

/** The tables that a file declares: its models, and what it creates when run forwards. */
export function* tablesIn(facts: FileFacts): Generator<TableDeclaration> {
  for (const table of facts.tables) yield { table };
  for (const created of operationsIn(facts)) {
    if (created.section === 'down' || created.operation.kind !== 'CreateTable') continue;
    const { migration } = created;
    yield { table: created.operation.definition, created, ...(migration && { migration }) };
  }
}

/** Whether nothing is unknown about a part of a fact, so that rules about absence may speak. */
export function isCertain(fact: { uncertain: Uncertainty[] }, about: Uncertainty['about']): boolean {
  return !fact.uncertain.some((each) => each.about === about || each.about === 'everything');
}

/** The constraints of a table, those written at a column included. */
export function constraintsOf(table: Table): Constraint[] {
  return [...table.constraints, ...table.columns.flatMap((column) => column.constraints)];
}

/** The indexes of a table, those written at a column included. Keys and constraints are not among them. */
export function indexesOf(table: Table): Index[] {
  return [...table.indexes, ...table.columns.flatMap((column) => column.indexes)];
}

/** The constraints of a table as the database gets them: columns marked one by one as primary make one key. */
export function keysOf(table: Table): Constraint[] {
  const [first, ...rest] = constraintsOf(table).filter((constraint) => constraint.kind === 'primary');
  const others = constraintsOf(table).filter((constraint) => constraint.kind !== 'primary');
  if (first === undefined) return others;
  return [{ ...first, columns: [first, ...rest].flatMap(({ columns }) => columns) }, ...others];
}

/** The foreign keys of a table, those written at a column included. */
export function foreignKeysOf(table: Table): ForeignKey[] {
  return constraintsOf(table).filter((constraint) => constraint.kind === 'foreign');
}

/** The columns of the primary key in key order; several columns marked one by one make one key. Empty for none. */
export function primaryKeyOf(table: Table): Name[] {
  return constraintsOf(table).flatMap((constraint) => (constraint.kind === 'primary' ? constraint.columns : []));
}

/** Whether a column is in the primary key of its table. */
export function isPrimary(column: Column, table: Table): boolean {
  return primaryKeyOf(table).some((name) => name.value === column.name.value);
}
