import type { Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createSchema('audit').ifNotExists().execute();
  await db.schema
    .createTable('audit.event')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .execute();
  await db
    .withSchema('audit')
    .schema.createTable('entry')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('event', 'integer', (c) => c.references('audit.event.id').onDelete('cascade'))
    .execute();
  await db.schema.withSchema('audit').createIndex('entry_event').on('entry').column('event').execute();
  await db.schema.withSchema('audit').alterTable('entry').addColumn('note', 'text').execute();
}

export async function down(db: Kysely<any>): Promise<void> {
  await db.schema.withSchema('audit').dropTable('entry').execute();
  await db.schema.dropTable('audit.event').execute();
  await db.schema.dropSchema('audit').ifExists().cascade().execute();
}
