import { defineRule, flag } from '../../src/rule.js';
import type { Dialect, Project } from '../../src/ir/index.js';
import { blockedBy, effectOf } from '../../src/queries/locks.js';
import { mixedChangesIn, type MigrationStep, type MixedChanges } from '../../src/queries/mixed-changes.js';
import { objectKey, spoken } from '../../src/queries/names.js';
import { inTransaction, sharesTransaction } from '../../src/queries/transactions.js';

export default defineRule({
  summary: 'One migration changes schema and data.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'sql-ast', 'runner-profile'],
  fix: 'none',
  sources: ['001_d0f1cd6d4864747c.txt', '003_415f54345a6e7168.txt', 'pg-migration-lint PGM301', 'excellent_migrations'],
  messages: {
    locked:
      'This migration changes the schema of {{table}} here and rows of {{other}} after it, in one transaction: {{lock}} until the last row is changed. Change the rows in a migration of its own, in batches.',
    half: 'This migration changes the schema of {{table}} here and rows of {{other}} too: {{database}} commits at every change of the schema, so a failure half way leaves the one without the other, and the migration can be neither run again nor taken back. Change the rows in a migration of its own.',
  },
  options: {
    allowSeed: flag('Leave INSERTs alone whose rows are written out, such as those of a lookup table.', true),
  },
  *check({ facts, project, options }) {
    const commits = facts.dialect === 'mysql' || facts.dialect === 'mariadb';
    for (const changes of mixedChangesIn(project, facts)) {
      const rows = changes.rows.filter((step) => !options.allowSeed || !isSeed(step));
      const pair = commits ? anyPair(project, changes, rows) : lockedPair(project, changes, rows, facts.dialect);
      if (pair === undefined) continue;
      const [schema, change] = pair;
      yield {
        message: commits ? 'half' : 'locked',
        at: schema.operation,
        data: {
          table: spoken(schema.table),
          other: spoken(change.table),
          database: facts.dialect === 'mariadb' ? 'MariaDB' : 'MySQL',
          lock: commits ? '' : lockOf(project, schema, facts.dialect),
        },
        related: [{ at: change.operation, message: `rows of ${spoken(change.table)} are changed here` }],
      };
    }
  },
});

type Pair = readonly [schema: MigrationStep, rows: MigrationStep];

/** Rows that are written out in an INSERT, by SQL or by a call. */
const isSeed = ({ placed, operation }: MigrationStep): boolean =>
  operation.kind === 'Insert' && (placed.statement?.reads.length ?? 0) === 0;

/** The first change of a schema, and the first of rows after it that runs in its transaction; that of the same table first. */
function lockedPair(
  project: Project,
  { schema }: MixedChanges,
  rows: readonly MigrationStep[],
  dialect: Dialect,
): Pair | undefined {
  for (const step of schema) {
    const later = rows.filter(
      ({ placed, operation }) =>
        operation.span.start > step.operation.span.start && sharesTransaction(project, step.placed, placed) === 'yes',
    );
    const key = objectKey(step.table, dialect);
    const found = later.find(({ table }) => objectKey(table, dialect) === key) ?? later[0];
    if (found) return [step, found];
  }
  return undefined;
}

/** The first change of a schema and the first of rows, where the runner keeps a transaction open around them. */
function anyPair(
  project: Project,
  { schema: [step] }: MixedChanges,
  [rows]: readonly MigrationStep[],
): Pair | undefined {
  if (step === undefined || rows === undefined || inTransaction(project, step.placed) === 'no') return undefined;
  return [step, rows];
}

/** What others wait for: the lock where it is known, or what the database says of itself. */
function lockOf(project: Project, { placed, table }: MigrationStep, dialect: Dialect): string {
  if (dialect === 'sqlite') return 'no other connection writes to the database';
  const effect = effectOf(project, placed);
  const lock = effect?.locks.find((each) => spoken(each.table) === spoken(table)) ?? effect?.locks[0];
  if (lock === undefined) return 'what the schema change locks stays locked';
  return `the ${lock.mode} lock on ${spoken(lock.table)} makes ${blockedBy(lock.mode)} wait`;
}
