import type { Runner } from '../ir/index.js';

/** A tool that runs migrations, in the words of messages. */
export interface RunnerProfile {
  name: string;
  /** How to build an index concurrently, which can't be done inside a transaction. */
  concurrently: string;
}

/** From each tool's documentation; versions are the current ones of 2026. */
const runnerProfiles: { readonly [R in Runner]: RunnerProfile } = {
  alembic: {
    name: 'Alembic',
    concurrently:
      'with op.get_context().autocommit_block(): op.create_index(…, postgresql_concurrently=True), after everything else in upgrade()',
  },
  typeorm: {
    name: 'TypeORM',
    concurrently:
      "queryRunner.query('CREATE INDEX CONCURRENTLY …') in a migration class of its own with transaction = false, run with migrationsTransactionMode 'each' or 'none'",
  },
  'mikro-orm': {
    name: 'MikroORM',
    concurrently:
      'CREATE INDEX CONCURRENTLY in a migration of its own with isTransactional() { return false; }, and migrations.allOrNothing set to false',
  },
  drizzle: {
    name: 'Drizzle',
    concurrently:
      'CREATE INDEX CONCURRENTLY by hand before the deploy, and CREATE INDEX IF NOT EXISTS here: Drizzle runs all pending migrations in one transaction and has no way out of it',
  },
  sequelize: {
    name: 'Sequelize',
    concurrently: 'queryInterface.addIndex(…, { concurrently: true }), outside of sequelize.transaction()',
  },
  knex: {
    name: 'Knex',
    concurrently:
      "knex.raw('CREATE INDEX CONCURRENTLY …') in a migration of its own with exports.config = { transaction: false }",
  },
  kysely: {
    name: 'Kysely',
    concurrently:
      'sql`CREATE INDEX CONCURRENTLY …` in a migration of its own, run by a Migrator with disableTransactions: true',
  },
  prisma: { name: 'Prisma', concurrently: 'CREATE INDEX CONCURRENTLY as the only statement of its migration.sql' },
  'db-migrate': {
    name: 'db-migrate',
    concurrently: 'CREATE INDEX CONCURRENTLY in a migration run with --non-transactional',
  },
  goose: {
    name: 'goose',
    concurrently: 'CREATE INDEX CONCURRENTLY in a file of its own that begins with -- +goose NO TRANSACTION',
  },
  dbmate: {
    name: 'dbmate',
    concurrently: 'CREATE INDEX CONCURRENTLY in a file of its own under -- migrate:up transaction:false',
  },
  sqlx: {
    name: 'sqlx',
    concurrently: 'CREATE INDEX CONCURRENTLY in a file of its own whose first line is -- no-transaction',
  },
  'golang-migrate': {
    name: 'golang-migrate',
    concurrently: 'CREATE INDEX CONCURRENTLY as the only statement of its file',
  },
  diesel: {
    name: 'Diesel',
    concurrently:
      'CREATE INDEX CONCURRENTLY in a migration of its own with run_in_transaction = false in its metadata.toml',
  },
  flyway: {
    name: 'Flyway',
    concurrently: 'CREATE INDEX CONCURRENTLY in a script of its own whose .conf file has executeInTransaction=false',
  },
  atlas: {
    name: 'Atlas',
    concurrently: 'CREATE INDEX CONCURRENTLY in a file of its own that begins with -- atlas:txmode none',
  },
  supabase: { name: 'Supabase', concurrently: 'CREATE INDEX CONCURRENTLY as the only statement of its file' },
  liquibase: {
    name: 'Liquibase',
    concurrently: 'CREATE INDEX CONCURRENTLY in a changeset of its own with runInTransaction:false',
  },
  plain: {
    name: 'SQL migrations',
    concurrently: 'CREATE INDEX CONCURRENTLY in a file of its own, run outside of a transaction',
  },
};

/** The profile of a migration's runner; of plain SQL where there is no migration. */
export function profileOf(runner: Runner | undefined): RunnerProfile {
  return runnerProfiles[runner ?? 'plain'];
}
