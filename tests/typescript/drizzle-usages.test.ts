import { expect, test } from 'vitest';
import { readProject } from './support.js';

const schema = `
  import { pgTable, integer } from 'drizzle-orm/pg-core';
  export const users = pgTable('users', { id: integer().primaryKey() });
  export const other = { users: 1 };`;

/** What a body of an async function does, with the tables and a client of another file at hand. */
function usages(
  body: string,
  head = "import { users } from './schema';\nimport * as tables from './schema';",
): string[] {
  const files = {
    'src/work.ts': `${head}\nimport { db } from './client';\nimport { eq } from 'drizzle-orm';\nexport async function work(tx) {\n  ${body}\n}`,
    'src/schema.ts': schema,
    'src/client.ts':
      "import { drizzle } from 'drizzle-orm/node-postgres';\nexport const db = drizzle(process.env.URL!);",
  };
  const [facts] = readProject(files);
  return facts!.usages.map((usage) => `${usage.kind} ${usage.api}${'target' in usage ? ` ${usage.target ?? ''}` : ''}`);
}

test.each([
  ['await db.delete(users);', ['unfiltered-delete db.delete() users']],
  ['await tx.delete(tables.users).returning();', ['unfiltered-delete db.delete() tables.users']],
  ['await db.update(users).set({ id: 1 });', ['unfiltered-update db.update() users']],
  ['return db.delete(users).where(undefined);', ['unfiltered-delete db.delete() users']],
  ['db.delete(users).run();', ['unfiltered-delete db.delete() users']],
  [
    'await Promise.all([db.delete(users), db.update(users).set({ id: 1 }).where(eq(users.id, 2))]);',
    ['unfiltered-delete db.delete() users'],
  ],
  ['db.delete(users).where(eq(users.id, 1));', ['unexecuted-builder db.delete()']],
  ['void db.insert(users).values({ id: 1 });', ['unexecuted-builder db.insert()']],
])('%s', (body, expected) => {
  expect(usages(body)).toEqual(expected);
});

test.each([
  'await db.delete(users).where(eq(users.id, 1));',
  'await db.update(users).set({ id: 1 }).where(eq(users.id, 2)).returning();',
  'await db.insert(users).values({ id: 1 });',
  'const query = db.delete(users).$dynamic(); await query.where(eq(users.id, 1));',
  'const query = db.delete(users); await query.where(eq(users.id, 1));',
  'const seen = new Set(); seen.delete(users);',
  'await db.delete(tables.other.users);',
  'await db.delete(tx);',
  'return [db.delete(users)];',
  'const remove = () => db.delete(users); await remove().where(eq(users.id, 1));',
])('nothing: %s', (body) => {
  expect(usages(body)).toEqual([]);
});

test('a table of another library', () => {
  expect(usages('await db.delete(users);', "const users = 'users';")).toEqual([]);
});
