import { relations, sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  decimal,
  foreignKey,
  index,
  int,
  json,
  mysqlEnum,
  mysqlTable,
  primaryKey,
  serial,
  text,
  unique,
  uniqueIndex,
  varchar,
  type AnyMySqlColumn,
} from 'drizzle-orm/mysql-core';
import { bytes, code, key, prefixed, stamps } from './shared.js';

/** Whoever buys. */
export const customers = mysqlTable(
  'customers',
  {
    customerId: key(),
    /** Where letters go. */
    eMail: varchar('email', { length: 190 }).notNull().unique(),
    nickName: varchar({ length: 40 }).unique('nick'),
    kind: mysqlEnum(['private', 'company', "o'ther"]).notNull().default('private'),
    state: mysqlEnum('status', ['on', 'off']),
    vip: boolean().default(false).notNull(),
    notes: text().default('none'),
    data: json().default({ a: 1 }),
    referrerId: int().references((): AnyMySqlColumn => customers.customerId, { onDelete: 'set null' }),
    country: code(2),
    ...stamps,
  },
  (t) => [
    index('by_country').on(t.country, t.nickName),
    index('by_lower').on(sql`(lower(${t.eMail}))`),
    uniqueIndex('one_status').on(t.state, t.country),
    unique().on(t.country, t.eMail),
    check('country_long', sql`char_length(${t.country}) = 2`),
  ],
);

export const products = mysqlTable('products', {
  id: serial().primaryKey(),
  sku: code(32),
});

export const orders = prefixed(
  'orders',
  {
    id: bigint({ mode: 'number', unsigned: true }).autoincrement().primaryKey(),
    customerId: int()
      .notNull()
      .references(() => customers.customerId, { onDelete: 'cascade', onUpdate: 'restrict' }),
    total: decimal({ precision: 12, scale: 2 }).notNull().default('0.00'),
    doubled: decimal({ precision: 12, scale: 2 }).generatedAlwaysAs(
      (): ReturnType<typeof sql> => sql`${orders.total} * 2`,
      { mode: 'stored' },
    ),
    picture: bytes(),
  },
  (t) => ({
    byCustomer: index('orders_customer').on(t.customerId).using('btree').algorithm('inplace').lock('none'),
  }),
);

export const orderLines = prefixed(
  'order_lines',
  {
    orderId: bigint({ mode: 'number', unsigned: true }),
    lineNo: int(),
    parentOrder: bigint({ mode: 'number', unsigned: true }),
    parentLine: int(),
  },
  (t) => {
    return [
      primaryKey({ columns: [t.orderId, t.lineNo] }),
      foreignKey({ columns: [t.orderId], foreignColumns: [orders.id] }).onDelete('cascade'),
      foreignKey({
        columns: [t.parentOrder, t.parentLine],
        foreignColumns: [t.orderId, t.lineNo],
        name: 'parent_line',
      }),
    ];
  },
);

export const customerRelations = relations(customers, ({ many, one }) => ({
  orders: many(orders),
  referrer: one(customers, { fields: [customers.referrerId], references: [customers.customerId] }),
}));
