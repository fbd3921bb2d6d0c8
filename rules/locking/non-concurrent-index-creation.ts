import { defineRule, strings } from '../../src/rule.js';
import { changesIn } from '../../src/queries/changes.js';
import { lockWords } from '../../src/queries/lock-words.js';
import { effectOf } from '../../src/queries/locks.js';
import { folded, matchesGlob, objectKey } from '../../src/queries/names.js';
import type { PlacedOperation } from '../../src/queries/operations.js';
import { isIndexThere, isNewIn, schemaAt } from '../../src/queries/replay.js';
import { profileOf } from '../../src/queries/runners.js';
import { isMadeByScript, viewsOf } from '../../src/queries/table-views.js';
import { inTransaction } from '../../src/queries/transactions.js';

export default defineRule({
  summary: 'An index is built without CONCURRENTLY on a table that is already there.',
  severity: 'error',
  presets: ['recommended', 'strict', 'online'],
  presetSeverity: { recommended: 'warn' },
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast', 'runner-profile'],
  fix: 'suggestion',
  sources: [
    '001_d0f1cd6d4864747c.txt',
    '002_7a51ca8b5657ab8c.txt',
    'squawk require-concurrent-index-creation',
    'strong_migrations add_index',
    'atlas PG101',
    'eugene E6',
    'alembic-migration-linter CREATE_INDEX',
  ],
  messages: {
    blocking:
      'Building {{index}} takes {{held}}: {{waits}} waits until the whole table is read and the transaction ends. Write {{remedy}}.',
    concurrently: 'Build {{index}} concurrently.',
  },
  options: {
    smallTables: strings('Tables small enough to be locked for a build; `*` stands for any run of characters.'),
  },
  *check({ facts, project, options, authoring }) {
    // Measured on PostgreSQL 15.18; CockroachDB builds every index online.
    if (facts.dialect !== 'postgresql') return;
    const views = new Set<string>();
    const dropped = new Set<string>();
    for (const placed of changesIn(project, facts)) {
      const { operation, section, migration } = placed;
      if (operation.kind === 'CreateMaterializedView') views.add(objectKey(operation.view, facts.dialect));
      if (operation.kind === 'DropIndex') dropped.add(folded(operation.index.name, facts.dialect));
      if (operation.kind !== 'CreateIndex' || operation.index.concurrently || operation.index.parentOnly) continue;
      const { table, index } = operation;
      if (table.name.unknown || matchesGlob(table.name.value, options.smallTables)) continue;
      const wasDropped = index.name !== undefined && dropped.has(folded(index.name, facts.dialect));
      if (operation.ifNotExists && !wasDropped && isIndexThere(project, operation)) continue;
      if (isNewIn(project, { table }, operation) || views.has(objectKey(table, facts.dialect))) continue;
      const before = schemaAt(project, operation)?.table(table);
      // The index of a partitioned table can't be built concurrently as one.
      if (before?.partitioned || before?.temporary) continue;
      // Files of SQL outside of migrations describe a schema together.
      if (section === 'none' && viewsOf(project, objectKey(table, facts.dialect)).some(isMadeByScript)) continue;
      const effect = effectOf(project, placed);
      const locks = effect && lockWords(effect);
      if (locks === undefined) continue;
      const data = { index: index.name?.value ?? 'an index', ...locks };
      yield {
        message: 'blocking',
        at: operation,
        data: { ...data, remedy: section === 'none' ? inSql(operation) : profileOf(migration?.runner).concurrently },
        // Alembic's block leaves the transaction by itself; elsewhere the statement would be refused in it.
        ...((migration?.runner === 'alembic' || inTransaction(project, placed) !== 'yes') && {
          suggest: { message: 'concurrently', data, edits: authoring.makeConcurrent(operation, placed) },
        }),
      };
    }
  },
});

type CreateIndex = Extract<PlacedOperation['operation'], { kind: 'CreateIndex' }>;

function inSql({ index }: CreateIndex): string {
  return `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX CONCURRENTLY, outside of a transaction`;
}
