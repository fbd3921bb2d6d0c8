import { relations } from 'drizzle-orm';
import { accounts, memberships, sessions, teams } from './accounts.js';

export const accountRelations = relations(accounts, ({ one, many }) => ({
  /** The person who signs off. */
  manager: one(accounts, { fields: [accounts.managerId], references: [accounts.id], relationName: 'management' }),
  reports: many(accounts, { relationName: 'management' }),
  sessions: many(sessions),
  memberships: many(memberships),
}));

export const sessionRelations = relations(sessions, ({ one }) => ({
  account: one(accounts, { fields: [sessions.accountId], references: [accounts.id] }),
}));

export const membershipRelations = relations(memberships, (r) => ({
  account: r.one(accounts, { fields: [memberships.accountId], references: [accounts.id] }),
  team: r.one(teams, { fields: [memberships.teamId], references: [teams.id] }),
}));
