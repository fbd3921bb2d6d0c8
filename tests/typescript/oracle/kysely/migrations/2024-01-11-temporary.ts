import { type Kysely, sql } from 'kysely';

const soft = { deleted_at: 'timestamptz' } as const;

export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createTable('scratch').temporary().addColumn('id', 'integer').onCommit('drop').execute();
  await db.schema
    .createTable('partitioned')
    .addColumn('id', 'integer', (c) => c.notNull())
    .addColumn('deleted_at', soft.deleted_at)
    .modifyEnd(sql`partition by range (id)`)
    .execute();
  await db.schema
    .createTable('fast')
    .modifyFront(sql`unlogged`)
    .addColumn('id', 'integer')
    .execute();
}

export async function down(db: Kysely<any>): Promise<void> {
  await db.schema.dropTable('fast').execute();
  await db.schema.dropTable('partitioned').execute();
}
