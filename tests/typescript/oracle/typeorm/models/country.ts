import { Column, Entity, OneToMany, PrimaryColumn, Unique } from 'typeorm';
import { Account } from './account';
import { Searchable } from './decorators';

@Entity({ comment: 'Countries by their ISO codes.' })
@Unique(['iso3'])
export class Country {
  @PrimaryColumn('char', { length: 2 })
  code!: string;

  @Column('character varying', { length: '3' })
  iso3!: string;

  @Column({ name: 'num', type: 'int2', unique: true, comment: "ISO's number" })
  numeric!: number;

  @Searchable(120)
  label!: string;

  @OneToMany(() => Account, (account) => account.country)
  accounts!: Account[];
}
