import { sql } from 'drizzle-orm';
import {
  bigint,
  check as constraint,
  index as ix,
  integer,
  pgMaterializedView,
  pgPolicy,
  pgSequence,
  pgTable as table,
  pgView,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { accounts } from './accounts.js';
import { audit, severity } from './enums.js';
import { createTable, id, timestamps } from './helpers.js';
import { T } from './names.js';

export const numbers = pgSequence('invoice_numbers', { startWith: 1000, increment: 1 });

export const invoices = table(
  T.invoices,
  {
    id: id('invoice_id'),
    number: bigint({ mode: 'number' })
      .notNull()
      .default(sql`nextval('invoice_numbers')`),
    accountId: uuid()
      .references(() => accounts.id)
      .notNull(),
    total: integer().notNull(),
  },
  (self) => [ix().on(self.accountId, self.total.desc()), constraint('total_positive', sql`${self.total} > 0`)],
);

/** A table of a creator, with a key that the creator makes into `app_lines`. */
export const lines = createTable(
  'lines',
  {
    id: id(),
    invoiceId: uuid()
      .notNull()
      .references(() => invoices.id, { onDelete: 'cascade' }),
    lineNo: integer().notNull(),
    ...timestamps,
  },
  (t) => [unique().on(t.invoiceId, t.lineNo), ix().on(t.createdAt)],
);

export const events = audit.table(
  'events',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    severity: severity().notNull(),
    actorId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    at: timestamp().notNull().defaultNow(),
    previousId: bigint({ mode: 'number' }),
  },
  (t) => [ix().on(t.actorId, t.at.desc())],
);

const historyTable = (name: string) =>
  table(`${name}_history`, {
    id: id(),
    changed: timestamp().notNull().defaultNow(),
    what: text().notNull(),
  });

export const accountHistory = historyTable('account');
export const teamHistory = historyTable('team');

export const secrets = table(
  'secrets',
  { id: id(), ownerId: uuid().references(() => accounts.id), body: text().notNull() },
  () => [pgPolicy('own_secrets', { for: 'select', using: sql`true` })],
).enableRLS();

export const activeAccounts = pgView('active_accounts').as((qb) => qb.select({ id: accounts.id }).from(accounts));
export const totals = pgMaterializedView('totals', {
  accountId: uuid('account_id'),
  total: bigint({ mode: 'number' }),
}).as(sql`select invoice_id as account_id, total from billing_invoices`);
export const outside = pgView('outside', { id: uuid() }).existing();
