import { Collection, Entity, ManyToMany, PrimaryKey, Property } from '@mikro-orm/core';
import { Article } from './article.js';

@Entity({ tableName: 'tag_label' })
export class Label {
  @PrimaryKey({ type: 'uuid', defaultRaw: 'gen_random_uuid()' })
  uuid!: string;

  @Property({ columnType: 'varchar(40)', unique: 'label_name_key' })
  name!: string;

  @Property({ columnType: 'int', index: 'label_rank' })
  rank!: number;

  @ManyToMany(() => Article, (article) => article.labels)
  articles = new Collection<Article>(this);
}
