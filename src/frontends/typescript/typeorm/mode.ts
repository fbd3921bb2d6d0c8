import type { Migration } from '../../../ir/index.js';
import { outsideTransactions } from '../outside-transactions.js';
import type { DataSourceRecord } from './data-source.js';

/** The runner's mode from the data source: the library's default is `all`. */
export function withMode(migrations: Migration[], source: DataSourceRecord | undefined): Migration[] {
  const mode = source?.transactions;
  if (mode === undefined || mode === 'all') return migrations;
  return migrations.map((migration) => {
    if (migration.runner !== 'typeorm') return migration;
    if (mode === 'each') return migration.transaction === 'none' ? migration : { ...migration, transaction: mode };
    return {
      ...migration,
      transaction: mode,
      up: outsideTransactions(migration.up),
      down: outsideTransactions(migration.down),
    };
  });
}
