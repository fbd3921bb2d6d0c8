import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { snakeCase } from '../../src/frontends/typescript/kysely/camel-case.js';
import { readProject } from './support.js';

const migration = `import { Kysely, sql } from 'kysely';
export async function up(db: Kysely<any>) {
  await db.schema.createTable('userAccount').addColumn('createdAt', 'text').execute();
  await sql\`create index i on "userAccount" (a)\`.execute(db);
}`;

/** The migration of a project with such a file beside it. */
function completed(setup: string, path = 'src/db/migrate.ts') {
  const files = readProject({ 'src/db/migrations/001-init.ts': migration, [path]: setup });
  return files.find((file) => file.migrations.length > 0)!.migrations[0]!;
}

const imports = "import { CamelCasePlugin, Kysely, Migrator } from 'kysely';";

describe('what the Migrator is told', () => {
  test.each([
    [`${imports} new Migrator({ db, provider })`, 'all', 'yes'],
    [`${imports} new Migrator({ db, provider, disableTransactions: false })`, 'all', 'yes'],
    [`${imports} new Migrator({ db, provider, disableTransactions: true })`, 'none', 'no'],
    ["import { Migrator } from './own'; new Migrator({ disableTransactions: true })", 'all', 'yes'],
  ])('%s', (setup, transaction, inTransaction) => {
    const { transaction: mode, up } = completed(setup);
    expect(mode).toBe(transaction);
    for (const step of up.steps)
      expect('statement' in step ? step.statement.inTransaction : step.inTransaction).toBe(inTransaction);
  });
});

describe('the case of names', () => {
  const table = (setup: string): string[] =>
    completed(setup).up.steps.flatMap((step) => {
      const operations = 'statement' in step ? step.statement.operations : [step.operation];
      return operations.flatMap((each) =>
        each.kind === 'CreateTable'
          ? [each.table.name.value, ...each.definition.columns.map(({ name }) => name.value)]
          : each.kind === 'CreateIndex'
            ? [each.table.name.value]
            : [],
      );
    });

  test('is that of the plugin for builders, and as written in SQL', () => {
    const setup = `${imports} const db = new Kysely({ dialect, plugins: [new CamelCasePlugin()] }); new Migrator({ db, provider });`;
    expect(table(setup)).toEqual(['user_account', 'created_at', 'userAccount']);
  });

  test('is as written without the plugin, and where the instance is not known', () => {
    expect(table(`${imports} const db = new Kysely({ dialect }); new Migrator({ db, provider });`)).toEqual([
      'userAccount',
      'createdAt',
      'userAccount',
    ]);
    expect(table(`${imports} export const f = (db) => new Migrator({ db, provider });`)).toEqual([
      'userAccount',
      'createdAt',
      'userAccount',
    ]);
  });

  test('is what the library makes of any name', () => {
    const path = createRequire(import.meta.url)
      .resolve('kysely')
      .replace(/index\.js$/, 'plugin/camel-case/camel-case.js');
    const { createSnakeCaseMapper } = createRequire(import.meta.url)(path) as {
      createSnakeCaseMapper: (options: object) => (name: string) => string;
    };
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'B', '1', '2', '_', 'é', 'É'), maxLength: 12 });
    const options = fc.record({
      upperCase: fc.boolean(),
      underscoreBeforeDigits: fc.boolean(),
      underscoreBetweenUppercaseLetters: fc.boolean(),
    });
    fc.assert(
      fc.property(word, options, (name, given) => {
        expect(snakeCase(name, given)).toBe(createSnakeCaseMapper(given)(name));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the name of a migration', () => {
  test.each([
    ["export * as _20240101 from './001-init';", '_20240101'],
    ["export * as _20240101 from './001-init.js';", '_20240101'],
    ["import * as init from './001-init'; export default { '001': init };", '001'],
    ["import * as init from './001-init'; const all = { first: init }; export default all;", 'first'],
    ["export * from './001-init';", '001-init'],
  ])('%s', (index, name) => {
    const migrations = { path: 'src/db/migrations', runner: 'kysely' as const };
    const files = readProject(
      { 'src/db/migrations/001-init.ts': migration, 'src/db/migrations/index.ts': index },
      { migrations },
    );
    expect(files.flatMap((file) => file.migrations.map(({ id, order }) => [id, order]))).toEqual([[name, [name]]]);
  });
});
