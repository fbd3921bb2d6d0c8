import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('person')
    .ifNotExists()
    .addColumn('id', 'serial', (col) => col.primaryKey())
    .addColumn('first_name', 'varchar', (col) => col.notNull())
    .addColumn('last_name', 'varchar(40)', (column) => column.defaultTo("O'Brien"))
    .addColumn('Gender', 'varchar(50)', (c) => c.notNull().defaultTo('unknown').unique())
    .addColumn('age', 'int4', (c) => c.check(sql`age >= 0`))
    .addColumn('score', 'numeric(10, 2)', (c) => c.defaultTo(0))
    .addColumn('active', 'boolean', (c) => c.notNull().defaultTo(true))
    .addColumn('nothing', 'text', (c) => c.defaultTo(null))
    .addColumn('created_at', 'timestamptz', (c) => c.defaultTo(sql`now()`).notNull())
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('person').ifExists().cascade().execute();
}
