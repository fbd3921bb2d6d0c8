import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('person_name').on('person').columns(['first_name', 'last_name desc']).execute();
  await db.schema
    .createIndex('person_email_lower')
    .unique()
    .on('person')
    .expression(sql`lower(email)`)
    .execute();
  await db.schema.createIndex('pet_tags').on('pet').using('gin').column('tags').execute();
  await db.schema.createIndex('pet_heavy').ifNotExists().on('pet').column('weight').where('weight', '>', 20).execute();
  await db.schema
    .createIndex('pet_some')
    .on('pet')
    .column('day')
    .where('label', 'in', ['a', "b'c"])
    .where('day', 'is not', null)
    .execute();
  await db.schema
    .createIndex('pet_where')
    .on('pet')
    .columns(['day', 'at desc'])
    .where(sql<boolean>`${sql.ref('size')} is not null`)
    .execute();
  await db.schema.createIndex('pet_nulls').unique().nullsNotDistinct().on('pet').column('label').execute();
  await db.schema
    .createIndex('pet_mixed')
    .on('pet')
    .column('kind')
    .expression(sql`(data->>'a') desc`)
    .execute();
}

export async function down(db: Kysely<any>): Promise<void> {
  for (const name of ['pet_mixed', 'pet_nulls', 'pet_where', 'pet_some', 'pet_heavy', 'pet_tags']) {
    await db.schema.dropIndex(name).execute();
  }
  await db.schema.dropIndex('person_email_lower').ifExists().execute();
  await db.schema.dropIndex('person_name').cascade().execute();
}
