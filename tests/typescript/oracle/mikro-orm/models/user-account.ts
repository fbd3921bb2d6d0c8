import {
  Check,
  Collection,
  Embedded,
  Entity,
  Enum,
  Formula,
  Index,
  ManyToMany,
  OneToMany,
  OneToOne,
  Opt,
  Property,
  types,
  Unique,
  type Hidden,
  type Ref,
} from '@mikro-orm/core';
import { Address, Geo } from './address.js';
import { Article } from './article.js';
import { Base } from './base.js';
import { audited, Level, lengths, Role } from './kinds.js';
import { Profile } from './profile.js';

/** People who log in. */
@Entity({ comment: "A person's account." })
@Unique({ properties: ['firstName', 'lastName'] })
@Unique({ name: 'uq_account_code', properties: ['code'] })
@Index({ properties: ['role', 'isActive'] })
@Index({
  name: 'account_email_lower',
  expression: 'create index "account_email_lower" on "user_account" (lower("email"))',
})
@Check({ expression: 'age >= 0' })
@Check<UserAccount>({ name: 'account_named', expression: (columns) => `${columns.firstName} <> ''` })
export class UserAccount extends Base {
  @Property({ length: lengths.name })
  firstName!: string;

  @Property({ ...audited, nullable: true })
  lastName?: string;

  @Property({ unique: true })
  email!: string;

  @Property({ type: 'text', hidden: true, lazy: true })
  passwordHash!: Hidden<string>;

  @Property({ type: 'string', length: lengths.code })
  code!: string;

  @Property({ check: 'age < 150' })
  age!: number;

  @Property()
  isActive: boolean & Opt = true;

  @Property({ default: 'en' })
  locale: string = 'en';

  @Property()
  loginCount = 0;

  @Property({ name: 'ip', type: 'character', length: 15, nullable: true })
  ipAddress: string | null = null;

  @Enum(() => Role)
  role: Role = Role.Editor;

  @Enum({ items: () => Level, default: Level.Low })
  level!: Level;

  @Enum({ items: ['a', 'b'], nullable: true, comment: 'Of the last choice.' })
  choice?: 'a' | 'b';

  @Enum({ items: () => Role, array: true, default: [] })
  grants: Role[] = [];

  @Property({ type: 'bigint', index: true })
  externalId!: bigint;

  @Property({ type: types.decimal, precision: 12, scale: 2, nullable: true })
  balance?: string;

  @Property({ type: 'uuid', defaultRaw: 'gen_random_uuid()' })
  token!: string;

  @Property({ type: 'json', nullable: true })
  settings?: Record<string, unknown>;

  @Property({ type: types.array })
  tags: string[] = [];

  @Property({ type: 'date', nullable: true })
  bornOn?: string;

  @Property({ length: 3, nullable: true })
  lastSeenAt?: Date;

  @Property({ nullable: true })
  picture?: Buffer;

  @Property({ version: true })
  version!: number;

  @Property({ persist: false })
  score?: number;

  @Formula('first_name || last_name')
  fullName?: string;

  @Embedded(() => Address)
  home!: Address;

  @Embedded({ entity: () => Address, prefix: 'work_', nullable: true })
  office?: Address;

  @Embedded({ entity: () => Geo, prefix: false })
  place!: Geo;

  @Embedded({ entity: () => Geo, object: true, nullable: true })
  spot?: Geo;

  @Embedded({ entity: () => Address, array: true })
  others: Address[] = [];

  @OneToOne({ entity: () => Profile, mappedBy: 'account' })
  profile?: Ref<Profile>;

  @OneToMany(() => Article, (article) => article.author)
  articles = new Collection<Article>(this);

  @ManyToMany(() => UserAccount, (account) => account.followed, {
    owner: true,
    pivotTable: 'user_to_follower',
    joinColumn: 'follower',
    inverseJoinColumn: 'following',
  })
  followers = new Collection<UserAccount>(this);

  @ManyToMany(() => UserAccount, (account) => account.followers)
  followed = new Collection<UserAccount>(this);

  @ManyToMany(() => UserAccount)
  friends = new Collection<UserAccount>(this);

  @Property({ persist: false })
  get display(): string {
    return this.firstName;
  }
}
