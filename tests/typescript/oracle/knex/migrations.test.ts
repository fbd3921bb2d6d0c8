import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import knex from 'knex';
import type { Project } from '../../../../src/ir/index.js';
import { projectOf } from '../../../queries/support/project.js';
import { thereAndBack } from '../there-and-back.js';

const folder = fileURLToPath(new URL('migrations', import.meta.url));
const names = readdirSync(folder).sort();

/** The project with its first migrations only. */
const until = (count: number): Promise<Project> =>
  projectOf(
    Object.fromEntries(names.slice(0, count).map((name) => [`db/${name}`, readFileSync(`${folder}/${name}`, 'utf8')])),
    { folders: [{ path: 'db', runner: 'knex' }] },
  );

thereAndBack({
  library: 'Knex',
  names,
  until,
  books: ['knex_migrations', 'knex_migrations_lock'],
  connect(postgres) {
    const client = knex({
      client: 'pg',
      connection: postgres.url,
      pool: { min: 0, max: 1 },
      migrations: { directory: folder, loadExtensions: ['.cjs', '.mjs'] },
    });
    return Promise.resolve({
      up: () => client.migrate.up(),
      down: () => client.migrate.down(),
      close: () => client.destroy(),
    });
  },
});
