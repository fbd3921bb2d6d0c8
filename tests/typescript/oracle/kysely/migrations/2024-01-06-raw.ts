import { CompiledQuery, type Kysely, sql } from 'kysely';

const table = sql.table('note');

export async function up(db: Kysely<any>): Promise<void> {
  await sql`create table note (id bigserial primary key, person integer not null references person (id), body text)`.execute(
    db,
  );
  await sql`create index ${sql.id('note_person')} on ${table} (${sql.ref('person')})`.execute(db);
  await sql`comment on table ${sql.table('note')} is ${sql.lit("a person's notes")}`.execute(db);
  await sql.raw('alter table note add column pinned boolean not null default false').execute(db);
  await db.executeQuery(CompiledQuery.raw("comment on column note.body is 'What it says.'"));
  await sql`alter table note ${sql.join([sql`add column a int`, sql`add column b int`])}`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop table ${table}`.execute(db);
}
