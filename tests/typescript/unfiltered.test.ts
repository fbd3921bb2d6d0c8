import { expect, test } from 'vitest';
import { readOne } from './support.js';

const imports = `import { Kysely, Transaction } from 'kysely'; import { Knex } from 'knex'; import { Model } from 'objection';
class User extends Model {}
`;

test.each([
  ["await db.deleteFrom('a').execute()", 'unfiltered-delete a'],
  ["await db.deleteFrom('a').returningAll().executeTakeFirst()", 'unfiltered-delete a'],
  [
    "await db.transaction().execute(async (trx) => { await trx.updateTable('a').set({ b: 1 }).execute(); })",
    'unfiltered-update a',
  ],
  ["await knex('a').del()", 'unfiltered-delete a'],
  ["return knex('a').delete()", 'unfiltered-delete a'],
  ["knex('a').update({ b: 1 }).then(() => {})", 'unfiltered-update a'],
  ["await knex.transaction(async (trx) => { await trx('a').update({ b: 1 }); })", 'unfiltered-update a'],
  ["await knex.table('a').del()", 'unfiltered-delete a'],
  ['await User.query().delete()', 'unfiltered-delete User'],
  ['await User.query().patch({ b: 1 })', 'unfiltered-update User'],
])('%s', (code, expected) => {
  const { usages } = readOne(`${imports} export async function f(db: Kysely<any>, knex: Knex) { ${code}; }`);
  expect(usages.flatMap((usage) => ('target' in usage ? [`${usage.kind} ${usage.target ?? ''}`] : []))).toEqual([
    expected,
  ]);
});

test.each([
  ["await db.deleteFrom('a').where('b', '=', 1).execute()"],
  ["await db.deleteFrom('a').using('b').whereRef('a.b', '=', 'b.a').execute()"],
  ["await db.updateTable('a').set({ b: 1 }).$if(true, (q) => q.where('b', '=', 1)).execute()"],
  ["let q = db.deleteFrom('a'); if (x) q = q.where('b', '=', 1); await q.execute()"],
  ["db.deleteFrom('a').compile()"],
  ["await knex('a').where({ b: 1 }).del()"],
  ["await knex('a').whereIn('b', [1]).update({ b: 2 })"],
  ["const q = knex('a').del(); q.where('b', 1); await q"],
  ["await knex('a').modify((q) => q.where('b', 1)).del()"],
  ["await knex('b').whereIn('a', () => knex('a').del())"],
  ['await User.query().deleteById(1)'],
  ['await User.query().findById(1).patch({ b: 1 })'],
  ['await user.$query().delete()'],
  ["await User.relatedQuery('posts').for(1).delete()"],
  ['new Map().delete({})'],
  ["await cache('a').del()"],
])('nothing: %s', (code) => {
  const { usages } = readOne(
    `${imports} export async function f(db: Kysely<any>, knex: Knex, user: User, cache: Cache, x: any) { ${code}; }`,
  );
  expect(usages.filter(({ kind }) => kind.startsWith('unfiltered'))).toEqual([]);
});

test('a migration says it by its operations', () => {
  const text = `${imports} export async function up(db: Kysely<any>) { await db.deleteFrom('a').execute(); }`;
  expect(readOne(text).usages).toEqual([]);
});
