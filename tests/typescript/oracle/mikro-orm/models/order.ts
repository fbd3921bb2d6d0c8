import {
  Collection,
  Entity,
  ManyToOne,
  OneToMany,
  PrimaryKey,
  PrimaryKeyProp,
  Property,
  Unique,
} from '@mikro-orm/core';
import { UserAccount } from './user-account.js';

@Entity({ tableName: 'orders' })
export class Order {
  @PrimaryKey({ columnType: 'varchar(20)' })
  region!: string;

  @PrimaryKey({ type: 'integer' })
  number!: number;

  [PrimaryKeyProp]?: ['region', 'number'];

  @ManyToOne(() => UserAccount)
  buyerHTTP!: UserAccount;

  @OneToMany(() => OrderLine, (line) => line.order)
  lines = new Collection<OrderLine>(this);
}

/** A key made of a relation and a column, and a relation to a key of two columns. */
@Entity()
export class OrderLine {
  @ManyToOne(() => Order, { primary: true })
  order!: Order;

  @PrimaryKey()
  position!: number;

  @ManyToOne({ entity: () => Order, nullable: true })
  previous?: Order;

  @Property({ unique: true })
  OAuth2Ref!: string;

  @Property()
  @Unique({ name: 'line_sku' })
  userSKU!: string;
}
