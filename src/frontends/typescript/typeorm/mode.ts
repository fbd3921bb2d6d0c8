import type { Migration, MigrationBody, Statement, Step } from '../../../ir/index.js';
import type { DataSourceRecord } from './data-source.js';

/** The runner's mode from the data source: the library's default is `all`. */
export function withMode(migrations: Migration[], source: DataSourceRecord | undefined): Migration[] {
  const mode = source?.transactions;
  if (mode === undefined || mode === 'all') return migrations;
  return migrations.map((migration) => {
    if (migration.runner !== 'typeorm' || migration.transaction === 'none') return migration;
    if (mode === 'each') return { ...migration, transaction: mode };
    return { ...migration, transaction: mode, up: outside(migration.up), down: outside(migration.down) };
  });
}

/** The same steps, outside of any transaction of the runner. */
function outside(body: MigrationBody): MigrationBody {
  const steps = body.steps.map((step): Step =>
    'statement' in step ? { statement: freed(step.statement) } : { ...step, inTransaction: 'no' },
  );
  return { ...body, steps };
}

const freed = (statement: Statement): Statement => ({
  ...statement,
  inTransaction: 'no',
  children: statement.children.map(freed),
});
