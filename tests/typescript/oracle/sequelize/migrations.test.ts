import { Sequelize, type QueryInterface } from 'sequelize';
import { Umzug, memoryStorage } from 'umzug';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Project } from '../../../../src/ir/index.js';
import { projectOf } from '../../../queries/support/project.js';
import { Postgres, replayed, unread, type Catalog } from '../pglite.js';
import { migrationFiles as files, migrationModules } from './library.js';

const modules = migrationModules();
const names = modules.map(([path]) => path);

/** The project with its first migrations only. */
const until = (count: number): Promise<Project> =>
  projectOf(
    { ...Object.fromEntries(Object.entries(files).filter(([path]) => !names.slice(count).includes(path))) },
    { folders: [{ path: 'migrations', runner: 'sequelize' }] },
  );

let postgres: Postgres;
/** The catalog after each migration, and after each is taken back again, the last first. */
const up: Catalog[] = [];
const down: Catalog[] = [];
const replayedUp: Catalog[] = [];
const replayedDown: Catalog[] = [];

beforeAll(async () => {
  postgres = await Postgres.start();
  const sequelize = new Sequelize(postgres.url, { logging: false, pool: { max: 1, min: 0 } });
  const umzug = new Umzug<QueryInterface>({
    migrations: modules.map(([name, module]) => {
      // What sequelize-cli gives, or what umzug does.
      const args = (given: { context: QueryInterface }): unknown[] =>
        files[name]!.includes('umzug') ? [given] : [given.context, Sequelize];
      return {
        name,
        up: (given: { context: QueryInterface }) => module.up(...args(given)),
        down: (given: { context: QueryInterface }) => module.down(...args(given)),
      };
    }),
    context: sequelize.getQueryInterface(),
    storage: memoryStorage(),
    logger: undefined,
  });
  for (const index of names.keys()) {
    await umzug.up({ step: 1 });
    up.push(await postgres.catalog());
    replayedUp.push(await postgres.described(replayed(await until(index + 1))));
  }
  const project = await until(names.length);
  for (const index of names.keys()) {
    await umzug.down({ step: 1 });
    down.push(await postgres.catalog());
    replayedDown.push(await postgres.described(replayed(project, index + 1)));
  }
  await sequelize.close();
}, 120_000);
afterAll(() => postgres.stop());

describe('what Sequelize leaves behind, and what the replay says', () => {
  test.each(names.map((name, index) => [name, index]))('after %s', (_, index) => {
    expect(replayedUp[index]).toEqual(up[index]);
  });
  test.each(names.toReversed().map((name, index) => [name, index]))('after %s is taken back', (_, index) => {
    expect(replayedDown[index]).toEqual(down[index]);
  });
});

test('nothing is left over, and nothing was passed over', async () => {
  expect(Object.keys(down.at(-1)!)).toEqual([]);
  expect(unread(await until(names.length))).toEqual([]);
});
