import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import knex from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Project } from '../../../../src/ir/index.js';
import { projectOf } from '../../../queries/support/project.js';
import { Postgres, replayed, unread, type Catalog } from '../pglite.js';

const folder = fileURLToPath(new URL('migrations', import.meta.url));
const names = readdirSync(folder).sort();
const books = ['knex_migrations', 'knex_migrations_lock'];

/** The project with its first migrations only. */
const until = (count: number): Promise<Project> =>
  projectOf(
    Object.fromEntries(names.slice(0, count).map((name) => [`db/${name}`, readFileSync(`${folder}/${name}`, 'utf8')])),
    { folders: [{ path: 'db', runner: 'knex' }] },
  );

let postgres: Postgres;
/** The catalog after each migration, and after each is taken back again, the last first. */
const up: Catalog[] = [];
const down: Catalog[] = [];
const replayedUp: Catalog[] = [];
const replayedDown: Catalog[] = [];

beforeAll(async () => {
  postgres = await Postgres.start();
  const client = knex({
    client: 'pg',
    connection: postgres.url,
    pool: { min: 0, max: 1 },
    migrations: { directory: folder, loadExtensions: ['.cjs', '.mjs'] },
  });
  for (const index of names.keys()) {
    await client.migrate.up();
    up.push(await postgres.catalog(books));
    replayedUp.push(await postgres.described(replayed(await until(index + 1))));
  }
  const project = await until(names.length);
  for (const index of names.keys()) {
    await client.migrate.down();
    down.push(await postgres.catalog(books));
    replayedDown.push(await postgres.described(replayed(project, index + 1)));
  }
  await client.destroy();
}, 120_000);
afterAll(() => postgres.stop());

describe('what Knex leaves behind, and what the replay says', () => {
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
