import { type Kysely, sql } from 'kysely';

const upperCase = (text: string) => text.toUpperCase();

export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createType('species').asEnum(['cat', "dog's", 'other']).execute();
  await db.schema
    .createTable('pet')
    .addColumn('id', 'bigint', (c) => c.generatedAlwaysAsIdentity().primaryKey())
    .addColumn('number', 'integer', (c) => c.generatedByDefaultAsIdentity())
    .addColumn('kind', sql`species`, (c) => c.notNull().defaultTo('other'))
    .addColumn('tags', sql`text[]`)
    .addColumn('label', sql<string>`varchar(${sql.lit(12)})`)
    .addColumn('weight', 'float8')
    .addColumn('size', 'real')
    .addColumn('exact', 'decimal(6, 3)')
    .addColumn('data', 'jsonb', (c) => c.notNull().defaultTo(sql`'{}'::jsonb`))
    .addColumn('raw', 'bytea')
    .addColumn('day', 'date')
    .addColumn('at', 'timestamp(3)')
    .addColumn('hour', 'timetz')
    .addColumn('span', 'int4range')
    .addColumn('long', 'double precision')
    .addColumn('uid', 'uuid', (c) => c.defaultTo(sql`gen_random_uuid()`))
    .addColumn('full', 'text', (c) => c.generatedAlwaysAs(sql`'a' || ${sql.ref('label')}`).stored())
    .addColumn(upperCase('code'), 'char(3)', (c) => c.modifyEnd(sql`collate "C"`))
    .execute();
}

export async function down(db: Kysely<any>): Promise<void> {
  await db.schema.dropTable('pet').execute();
  await db.schema.dropType('species').ifExists().execute();
}
