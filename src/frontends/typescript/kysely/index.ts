import type { Migration, MigrationBody } from '../../../ir/index.js';
import { declaredBy, type Library, type LinkedFile } from '../library.js';
import { nearest } from '../linking/nearest.js';
import { folderOf, normalized } from '../linking/paths.js';
import { outsideTransactions } from '../outside-transactions.js';
import { inSnakeCase, type CamelCase } from './camel-case.js';
import { kyselyMigrations } from './migration.js';
import { declarationsOf, type KyselyDeclarations, type MigratorRecord } from './settings.js';

/** Migrations of Kysely. Its interfaces of tables are names in code, and make nothing in the database. */
export const kysely: Library = {
  name: 'kysely',
  read: kyselyMigrations,
  declare: declarationsOf,
  migrations(migrations, path, files) {
    if (!migrations.some(({ runner }) => runner === 'kysely')) return migrations;
    const { migrators, names } = settingsOf(files);
    const migrator = nearest(migrators, path);
    const name = migrations.length === 1 ? names.get(withoutExtension(path)) : undefined;
    return migrations.map((each) => (each.runner === 'kysely' ? completed(each, migrator, name) : each));
  },
};

interface Settings {
  migrators: { path: string; value: MigratorRecord }[];
  /** Names of migrations by the path of their file. */
  names: Map<string, string>;
}

const known = new WeakMap<readonly LinkedFile[], Settings>();

function settingsOf(files: readonly LinkedFile[]): Settings {
  const found = known.get(files);
  if (found) return found;
  const settings: Settings = { migrators: [], names: new Map() };
  for (const { path, symbols } of files) {
    const declared = declaredBy<KyselyDeclarations>('kysely', symbols);
    for (const value of declared?.migrators ?? []) settings.migrators.push({ path, value });
    for (const [module, name] of Object.entries(declared?.names ?? {}))
      if (module.startsWith('.')) settings.names.set(withoutExtension(normalized(`${folderOf(path)}/${module}`)), name);
  }
  known.set(files, settings);
  return settings;
}

const withoutExtension = (path: string): string => path.replace(/\.[mc]?[jt]sx?$/, '');

function completed(migration: Migration, migrator: MigratorRecord | undefined, name: string | undefined): Migration {
  const { camelCase, disableTransactions } = migrator ?? {};
  const body = (each: MigrationBody): MigrationBody => {
    const inCase = camelCase ? renamed(each, camelCase) : each;
    return disableTransactions ? outsideTransactions(inCase) : inCase;
  };
  return {
    ...migration,
    // Its file says what it does; the name that an index file gives it need not.
    ...(name !== undefined && { id: name, order: [name], message: { value: migration.id, span: migration.span } }),
    ...(disableTransactions && { transaction: 'none' as const }),
    up: body(migration.up),
    down: body(migration.down),
  };
}

const renamed = (body: MigrationBody, camelCase: CamelCase): MigrationBody => ({
  ...body,
  steps: body.steps.map((step) =>
    'operation' in step ? { ...step, operation: inSnakeCase(step.operation, camelCase) } : step,
  ),
});
