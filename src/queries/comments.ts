import type { Column, Dialect, Orm, Project, QualifiedName, Table, Text } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { foldedInTable, objectKey } from './names.js';
import { operationsIn } from './operations.js';

const columnKey = (table: QualifiedName, column: Column['name'], dialect: Dialect): string =>
  `${objectKey(table, dialect)} ${foldedInTable(column, dialect)}`;

/** What COMMENT ON statements describe, wherever in the project they stand. */
const commented = defineQuery((project): { tables: ReadonlySet<string>; columns: ReadonlySet<string> } => {
  const tables = new Set<string>();
  const columns = new Set<string>();
  for (const facts of project.files) {
    for (const { operation, section } of operationsIn(facts)) {
      if (section === 'down' || operation.kind !== 'CommentOn' || !operation.table || !hasWords(operation.comment))
        continue;
      if (operation.object === 'table') tables.add(objectKey(operation.table, facts.dialect));
      if (operation.column) columns.add(columnKey(operation.table, operation.column, facts.dialect));
    }
  }
  return { tables, columns };
});

/** Whether a comment says anything. */
export function hasWords(text: Text | null | undefined): boolean {
  return text != null && text.value.trim() !== '';
}

/** Whether documentation in code describes something: an identifier such as `remove_if_empty` is a mark for other code. */
export function isDescription(doc: Text | null | undefined): doc is Text {
  return doc != null && hasWords(doc) && !/^\w*_\w*$/.test(doc.value.trim());
}

/** Libraries that have no way to give a comment to the database: documentation in code is all that there is. */
export function documentsInCode(orm: Orm): boolean {
  return orm === 'drizzle' || orm === 'prisma';
}

/**
 * Whether a declaration is described in code where the database would store it: documentation/comment-not-in-database
 * speaks of it, so that a rule about what is not described at all need not.
 */
export function isDescribedInCode({ doc }: Column | Table, orm: Orm, dialect: Dialect): boolean {
  return isDescription(doc) && dialect !== 'sqlite' && !documentsInCode(orm);
}

/** Whether a COMMENT ON of the project describes the table. */
export function isTableCommented(project: Project, table: Table, dialect: Dialect): boolean {
  return commented(project).tables.has(objectKey(table.name, dialect));
}

/** Whether a COMMENT ON of the project describes the column. */
export function isColumnCommented(project: Project, table: Table, column: Column, dialect: Dialect): boolean {
  return commented(project).columns.has(columnKey(table.name, column.name, dialect));
}
