import { ViewColumn, ViewEntity, type DataSource } from 'typeorm';
import { Tag } from './tag';

@ViewEntity({ expression: 'SELECT "id" AS "tagId", "tag_name" AS "label" FROM "tag"' })
export class TagLabel {
  @ViewColumn()
  tagId!: number;

  @ViewColumn({ name: 'label' })
  text!: string;
}

@ViewEntity('tag_count', {
  materialized: true,
  expression: (source: DataSource) => source.createQueryBuilder().select('count(*)', 'count').from(Tag, 'tag'),
})
export class TagCount {
  @ViewColumn()
  count!: number;
}
