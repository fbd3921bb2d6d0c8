import { defineRule } from '../../src/rule.js';
import type { Operation, Project } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { blockedBy, effectOf, isStronger, locksHeld, type LockMode } from '../../src/queries/locks.js';
import { foldedInTable, objectKey, spoken } from '../../src/queries/names.js';
import type { PlacedOperation } from '../../src/queries/operations.js';
import { concurrentDropRemedy } from '../../src/queries/remedies/concurrent.js';
import { isNewIn, knowsEveryTable, schemaAt, type TableState } from '../../src/queries/replay.js';

type DropIndex = Extract<Operation, { kind: 'DropIndex' }>;

export default defineRule({
  summary: 'An index is dropped without CONCURRENTLY.',
  severity: 'warn',
  presets: ['online'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast', 'runner-profile'],
  fix: 'suggestion',
  sources: [
    'squawk require-concurrent-index-deletion',
    'strong_migrations remove_index',
    'atlas PG102',
    'postgres-language-server requireConcurrentIndexDeletion',
    'alembic-migration-linter DROP_INDEX',
  ],
  messages: {
    waiting:
      'Dropping {{index}} takes {{lock}} on {{table}}: it waits for every transaction that uses the table, and {{blocked}} there waits behind it until the transaction ends. Write {{remedy}}.',
    concurrently: 'Drop {{index}} concurrently.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    if (facts.dialect !== 'postgresql') return;
    const changes = [...changesIn(project, facts)];
    const gone = new Set(
      changes.flatMap(({ operation }) =>
        operation.kind === 'DropTable' ? objectKey(operation.table, facts.dialect) : [],
      ),
    );
    for (const placed of changes) {
      const { operation, migration, inTransaction } = placed;
      if (operation.kind !== 'DropIndex' || operation.concurrently) continue;
      const lock = effectOf(project, placed)?.mode;
      const owner = ownerOf(project, operation);
      if (lock === undefined || (owner ? isSpared(project, operation, owner) : isMissing(project, operation))) continue;
      if (owner !== undefined && (gone.has(owner.key) || isHeld(project, placed, owner, lock))) continue;
      const table = operation.table ?? owner?.name;
      const data = { index: operation.index.name.unknown ? 'an index' : operation.index.name.value };
      yield {
        message: 'waiting',
        at: operation,
        data: {
          ...data,
          lock,
          table: table ? spoken(table) : 'its table',
          blocked: blockedBy(lock),
          remedy: concurrentDropRemedy(migration, operation, facts.dialect),
        },
        // Alembic's block leaves the transaction by itself; elsewhere the statement would be refused in it.
        ...((migration?.runner === 'alembic' || inTransaction !== 'yes') &&
          !operation.cascade && {
            suggest: { message: 'concurrently', data, edits: authoring.makeConcurrent(operation, placed) },
          }),
      };
    }
  },
});

/** The table of the index, where what ran before tells. */
function ownerOf(project: Project, operation: DropIndex): TableState | undefined {
  const before = schemaAt(project, operation);
  return before && (operation.table ? before.table(operation.table) : before.ownerOf(operation.index));
}

/** A table that nobody uses yet, and an index that can't be dropped concurrently or not as an index at all. */
function isSpared(project: Project, operation: DropIndex, owner: TableState): boolean {
  if (owner.temporary || owner.partitioned || isNewIn(project, { table: owner.name }, operation)) return true;
  const name = foldedInTable(operation.index.name, 'postgresql');
  return owner.constraints.some((each) => each.name === name);
}

/** Whether no table is known to have the index, all of them are known, and the drop asks. */
function isMissing(project: Project, operation: DropIndex): boolean {
  return operation.ifExists === true && operation.table === undefined && knowsEveryTable(project, operation);
}

/** Whether the transaction has a lock as strong on the table, so that the drop keeps nobody out who gets in now. */
function isHeld(project: Project, placed: PlacedOperation, owner: TableState, lock: LockMode): boolean {
  return locksHeld(project, placed).some(
    ({ table, mode }) => objectKey(table, 'postgresql') === owner.key && !isStronger(lock, mode),
  );
}
