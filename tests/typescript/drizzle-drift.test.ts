import { createRequire } from 'node:module';
import fc from 'fast-check';
import { ts } from 'ts-morph';
import { expect, test } from 'vitest';
import { comparedIn, driftOf } from './oracle/drift/differences.js';
import { historyOf, projectOfHistory } from './oracle/drizzle/history.js';
import { randomSchema } from './oracle/drizzle/random.js';
import { migrationOf, type DrizzleDialect } from './oracle/drizzle/snapshots.js';

const require = createRequire(import.meta.url);

/** What the text of a module exports. */
function exportsOf(text: string): Record<string, unknown> {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(text, { compilerOptions });
  const exports = {};
  new Function('require', 'exports', outputText)(require, exports);
  return exports;
}

/** The models of `text` beside the history that drizzle-kit makes of `before`. */
async function projectWith(text: string, before: string, dialect: DrizzleDialect) {
  const statements = await migrationOf(exportsOf(before), dialect);
  const { files } = historyOf({ '0000_all': statements }, dialect);
  const settings = `import 'drizzle-kit';\nexport default { dialect: '${dialect}', schema: './src/schema.ts' };\n`;
  return projectOfHistory({ files: { ...files, 'src/schema.ts': text, 'drizzle.config.ts': settings }, dialect });
}

test.each(['postgresql', 'mysql', 'sqlite'] as const)(
  'a schema and its own migration do not drift: %s',
  async (dialect) => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (g) => {
        const { text } = randomSchema(g, dialect);
        const project = await projectWith(text, text, dialect);
        expect(driftOf(project), text).toEqual([]);
        compared += comparedIn(project).compared;
      }),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(60);
  },
);

const before = `import { boolean, char, integer, json, jsonb, numeric, pgEnum, pgTable, real, serial, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core';
export const level = pgEnum('level', ['basic', 'gold']);
export const account = pgTable('account', {
  id: serial('id').primaryKey(),
  email: varchar('email', { length: 320 }).notNull(),
  nick: text('nick'),
  level: level('level').notNull(),
  born: timestamp('born').notNull(),
  seen: timestamp('seen', { withTimezone: true }),
  balance: numeric('balance', { precision: 10, scale: 2 }).notNull(),
  score: real('score'),
  rank: integer('rank').notNull(),
  tags: text('tags').array(),
  settings: json('settings'),
  extra: jsonb('extra').notNull(),
  active: boolean('active'),
  code: char('code', { length: 3 }),
  token: uuid('token'),
  gone: text('gone'),
});
export const old = pgTable('old', { id: serial('id').primaryKey() });
`;

const after = before
  .replace("['basic', 'gold']", "['basic', 'gold', 'lead']")
  .replace('length: 320', 'length: 200')
  .replace("text('nick')", "text('nick').notNull()")
  .replace("timestamp('born')", "timestamp('born', { withTimezone: true })")
  .replace("timestamp('seen', { withTimezone: true })", "timestamp('seen', { withTimezone: true, precision: 6 })")
  .replace('precision: 10', 'precision: 12')
  .replace("integer('rank').notNull()", "integer('rank')")
  .replace("text('tags').array()", "varchar('tags').array()")
  .replace("json('settings')", "jsonb('settings')")
  .replace("char('code', { length: 3 })", "char('code', { length: 4 })")
  .replace("  gone: text('gone'),\n", '')
  .replace(/export const old.*\n/, '');

/** The changes of columns that a migration makes, one line each. */
const changes: readonly [RegExp, string][] = [
  [/^DROP TABLE "(\w+)"/, 'unmodelled-table $1'],
  [/^CREATE TABLE "(\w+)"/, 'unmigrated-table $1'],
  [/^ALTER TABLE "(\w+)" ADD COLUMN "(\w+)"/, 'unmigrated-column $1.$2'],
  [/^ALTER TABLE "(\w+)" DROP COLUMN "(\w+)"/, 'unmodelled-column $1.$2'],
  [/^ALTER TABLE "(\w+)" ALTER COLUMN "(\w+)" SET DATA TYPE/, 'type-mismatch $1.$2'],
  [/^ALTER TABLE "(\w+)" ALTER COLUMN "(\w+)" (?:SET|DROP) NOT NULL/, 'nullability-mismatch $1.$2'],
  [/^ALTER TYPE "public"."level" ADD VALUE/, 'type-mismatch account.level'],
];

const told = (statements: readonly string[]): string[] =>
  statements
    .filter((each) => !/ROW LEVEL SECURITY/.test(each))
    .map((each) => {
      const [pattern, line] = changes.find(([known]) => known.test(each)) ?? [/^/, `unknown: ${each}`];
      return each.replace(new RegExp(`${pattern.source}[^]*`), line);
    });

/** What PostgreSQL keeps in one way, and drizzle-kit, which compares texts, takes for two. */
const sameForPostgres = ['type-mismatch account.seen', 'type-mismatch account.tags'];

test('models that went on drift as drizzle-kit says', async () => {
  const expected = told(await migrationOf(exportsOf(after), 'postgresql', undefined, exportsOf(before)));
  expect(expected).toEqual(expect.arrayContaining(sameForPostgres));
  expect(expected.length).toBeGreaterThan(11);
  const found = driftOf(await projectWith(after, before, 'postgresql'));
  expect(found).toEqual(expected.filter((each) => !sameForPostgres.includes(each)).sort());
});

test('models that went on by a table and columns drift as drizzle-kit says', async () => {
  const more = `${before.replace("  gone: text('gone'),", "  gone: text('gone'),\n  fresh: text('fresh'),\n  other: integer('other').notNull(),")}export const visit = pgTable('visit', { id: serial('id').primaryKey() });\n`;
  const expected = told(await migrationOf(exportsOf(more), 'postgresql', undefined, exportsOf(before)));
  expect(expected).toHaveLength(3);
  expect(driftOf(await projectWith(more, before, 'postgresql'))).toEqual(expected.sort());
});
