import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';

const tables = ['invoice', 'receipt'] as const;
const required = (c: ColumnDefinitionBuilder) => c.notNull();
const stamp = (db: Kysely<any>, table: string) =>
  db.schema.alterTable(table).addColumn('stamped_at', 'timestamptz').execute();

async function addNumber(db: Kysely<any>, table: string): Promise<void> {
  await db.schema
    .alterTable(table)
    .addColumn('number', 'integer', (c) => c.notNull().defaultTo(sql`1`))
    .execute();
}

export async function up(db: Kysely<any>): Promise<void> {
  for (const table of tables) {
    let builder = db.schema.createTable(table).addColumn('id', 'serial', (c) => c.primaryKey());
    await builder.addColumn('title', 'text', required).execute();
    await addNumber(db, table);
    await stamp(db, table);
  }
  const index = db.schema.createIndex('invoice_number').on('invoice').column('number').unique();
  await index.execute();
  await Promise.all(tables.map((table) => db.schema.alterTable(table).addColumn('last', 'text').execute()));
}

export async function down(db: Kysely<any>): Promise<void> {
  for (const table of [...tables].reverse()) await db.schema.dropTable(table).execute();
}
