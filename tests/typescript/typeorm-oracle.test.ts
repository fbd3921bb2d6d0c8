import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp';
import { DataSource, EntitySchema, Table, TableForeignKey, type DataSourceOptions, type TableIndex } from 'typeorm';
import { describe, expect, test } from 'vitest';
import { histories } from '../../src/queries/revision-graph.js';
import { replaysOf } from '../../src/queries/replay.js';
import { projectOf, scriptOf } from '../queries/support/project.js';
import {
  byName,
  catalogOf,
  Postgres,
  replayed,
  schemaOf,
  uncertainTables,
  unread,
  type Catalog,
} from './oracle/pglite.js';
import { load, textsOf } from './oracle/typeorm/compile.js';
import { readProject } from './support.js';

const folder = (name: string): string => fileURLToPath(new URL(`oracle/typeorm/${name}`, import.meta.url));

/** A schema that is only embedded in others: TypeORM takes no entity without a key. */
const noTables = ['Size'];

const isEntity = (value: unknown): value is EntitySchema =>
  typeof value === 'function' || value instanceof EntitySchema;

const facts = readProject(textsOf(folder('models'), 'src/models'));

/** The tables that `synchronize` makes of the models, as PostgreSQL's catalog has them. */
async function synchronized(postgres: Postgres): Promise<Catalog> {
  const exported = [...load(folder('models')).values()].flatMap((each) => Object.values(each)).filter(isEntity);
  await postgres.run('CREATE SCHEMA shop');
  const source = new DataSource({
    type: 'postgres',
    url: postgres.url,
    entities: exported.filter(({ options }) => !noTables.includes(options?.name)),
    poolSize: 1,
    synchronize: true,
  });
  await source.initialize();
  await source.destroy();
  return byName(await postgres.catalog(['typeorm_metadata']));
}

describe('models, as TypeORM makes tables of them', async () => {
  const postgres = await Postgres.start({ uuid_ossp });
  const real = await synchronized(postgres);
  const ours = byName(await postgres.described(schemaOf(facts)));
  await postgres.stop();
  delete ours['elsewhere'];

  test('the same tables', () => {
    expect(Object.keys(ours)).toEqual(Object.keys(real));
  });

  test.each(Object.keys(real))('%s', (table) => {
    expect(ours[table]).toEqual(real[table]);
  });
});

/** What `createTableSql()` of a query runner gives: no server is asked. */
interface Writer {
  createTableSql(table: Table, createForeignKeys: boolean): { query: string };
}

describe.each([
  ['mysql', 'mysql', ['portable', 'mysql']],
  ['sqlite', 'sqljs', ['portable']],
] as const)('models of %s, as the SQL that TypeORM writes for them', async (dialect, type, folders) => {
  const paths = folders.map((name) => `models/${name}`);
  const entities = paths.flatMap((path) => [...load(folder(path)).values()].flatMap((each) => Object.values(each)));
  const source = new DataSource({ type, database: 'shop', entities: entities.filter(isEntity) } as DataSourceOptions);
  await (source as unknown as { buildMetadatas(): Promise<void> }).buildMetadatas();
  const writer = source.createQueryRunner() as unknown as Writer;
  const statements = source.entityMetadatas
    .filter(({ tableType }) => tableType !== 'entity-child')
    .map((metadata) => {
      const table = Table.create(metadata, source.driver);
      table.foreignKeys = metadata.foreignKeys.map((key) => TableForeignKey.create(key, source.driver));
      const indexes = dialect === 'sqlite' ? table.indices.map((index) => indexSql(table, index)) : [];
      return [writer.createTableSql(table, true).query, ...indexes].join(';\n');
    });
  const [replay] = replaysOf(await scriptOf(statements.join(';\n'), dialect));
  const real = byName(await catalogOf(replay!.final));
  const texts = Object.assign({}, ...paths.map((path) => textsOf(folder(path), `src/${path}`))) as Record<
    string,
    string
  >;
  const ours = byName(await catalogOf(schemaOf(readProject(texts, { dialect }))));

  test('the same tables', () => {
    expect(Object.keys(ours)).toEqual(Object.keys(real));
  });

  test.each(Object.keys(real))('%s', (table) => {
    expect(ours[table]).toEqual(real[table]);
  });
});

const indexSql = ({ name: table }: Table, { name, isUnique, columnNames }: TableIndex): string =>
  `CREATE ${isUnique ? 'UNIQUE ' : ''}INDEX "${name ?? ''}" ON "${table}" (${columnNames.map((each) => `"${each}"`).join(', ')})`;

describe('migrations, as the runner runs them', async () => {
  const postgres = await Postgres.start();
  const files = load(folder('migrations'), [folder('migrations/helpers')]);
  const migrations = [...files.values()].flatMap((each) => Object.values(each)) as never[];
  const source = new DataSource({
    type: 'postgres',
    url: postgres.url,
    migrations,
    poolSize: 1,
    installExtensions: false,
  });
  await source.initialize();
  const ran = (await source.runMigrations()).map(({ name }) => name);
  const books = ['migrations', 'typeorm_metadata'];
  const catalogs = [await postgres.catalog(books)];
  const project = await projectOf({
    ...textsOf(folder('migrations'), 'src/migrations'),
    ...textsOf(folder('migrations/helpers'), 'src/migrations/helpers'),
  });
  const schemas = [...ran, ''].map((_, reverted) => replayed(project, reverted));
  const ours = [await postgres.described(schemas[0]!)];
  for (const schema of schemas.slice(1)) {
    ours.push(await postgres.described(schema));
    await source.undoLastMigration();
    catalogs.push(await postgres.catalog(books));
  }
  await source.destroy();
  await postgres.stop();

  test('in the order of their classes', () => {
    expect(histories(project)[0]!.ordered.map(({ migration }) => migration.id)).toEqual(ran);
  });

  test('all of them are read, and only what hangs on changed columns is left open', () => {
    expect([...new Set(unread(project))]).toEqual([
      'Columns1700000000002 up: changeColumn() may make the column anew, without its keys and indexes',
    ]);
    expect(uncertainTables(schemas[0]!)).toEqual(['user', 'author']);
  });

  test.each([...catalogs.keys()])('the catalog with %i of them taken back', (reverted) => {
    const open = uncertainTables(schemas[reverted]!);
    expect(asFarAsKnown(ours[reverted]!, open)).toEqual(asFarAsKnown(catalogs[reverted]!, open));
  });
});

/** Of a table with open questions, the columns alone count: one that is made anew comes last. */
function asFarAsKnown(catalog: Catalog, open: readonly string[]): Catalog {
  return Object.fromEntries(
    Object.entries(catalog).map(([name, table]) => {
      if (!open.includes(name)) return [name, table];
      return [name, { ...table, columns: [...table.columns].sort(), keys: [], indexes: [] }];
    }),
  );
}
