import { relations, sql } from 'drizzle-orm';
import {
  blob,
  check,
  foreignKey,
  index,
  int,
  integer,
  numeric,
  primaryKey,
  real,
  sqliteTable,
  sqliteView,
  text,
  unique,
  uniqueIndex,
  type AnySQLiteColumn,
} from 'drizzle-orm/sqlite-core';
import { createTable, email, id, kindsOfPage, times } from './shared.js';

/** Those who write. */
export const writers = sqliteTable(
  'writers',
  {
    id: id(),
    /** Shown beside each page. */
    penName: text().notNull().unique(),
    mail: email('e_mail').unique('one_mail'),
    bossId: integer().references((): AnySQLiteColumn => writers.id, { onDelete: 'set null', onUpdate: 'cascade' }),
    admin: integer({ mode: 'boolean' }).notNull().default(false),
    level: int().default(1),
    ...times,
  },
  (t) => [
    index('writers_boss').on(t.bossId, t.penName),
    uniqueIndex('writers_lower').on(sql`lower(${t.penName})`),
    index('writers_admins')
      .on(t.admin)
      .where(sql`${t.admin} = 1`),
    unique().on(t.level, t.bossId),
    check('level_positive', sql`${t.level} > 0`),
  ],
);

export const pages = sqliteTable('pages', {
  slug: text().primaryKey(),
  writerId: integer()
    .notNull()
    .references(() => writers.id),
  state: text({ enum: kindsOfPage }).notNull().default('draft'),
  short: text('short_text', { length: 80 }),
  meta: text({ mode: 'json' }).$type<string[]>().default([]),
  body: blob(),
  bodyJson: blob({ mode: 'json' }),
  big: blob({ mode: 'bigint' }),
  rank: real().default(0.5),
  price: numeric(),
  exact: numeric({ mode: 'number' }).default(2),
  upper: text().generatedAlwaysAs(sql`upper(slug)`, { mode: 'stored' }),
  size: integer().generatedAlwaysAs((): ReturnType<typeof sql> => sql`length(${pages.slug})`),
  key: text().$defaultFn(() => crypto.randomUUID()),
});

export const tags = createTable('tags', { name: text().primaryKey() });

export const pageTags = createTable(
  'page_tags',
  {
    pageSlug: text()
      .notNull()
      .references(() => pages.slug, { onDelete: 'cascade' }),
    tagName: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.pageSlug, t.tagName] }),
    foreignKey({ columns: [t.tagName], foreignColumns: [tags.name] }),
  ],
);

export const notes = sqliteTable('notes', { noteId: integer(), text: text('body') }, (t) => ({
  key: primaryKey({ columns: [t.noteId] }),
}));

export const versions = sqliteTable(
  'versions',
  { page: text().notNull(), version: integer().notNull(), previousPage: text(), previousVersion: integer() },
  (t) => {
    return {
      key: primaryKey({ name: 'versions_key', columns: [t.page, t.version] }),
      previous: foreignKey({
        columns: [t.previousPage, t.previousVersion],
        foreignColumns: [t.page, t.version],
        name: 'versions_previousPage',
      }).onUpdate('cascade'),
    };
  },
);

export const settings = sqliteTable('settings', (t) => ({
  name: t.text().primaryKey(),
  value: t
    .text({ mode: 'json' })
    .notNull()
    .default(sql`'{}'`),
  'last-seen': t.integer(),
}));

const log = (name: string, extra: 'level' | 'depth') =>
  sqliteTable(`${name}_log`, { id: id(), at: text().default(sql`CURRENT_TIMESTAMP`), [extra]: integer() });

export const errorLog = log('error', 'level');
export const auditLog = log('audit', 'depth');

export const plain = sqliteTable('plain', { a: text(), b: text() });

export const livePages = sqliteView('live_pages').as((qb) => qb.select({ slug: pages.slug }).from(pages));

export const writerRelations = relations(writers, ({ one, many }) => ({
  boss: one(writers, { fields: [writers.bossId], references: [writers.id] }),
  pages: many(pages),
}));

export const pageRelations = relations(pages, ({ one, many }) => ({
  writer: one(writers, { fields: [pages.writerId], references: [writers.id] }),
  tags: many(pageTags),
}));
