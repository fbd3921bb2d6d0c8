import { createRequire } from 'node:module';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Kysely, Migrator, PostgresDialect, type Migration, type PostgresPool } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Project } from '../../../../src/ir/index.js';
import { projectOf } from '../../../queries/support/project.js';
import { Postgres, replayed, unread, type Catalog } from '../pglite.js';

const folder = fileURLToPath(new URL('migrations', import.meta.url));
const names = readdirSync(folder).sort();
const books = ['kysely_migration', 'kysely_migration_lock'];

/** The project with its first migrations only. */
const until = (count: number): Promise<Project> =>
  projectOf(
    Object.fromEntries(names.slice(0, count).map((name) => [`db/${name}`, readFileSync(`${folder}/${name}`, 'utf8')])),
    { folders: [{ path: 'db', runner: 'kysely' }] },
  );

const { Pool } = createRequire(import.meta.url)('pg') as { Pool: new (options: object) => PostgresPool };

let postgres: Postgres;
/** The catalog after each migration, and after each is taken back again, the last first. */
const up: Catalog[] = [];
const down: Catalog[] = [];
const replayedUp: Catalog[] = [];
const replayedDown: Catalog[] = [];

beforeAll(async () => {
  postgres = await Postgres.start();
  const pool = new Pool({ connectionString: postgres.url, max: 1 });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const migrations: Record<string, Migration> = {};
  for (const name of names) migrations[name.replace(/\.ts$/, '')] = (await import(`${folder}/${name}`)) as Migration;
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  for (const index of names.keys()) {
    const { error } = await migrator.migrateUp();
    if (error !== undefined) throw new Error(`${names[index]!}: ${String(error)}`);
    up.push(await postgres.catalog(books));
    replayedUp.push(await postgres.described(replayed(await until(index + 1))));
  }
  const project = await until(names.length);
  for (const index of names.keys()) {
    const { error } = await migrator.migrateDown();
    if (error !== undefined) throw new Error(`${names.at(-1 - index)!}: ${String(error)}`);
    down.push(await postgres.catalog(books));
    replayedDown.push(await postgres.described(replayed(project, index + 1)));
  }
  await db.destroy();
}, 120_000);

afterAll(async () => {
  await postgres.stop();
});

describe('the replayed schema is what Kysely leaves behind', () => {
  test.each(names.map((name, index) => [name, index] as const))('after %s', (_, index) => {
    expect(replayedUp[index]).toEqual(up[index]);
  });

  test.each(names.toReversed().map((name, index) => [name, index] as const))('without %s again', (_, index) => {
    expect(replayedDown[index]).toEqual(down[index]);
  });
});

test('nothing of them is left unread', async () => {
  expect(unread(await until(names.length))).toEqual([]);
});
