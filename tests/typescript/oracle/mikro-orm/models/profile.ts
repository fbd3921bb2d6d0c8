import { Entity, ManyToOne, OneToOne, PrimaryKeyProp, Property, type Ref, type Rel } from '@mikro-orm/postgresql';
import { UserAccount } from './user-account.js';

/** Its key is that of the account. */
@Entity({ tableName: 'profiles' })
export class Profile {
  [PrimaryKeyProp]?: 'account';

  @OneToOne({ entity: () => UserAccount, primary: true, inversedBy: 'profile' })
  account!: Ref<UserAccount>;

  @Property({ type: 'text' })
  bio: string = '';

  @OneToOne(() => UserAccount, { nullable: true, owner: true, deleteRule: 'cascade' })
  mentor?: Rel<UserAccount>;

  @ManyToOne(() => Profile, { nullable: true, index: true })
  parent?: Ref<Profile>;
}
