import { createRequire } from 'node:module';
import fc from 'fast-check';
import { ts } from 'ts-morph';
import { expect, test } from 'vitest';
import { lintFiles } from '../../src/index.js';
import { randomSchema } from './oracle/drizzle/random.js';
import { historyOf } from './oracle/drizzle/history.js';
import { migrationOf, snapshotOf, type DrizzleDialect } from './oracle/drizzle/snapshots.js';

const require = createRequire(import.meta.url);

/** What the text of a module exports. */
function exportsOf(text: string): Record<string, unknown> {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(text, { compilerOptions });
  const exports = {};
  new Function('require', 'exports', outputText)(require, exports);
  return exports;
}

/** What the rule says of a snapshot beside statements, each as its message's id and what stands at its place. */
async function foundIn(statements: readonly string[], snapshot: unknown, text: string, dialect: DrizzleDialect) {
  const { files } = historyOf({ '0000_all': statements }, dialect);
  const json = JSON.stringify(snapshot, undefined, 2);
  const all = { ...files, 'drizzle/meta/0000_snapshot.json': json, 'src/schema.ts': text };
  const rules = { 'drift/stale-snapshot': 'error' } as const;
  const { findings, errors } = await lintFiles(all, { config: { dialect, migrations: { report: 'all' }, rules } });
  expect(errors).toEqual([]);
  const lines = json.split('\n');
  return findings
    .filter(({ rule }) => rule === 'drift/stale-snapshot')
    .map(({ message, line, column, endColumn }) => {
      const kind = kinds.find(([said]) => said.test(message))?.[1] ?? message;
      return `${kind} ${lines[line - 1]!.slice(column - 1, endColumn - 1)}`;
    });
}

/** By their messages. */
const kinds: readonly [RegExp, string][] = [
  [/^The snapshot has table/, 'unmade-table'],
  [/^The snapshot has column/, 'unmade-column'],
  [/^The migrations make table/, 'unknown-table'],
  [/^The migrations make column/, 'unknown-column'],
  [/ NULL in the snapshot/, 'nullable'],
  [/ in the snapshot, and /, 'type'],
];

/** A column's line of a CREATE TABLE that is no key. */
const columnLine = /\n\t["`](\w+)["`](?:(?!PRIMARY KEY)[^\n])*,(?=\n\t["`])/;

test.each(['postgresql', 'mysql', 'sqlite'] as const)(
  'a snapshot and its own migration agree, and do not once a line is taken out: %s',
  async (dialect) => {
    let edited = 0;
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (g) => {
        const { text } = randomSchema(g, dialect);
        const exports = exportsOf(text);
        const [statements, snapshot] = [await migrationOf(exports, dialect), await snapshotOf(exports, dialect)];
        expect(await foundIn(statements, snapshot, text, dialect), text).toEqual([]);
        const at = statements.findIndex((each) => each.startsWith('CREATE TABLE') && columnLine.test(each));
        if (at < 0) return;
        edited++;
        const column = columnLine.exec(statements[at]!)![1]!;
        const without = statements.with(at, statements[at]!.replace(columnLine, ''));
        expect(await foundIn(without, snapshot, text, dialect), text).toContain(`unmade-column ${column}`);
      }),
      { numRuns: 40 },
    );
    expect(edited).toBeGreaterThan(10);
  },
);

const models = `import { integer, pgTable, text, varchar } from 'drizzle-orm/pg-core';
export const account = pgTable('account', {
  id: integer('id').primaryKey(),
  email: varchar('email', { length: 320 }).notNull(),
  nick: text('nick'),
});
export const visit = pgTable('visit', { id: integer('id').primaryKey() });
`;

const older = models.replace("  nick: text('nick'),\n", '').replace(/export const visit.*\n/, '');

test('what drizzle-kit would write again is what its snapshot lacks', async () => {
  const statements = await migrationOf(exportsOf(models), 'postgresql');
  const again = await migrationOf(exportsOf(models), 'postgresql', undefined, exportsOf(older));
  expect(again.map((each) => each.replace(/\s*\(\n[^]*/, ''))).toEqual([
    'CREATE TABLE "visit"',
    'ALTER TABLE "account" ADD COLUMN "nick" text;',
  ]);
  const found = await foundIn(statements, await snapshotOf(exportsOf(older), 'postgresql'), models, 'postgresql');
  expect(found.sort()).toEqual(['unknown-column public.account', 'unknown-table tables']);
});

test('a type and NULL that were edited by hand are told at the column of the snapshot', async () => {
  const snapshot = await snapshotOf(exportsOf(models), 'postgresql');
  const statements = await migrationOf(exportsOf(models), 'postgresql');
  const edited = statements.map((each) => each.replace('varchar(320) NOT NULL', 'varchar(100)'));
  expect(edited).not.toEqual(statements);
  const found = await foundIn(edited, snapshot, models, 'postgresql');
  expect(found.sort()).toEqual(['nullable email', 'type email']);
});
