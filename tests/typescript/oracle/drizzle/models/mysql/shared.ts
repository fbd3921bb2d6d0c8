import { sql } from 'drizzle-orm';
import { customType, datetime, int, mysqlTableCreator, timestamp, varchar } from 'drizzle-orm/mysql-core';

export const prefixed = mysqlTableCreator((name) => 'shop_' + name);

export const stamps = {
  createdAt: timestamp().notNull().defaultNow(),
  updatedAt: timestamp({ fsp: 3 }).onUpdateNow(),
  archivedAt: datetime('archived_at', { mode: 'string', fsp: 6 }).default(sql`(now())`),
};

export const key = () => int().autoincrement().primaryKey();

export const code = (length: number) => varchar({ length }).notNull();

export const bytes = customType<{ data: Buffer; driverData: Buffer }>({
  dataType: () => 'longblob',
});
