import { defineRule } from '../../src/rule.js';
import type { Name, Operation } from '../../src/ir/index.js';
import { reviewedMarker } from '../../src/queries/markers.js';
import { foldedInTable, isTemporaryName, spoken } from '../../src/queries/names.js';
import { keepColumnName } from '../../src/queries/remedies/renames.js';
import { columnOf, isNewIn, schemaAt } from '../../src/queries/replay.js';
import { runOrderOf } from '../../src/queries/run-order.js';
import { hasColumnSuccessor, putsOutOfUse } from '../../src/queries/successors.js';

export default defineRule({
  summary: 'A migration renames a column.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'history', 'sql-ast'],
  fix: 'none',
  sources: [
    '002_7a51ca8b5657ab8c.txt',
    '003_415f54345a6e7168.txt',
    'atlas BC102',
    'squawk renaming-column',
    'alembic-migration-linter RENAME_COLUMN',
    'postgres-language-server renamingColumn',
    'spirit rename_column',
  ],
  messages: {
    renamed:
      'Column {{table}}.{{from}} is renamed to {{to}}: from that moment on every query of running code that says {{from}} fails. Keep the name in the database and {{inCode}}; or add {{to}} beside it, write both, copy the rows, and drop {{from}} in a later release.',
  },
  options: {},
  *check({ facts, project }) {
    const order = runOrderOf(project, facts);
    for (const [index, { operation, migration }] of order.operations.entries()) {
      const renamed = renameIn(operation);
      if (renamed === undefined || isTemporaryName(renamed.operation.table, facts.dialect)) continue;
      const { column, to } = renamed;
      const { table } = renamed.operation;
      if (foldedInTable(column, facts.dialect) === foldedInTable(to, facts.dialect)) continue;
      if (isNewIn(project, { table, column: column.value }, operation)) continue;
      if (putsOutOfUse(column.value, to.value) || reviewedMarker(project, facts, operation)) continue;
      if (hasColumnSuccessor(table, column, order, index)) continue;
      const before = schemaAt(project, operation);
      const state = before && columnOf(before, table, column.value);
      yield {
        message: 'renamed',
        at: operation,
        data: {
          table: spoken(table),
          from: column.value,
          to: to.value,
          inCode: keepColumnName(migration, column),
        },
        ...(state && {
          related: [
            {
              path: state.origin.facts.path,
              at: state.column,
              message: `${spoken(table)}.${column.value} comes from here`,
            },
          ],
        }),
      };
    }
  },
});

type Rename = Extract<Operation, { kind: 'RenameColumn' | 'ModifyColumn' }>;

/** The names before and after of an operation that renames a column; MySQL's CHANGE may. */
function renameIn(operation: Operation): { operation: Rename; column: Name; to: Name } | undefined {
  if (operation.kind === 'RenameColumn') return { operation, column: operation.column, to: operation.to };
  if (operation.kind !== 'ModifyColumn') return undefined;
  return { operation, column: operation.column, to: operation.definition.name };
}
