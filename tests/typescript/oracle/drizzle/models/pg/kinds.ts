import { sql } from 'drizzle-orm';
import * as pg from 'drizzle-orm/pg-core';
import { citext, money } from './helpers.js';

const base = pg.text().notNull();

/** One column of every type. */
export const kinds = pg.pgTable('kinds', {
  a: pg.bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  b: pg
    .integer()
    .generatedByDefaultAsIdentity({ name: 'kinds_b', startWith: 100, increment: 5, cache: 10, cycle: true }),
  c: pg.bigserial({ mode: 'number' }),
  c2: pg.bigserial({ mode: 'bigint' }),
  d: pg.smallserial(),
  e: pg.smallint().default(3),
  f: pg.real().default(1.5),
  g: pg.doublePrecision(),
  h: pg.numeric(),
  i: pg.decimal({ precision: 5 }).default('12.5'),
  j: pg.char(),
  k: pg.varchar(),
  l: pg.text({ enum: ['x', 'y'] }).default('x'),
  m: pg.date().defaultNow(),
  n: pg.date({ mode: 'date' }).default(sql`CURRENT_DATE`),
  o: pg.time({ precision: 2, withTimezone: true }),
  p: pg.time('p_time').defaultNow(),
  q: pg.timestamp({ precision: 6, withTimezone: true, mode: 'string' }).defaultNow(),
  r: pg.timestamp({ mode: 'string' }).default('2020-01-01 00:00:00'),
  s: pg.interval({ fields: 'day to second', precision: 3 }),
  t: pg.interval(),
  u: pg.inet(),
  v: pg.cidr(),
  w: pg.macaddr(),
  x: pg.macaddr8(),
  y: pg.point({ mode: 'xy' }),
  z: pg.line(),
  aa: pg.json().default([]),
  ab: pg.jsonb().default(true),
  ac: pg.integer().array(3).array(),
  ad: pg.uuid().array().default([]),
  ae: pg.boolean().default(false),
  af: pg.bigint('big_af', { mode: 'bigint' }).default(sql`10`),
  ag: money({ scale: 4 }),
  ah: money('amount', { scale: 3 }).default('0'),
  ai: citext('ci').notNull(),
  aj: pg.text().generatedAlwaysAs(sql`'A' || 'B'`),
  ak: pg.text().generatedAlwaysAs((): ReturnType<typeof sql> => sql`upper(${kinds.ai}::text)`),
  al: pg.text().generatedAlwaysAs("'a' || 'b'"),
  am: pg.bit({ dimensions: 3 }),
  an: pg.timestamp().default(new Date('2024-02-03T04:05:06.789Z')),
  ao: pg.timestamp({ withTimezone: true, precision: 3 }).default(new Date(0)),
  ap: pg.boolean().array().default([true, false]),
  aq: pg.integer().array().notNull().default([1, 2]),
  ar: base,
});

export const embeddings = pg.pgTable(
  'embeddings',
  {
    id: pg.integer().primaryKey(),
    vec: pg.vector({ dimensions: 3 }).notNull(),
    half: pg.halfvec('half', { dimensions: 4 }),
  },
  (t) => [pg.index('embedding_vec').using('hnsw', t.vec.op('vector_cosine_ops')).with({ m: 16 })],
);
