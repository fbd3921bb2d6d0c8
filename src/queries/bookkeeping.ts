import type { QualifiedName } from '../ir/index.js';

/** Tables that migration tools and extensions keep for themselves; nobody in the project chose their names or columns. */
const bookkeeping = new Set([
  'alembic_version',
  'migrations',
  'typeorm_metadata',
  'mikro_orm_migrations',
  'knex_migrations',
  'knex_migrations_lock',
  'kysely_migration',
  'kysely_migration_lock',
  'sequelizemeta',
  '__drizzle_migrations',
  '_prisma_migrations',
  '_sqlx_migrations',
  '__diesel_schema_migrations',
  'schema_migrations',
  'goose_db_version',
  'flyway_schema_history',
  'atlas_schema_revisions',
  'databasechangelog',
  'databasechangeloglock',
  'django_migrations',
  'spatial_ref_sys',
]);

/** Whether a migration tool or an extension made the table for itself. */
export function isBookkeeping(name: QualifiedName): boolean {
  return bookkeeping.has(name.name.value.toLowerCase());
}
