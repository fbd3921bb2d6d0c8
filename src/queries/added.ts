import type { Column, Dialect, Project, Table } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { foldedInTable, objectKey } from './names.js';
import { operationsIn } from './operations.js';
import { isShipped } from './shipped.js';

/** What the migrations that have not shipped create: keys of tables, and of columns below them. */
const added = defineQuery((project): { tables: ReadonlySet<string>; columns: ReadonlySet<string> } => {
  const tables = new Set<string>();
  const columns = new Set<string>();
  for (const facts of project.files) {
    if (isShipped(project, facts)) continue;
    for (const { operation, section } of operationsIn(facts)) {
      if (section !== 'up') continue;
      if (operation.kind === 'CreateTable') tables.add(objectKey(operation.table, facts.dialect));
      if (operation.kind === 'AddColumn') {
        const column = foldedInTable(operation.column.name, facts.dialect);
        columns.add(`${objectKey(operation.table, facts.dialect)} ${column}`);
      }
    }
  }
  return { tables, columns };
});

/** Whether a migration that has not shipped creates the table. */
export function isTableNew(project: Project, table: Table, dialect: Dialect): boolean {
  return added(project).tables.has(objectKey(table.name, dialect));
}

/** Whether a migration that has not shipped adds the column, or creates the table that it stands in. */
export function isColumnNew(project: Project, table: Table, column: Column, dialect: Dialect): boolean {
  const key = `${objectKey(table.name, dialect)} ${foldedInTable(column.name, dialect)}`;
  return isTableNew(project, table, dialect) || added(project).columns.has(key);
}
