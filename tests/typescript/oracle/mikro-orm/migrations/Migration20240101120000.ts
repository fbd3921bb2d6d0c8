import { Migration } from '@mikro-orm/migrations';

export class Migration20240101120000 extends Migration {
  async up(): Promise<void> {
    this.addSql('comment on column "review"."text" is \'As sent.\';');
    await this.execute(
      'create table "review" ("book_id" bigint not null, "account_id" int not null, "text" text null, constraint "review_pkey" primary key ("book_id", "account_id"))',
    );
    await this.getEntityManager().execute(
      'alter table "review" add constraint "review_account_id_foreign" foreign key ("account_id") references "account" ("id") on update cascade on delete cascade',
    );
  }

  async down(): Promise<void> {
    await this.execute('drop table "review"');
  }
}
