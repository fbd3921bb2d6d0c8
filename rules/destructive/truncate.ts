import { defineRule } from '../../src/rule.js';
import type { Dialect, Operation } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { lockClause } from '../../src/queries/lock-clause.js';
import { reviewedMarker } from '../../src/queries/markers.js';
import { isTemporaryName, objectKey, spoken } from '../../src/queries/names.js';
import type { PlacedOperation } from '../../src/queries/operations.js';
import { writerOf } from '../../src/queries/remedies.js';
import { deleteSomeRemedy } from '../../src/queries/remedies/rows.js';
import { isNewIn, schemaAt } from '../../src/queries/replay.js';

type Truncate = Extract<Operation, { kind: 'Truncate' }>;

export default defineRule({
  summary: 'A migration truncates a table.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'sql-ast'],
  fix: 'none',
  sources: [
    'bytebase statement.disallow-truncate',
    'diesel-guard TruncateTableCheck',
    'drizzle-migration-lint truncate-in-migration',
    'pg-migration-lint PGM203',
    'pgfence truncate',
    'pgsafe truncate',
    'postgres-language-server banTruncate',
  ],
  messages: {
    truncated:
      '{{what}} is truncated: every row is gone{{beyond}}. Delete the rows that are meant, with {{remedy}}; where all of them may go, say so in a comment that begins with "reviewed:".',
  },
  options: {},
  *check({ facts, project }) {
    if (isSeed(facts.path)) return;
    const changes = [...changesIn(project, facts)];
    for (const placed of changes) {
      const { operation, migration } = placed;
      if (operation.kind !== 'Truncate' || isTemporaryName(operation.table, facts.dialect)) continue;
      if (isNewIn(project, operation, operation) || schemaAt(project, operation)?.table(operation.table)?.temporary)
        continue;
      if (isRefilled(placed, operation, changes, facts.dialect) || reviewedMarker(project, facts, operation)) continue;
      const { table, partition } = operation;
      yield {
        message: 'truncated',
        at: operation,
        data: {
          what: `${partition ? `Partition ${partition.value} of table` : 'Table'} ${spoken(table)}`,
          beyond: (beyond[facts.dialect] ?? '') + lockClause(project, placed),
          remedy: deleteSomeRemedy(writerOf(facts, migration), table),
        },
      };
    }
  },
});

/** Files that fill a database for development, which begin by emptying it. */
const isSeed = (path: string): boolean => /(?:^|[/_.-])(?:seeds?|seeders?|fixtures?)(?:[/_.-]|$)/i.test(path);

/** A script that empties a table to fill it again is not meant for a database that holds anything else. */
function isRefilled(
  { section }: PlacedOperation,
  { table }: Truncate,
  changes: readonly PlacedOperation[],
  dialect: Dialect,
): boolean {
  if (section !== 'none') return false;
  const key = objectKey(table, dialect);
  return changes.some(({ operation }) => operation.kind === 'Insert' && objectKey(operation.table, dialect) === key);
}

/** TRUNCATE is a definition of data in MySQL, which commits before it runs. */
const commits = ', and the transaction is committed before, so that nothing takes it back';

const beyond: { readonly [D in Dialect]?: string } = { mysql: commits, mariadb: commits };
