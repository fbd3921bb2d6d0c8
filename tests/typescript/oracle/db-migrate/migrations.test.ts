import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Project } from '../../../../src/ir/index.js';
import { projectOf } from '../../../queries/support/project.js';
import { thereAndBack } from '../there-and-back.js';

const folder = fileURLToPath(new URL('migrations', import.meta.url));
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.js'))
  .sort();

type Done = (error?: Error | null) => void;
type Half = (db: unknown, done: Done) => unknown;
interface Written {
  setup?(options: object, seed: null): void;
  up: Half;
  down: Half;
}

const require = createRequire(import.meta.url);
const { dataType } = require('db-migrate') as { dataType: object };
/** What db-migrate writes with is a package of its own, which lies wherever db-migrate finds it. */
const { log } = createRequire(require.resolve('db-migrate'))('db-migrate-shared') as {
  log: { silence(on: boolean): void };
};
const { connect } = require('db-migrate-pg') as {
  connect(config: object, internals: object, done: (error: Error | null, db: { close(): Promise<void> }) => void): void;
};

/** Runs one half of a migration as db-migrate does: it is over when the callback is called, or the promise is kept. */
function run(db: unknown, name: string, half: 'up' | 'down'): Promise<void> {
  const written = require(`${folder}/${name}`) as Written;
  written.setup?.({ dbmigrate: { dataType } }, null);
  return new Promise((resolve, reject) => {
    const promise = written[half](db, (error) => {
      if (error) reject(error);
      else resolve();
    });
    if (promise && typeof (promise as Promise<void>).then === 'function')
      (promise as Promise<void>).then(() => resolve(), reject);
  });
}

const until = (count: number): Promise<Project> =>
  projectOf(
    Object.fromEntries(names.slice(0, count).map((name) => [`db/${name}`, readFileSync(`${folder}/${name}`, 'utf8')])),
    { folders: [{ path: 'db', runner: 'db-migrate' }] },
  );

thereAndBack({
  library: 'db-migrate',
  names,
  until,
  async connect(postgres) {
    log.silence(true);
    const config = {
      host: '127.0.0.1',
      port: postgres.port,
      user: 'postgres',
      password: 'postgres',
      database: 'postgres',
    };
    const internals = { mod: { log, type: dataType }, migrationTable: 'migrations' };
    const db = await new Promise<{ close(): Promise<void> }>((resolve, reject) => {
      connect(config, internals, (error, connected) => {
        if (error) reject(error);
        else resolve(connected);
      });
    });
    return {
      up: (index) => run(db, names[index]!, 'up'),
      down: (index) => run(db, names.at(-1 - index)!, 'down'),
      close: () => db.close(),
    };
  },
});
