import { sql } from 'drizzle-orm';
import { customType, pgTableCreator, timestamp, uuid, varchar, type AnyPgColumn } from 'drizzle-orm/pg-core';
import { Prefix } from './names.js';

export const createTable = pgTableCreator((name) => `${Prefix.App}${name}`);

/** Columns of nearly every table; the keys give the names. */
export const timestamps = {
  /** When the row was made. */
  createdAt: timestamp({ withTimezone: true }).defaultNow().notNull(),
  updatedAt: timestamp({ withTimezone: true, precision: 3 })
    .notNull()
    .$onUpdate(() => new Date()),
};

export const softDelete = { ...timestamps, deletedAt: timestamp('deleted_at') };

export const id = (name = 'id') =>
  uuid(name)
    .primaryKey()
    .default(sql`gen_random_uuid()`);

export function label(name: string, length: number) {
  return varchar(name, { length }).notNull();
}

export const owned = (target: () => AnyPgColumn) => ({
  ownerId: uuid().references(target, { onDelete: 'cascade' }),
});

export const money = customType<{ data: string; config: { scale: number } }>({
  dataType: (config) => `numeric(12, ${String(config?.scale ?? 2)})`,
});

export const citext = customType<{ data: string }>({
  dataType() {
    return 'citext';
  },
});

export const lower = (column: AnyPgColumn) => sql`lower(${column})`;
