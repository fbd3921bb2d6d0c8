import {
  AfterLoad,
  Check,
  Column,
  Entity,
  Generated,
  Index,
  JoinColumn,
  JoinTable,
  ManyToMany,
  ManyToOne,
  OneToMany,
  OneToOne,
  RelationId,
  Unique,
  VirtualColumn,
} from 'typeorm';
import { Address } from './address';
import { Removable } from './base';
import { Level, Role, shared, TABLES, type Label, type Mode } from './constants';
import { Country } from './country';
import { Money, Stamp } from './decorators';
import { Profile } from './profile';
import { Tag } from './tag';

@Entity(TABLES.users)
@Index(['email', 'role'])
@Index('by_country', (account: Account) => [account.country, account.role], { where: `"role" <> 'admin'` })
@Index(['home.zipCode', 'level'], { unique: true })
@Unique('one_login', ['login', 'level'])
@Check('"level" >= 0')
@Check('short_nick', 'length("nick") < 40')
export class Account extends Removable {
  @Column({ unique: true, length: 190 })
  email!: string;

  @Column()
  login!: string;

  @Column({ ...shared, nullable: true, default: null })
  nick?: string;

  @Column()
  label!: Label;

  @Column({ default: 'light' })
  mode!: Mode;

  @Column({ type: 'enum', enum: Role, default: Role.Member })
  role!: Role;

  @Column({ type: 'enum', enum: Role, array: true, default: [] })
  formerRoles!: Role[];

  @Column({ type: 'enum', enum: ['a', 'b'], enumName: 'kind_of_thing', nullable: true })
  kind?: string;

  @Column({ type: 'simple-enum', enum: ['x', 'y'] })
  plain!: string;

  @Column({ default: Level.High })
  level!: Level;

  @Column('int', { array: true, default: () => "'{1,2}'" })
  scores!: number[];

  @Column('simple-array')
  words!: string[];

  @Column('simple-json', { nullable: true })
  notes?: object;

  @Column({ type: 'jsonb', default: {} })
  settings!: object;

  @Column('jsonb', { default: { theme: "it's", n: 1 }, select: false })
  extra!: object;

  @Column({ default: true })
  active!: boolean;

  @Column({ type: Date, default: () => 'CURRENT_TIMESTAMP' })
  seenAt!: Date | null;

  @Column('date', { nullable: true })
  born?: Date;

  @Column({ type: 'time', precision: 0 })
  wakes!: string;

  @Column('interval')
  pause!: unknown;

  @Column({ type: 'bytea', nullable: true })
  picture?: Buffer;

  @Column({ type: 'bigint', default: 0 })
  total!: string;

  @Money({ default: '0.5' })
  balance!: string;

  @Stamp('stamped_at')
  stamped!: Date;

  @Column()
  @Generated('uuid')
  token!: string;

  @Column({ type: 'int' })
  @Generated('increment')
  counter!: number;

  @Column({
    type: 'text',
    generatedType: 'STORED',
    asExpression: `lower("email")`,
    nullable: true,
  })
  lowered?: string;

  @Column({ type: 'varchar', collation: 'C', length: 10 })
  collated!: string;

  @VirtualColumn({ query: (alias) => `SELECT count(*) FROM tag WHERE id = ${alias}.id` })
  tagCount!: number;

  @Column(() => Address)
  home!: Address;

  @Column(() => Address, { prefix: 'work' })
  workAddress!: Address;

  @ManyToOne(() => Country, (country) => country.accounts, { onDelete: 'RESTRICT', onUpdate: 'CASCADE' })
  country!: Country;

  @RelationId((account: Account) => account.country)
  countryIds!: string;

  @OneToOne(() => Profile, (profile) => profile.account, { cascade: true, onDelete: 'SET NULL' })
  @JoinColumn()
  profile!: Profile;

  @ManyToMany(() => Tag, (tag) => tag.accounts)
  @JoinTable()
  tags!: Tag[];

  @ManyToMany(() => Account, (account) => account.followed)
  @JoinTable({ name: 'follower' })
  followers!: Account[];

  @ManyToMany(() => Account, (account) => account.followers)
  followed!: Account[];

  @ManyToMany(() => Account)
  @JoinTable()
  friends!: Promise<Account[]>;

  @ManyToOne(() => Account, { nullable: true, deferrable: 'INITIALLY DEFERRED' })
  invitedBy?: Account | null;

  @OneToMany(() => Account, (account) => account.invitedBy)
  invited!: Account[];

  @AfterLoad()
  trim(): void {}
}
