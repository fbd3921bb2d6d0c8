import { Migration } from '@mikro-orm/migrations';

export class Migration20240103080000 extends Migration {
  async up(): Promise<void> {
    this.addSql('create index concurrently "book_title_index" on "library"."book" ("title");');
    const knex = this.getKnex();
    await knex.raw('alter table "account" add column "deleted_at" timestamptz null');
  }

  async down(): Promise<void> {
    this.addSql('drop index concurrently "library"."book_title_index";');
    await this.getKnex().raw('alter table "account" drop column "deleted_at"');
  }

  isTransactional(): boolean {
    return false;
  }
}
