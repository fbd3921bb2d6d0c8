import { Migration } from '@mikro-orm/migrations';

/** What the last half of the year needs. */
export class Migration20240102080000_keys extends Migration {
  readonly table = 'review';

  up(): void {
    // It is added here, and runs after the statement below.
    this.addSql('alter table "review" add column "stars" smallint not null default 0;');
    this.index('review', 'stars');
    for (const column of ['seen_at', 'hidden_at'])
      this.addSql(`alter table "review" add column "${column}" timestamptz null;`);
    return this.create();
  }

  private create(): void {
    this.addSql('alter table "review" alter column "text" type varchar(500) using ("text"::varchar(500));');
  }

  private index(table: string, column: string): void {
    this.addSql(`create index "${table}_${column}_index" on "${table}" ("${column}");`);
  }

  down(): void {
    this.addSql('drop index "review_stars_index";');
    for (const column of ['stars', 'seen_at', 'hidden_at'])
      this.addSql(`alter table "review" drop column "${column}";`);
    this.addSql('alter table "review" alter column "text" type text;');
  }
}
