import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>) {
  await db.schema
    .createTable('team')
    .addColumn('org', 'integer')
    .addColumn('number', 'integer')
    .addColumn('slug', 'text')
    .addPrimaryKeyConstraint('team_pk', ['org', 'number'])
    .addUniqueConstraint('team_slug', ['slug'], (c) => c.nullsNotDistinct())
    .addCheckConstraint('team_number', sql`number > 0`)
    .execute();
  await db.schema
    .createTable('member')
    .addColumn('person', 'integer', (c) =>
      c.references('person.id').onDelete('cascade').onUpdate('no action').notNull(),
    )
    .addColumn('org', 'integer')
    .addColumn('number', 'integer')
    .addForeignKeyConstraint('member_team', ['org', 'number'], 'team', ['org', 'number'], (fk) =>
      fk.onDelete('set null').onUpdate('restrict').deferrable().initiallyDeferred(),
    )
    .addUniqueConstraint('member_once', ['person', 'org'], (builder) => builder.deferrable())
    .execute();
}

export const down = async (db: Kysely<unknown>) => {
  await db.schema.dropTable('member').execute();
  await db.schema.dropTable('team').execute();
};
