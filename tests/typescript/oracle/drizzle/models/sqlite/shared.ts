import { sql } from 'drizzle-orm';
import { customType, integer, sqliteTableCreator, text } from 'drizzle-orm/sqlite-core';

export const createTable = sqliteTableCreator((name) => `app_${name}`);

export const times = {
  createdAt: integer({ mode: 'timestamp' })
    .notNull()
    .default(sql`(unixepoch())`),
  updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).$onUpdateFn(() => new Date()),
};

export const id = () => integer().primaryKey({ autoIncrement: true });

export const email = customType<{ data: string }>({
  dataType: () => 'text collate nocase',
});

export const kindsOfPage = ['draft', 'live'] as const;
