import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await db.insertInto('invoice').values({ title: 'first', number: 1 }).execute();
  await db.updateTable('invoice').set({ title: 'one' }).where('number', '=', 1).execute();
  const rows = await db.selectFrom('invoice').selectAll().execute();
  for (const row of rows) await sql`update invoice set last = ${row.title} where id = ${row.id}`.execute(db);
  await db.deleteFrom('invoice').execute();
  await db.schema.createView('titles').orReplace().as(db.selectFrom('invoice').select('title')).execute();
  await db.schema.createView('totals').materialized().as(db.selectFrom('invoice').select('number')).execute();
  await db.schema.refreshMaterializedView('totals').execute();
}

export async function down(db: Kysely<any>): Promise<void> {
  await db.schema.dropView('totals').materialized().ifExists().execute();
  await db.schema.dropView('titles').execute();
}
