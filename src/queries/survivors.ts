import type { Name, Operation, Project, QualifiedName } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { replaysOf, schemaAt, type TableState } from './replay.js';
import { columnKey } from './replay/state.js';

interface Survivors {
  /** What a CREATE TABLE has become in the end. */
  tables: ReadonlyMap<Operation, TableState>;
  /** Operations that added a column which is still there. */
  columns: ReadonlySet<Operation>;
}

const survivors = defineQuery((project): Survivors => {
  const tables = new Map<Operation, TableState>();
  const columns = new Set<Operation>();
  for (const { final } of replaysOf(project)) {
    for (const table of final.tables()) {
      tables.set(table.origin.operation, table);
      for (const { origin } of table.columns.values()) columns.add(origin.operation);
    }
  }
  return { tables, columns };
});

/**
 * Whether the table that an operation creates, or the column that it adds, is there at the end of its history. What is
 * not replayed counts as there.
 */
export function outlivesHistory(project: Project, operation: Operation): boolean {
  if (schemaAt(project, operation) === undefined) return true;
  const { tables, columns } = survivors(project);
  return operation.kind === 'AddColumn' ? columns.has(operation) : tables.has(operation);
}

/** Whether a column that stands in a CREATE TABLE is there, under the same name, at the end of its history. */
export function columnOutlivesHistory(project: Project, operation: Operation, column: Name): boolean {
  if (schemaAt(project, operation) === undefined) return true;
  return survivors(project).tables.get(operation)?.columns.has(columnKey(column.value)) ?? false;
}

/**
 * The name at the end of its history of the table that an operation creates or works on.
 * @param table its name there and then, which is given back where the end is not known
 */
export function lastNameOf(project: Project, operation: Operation, table: QualifiedName): QualifiedName {
  const { tables } = survivors(project);
  const found = schemaAt(project, operation)?.table(table);
  const creation = operation.kind === 'CreateTable' ? operation : found?.origin.operation;
  return (creation && tables.get(creation)?.name) ?? table;
}
