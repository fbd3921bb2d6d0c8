import type { Column, Operation, Project, QualifiedName } from '../ir/index.js';
import { isNewIn, schemaAt } from './replay.js';
import { isCertain } from './tables.js';

/**
 * Whether a table can hold no row that was there before: it is new (see isNewIn), or has got a required column without a
 * default together with the operation, which PostgreSQL refuses where there is a row.
 */
export function holdsNothingYet(project: Project, table: QualifiedName, operation: Operation): boolean {
  if (isNewIn(project, { table }, operation)) return true;
  const schema = schemaAt(project, operation);
  if (schema?.dialect !== 'postgresql') return false;
  if (operation.kind === 'AddColumn' && isRefusedWithRows(operation.column)) return true;
  for (const { column, origin, uncertain } of schema.table(table)?.columns.values() ?? []) {
    if (origin.operation.kind !== 'AddColumn' || !isRefusedWithRows(origin.operation.column)) continue;
    if (!isCertain({ uncertain }, 'everything')) continue;
    if (isNewIn(project, { table, column: column.name.value }, operation)) return true;
  }
  return false;
}

const isRefusedWithRows = (column: Column): boolean =>
  column.nullable === false &&
  column.generated === undefined &&
  column.default?.by !== 'server' &&
  isCertain(column, 'everything');
