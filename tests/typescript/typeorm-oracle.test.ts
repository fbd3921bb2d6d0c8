import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp';
import { DataSource, EntitySchema } from 'typeorm';
import { describe, expect, test } from 'vitest';
import { byName, Postgres, schemaOf, type Catalog } from './oracle/pglite.js';
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
