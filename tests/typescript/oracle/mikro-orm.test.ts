import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Dialect, EnumType, FileFacts } from '../../../src/ir/index.js';
import { apply } from '../../../src/queries/replay/apply.js';
import { Draft } from '../../../src/queries/replay/draft.js';
import type { Schema } from '../../../src/queries/replay/state.js';
import { readProject } from '../support.js';
import { byName, described, expected, tablesOf } from './mikro-orm/lines.js';
import { Compiled, filesOf, ormOf } from './mikro-orm/orm.js';
import { Postgres } from './pglite.js';

const models = filesOf('models');
const compiled = new Compiled(models);
afterAll(() => {
  compiled.remove();
});

/** The schema that the models describe, in the words of the replay. */
function schemaOf(files: readonly FileFacts[], dialect: Dialect): Schema {
  const draft = new Draft(dialect);
  const run = (operation: Parameters<typeof apply>[2]['operation']): void => {
    apply(draft, { facts: files[0]! }, { operation, inTransaction: 'no' } as Parameters<typeof apply>[2]);
  };
  const span = { start: 0, end: 0 };
  for (const { enums } of files)
    for (const type of enums as EnumType[]) run({ kind: 'CreateEnumType', type, span, provenance: 'api' });
  for (const table of tablesOf(files))
    run({ kind: 'CreateTable', table: table.name, definition: table, span, provenance: 'api' });
  return draft.schema;
}

describe('PostgreSQL', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await Postgres.start();
  }, 60_000);
  afterAll(() => postgres.stop());

  test('the models are what the schema generator makes', async () => {
    await postgres.run(await ormOf(compiled, 'postgresql').schema.getCreateSchemaSQL({ wrap: false }));
    const files = readProject(models);
    const catalog = await postgres.catalog();
    expect(Object.keys(catalog).length).toBeGreaterThan(15);
    expect(await postgres.described(schemaOf(files, 'postgresql'))).toEqual(catalog);
  });
});

describe.each(['postgresql', 'mysql'] as const)('%s', (dialect) => {
  test('tables, columns, keys, defaults and comments are those of MikroORM', () => {
    const orm = ormOf(compiled, dialect);
    const target = orm.schema.getTargetSchema().getTables();
    const files = readProject(models, { dialect });
    const tables = tablesOf(files);
    expect(byName(tables.map(described))).toEqual(byName(target.map((table) => expected(table, dialect))));
    const unsure = tables.flatMap((table) => [table, ...table.columns].flatMap(({ uncertain }) => uncertain));
    expect(unsure).toEqual([]);
  });
});
