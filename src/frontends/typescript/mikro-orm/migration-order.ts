import type { Migration, MigrationBody, Statement, Step, TransactionState } from '../../../ir/index.js';
import type { Settings } from './settings.js';

/** The migrations in the transactions that the configuration asks for: by default one for all of them. */
export function withSettings(migrations: Migration[], settings: Settings | undefined): Migration[] {
  const { transactional, allOrNothing } = settings ?? {};
  if (transactional === undefined && allOrNothing === undefined) return migrations;
  return migrations.map((migration) => {
    if (migration.runner !== 'mikro-orm' || migration.transaction === 'none') return migration;
    if (transactional === false) return moved(migration, 'none', 'no');
    if (transactional === 'unknown') return moved(migration, 'unknown', 'unknown');
    if (allOrNothing === 'unknown') return { ...migration, transaction: 'unknown' };
    return allOrNothing === false ? { ...migration, transaction: 'each' } : migration;
  });
}

const moved = (migration: Migration, transaction: Migration['transaction'], state: TransactionState): Migration => ({
  ...migration,
  transaction,
  up: bodyIn(migration.up, state),
  down: bodyIn(migration.down, state),
});

/** The same steps, those of the runner's transaction in another state. */
function bodyIn(body: MigrationBody, state: TransactionState): MigrationBody {
  const steps = body.steps.map((step): Step =>
    'statement' in step ? { statement: statementIn(step.statement, state) } : { ...step, inTransaction: state },
  );
  return { ...body, steps };
}

const statementIn = (statement: Statement, state: TransactionState): Statement => ({
  ...statement,
  inTransaction: state,
  children: statement.children.map((child) => statementIn(child, state)),
});
