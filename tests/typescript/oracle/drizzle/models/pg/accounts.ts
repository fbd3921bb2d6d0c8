import { sql } from 'drizzle-orm';
import {
  boolean,
  char,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  serial,
  text,
  unique,
  uniqueIndex,
  uuid,
  varchar,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import { Colour, colour, level, roleEnum } from './enums.js';
import { id, label, lower, owned, softDelete, timestamps } from './helpers.js';
import { T } from './names.js';

/**
 * People who can sign in.
 * @see invoices
 */
export const accounts = pgTable(
  T.accounts,
  {
    id: id(),
    /** The address that mail goes to. */
    email: varchar({ length: 320 }).notNull().unique(),
    eMailOAuth2ID: text().unique(),
    handle: text('login').notNull().unique('accounts_handle', { nulls: 'not distinct' }),
    'display name': text('display name'),
    role: roleEnum().notNull().default('member'),
    level: level('lvl').array().notNull(),
    favourite: colour('favourite_colour').default(Colour.Red),
    active: boolean().default(true).notNull(),
    score: integer().default(-1),
    settings: jsonb()
      .$type<{ theme: string; sizes: number[] }>()
      .default({ theme: 'dark', sizes: [1, 2] }),
    tags: text()
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    aliases: text().array().default(['a', 'b c']),
    quote: text().default("it's"),
    country: char('country', { length: 2 }),
    token: text().$defaultFn(() => crypto.randomUUID()),
    managerId: uuid('manager_id').references((): AnyPgColumn => accounts.id, {
      onDelete: 'set null',
      onUpdate: 'cascade',
    }),
    ...timestamps,
  },
  (t) => [
    index().on(t.role, t.createdAt.desc()),
    index('accounts_lower_email').on(lower(t.email)),
    uniqueIndex('accounts_active_login')
      .on(t.handle)
      .where(sql`${t.active} = true`),
    index('accounts_tags').using('gin', t.tags),
    index('accounts_score')
      .on(t.score.asc().nullsFirst(), t.country.desc().nullsLast())
      .concurrently()
      .with({ fillfactor: 70 }),
    index('accounts_login_pattern').using('btree', t.handle.op('text_pattern_ops')),
    unique().on(t.country, t.handle),
    unique('accounts_two').on(t.score, t.managerId).nullsNotDistinct(),
    check('accounts_score_positive', sql`${t.score} >= -1`),
    check('accounts_quote', sql`length(${t.quote}) < ${sql.raw('100')} and ${t.country} <> 'xx'`),
  ],
);

/** The deprecated form of the third argument: an object. */
export const sessions = pgTable(
  'sessions',
  {
    sid: serial().primaryKey(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    parentSid: integer(),
    ip: text().notNull(),
    ...softDelete,
  },
  (table) => ({
    byAccount: index('idx_sessions_account').on(table.accountId),
    oneIp: uniqueIndex().on(table.accountId, table.ip),
    parent: foreignKey({ columns: [table.parentSid], foreignColumns: [table.sid], name: 'sessions_parent' }).onDelete(
      'restrict',
    ),
  }),
);

export const memberships = pgTable(
  'memberships',
  {
    accountId: uuid().references(() => accounts.id),
    teamId: uuid('team').references(() => teams.id, { onDelete: 'cascade' }),
    role: roleEnum('member_role'),
    position: integer().notNull(),
  },
  (t) => {
    const key = primaryKey({ columns: [t.accountId, t.teamId] });
    return [key, index().on(t.teamId), unique().on(t.teamId, t.position)];
  },
);

export const teams = pgTable('teams', (t) => ({
  id: t.uuid().primaryKey().defaultRandom(),
  name: label('team_name', 80),
  plan: t.varchar({ length: 20, enum: ['free', 'paid'] }).default('free'),
  limits: t.numeric({ precision: 10, scale: 2 }).default('1.5'),
  ...owned(() => accounts.id),
}));

export const grants = pgTable(
  'grants',
  {
    membershipAccount: uuid().notNull(),
    membershipTeam: uuid().notNull(),
    scope: text().notNull(),
  },
  (t) => [
    primaryKey({ name: 'grants_key', columns: [t.membershipAccount, t.membershipTeam, t.scope] }),
    foreignKey({
      columns: [t.membershipAccount, t.membershipTeam],
      foreignColumns: [memberships.accountId, memberships.teamId],
    })
      .onDelete('cascade')
      .onUpdate('no action'),
  ],
);
