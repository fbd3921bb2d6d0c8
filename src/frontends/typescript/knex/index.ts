import type { Migration } from '../../../ir/index.js';
import { configuration } from '../engines/engines.js';
import { declaredBy, type Library, type LinkedFile } from '../library.js';
import { nearest } from '../linking/nearest.js';
import { outsideTransactions } from '../outside-transactions.js';
import { knexfileOptions, knexSettings, versionOrder, type KnexSettings } from './knexfile.js';
import { knexMigrations } from './migration.js';

/** Migrations of Knex. Its tables are what its migrations make. */
export const knex: Library = {
  name: 'knex',
  read(unit, facts) {
    knexMigrations(unit, facts);
    const connections = knexfileOptions(unit).map((node) =>
      configuration(node, { api: 'knexfile', library: 'knex' }, unit, facts),
    );
    if (connections.length > 0) facts.engines = [...(facts.engines ?? []), ...connections];
  },
  declare: knexSettings,
  migrations: (migrations, path, files) =>
    migrations.map((each) => (each.runner === 'knex' ? completed(each, path, files) : each)),
};

/** The order and the transactions that the settings nearest to a migration ask for. */
function completed(migration: Migration, path: string, files: readonly LinkedFile[]): Migration {
  const settings = nearest(
    files.flatMap((file) => {
      const value = declaredBy<KnexSettings>('knex', file.symbols);
      return value ? [{ path: file.path, value }] : [];
    }),
    path,
  );
  const order = settings?.byVersion ? versionOrder(path.slice(path.lastIndexOf('/') + 1)) : undefined;
  const free = settings?.disableTransactions && migration.transaction === 'all';
  return {
    ...migration,
    ...(order && { order }),
    ...(free && {
      transaction: 'none',
      up: outsideTransactions(migration.up),
      down: outsideTransactions(migration.down),
    }),
  };
}
