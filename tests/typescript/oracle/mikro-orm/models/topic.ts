import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/core';
import { Article } from './article.js';

@Entity({ schema: 'library' })
export class Topic {
  @PrimaryKey({ type: 'bigint' })
  id!: string;

  @Property({ type: 'tinyint', unsigned: true })
  weight!: number;

  @Property({ type: 'smallint', default: 3 })
  width!: number;

  @Property({ type: 'float' })
  ratio!: number;
}

/** A pivot table with a column of its own. */
@Entity()
export class Tagging {
  @ManyToOne(() => Article, { primary: true })
  article!: Article;

  @ManyToOne({ entity: () => Topic, primary: true })
  topic!: Topic;

  @Property({ defaultRaw: 'current_timestamp' })
  taggedAt!: Date;
}
