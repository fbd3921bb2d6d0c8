import { Migration } from '@mikro-orm/migrations';

const roles = ['admin', 'editor', 'reader'];

export class Migration20240101080000 extends Migration {
  override async up(): Promise<void> {
    this.addSql('create schema if not exists "library";');
    this.addSql(`create type "mood" as enum ('glad', 'sad');`);
    this.addSql(
      `create table "account" ("id" serial primary key, "created_at" timestamptz not null default now(), "email" varchar(255) not null, "role" text check ("role" in (${roles.map((role) => `'${role}'`).join(', ')})) not null default 'reader', "mood" "mood" null);`,
    );
    this.addSql("comment on table \"account\" is 'A person\\'s account.';".replace("\\'", "''"));
    this.addSql('alter table "account" add constraint "account_email_unique" unique ("email");');
    this.addSql(`
      create table "library"."book" (
        "id" bigserial primary key,
        "title" varchar(1000) not null,
        "author_id" int not null
      );
      alter table "library"."book" add constraint "book_author_id_foreign"
        foreign key ("author_id") references "account" ("id") on update cascade;
    `);
  }

  override async down(): Promise<void> {
    this.addSql('drop table if exists "library"."book" cascade;');
    this.addSql('drop table if exists "account" cascade;');
    this.addSql('drop type "mood";');
    this.addSql('drop schema if exists "library";');
  }
}
