import {
  Column,
  Entity,
  Exclusion,
  ForeignKey,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  Unique,
} from 'typeorm';
import { Account } from './account';
import { Country } from './country';
import { Key } from './decorators';

@Entity({ name: 'order', schema: 'shop' })
@Exclusion('no_overlap', 'USING gist (int4range("from", "to") WITH &&)')
@Index('IDX_custom', ['from', 'to'], { concurrent: false })
export class Order {
  @Key()
  id!: string;

  @Column()
  from!: number;

  @Column()
  to!: number;

  /** The type that it is given gives way to that of the account's key. */
  @Column({ type: 'varchar', nullable: true })
  accountId!: string;

  @ManyToOne(() => Account)
  @JoinColumn({ name: 'accountId' })
  account!: Account;

  @Column()
  countryIso!: string;

  @ManyToOne(() => Country, { nullable: false })
  @JoinColumn({ name: 'countryIso', referencedColumnName: 'iso3' })
  country!: Country;

  @ForeignKey(() => Country, { onDelete: 'CASCADE' })
  @Column('char', { length: 2 })
  shipTo!: string;

  @ForeignKey('Country', 'iso3', { name: 'fk_bill_to' })
  @Column('varchar', { length: 3 })
  billTo!: string;
}

@Entity({ name: 'line', schema: 'shop' })
@Unique(['order', 'position'], { deferrable: 'INITIALLY IMMEDIATE' })
@ForeignKey(() => Country, ['codeOfOrigin'], ['code'])
export class OrderLine {
  @PrimaryColumn({ type: 'uuid', name: 'orderId' })
  orderKey!: string;

  @ManyToOne(() => Order)
  @JoinColumn()
  order!: Order;

  @PrimaryColumn()
  position!: number;

  @Column({ type: 'char', length: 2, name: 'origin_code' })
  codeOfOrigin!: string;

  @ManyToOne(() => OrderLine)
  replaces!: OrderLine;
}

@Entity({ synchronize: false })
export class Elsewhere {
  @PrimaryGeneratedColumn()
  id!: number;
}
