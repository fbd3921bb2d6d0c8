import { Entity, Enum, Index, ManyToOne, Property, Unique, type Rel } from '@mikro-orm/core';
import { Base } from './base.js';
import { UserAccount } from './user-account.js';

export enum Kind {
  Person = 'person',
  Employee = 'employee',
  Boss = 'boss',
}

/** Root of a hierarchy in one table. */
@Entity({ discriminatorColumn: 'kind', discriminatorMap: { person: 'Person', employee: 'Employee', boss: 'Boss' } })
export class Person extends Base {
  @Enum(() => Kind)
  kind!: Kind;

  @Property()
  name!: string;
}

@Entity()
@Index({ properties: ['badgeNo'] })
export class Employee extends Person {
  @Property({ length: 8 })
  badgeNo!: string;

  @ManyToOne(() => Person)
  worksFor!: Rel<Person>;
}

@Entity()
export class Boss extends Employee {
  @Property({ type: 'decimal' })
  @Unique()
  bonus!: string;

  @ManyToOne(() => UserAccount, { deleteRule: 'cascade' })
  account!: Rel<UserAccount>;
}
