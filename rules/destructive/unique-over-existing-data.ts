import { defineRule } from '../../src/rule.js';
import { reviewedMarker } from '../../src/queries/markers.js';
import { foldedInTable, isTemporaryName, spoken } from '../../src/queries/names.js';
import type { PlacedOperation } from '../../src/queries/operations.js';
import { sqlTable } from '../../src/queries/remedies.js';
import { creationOf, isIndexThere, isNewIn, schemaAt } from '../../src/queries/replay.js';
import { runOrderOf, type RunOrder } from '../../src/queries/run-order.js';
import { isViewMadeBefore } from '../../src/queries/successors.js';
import { isKeptUnique, isOfOneRow, uniqueOf, type Unique } from '../../src/queries/uniques.js';

export default defineRule({
  summary: 'A unique index or constraint is put on existing columns.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast'],
  fix: 'none',
  sources: [
    '001_d0f1cd6d4864747c.txt',
    'atlas MF101',
    'atlas MF102',
    'alembic-migration-linter ADD_UNIQUE',
    'django-migration-linter ADD_UNIQUE',
  ],
  messages: {
    unique:
      '{{what}} makes {{columns}} of {{table}} unique: one pair of rows that are alike stops the migration{{leftover}}, and running code may still write such rows. See that {{query}} gives no row on every database, remove duplicates in a migration before this one, and release code that writes none.',
  },
  options: {},
  *check({ facts, project }) {
    const order = runOrderOf(project, facts);
    for (const [index, placed] of order.operations.entries()) {
      const { operation } = placed;
      const unique = uniqueOf(operation);
      if (unique === undefined || isTemporaryName(unique.table, facts.dialect)) continue;
      const { table } = unique;
      const at = schemaAt(project, operation);
      if (at?.table(table)?.temporary || isNewIn(project, { table }, operation)) continue;
      if (unique.keys.some((column) => isNewIn(project, { table, column }, operation))) continue;
      if (operation.kind === 'CreateIndex' && operation.ifNotExists && isIndexThere(project, operation)) continue;
      if (isOfOneRow(unique) || isKeptUnique(project, unique, order, operation)) continue;
      // The rows of a view follow from those of tables.
      if (at?.view(table) !== undefined || isViewMadeBefore(table, order, index)) continue;
      if (isPrepared(unique, order.before(table, index), order)) continue;
      if (order.isUnreadBefore(table, index) || reviewedMarker(project, facts, operation)) continue;
      const created = creationOf(project, table, operation);
      const isConcurrent = operation.kind === 'CreateIndex' && operation.index.concurrently === true;
      yield {
        message: 'unique',
        at: operation,
        data: {
          what: unique.name ?? (operation.kind === 'CreateIndex' ? 'A unique index' : 'A unique constraint'),
          columns: unique.names.join(', '),
          table: spoken(table),
          leftover: isConcurrent ? ' and leaves an invalid index behind' : '',
          query: queryFor(unique, sqlTable(table, facts.dialect)),
        },
        ...(created && {
          related: [{ path: created.facts.path, at: created.operation, message: `${spoken(table)} is created here` }],
        }),
      };
    }
  },
});

function queryFor({ names, where }: Unique, table: string): string {
  const columns = names.join(', ');
  return `SELECT ${columns} FROM ${table}${where === undefined ? '' : ' WHERE …'} GROUP BY ${columns} HAVING count(*) > 1`;
}

/** Whether rows of the table are deleted, or the columns set, before. */
function isPrepared({ keys }: Unique, earlier: readonly PlacedOperation[], { dialect }: RunOrder): boolean {
  return earlier.some(({ operation: each }) => {
    switch (each.kind) {
      case 'Delete':
      case 'Truncate':
        return true;
      case 'Update':
        return each.columns.some((set) => keys.includes(foldedInTable(set, dialect).toLowerCase()));
      default:
        return false;
    }
  });
}
