/** Tables in which migration tools and ORMs keep their own books. */
const frameworkTables = new Set([
  'alembic_version',
  'migrations',
  'typeorm_metadata',
  'mikro_orm_migrations',
  '__drizzle_migrations',
  'sequelizemeta',
  'sequelizedata',
  'knex_migrations',
  'knex_migrations_lock',
  'kysely_migration',
  'kysely_migration_lock',
  '_prisma_migrations',
  '_sqlx_migrations',
  '__diesel_schema_migrations',
  'schema_migrations',
  'goose_db_version',
  'flyway_schema_history',
  'atlas_schema_revisions',
  'databasechangelog',
  'databasechangeloglock',
  'sqlite_sequence',
  'spatial_ref_sys',
  'django_migrations',
]);

/** Whether a table belongs to a migration tool: its shape is not the project's to decide. */
export function isFrameworkTable(name: string): boolean {
  return frameworkTables.has(name.toLowerCase());
}

/**
 * Whether columns are those of the table that Prisma makes for an implicit relation of many to many, such as
 * `_OrderToTag` with A and B: it finds them under these names only.
 */
export function isPrismaJoin(table: string, columns: readonly string[]): boolean {
  return /^_[A-Z]/.test(table) && columns.length > 0 && columns.every((column) => column === 'A' || column === 'B');
}
