import type { Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createTable('inside').addColumn('id', 'integer').execute();
  return db.schema
    .alterTable('inside')
    .addColumn('more', 'text')
    .execute()
    .then(async () => {
      await db.schema.createIndex('inside_more').on('inside').column('more').execute();
    });
}

export async function down(db: Kysely<any>): Promise<void> {
  await db.schema.dropTable('inside').execute();
}
