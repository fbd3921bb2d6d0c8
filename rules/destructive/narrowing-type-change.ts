import { defineRule } from '../../src/rule.js';
import type { Dialect } from '../../src/ir/index.js';
import { columnChangesIn, type ColumnChange } from '../../src/queries/column-changes.js';
import { isEmptiedBefore } from '../../src/queries/emptied-tables.js';
import { reviewedMarker } from '../../src/queries/markers.js';
import { foldedInTable, isTemporaryName, spoken } from '../../src/queries/names.js';
import { narrowingIn } from '../../src/queries/narrowed-columns.js';
import { sqlName, sqlTable } from '../../src/queries/remedies.js';
import { isNewIn } from '../../src/queries/replay.js';
import { runOrderOf, type RunOrder } from '../../src/queries/run-order.js';
import type { TypeLoss } from '../../src/queries/type-changes.js';

export default defineRule({
  summary: 'A type change can lose or reject data.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast'],
  fix: 'none',
  sources: ['002_7a51ca8b5657ab8c.txt', 'bytebase column.disallow-changing-type', 'pg-migration-lint PGM007'],
  messages: {
    refused:
      'Column {{column}} goes from {{from}} to {{to}}, which has no room for {{values}}: {{outcome}}{{also}}. {{remedy}}',
    altered:
      'Column {{column}} goes from {{from}} to {{to}}, which does not keep {{values}}: no error says so. Add a second column of the new type and keep the old one for a release, until nobody misses anything.',
    unknown:
      'Column {{column}} becomes {{to}}, and what it was before is not known here: where it had room for more, values that do not fit are lost or stop the migration. Compare the two types before this runs.',
  },
  options: {},
  *check({ facts, project }) {
    const order = runOrderOf(project, facts, { down: true });
    for (const change of columnChangesIn(project, order)) {
      const { placed, operation, index, table, column, before } = change;
      const narrowing = narrowingIn(project, change);
      if (narrowing === undefined || isTemporaryName(table, facts.dialect)) continue;
      const { from, to, loss, cuts } = narrowing;
      if (isNewIn(project, { table, column: column.value }, operation)) continue;
      if (isEmptiedBefore(table, order, index) || isPrepared(change, order)) continue;
      if (reviewedMarker(project, facts, operation)) continue;
      const name = `${spoken(table)}.${column.value}`;
      const message = loss === undefined ? 'unknown' : loss.refused === undefined ? 'altered' : 'refused';
      yield {
        message,
        at: operation,
        data: {
          column: name,
          from: from?.written ?? '',
          to: to.written,
          values: loss?.refused ?? loss?.altered ?? '',
          outcome: cuts
            ? 'the cast cuts them without an error'
            : (outcomes[facts.dialect] ?? 'they stop the migration'),
          also: loss?.altered === undefined ? '' : `; ${loss.altered} go without a word`,
          remedy: remedyFor(loss, sqlTable(table, facts.dialect), sqlName(column, facts.dialect)),
        },
        ...(loss === undefined ? { severity: 'info' } : placed.section === 'down' ? { severity: 'warn' } : {}),
        ...(before && {
          related: [{ path: before.origin.facts.path, at: before.column, message: `${name} comes from here` }],
        }),
      };
    }
  },
});

/** What becomes of a value that has no room; PostgreSQL 18.6 and MariaDB 10.11: measured. */
const outcomes: { readonly [D in Dialect]?: string } = {
  postgresql: 'one such row stops the migration, on a database that has it and on no other',
  mysql: 'one such row stops the migration, and is cut or set to the nearest value where the server is not strict',
  mariadb: 'one such row stops the migration, and is cut or set to the nearest value where the server is not strict',
};

function remedyFor(loss: TypeLoss | undefined, table: string, column: string): string {
  if (loss?.found === undefined) return 'Convert those rows in a migration before this one.';
  const condition = loss.found.replace(/\bc\b/, column);
  return `See that SELECT count(*) FROM ${table} WHERE ${condition} gives 0 on every database, or change those rows in a migration before this one.`;
}

/** Whether the author has changed the column's values before, in the same file. */
function isPrepared({ table, column, index, placed }: ColumnChange, order: RunOrder): boolean {
  const name = foldedInTable(column, order.dialect);
  return order
    .before(table, index)
    .some(
      ({ operation: each, section }) =>
        section === placed.section &&
        each.kind === 'Update' &&
        each.columns.some((set) => foldedInTable(set, order.dialect) === name),
    );
}
