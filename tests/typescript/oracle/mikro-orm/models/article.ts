import {
  Collection,
  Entity,
  Index,
  ManyToMany,
  ManyToOne,
  OneToMany,
  Property,
  Unique,
  type Ref,
} from '@mikro-orm/core';
import { Base } from './base.js';
import { Label } from './label.js';
import { Tagging, Topic } from './topic.js';
import { UserAccount } from './user-account.js';

@Entity()
@Index({ properties: ['author', 'publishedAt'] })
export class Article extends Base {
  @Property()
  @Unique()
  slug!: string;

  @Index({ name: 'article_title_idx' })
  @Property({ length: 1000 })
  title!: string;

  @Property({ nullable: true })
  @Index()
  publishedAt?: Date;

  @ManyToOne(() => UserAccount)
  author!: Ref<UserAccount>;

  @ManyToOne({ entity: () => UserAccount, nullable: true })
  editor?: Ref<UserAccount>;

  @ManyToOne(() => UserAccount, {
    fieldName: 'reviewed_by',
    deleteRule: 'restrict',
    updateRule: 'no action',
    index: true,
    comment: 'Who read it first.',
  })
  reviewer!: Ref<UserAccount>;

  @ManyToOne({ entity: () => Article, nullable: true, deleteRule: 'set null', foreignKeyName: 'fk_article_origin' })
  origin?: Ref<Article>;

  @ManyToOne(() => Article, { nullable: true, createForeignKeyConstraint: false })
  copyOf?: Ref<Article>;

  @OneToMany({ entity: () => Article, mappedBy: 'origin' })
  translations = new Collection<Article>(this);

  @ManyToMany({ entity: () => Label, inversedBy: 'articles' })
  labels = new Collection<Label>(this);

  @ManyToMany({ entity: () => Label, pivotTable: 'article_hints', fixedOrder: true })
  hints = new Collection<Label>(this);

  @ManyToMany({ entity: () => Topic, pivotEntity: () => Tagging })
  topics = new Collection<Topic>(this);

  @Property({ type: 'string', generated: (cols) => `(lower(${cols.title})) stored` })
  search!: string;
}
