import { sql } from 'drizzle-orm';
import * as my from 'drizzle-orm/mysql-core';

enum Size {
  Small = 's',
  Large = 'l',
}

export const kinds = my.mysqlTable('kinds', {
  a: my.bigint({ mode: 'bigint' }).primaryKey(),
  b: my.bigint({ mode: 'number', unsigned: true }).default(5),
  c: my.binary({ length: 16 }),
  d: my.binary(),
  e: my.char({ length: 3 }).default('abc'),
  f: my.char(),
  g: my.date(),
  h: my.date({ mode: 'string' }).default('2024-01-01'),
  i: my.datetime(),
  j: my.datetime({ fsp: 3 }).default(new Date('2024-02-03T04:05:06.789Z')),
  k: my.decimal(),
  l: my.decimal({ precision: 10 }),
  m: my.decimal({ precision: 8, scale: 3, unsigned: true }),
  n: my.double(),
  o: my.double({ precision: 8, scale: 2 }).default(1.5),
  p: my.float(),
  q: my.float({ precision: 6, scale: 2, unsigned: true }),
  r: my.int({ unsigned: true }).notNull(),
  s: my.json().default([1]),
  t: my.mediumint(),
  u: my.mediumint({ unsigned: true }),
  v: my.real(),
  w: my.real({ precision: 8, scale: 2 }),
  x: my.smallint({ unsigned: true }),
  y: my.tinytext(),
  z: my.mediumtext(),
  aa: my.longtext({ enum: ['a', 'b'] }),
  ab: my.time({ fsp: 2 }),
  ac: my.time(),
  ad: my.timestamp({ mode: 'string' }).defaultNow(),
  ae: my.timestamp({ fsp: 6 }),
  af: my.tinyint(),
  ag: my.tinyint({ unsigned: true }).default(1),
  ah: my.varbinary({ length: 20 }),
  ai: my.year(),
  aj: my.mysqlEnum('size', Size),
  ak: my.varchar({ length: 5 }).generatedAlwaysAs(sql`'x'`),
  al: my.text().generatedAlwaysAs('concat(1, 1)', { mode: 'virtual' }),
});

const archive = (year: number) =>
  my.mysqlTable(`archive_${year}`, (t) => ({ id: t.int().primaryKey(), body: t.text() }));

export const archive2023 = archive(2023);
export const archive2024 = archive(2024);

export const ratings = my.mysqlTable('ratings', { user: my.int(), product: my.int(), stars: my.tinyint() }, (t) => [
  my.primaryKey({ name: 'ratings_key', columns: [t.user, t.product] }),
]);

export const likes = my.mysqlTable('likes', { userID: my.int().notNull(), postID: my.int().notNull() }, (table) => [
  my.unique().on(table.userID, table.postID),
  my.index('likes_post').on(table.postID),
]);

export const logs = my.mysqlTable('logs', { at: my.timestamp().defaultNow(), line: my.varchar({ length: 1000 }) });

export const ownSchema = my.mysqlSchema('crm');
export const remote = ownSchema.table('remote', { id: my.int().primaryKey() });
