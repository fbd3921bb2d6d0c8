import { defineRule, flag } from '../../src/rule.js';
import { columnChangesIn, isKnown, laterOn, type ColumnChange } from '../../src/queries/column-changes.js';
import { isTemporaryName, spoken } from '../../src/queries/names.js';
import { isNewIn } from '../../src/queries/replay.js';
import { runOrderOf, type RunOrder } from '../../src/queries/run-order.js';

export default defineRule({
  summary: 'A required column gets a default that the same migration removes.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'sql-ast'],
  fix: 'none',
  sources: ['alembic-migration-linter NOT_NULL', 'django-migration-linter NOT_NULL'],
  messages: {
    required:
      'Column {{table}}.{{column}} is added NOT NULL with the default {{default}} and loses it at once: every INSERT of running code, which does not know the column, fails. Keep the default until every process runs the new release, and drop it in a later migration.',
    optional:
      'Column {{table}}.{{column}} is added with the default {{default}} and loses it at once: rows that running code inserts, which does not know the column, get NULL. Keep the default until every process runs the new release, and drop it in a later migration.',
  },
  options: {
    keepDefault: flag('Report also on columns that take NULL, whose rows from running code then lack the value.'),
  },
  *check({ facts, project, options }) {
    const order = runOrderOf(project, facts);
    for (const change of columnChangesIn(project, order)) {
      const { operation, table, column, before } = change;
      if (change.default !== 'none' || before === undefined || !isKnown(before, 'default')) continue;
      if (before.column.default?.by !== 'server' || /^\(*null\b/i.test(before.column.default.text)) continue;
      if (isTemporaryName(table, facts.dialect) || isNewIn(project, { table }, operation)) continue;
      if (!isNewIn(project, { table, column: column.value }, operation)) continue;
      const nullable = nullableInTheEnd(change, order);
      if (nullable === undefined || (nullable && !options.keepDefault)) continue;
      yield {
        message: nullable ? 'optional' : 'required',
        at: operation,
        data: { table: spoken(table), column: column.value, default: before.column.default.text },
        related: [{ path: before.origin.facts.path, at: before.origin.operation, message: 'the column is added here' }],
      };
    }
  },
});

/** Whether the column takes NULL once all has run; nothing where it has a default again, is gone, or that is not known. */
function nullableInTheEnd(change: ColumnChange, order: RunOrder): boolean | undefined {
  let nullable = change.nullable ?? change.before?.column.nullable;
  for (const each of laterOn(change, order)) {
    if (each.kind === 'SetNotNull') nullable = false;
    else if (each.kind === 'DropNotNull') nullable = true;
    else return undefined;
  }
  return nullable === 'unknown' ? undefined : nullable;
}
