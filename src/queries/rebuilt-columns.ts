import type { Name, Operation, Project, QualifiedName } from '../ir/index.js';
import { fillsBefore } from './backfills.js';
import { isKnown } from './column-changes.js';
import { rebuildsIn } from './rebuilds.js';
import { schemaAt } from './replay.js';
import { columnKey } from './replay/state.js';
import type { RunOrder } from './run-order.js';
import { isCertain } from './tables.js';

/** A column that a table made anew no longer lets NULL into, and whose values are copied as they are. */
export interface CopiedNulls {
  at: Operation;
  table: QualifiedName;
  column: Name;
}

/** The columns of rebuilt tables that took NULL before, and that nothing gives a value where they have none. */
export function nullsCopiedIn(project: Project, order: RunOrder): CopiedNulls[] {
  return rebuildsIn(project, order.operations, order.dialect).flatMap(({ table, was, made, copiers }) => {
    const before = schemaAt(project, was.at)?.table(was.table);
    if (made === undefined || copiers.length === 0 || before === undefined || !isCertain(before, 'everything'))
      return [];
    return made.definition.columns.flatMap(({ name, nullable, constraints }) => {
      const state = before.columns.get(columnKey(name.value));
      // What SQLite calls a primary key may be filled by itself.
      if (nullable !== false || constraints.some(({ kind }) => kind === 'primary')) return [];
      if (state?.column.nullable !== true || !isKnown(state, 'nullable') || state.column.default?.by === 'server')
        return [];
      const isGiven = copiers.some((text) => givesValue(text, name.value));
      const isFilled = fillsBefore(project, was.at, name.value).some(({ coverage }) => coverage.rows !== 'none');
      return isGiven || isFilled ? [] : [{ at: made, table, column: name }];
    });
  });
}

/** Whether a copy replaces NULL in a column, or leaves out the rows that have it. */
function givesValue(text: string, column: string): boolean {
  const name = `(?:[\\w"\`]+\\.)?["\`]?${column.replace(/\W/g, '\\$&')}["\`]?`;
  return new RegExp(`(?:coalesce|ifnull|nvl|isnull)\\s*\\(\\s*${name}|${name}\\s+is\\s+(?:not\\s+)?null`, 'i').test(
    text,
  );
}
