import { createRequire } from 'node:module';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Kysely, Migrator, PostgresDialect, type Migration, type PostgresPool } from 'kysely';
import type { Project } from '../../../../src/ir/index.js';
import { projectOf } from '../../../queries/support/project.js';
import { thereAndBack } from '../there-and-back.js';

const folder = fileURLToPath(new URL('migrations', import.meta.url));
const names = readdirSync(folder).sort();

/** The project with its first migrations only. */
const until = (count: number): Promise<Project> =>
  projectOf(
    Object.fromEntries(names.slice(0, count).map((name) => [`db/${name}`, readFileSync(`${folder}/${name}`, 'utf8')])),
    { folders: [{ path: 'db', runner: 'kysely' }] },
  );

const { Pool } = createRequire(import.meta.url)('pg') as { Pool: new (options: object) => PostgresPool };

/** The Migrator returns what went wrong. */
async function ran(result: Promise<{ error?: unknown }>): Promise<void> {
  const { error } = await result;
  if (error !== undefined) throw new Error(String(error));
}

thereAndBack({
  library: 'Kysely',
  names,
  until,
  books: ['kysely_migration', 'kysely_migration_lock'],
  async connect(postgres) {
    const pool = new Pool({ connectionString: postgres.url, max: 1 });
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
    const migrations: Record<string, Migration> = {};
    for (const name of names) migrations[name.replace(/\.ts$/, '')] = (await import(`${folder}/${name}`)) as Migration;
    const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
    return {
      up: () => ran(migrator.migrateUp()),
      down: () => ran(migrator.migrateDown()),
      close: () => db.destroy(),
    };
  },
});
