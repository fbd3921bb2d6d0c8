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
