import { defineRule } from '../../src/rule.js';
import type { Dialect, Operation, Project, QualifiedName } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { droppedConstraints } from '../../src/queries/dropped-constraints.js';
import { foreignKeysTo } from '../../src/queries/foreign-keys.js';
import { listed } from '../../src/queries/lists.js';
import { lockClause } from '../../src/queries/lock-clause.js';
import { objectKey, spoken } from '../../src/queries/names.js';
import type { PlacedOperation } from '../../src/queries/operations.js';
import { schemaAt } from '../../src/queries/replay.js';
import { sharesTransaction } from '../../src/queries/transactions.js';

export default defineRule({
  summary: 'A migration drops a primary key.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast'],
  fix: 'none',
  sources: ['diesel-guard DropPrimaryKeyCheck', 'pg-migration-lint PGM011'],
  messages: {
    dropped:
      'The primary key of {{table}} is dropped and no other takes its place: two rows can be the same{{beyond}}{{lock}}. {{remedy}}',
    apart:
      'The primary key of {{table}} is dropped in one statement and made anew in another: between them two rows can be the same{{beyond}}{{lock}}. {{remedy}}',
  },
  options: {},
  *check({ facts, project }) {
    const changes = [...changesIn(project, facts)];
    for (const { placed, table, kind, name, state } of droppedConstraints(project, facts, changes)) {
      if (kind !== 'primary' || isDropped(table, changes, facts.dialect)) continue;
      const next = changes.find(({ operation }) => makesKey(operation, table, facts.dialect));
      if (next && next.statement !== undefined && next.statement === placed.statement) continue;
      if (next && isTransactional(facts.dialect) && sharesTransaction(project, placed, next) !== 'no') continue;
      yield {
        message: next ? 'apart' : 'dropped',
        at: placed.operation,
        data: {
          table: spoken(table),
          beyond: beyondOf(project, placed, table, facts.dialect),
          lock: lockClause(project, placed),
          remedy: remedyOf(table, name?.value ?? state?.name, facts.dialect),
        },
      };
    }
  },
});

/** Whether the table goes as a whole. */
const isDropped = (table: QualifiedName, changes: readonly PlacedOperation[], dialect: Dialect): boolean =>
  changes.some(
    ({ operation }) =>
      operation.kind === 'DropTable' && objectKey(operation.table, dialect) === objectKey(table, dialect),
  );

/** Whether an operation gives a table a primary key. */
function makesKey(operation: Operation, table: QualifiedName, dialect: Dialect): boolean {
  if (!('table' in operation) || !operation.table || objectKey(operation.table, dialect) !== objectKey(table, dialect))
    return false;
  if (operation.kind === 'AddConstraint') return operation.constraint.kind === 'primary';
  if (operation.kind !== 'AddColumn' && operation.kind !== 'ModifyColumn') return false;
  const column = operation.kind === 'AddColumn' ? operation.column : operation.definition;
  return column.constraints.some(({ kind }) => kind === 'primary');
}

/** Dialects whose transactions hold changes of the schema too, so that nobody sees what is between them. */
const isTransactional = (dialect: Dialect): boolean =>
  dialect !== 'mysql' && dialect !== 'mariadb' && dialect !== 'oracle';

/** What it means for others; logical replication was tried on PostgreSQL 18, foreign keys on 15.18. */
function beyondOf(project: Project, { operation }: PlacedOperation, table: QualifiedName, dialect: Dialect): string {
  if (dialect !== 'postgresql') return '';
  const schema = schemaAt(project, operation);
  const keys = schema ? foreignKeysTo(schema, table).filter(({ key }) => key.targetColumns.length === 0) : [];
  const names = listed(keys.map(({ table: other, state }) => `${state.name ?? 'one'} of ${spoken(other.name)}`));
  const replication = ', and where the table is published, logical replication refuses its UPDATEs and DELETEs';
  if (keys.length === 0) return replication;
  return operation.cascade
    ? `${replication}; CASCADE drops foreign key ${names} along with it`
    : `${replication}; the statement fails while foreign key ${names} needs it`;
}

/** How both come in one statement. */
function remedyOf(table: QualifiedName, name: string | undefined, dialect: Dialect): string {
  const drop = isTransactional(dialect) ? `DROP CONSTRAINT ${name ?? '…'}` : 'DROP PRIMARY KEY';
  const add = dialect === 'postgresql' ? 'ADD PRIMARY KEY USING INDEX …' : 'ADD PRIMARY KEY (…)';
  const before =
    dialect === 'postgresql'
      ? 'Build the index of the new key with CREATE UNIQUE INDEX CONCURRENTLY, then write'
      : 'Write';
  return `${before} ALTER TABLE ${spoken(table)} ${drop}, ${add} as one statement.`;
}
