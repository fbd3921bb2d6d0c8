import type { Runner } from '../ir/index.js';

/** A tool that runs migrations, in the words of messages. */
export interface RunnerProfile {
  name: string;
  /** How to build an index concurrently, which can't be done inside a transaction. */
  concurrently: string;
  /**
   * What shares one transaction where nothing else is said: all pending migrations, the statements of each, or none but
   * the parts of one statement.
   */
  transaction: 'all' | 'each' | 'statement' | 'unknown';
  /** A file of several statements reaches the server as one string, which PostgreSQL runs as one transaction. */
  batch: boolean;
  /** How to take a migration out of the runner's transaction; absent where there is no way, or no need. */
  optOut?: string;
}

/** From each tool's documentation; versions are the current ones of 2026. */
const runnerProfiles: { readonly [R in Runner]: RunnerProfile } = {
  alembic: {
    name: 'Alembic',
    concurrently:
      'with op.get_context().autocommit_block(): op.create_index(…, postgresql_concurrently=True), after everything else in upgrade()',
    transaction: 'all',
    batch: false,
    optOut: 'with op.get_context().autocommit_block(): around it',
  },
  typeorm: {
    name: 'TypeORM',
    concurrently:
      "queryRunner.query('CREATE INDEX CONCURRENTLY …') in a migration class of its own with transaction = false, run with migrationsTransactionMode 'each' or 'none'",
    transaction: 'all',
    batch: false,
    optOut: "transaction = false in the migration class, run with migrationsTransactionMode 'each'",
  },
  'mikro-orm': {
    name: 'MikroORM',
    concurrently:
      'CREATE INDEX CONCURRENTLY in a migration of its own with isTransactional() { return false; }, and migrations.allOrNothing set to false',
    transaction: 'all',
    batch: false,
    optOut: 'isTransactional() { return false; } in the migration class, and migrations.allOrNothing set to false',
  },
  drizzle: {
    name: 'Drizzle',
    concurrently:
      'CREATE INDEX CONCURRENTLY by hand before the deploy, and CREATE INDEX IF NOT EXISTS here: Drizzle runs all pending migrations in one transaction and has no way out of it',
    transaction: 'all',
    batch: false,
  },
  sequelize: {
    name: 'Sequelize',
    concurrently: 'queryInterface.addIndex(…, { concurrently: true }), outside of sequelize.transaction()',
    transaction: 'statement',
    batch: false,
    optOut: 'the call without { transaction }',
  },
  knex: {
    name: 'Knex',
    concurrently:
      "knex.raw('CREATE INDEX CONCURRENTLY …') in a migration of its own with exports.config = { transaction: false }",
    transaction: 'all',
    batch: false,
    optOut: 'exports.config = { transaction: false } in the migration',
  },
  kysely: {
    name: 'Kysely',
    concurrently:
      'sql`CREATE INDEX CONCURRENTLY …` in a migration of its own, run by a Migrator with disableTransactions: true',
    transaction: 'all',
    batch: false,
    optOut: 'disableTransactions: true of the Migrator',
  },
  prisma: {
    name: 'Prisma',
    concurrently:
      'CREATE INDEX CONCURRENTLY as the only statement of its migration.sql (from Prisma 7.4 on beside others too)',
    transaction: 'statement',
    batch: true,
  },
  'db-migrate': {
    name: 'db-migrate',
    concurrently: 'CREATE INDEX CONCURRENTLY in a migration run with --non-transactional',
    transaction: 'each',
    batch: false,
    optOut: '--non-transactional',
  },
  goose: {
    name: 'goose',
    concurrently: 'CREATE INDEX CONCURRENTLY in a file of its own that begins with -- +goose NO TRANSACTION',
    transaction: 'each',
    batch: false,
    optOut: '-- +goose NO TRANSACTION at the head of the file',
  },
  dbmate: {
    name: 'dbmate',
    concurrently: 'CREATE INDEX CONCURRENTLY as the only statement under -- migrate:up transaction:false',
    transaction: 'each',
    batch: true,
    optOut: '-- migrate:up transaction:false',
  },
  sqlx: {
    name: 'sqlx',
    concurrently: 'CREATE INDEX CONCURRENTLY as the only statement of a file whose first line is -- no-transaction',
    transaction: 'each',
    batch: true,
    optOut: '-- no-transaction as the first line of the file',
  },
  'golang-migrate': {
    name: 'golang-migrate',
    concurrently: 'CREATE INDEX CONCURRENTLY as the only statement of its file',
    transaction: 'statement',
    batch: true,
  },
  diesel: {
    name: 'Diesel',
    concurrently:
      'CREATE INDEX CONCURRENTLY as the only statement of a migration with run_in_transaction = false in its metadata.toml',
    transaction: 'each',
    batch: true,
    optOut: 'run_in_transaction = false in metadata.toml',
  },
  flyway: {
    name: 'Flyway',
    concurrently: 'CREATE INDEX CONCURRENTLY in a script of its own whose .conf file has executeInTransaction=false',
    transaction: 'each',
    batch: false,
    optOut: 'executeInTransaction=false in the .conf file of the script',
  },
  atlas: {
    name: 'Atlas',
    concurrently: 'CREATE INDEX CONCURRENTLY in a file of its own that begins with -- atlas:txmode none',
    transaction: 'each',
    batch: false,
    optOut: '-- atlas:txmode none at the head of the file',
  },
  supabase: {
    name: 'Supabase',
    concurrently: 'CREATE INDEX CONCURRENTLY, which its CLI runs by itself since version 2.109',
    transaction: 'each',
    batch: false,
  },
  liquibase: {
    name: 'Liquibase',
    concurrently: 'CREATE INDEX CONCURRENTLY in a changeset of its own with runInTransaction:false',
    transaction: 'each',
    batch: false,
    optOut: 'runInTransaction:false in the changeset',
  },
  plain: {
    name: 'SQL migrations',
    concurrently: 'CREATE INDEX CONCURRENTLY in a file of its own, run outside of a transaction',
    transaction: 'unknown',
    batch: false,
  },
};

/** The profile of a migration's runner; of plain SQL where there is no migration. */
export function profileOf(runner: Runner | undefined): RunnerProfile {
  return runnerProfiles[runner ?? 'plain'];
}
