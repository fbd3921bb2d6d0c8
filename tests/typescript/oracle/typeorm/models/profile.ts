import { Column, Entity, Index, JoinColumn, OneToOne, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { Account } from './account';

@Entity()
export class Profile {
  @PrimaryGeneratedColumn('increment', { type: 'bigint', primaryKeyConstraintName: 'profile_key' })
  id!: string;

  @Column('text', { nullable: true, comment: 'What they say of themselves.' })
  bio!: string | null;

  @OneToOne(() => Account, (account) => account.profile)
  account!: Account;
}

/** Shares its key with the account. */
@Entity({ name: 'HTTPSettings' })
export class HTTPSettings {
  @PrimaryColumn()
  accountId!: string;

  @OneToOne('Account', { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'accountId', foreignKeyConstraintName: 'fk_settings_account' })
  account!: Account;

  @Index('by_timeout', { unique: true })
  @Column('int4', { width: 4 })
  timeout!: number;
}

@Entity()
export class OAuth2Token {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS' })
  id!: number;

  @Column({ type: 'uuid', primary: true })
  client!: string;

  @Column('timestamptz', { precision: 3, nullable: true })
  expiresAtUTC!: Date;
}
