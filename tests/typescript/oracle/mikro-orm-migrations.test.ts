import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FileFacts, Project } from '../../../src/ir/index.js';
import { readProject } from '../support.js';
import { Compiled, filesOf, migratorOf } from './mikro-orm/orm.js';
import { Postgres, replayed, unread } from './pglite.js';

const migrations = filesOf('migrations');
const compiled = new Compiled(migrations);
let postgres: Postgres;
beforeAll(async () => {
  postgres = await Postgres.start();
}, 60_000);
afterAll(async () => {
  await postgres.stop();
  compiled.remove();
});

const read = (files: { [path: string]: string } = migrations): FileFacts[] =>
  readProject(files, { migrations: { path: 'src', runner: 'mikro-orm' } });

const projectOf = (files: FileFacts[]): Project => ({ files, settings: { dialect: 'postgresql', shipped: new Set() } });

test('what the migrations leave behind is what the migrator makes of them, up and down', async () => {
  const project = projectOf(read());
  expect(unread(project)).toEqual([]);
  const orm = await migratorOf(compiled, postgres.url, { allOrNothing: false });
  const without = ['mikro_orm_migrations'];
  const applied = await orm.getMigrator().up();
  expect(applied.map(({ name }) => name)).toEqual([
    'Migration20240101080000',
    'Migration20240101120000',
    'Migration20240102080000_keys',
    'Migration20240103080000',
  ]);
  const after = await postgres.catalog(without);
  expect(await postgres.described(replayed(project))).toEqual(after);
  for (const reverted of [1, 2, 3]) {
    await orm.getMigrator().down(undefined);
    expect(await postgres.described(replayed(project, reverted))).toEqual(await postgres.catalog(without));
  }
  await orm.getMigrator().down(undefined);
  expect(Object.keys(await postgres.catalog(without))).toEqual([]);
  await orm.close();
});
