import { BaseEntity, OptionalProps, PrimaryKey, Property, type Opt } from '@mikro-orm/core';

/** What most entities share. */
export abstract class Base extends BaseEntity {
  [OptionalProps]?: 'version';

  @PrimaryKey()
  id!: number;

  /** When the row was made. */
  @Property({ onCreate: () => new Date() })
  createdAt: Date & Opt = new Date();

  @Property({ columnType: 'timestamptz(3)', defaultRaw: 'now()', onUpdate: () => new Date() })
  updatedAt: Opt<Date> = new Date();
}
