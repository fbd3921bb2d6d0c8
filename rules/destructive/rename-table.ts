import { defineRule, choice } from '../../src/rule.js';
import { reviewedMarker } from '../../src/queries/markers.js';
import { isTemporaryName, objectKey, spoken } from '../../src/queries/names.js';
import { keepTableName, viewUnderOldName } from '../../src/queries/remedies/renames.js';
import { creationOf, isNewIn, schemaAt } from '../../src/queries/replay.js';
import { runOrderOf } from '../../src/queries/run-order.js';
import { isViewMadeBefore, putsOutOfUse, successorOfTable } from '../../src/queries/successors.js';

export default defineRule({
  summary: 'A migration renames a table.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'history', 'sql-ast'],
  fix: 'none',
  sources: [
    '002_7a51ca8b5657ab8c.txt',
    '003_415f54345a6e7168.txt',
    'atlas BC101',
    'squawk renaming-table',
    'alembic-migration-linter RENAME_TABLE',
    'postgres-language-server renamingTable',
    'diesel-guard RenameTableCheck',
  ],
  messages: {
    renamed:
      'Table {{from}} is renamed to {{to}}: from that moment on every query of running code that says {{from}} fails. Keep the name in the database and {{inCode}}{{view}}.',
  },
  options: {
    mode: choice(
      '`online`: silent where a view takes over the old name in the same file; `always`: report those renames too.',
      ['always', 'online'],
      'online',
    ),
  },
  *check({ facts, project, options }) {
    const order = runOrderOf(project, facts);
    for (const [index, { operation, migration }] of order.operations.entries()) {
      if (operation.kind !== 'RenameTable' || isTemporaryName(operation.table, facts.dialect)) continue;
      const { table } = operation;
      // An unqualified new name stays in the schema of the old one.
      const to = table.schema && !operation.to.schema ? { ...operation.to, schema: table.schema } : operation.to;
      if (objectKey(table, facts.dialect) === objectKey(to, facts.dialect)) continue;
      if (isNewIn(project, { table }, operation) || schemaAt(project, operation)?.table(table)?.temporary) continue;
      if (putsOutOfUse(table.name.value, to.name.value) || reviewedMarker(project, facts, operation)) continue;
      if (isViewMadeBefore(table, order, index)) continue;
      const successor = successorOfTable(table, order, index);
      if (successor === 'table' || (successor === 'view' && options.mode === 'online')) continue;
      const view = viewUnderOldName(table, to, facts.dialect);
      const created = creationOf(project, table, operation);
      yield {
        message: 'renamed',
        at: operation,
        data: {
          from: spoken(table),
          to: spoken(to),
          inCode: keepTableName(migration, table.name),
          view: view && successor === undefined ? `, or have ${view} follow it for as long as old code runs` : '',
        },
        ...(created && {
          related: [{ path: created.facts.path, at: created.operation, message: `${spoken(table)} is created here` }],
        }),
      };
    }
  },
});
