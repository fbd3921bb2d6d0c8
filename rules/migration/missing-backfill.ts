import { defineRule } from '../../src/rule.js';
import type { FileFacts } from '../../src/ir/index.js';
import { fillsBefore } from '../../src/queries/backfills.js';
import { columnChangesIn, isKnown, isNews } from '../../src/queries/column-changes.js';
import { isEmptiedBefore } from '../../src/queries/emptied-tables.js';
import { isTemporaryName, spoken } from '../../src/queries/names.js';
import { sqlName, sqlTable } from '../../src/queries/remedies.js';
import { isNewIn, provenNotNull, schemaAt } from '../../src/queries/replay.js';
import { nullsCopiedIn } from '../../src/queries/rebuilt-columns.js';
import { runOrderOf } from '../../src/queries/run-order.js';

export default defineRule({
  summary: 'A column becomes NOT NULL with no backfill before it.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast'],
  fix: 'none',
  sources: [
    '001_d0f1cd6d4864747c.txt',
    'atlas LT101',
    'atlas MF104',
    'django-migration-linter NOT_NULL',
    'strong_migrations change_column_null_mysql',
  ],
  messages: {
    missing:
      'Column {{table}}.{{column}} becomes NOT NULL, and no migration has filled it: one row with NULL {{outcome}}. Run {{update}} before, with a value that fits.',
    rebuilt:
      'Table {{table}} is made anew with {{column}} NOT NULL, and the rows are copied as they are: one row with NULL stops the migration. Copy coalesce({{column}}, …) in its place.',
  },
  options: {},
  *check({ facts, project }) {
    const order = runOrderOf(project, facts);
    for (const change of columnChangesIn(project, order)) {
      if (change.nullable !== false || !isNews(change, 'nullable')) continue;
      const { table, column, placed, before } = change;
      const operation = order.operations[change.index]!.operation;
      if (isTemporaryName(table, facts.dialect) || isNewIn(project, { table }, operation)) continue;
      if (order.isUnreadBefore(table, change.index) || isEmptiedBefore(table, order, change.index)) continue;
      const fills = [change.operation, operation].flatMap((each) => fillsBefore(project, each, column.value));
      if (fills.some(({ coverage }) => coverage.rows !== 'none')) continue;
      const schema = schemaAt(project, placed.operation);
      if (schema && provenNotNull(schema, table, column.value)) continue;
      yield {
        message: 'missing',
        at: placed.operation,
        data: {
          table: spoken(table),
          column: column.value,
          outcome: outcomeOf(facts),
          update: `UPDATE ${sqlTable(table, facts.dialect)} SET ${sqlName(column, facts.dialect)} = … WHERE ${sqlName(column, facts.dialect)} IS NULL`,
        },
        ...(before && {
          related: [
            {
              path: before.origin.facts.path,
              at: before.column,
              message: isKnown(before, 'nullable') ? 'the column takes NULL since here' : 'the column comes from here',
            },
          ],
        }),
      };
    }
    for (const { at, table, column } of nullsCopiedIn(project, order)) {
      yield { message: 'rebuilt', at, data: { table: spoken(table), column: sqlName(column, facts.dialect) } };
    }
  },
});

/** Measured on PostgreSQL 18.6 and MariaDB 10.11.19. */
function outcomeOf({ dialect }: FileFacts): string {
  return dialect === 'mysql' || dialect === 'mariadb'
    ? "stops the migration, or becomes 0 or '' where the server is not strict"
    : 'stops the migration';
}
