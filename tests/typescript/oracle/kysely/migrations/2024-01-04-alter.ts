import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('person')
    .addColumn('email', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('boss', 'integer')
    .dropColumn('nothing')
    .alterColumn('last_name', (c) => c.setDataType('text'))
    .alterColumn('age', (c) => c.setNotNull())
    .alterColumn('score', (c) => c.dropDefault())
    .alterColumn('first_name', (c) => c.setDefault('?'))
    .execute();
  await db.schema
    .alterTable('person')
    .alterColumn('created_at', (c) => c.dropNotNull())
    .execute();
  await db.schema.alterTable('person').renameColumn('Gender', 'gender').execute();
  await db.schema
    .alterTable('person')
    .addForeignKeyConstraint('person_boss', ['boss'], 'person', ['id'])
    .onDelete('set null')
    .execute();
  await db.schema.alterTable('person').addUniqueConstraint('person_email', ['email']).execute();
  await db.schema
    .alterTable('person')
    .addCheckConstraint('person_adult', sql`age < 200`)
    .execute();
  await db.schema.alterTable('member').addPrimaryKeyConstraint('member_pk', ['person']).execute();
  await db.schema.alterTable('member').renameConstraint('member_once', 'member_unique').execute();
  await db.schema.alterTable('team').renameTo('squad').execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('squad').renameTo('team').execute();
  await db.schema.alterTable('member').renameConstraint('member_unique', 'member_once').execute();
  await db.schema.alterTable('member').dropConstraint('member_pk').execute();
  await db.schema.alterTable('person').dropConstraint('person_adult').execute();
  await db.schema.alterTable('person').dropConstraint('person_email').ifExists().execute();
  await db.schema.alterTable('person').dropConstraint('person_boss').cascade().execute();
  await db.schema.alterTable('person').renameColumn('gender', 'Gender').execute();
  await db.schema
    .alterTable('person')
    .alterColumn('created_at', (c) => c.setNotNull())
    .alterColumn('first_name', (c) => c.dropDefault())
    .alterColumn('score', (c) => c.setDefault(0))
    .alterColumn('age', (c) => c.dropNotNull())
    .alterColumn('last_name', (c) => c.setDataType(sql`varchar(40)`))
    .addColumn('nothing', 'text', (c) => c.defaultTo(null))
    .dropColumn('boss')
    .dropColumn('email')
    .execute();
}
