import { defineRule } from '../../src/rule.js';
import type { Operation, Project, QualifiedName } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { blockedBy, effectOf } from '../../src/queries/locks.js';
import { spoken } from '../../src/queries/names.js';
import { concurrentReindexRemedy } from '../../src/queries/remedies/concurrent.js';
import { isNewIn, schemaAt } from '../../src/queries/replay.js';

type Reindex = Extract<Operation, { kind: 'Reindex' }>;

export default defineRule({
  summary: 'REINDEX runs without CONCURRENTLY.',
  severity: 'warn',
  presets: ['recommended', 'strict', 'online'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'history', 'sql-ast', 'runner-profile'],
  fix: 'suggestion',
  sources: [
    'squawk require-concurrent-reindex',
    'postgres-language-server requireConcurrentReindex',
    'alembic-migration-linter REINDEX',
    'pg-migration-lint PGM022',
  ],
  messages: {
    blocking:
      'REINDEX of {{target}} takes {{lock}} on {{table}} and ACCESS EXCLUSIVE on each index that it builds: {{blocked}} there waits, and so does every SELECT, which looks at the indexes to be planned. Write {{remedy}}.',
    concurrently: 'Build the indexes of {{target}} anew concurrently.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    const { postgresVersion = SINCE } = project.settings;
    if (facts.dialect !== 'postgresql' || postgresVersion < SINCE) return;
    for (const placed of changesIn(project, facts)) {
      const { operation, migration, inTransaction } = placed;
      // System catalogs can't be built anew concurrently.
      if (operation.kind !== 'Reindex' || operation.concurrently || operation.object === 'system') continue;
      const table = tableOf(project, operation);
      if (table !== undefined && isNewIn(project, { table }, operation)) continue;
      const { object = 'index' } = operation;
      const lock = effectOf(project, placed)?.mode;
      if (lock === undefined) continue;
      const data = { target: operation.target ? `${object} ${spoken(operation.target)}` : `a ${object}` };
      yield {
        message: 'blocking',
        at: operation,
        data: {
          ...data,
          lock,
          blocked: blockedBy(lock),
          table: table ? spoken(table) : object === 'index' ? 'its table' : 'each of its tables in turn',
          remedy: concurrentReindexRemedy(migration, operation, facts.dialect),
        },
        // Alembic's block leaves the transaction by itself; elsewhere the statement would be refused in it.
        ...((migration?.runner === 'alembic' || inTransaction !== 'yes') && {
          suggest: { message: 'concurrently', data, edits: authoring.makeConcurrent(operation, placed) },
        }),
      };
    }
  },
});

/** The first version of PostgreSQL that knows REINDEX CONCURRENTLY. */
const SINCE = 12;

function tableOf(project: Project, operation: Reindex): QualifiedName | undefined {
  const { object, target } = operation;
  if (target === undefined) return undefined;
  if (object === 'table') return target;
  return object === 'index' ? schemaAt(project, operation)?.ownerOf(target)?.name : undefined;
}
