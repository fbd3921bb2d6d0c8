import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import fc from 'fast-check';
import { ts } from 'ts-morph';
import { describe, expect, test } from 'vitest';
import type { Column, FileFacts } from '../../src/ir/index.js';
import { historyOf, projectOfHistory } from './oracle/drizzle/history.js';
import { randomSchema } from './oracle/drizzle/random.js';
import { shapeOfFacts } from './oracle/drizzle/shape.js';
import {
  migrationOf,
  shapeOfSnapshot,
  snapshotOf,
  type Casing,
  type DrizzleDialect,
} from './oracle/drizzle/snapshots.js';
import { replayed } from './oracle/pglite.js';
import { readProject } from './support.js';

const models = join(import.meta.dirname, 'oracle/drizzle/models');

/** The fixture of one dialect as ddlint reads it, with settings of drizzle-kit beside it. */
function read(folder: string, dialect: DrizzleDialect, casing: Casing | undefined): FileFacts[] {
  const files = Object.fromEntries(
    readdirSync(join(models, folder)).map((name) => [
      `src/db/${name}`,
      readFileSync(join(models, folder, name), 'utf8'),
    ]),
  );
  const settings = `import { defineConfig } from 'drizzle-kit';
export default defineConfig({ dialect: '${dialect}', schema: './src/db/index.ts'${casing ? `, casing: '${casing}'` : ''} });`;
  return readProject({ ...files, 'drizzle.config.ts': settings }, { dialect });
}

const casings = [undefined, 'snake_case', 'camelCase'] as const;

describe.each([
  ['pg', 'postgresql', 13],
  ['mysql', 'mysql', 10],
  ['sqlite', 'sqlite', 10],
] as const)('the schema of drizzle-kit, %s', (folder, dialect, count) => {
  test.each(casings)('casing %s', async (casing) => {
    const exports = (await import(join(models, folder, 'index.ts'))) as Record<string, unknown>;
    const expected = shapeOfSnapshot(await snapshotOf(exports, dialect, casing), dialect);
    expect(Object.keys(expected.tables)).toHaveLength(count);
    const found = shapeOfFacts(read(folder, dialect, casing));
    // drizzle-kit leaves out tables of another schema of MySQL.
    if (dialect === 'mysql') delete found.tables['crm.remote'];
    expect(found).toEqual(expected);
  });

  test('the columns that the generated migration leaves behind', async () => {
    const exports = (await import(join(models, folder, 'index.ts'))) as Record<string, unknown>;
    const statements = (await migrationOf(exports, dialect)).filter((each) => !each.startsWith('CREATE VIEW'));
    const schema = replayed(await projectOfHistory(historyOf({ '0000_all': statements }, dialect)));
    const tables = read(folder, dialect, undefined).flatMap((facts) => facts.tables);
    const line = ({ name, type, nullable, generated }: Column): string =>
      `${name.value} ${type.name} ${String(nullable)} ${generated ?? ''}`;
    let compared = 0;
    for (const { name, columns, role } of tables) {
      const replay = schema.table(name);
      if (role !== 'table' || name.schema?.value === 'crm') continue;
      expect(columns.map(line)).toEqual([...replay!.columns.values()].map(({ column }) => line(column)));
      compared++;
    }
    expect(compared).toBe(count);
  });
});

describe('schemas made at random', () => {
  const require = createRequire(import.meta.url);

  /** What the text of a module exports. */
  function exportsOf(text: string): Record<string, unknown> {
    const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
    const { outputText } = ts.transpileModule(text, { compilerOptions });
    const exports = {};
    new Function('require', 'exports', outputText)(require, exports);
    return exports;
  }

  test.each(['postgresql', 'mysql', 'sqlite'] as const)('%s', async (dialect) => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), fc.constantFrom(...casings), async (g, casing) => {
        const { text } = randomSchema(g, dialect);
        const expected = shapeOfSnapshot(await snapshotOf(exportsOf(text), dialect, casing), dialect);
        const settings = `import 'drizzle-kit';\nexport default { casing: ${casing ? `'${casing}'` : 'undefined'} };`;
        const found = readProject({ 'schema.ts': text, 'drizzle.config.ts': settings }, { dialect });
        expect(shapeOfFacts(found), text).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
