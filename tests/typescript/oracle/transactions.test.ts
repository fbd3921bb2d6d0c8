import 'reflect-metadata';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import { MikroORM, type MigrationObject } from '@mikro-orm/postgresql';
import { Migrator as MikroMigrator } from '@mikro-orm/migrations';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import knex from 'knex';
import { Kysely, Migrator, PostgresDialect, type Migration as KyselyMigration, type PostgresPool } from 'kysely';
import { Sequelize } from 'sequelize';
import { DataSource, type MigrationInterface } from 'typeorm';
import { Umzug, memoryStorage } from 'umzug';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrationFolders } from '../../../src/engine/migration-folders.js';
import type { MigrationFolder } from '../../../src/frontends/front-end.js';
import type { Migration, Project } from '../../../src/ir/index.js';
import { histories } from '../../../src/queries/revision-graph.js';
import { operationsOf } from '../../../src/queries/operations.js';
import { sharesTransaction, transactionHolder } from '../../../src/queries/transactions.js';
import { projectOf } from '../../queries/support/project.js';
import { historyOf, onDisk } from './drizzle/history.js';
import { Postgres } from './pglite.js';

/**
 * Runners write down the transaction that each statement of their migrations runs in, and ddlint says which of them share
 * one. Three migrations: the first has shipped, the other two are run together after it.
 */
interface Case {
  library: string;
  /** What is set, in the words of the library. */
  set: string;
  /** Files by their paths, the migrations first and in order. */
  files: Record<string, string>;
  folder?: MigrationFolder;
  run(postgres: Postgres, migrations: readonly string[]): Promise<unknown>;
}

const require = createRequire(import.meta.url);
const { Pool } = require('pg') as { Pool: new (options: object) => PostgresPool & { end(): Promise<void> } };

/** What a module of the old style exports. */
function exportsOf<T>(text: string): T {
  const module = { exports: {} };
  compileFunction(text, ['require', 'module', 'exports'])(require, module, module.exports);
  return module.exports as T;
}

const create = 'CREATE TABLE seen (step serial, tx bigint)';
const note = 'INSERT INTO seen (tx) VALUES (txid_current())';
const noteTwice = `${note}; ${note}`;

/** The three bodies of a history: calls that send a statement each, and one that sends two. */
const bodies = (send: (sql: string) => string): string[] => [
  send(create),
  [note, note].map(send).join(' '),
  [note, noteTwice].map(send).join(' '),
];

/** @param last what the last migration has of its own: members of the class, and the bodies of its halves */
function typeorm(mode: 'all' | 'each' | 'none', last: { members?: string; up?: string; down?: string } = {}): Case {
  const { members = '', up, down = '' } = last;
  const all = bodies((sql) => `await q.query("${sql}");`);
  const texts = all.map(
    (each, index) => `module.exports.M${index}_170000000000${index} = class M${index}_170000000000${index} {
      ${index === 2 ? members : ''}
      async up(q) { ${index === 2 ? (up ?? each) : each} }
      async down(q) { ${index === 2 ? down : ''} }
    };`,
  );
  const source = `import { DataSource } from 'typeorm';
    export default new DataSource({ type: 'postgres', migrationsTransactionMode: '${mode}' });`;
  return {
    library: 'TypeORM',
    set: [`migrationsTransactionMode '${mode}'`, members, up].filter(Boolean).join(', '),
    files: { ...filesOf('src/migrations', 'js', texts), 'src/db.ts': source },
    folder: { path: 'src/migrations', runner: 'typeorm' },
    async run(postgres, migrations) {
      const classes = migrations.map(
        (text) => Object.values(exportsOf<{ [name: string]: new () => MigrationInterface }>(text))[0]!,
      );
      const options = { type: 'postgres', url: postgres.url, poolSize: 1, installExtensions: false } as const;
      const dataSource = new DataSource({ ...options, migrations: classes, migrationsTransactionMode: mode });
      await dataSource.initialize();
      await dataSource.runMigrations();
      await dataSource.destroy();
    },
  };
}

function mikroOrm(settings: string, members = ''): Case {
  const texts = bodies((sql) => `this.addSql("${sql}");`).map(
    (body, index) => `const { Migration } = require('@mikro-orm/migrations');
    module.exports.Migration${index} = class Migration${index} extends Migration {
      ${index === 2 ? members : ''}
      async up() { ${body} }
    };`,
  );
  const config = `import { defineConfig } from '@mikro-orm/postgresql'; export default defineConfig({ migrations: { ${settings} } });`;
  return {
    library: 'MikroORM',
    set: [settings, members].filter(Boolean).join(', '),
    files: { ...filesOf('src/migrations', 'js', texts), 'mikro-orm.config.ts': config },
    folder: { path: 'src/migrations', runner: 'mikro-orm' },
    async run(postgres, migrations) {
      const migrationsList = migrations.map((text, index) => {
        const [found] = Object.values(exportsOf<{ [name: string]: MigrationObject['class'] }>(text));
        return { name: `000${index}`, class: found! };
      });
      const given = exportsOf<{ migrations: object }>(`module.exports = { migrations: { ${settings} } };`);
      const orm = await MikroORM.init({
        clientUrl: postgres.url,
        pool: { min: 0, max: 1 },
        extensions: [MikroMigrator],
        discovery: { warnWhenNoEntities: false },
        logger: () => undefined,
        migrations: { ...given.migrations, migrationsList, snapshot: false },
      });
      await orm.getMigrator().up();
      await orm.close();
    },
  };
}

function knexCase(settings: string, config = ''): Case {
  const texts = bodies((sql) => `await knex.raw("${sql}");`).map(
    (body, index) => `${index === 2 ? config : ''}
    exports.up = async (knex) => { ${body} };
    exports.down = async () => {};`,
  );
  const file = `module.exports = { client: 'pg', migrations: { ${settings} } };`;
  return {
    library: 'Knex',
    set: [settings, config].filter(Boolean).join(', ') || 'nothing',
    files: { ...filesOf('migrations', 'js', texts), 'knexfile.js': file },
    folder: { path: 'migrations', runner: 'knex' },
    async run(postgres, migrations) {
      const client = knex({ client: 'pg', connection: postgres.url, pool: { min: 0, max: 1 } });
      const given = exportsOf<{ migrations: object }>(file).migrations;
      const migrationSource = {
        getMigrations: () => Promise.resolve([...migrations.keys()]),
        getMigrationName: (index: number) => `000${index}.js`,
        getMigration: (index: number) =>
          Promise.resolve(exportsOf<{ up(): Promise<void>; down(): Promise<void> }>(migrations[index]!)),
      };
      await client.migrate.latest({ ...given, migrationSource });
      await client.destroy();
    },
  };
}

function kysely(settings: string): Case {
  const texts = bodies((sql) => 'await sql`' + sql + '`.execute(db);').map(
    (body) => `const { sql } = require('kysely');
    exports.up = async (db) => { ${body} };`,
  );
  const migrator = `import { Kysely, Migrator } from 'kysely';
    export const migrator = new Migrator({ db: new Kysely({}), provider: undefined, ${settings} });`;
  return {
    library: 'Kysely',
    set: settings || 'nothing',
    files: { ...filesOf('migrations', 'js', texts), 'migrator.ts': migrator },
    folder: { path: 'migrations', runner: 'kysely' },
    async run(postgres, migrations) {
      const pool = new Pool({ connectionString: postgres.url, max: 1 });
      const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
      const found = Object.fromEntries(
        migrations.map((text, index) => [`000${index}`, exportsOf<KyselyMigration>(text)]),
      );
      const given = exportsOf<object>(`module.exports = { ${settings} };`);
      const { error } = await new Migrator({
        db,
        provider: { getMigrations: () => Promise.resolve(found) },
        ...given,
      }).migrateToLatest();
      await db.destroy();
      if (error !== undefined) throw new Error(String(error));
    },
  };
}

function sequelize(set: string, send: (sql: string) => string, around = (body: string): string => body): Case {
  const texts = bodies(send).map(
    (body) => `module.exports = {
      up: async (queryInterface) => { ${around(body)} },
      down: async () => {},
    };`,
  );
  return {
    library: 'Sequelize',
    set,
    files: filesOf('migrations', 'js', texts),
    folder: { path: 'migrations', runner: 'sequelize' },
    async run(postgres, migrations) {
      const database = new Sequelize(postgres.url, { logging: false, pool: { max: 2, min: 0 } });
      const modules = migrations.map((text, index) => ({
        name: String(index),
        up: () => exportsOf<{ up(context: unknown): Promise<void> }>(text).up(database.getQueryInterface()),
      }));
      // What has shipped is not run again.
      const done = modules.length === 1 ? [] : ['0'];
      const storage = {
        ...memoryStorage(),
        executed: () => Promise.resolve(done),
        logMigration: () => Promise.resolve(),
      };
      await new Umzug({ migrations: modules, storage, logger: undefined }).up();
      await database.close();
    },
  };
}

function drizzleCase(): Case {
  const tags = { '0000_a': [create], '0001_b': [note, note], '0002_c': [note, noteTwice] };
  const { files } = historyOf(tags, 'postgresql');
  const { ['drizzle/meta/_journal.json']: journal = '', ...texts } = files;
  return {
    library: 'Drizzle',
    set: 'nothing',
    files: { ...texts, 'drizzle/meta/_journal.json': journal },
    async run(postgres, migrations) {
      const part = historyOf(Object.fromEntries(Object.entries(tags).slice(0, migrations.length)), 'postgresql');
      const pool = new Pool({ connectionString: postgres.url, max: 1 });
      await onDisk(part, (migrationsFolder) => migrate(drizzle(pool as never), { migrationsFolder }));
      await pool.end();
    },
  };
}

function dbMigrate(): Case {
  const texts = bodies((sql) => `await db.runSql("${sql}");`).map(
    (body) => `exports.setup = () => {};
    exports.up = async (db) => { ${body} };
    exports.down = async () => {};
    exports._meta = { version: 1 };`,
  );
  return {
    library: 'db-migrate',
    set: 'nothing',
    files: filesOf('migrations', 'js', texts),
    folder: { path: 'migrations', runner: 'db-migrate' },
    async run(postgres, migrations) {
      const root = mkdtempSync(join(tmpdir(), 'ddlint-db-migrate-'));
      const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));
      symlinkSync(modules, join(root, 'node_modules'));
      writeFileSync(join(root, 'package.json'), '{ "type": "commonjs" }');
      for (const [path, text] of Object.entries(filesOf('.', 'js', migrations))) writeFileSync(join(root, path), text);
      const { getInstance } = require('db-migrate') as {
        getInstance(isModule: boolean, options: object): { silence(on: boolean): void; up(): Promise<void> };
      };
      const config = {
        dev: {
          driver: 'pg',
          host: '127.0.0.1',
          port: postgres.port,
          user: 'postgres',
          password: 'x',
          database: 'postgres',
        },
      };
      const cmdOptions = { 'migrations-dir': root };
      const instance = getInstance(true, { cwd: root, config, cmdOptions, throwUncatched: true });
      instance.silence(true);
      await instance.up();
      rmSync(root, { recursive: true });
    },
  };
}

function filesOf(folder: string, extension: string, texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(texts.map((text, index) => [`${folder}/2024010100000${index}-m.${extension}`, text]));
}

const cases: Case[] = [
  typeorm('all'),
  typeorm('each'),
  typeorm('none'),
  typeorm('each', { members: 'transaction = false;' }),
  typeorm('none', {
    up: `await q.startTransaction(); await q.query("${note}"); await q.query("${note}"); await q.commitTransaction(); await q.query("${note}");`,
  }),
  typeorm('each', {
    up: `await q.query("${note}"); await q.startTransaction(); await q.query("${note}"); await q.commitTransaction(); await q.query("${note}");`,
  }),
  typeorm('all', {
    up: `await q.query("${note}"); await q.commitTransaction(); await q.query("${note}"); await q.startTransaction(); await q.query("${note}");`,
  }),
  mikroOrm(''),
  mikroOrm('allOrNothing: false'),
  mikroOrm('transactional: false'),
  mikroOrm('allOrNothing: false', 'isTransactional() { return false; }'),
  knexCase(''),
  knexCase('disableTransactions: true'),
  knexCase('', 'exports.config = { transaction: false };'),
  kysely(''),
  kysely('disableTransactions: true'),
  sequelize('nothing', (sql) => `await queryInterface.sequelize.query("${sql}");`),
  sequelize(
    'a transaction of its own',
    (sql) => `await queryInterface.sequelize.query("${sql}", { transaction });`,
    (body) => `await queryInterface.sequelize.transaction(async (transaction) => { ${body} });`,
  ),
  drizzleCase(),
  dbMigrate(),
];

const postgres = await Postgres.start({}, 3);
afterAll(() => postgres.stop());

/** For each note of a project but the first, whether ddlint says that it shares the transaction of the one before. */
function said(project: Project): string[] {
  const [{ ordered } = { ordered: [] }] = histories(project);
  const notes = ordered
    .flatMap(({ migration }: { migration: Migration }) => [...operationsOf(migration, 'up')])
    .filter(({ operation }) => operation.kind === 'Insert');
  return notes.slice(1).map((placed, index) => sharesTransaction(project, notes[index]!, placed));
}

describe.each(cases)('$library with $set', ({ files, folder, run }) => {
  const paths = Object.keys(files);
  const migrations = paths.slice(0, 3).map((path) => files[path]!);
  let seen: string[] = [];

  beforeAll(async () => {
    await postgres.clear();
    await run(postgres, migrations.slice(0, 1));
    await run(postgres, migrations);
    const rows = await postgres.rows<{ tx: bigint }>('SELECT tx FROM seen ORDER BY step');
    seen = rows.slice(1).map(({ tx }, index) => (tx === rows[index]!.tx ? 'yes' : 'no'));
  }, 60_000);

  test('the statements that ddlint says share a transaction do, and no others', async () => {
    const folders = folder ? [folder] : migrationFolders(paths, (path) => files[path]);
    const project = await projectOf(files, { folders, shipped: paths.slice(0, 1) });
    expect(seen.length).toBeGreaterThan(3);
    expect(said(project)).toEqual(seen);
  });
});

test('TypeORM takes back in a transaction what opted out of one', async () => {
  await postgres.clear();
  const notes = `await q.query("${note}");`.repeat(2);
  const { files, folder } = typeorm('each', { members: 'transaction = false;', down: notes });
  const texts = Object.values(files).slice(0, 3);
  const classes = texts.map(
    (text) => Object.values(exportsOf<{ [name: string]: new () => MigrationInterface }>(text))[0]!,
  );
  const options = { type: 'postgres', url: postgres.url, poolSize: 1, installExtensions: false } as const;
  const source = new DataSource({ ...options, migrations: classes, migrationsTransactionMode: 'each' });
  await source.initialize();
  await source.runMigrations();
  await postgres.run('TRUNCATE seen');
  await source.undoLastMigration();
  await source.destroy();
  const rows = await postgres.rows<{ tx: bigint }>('SELECT DISTINCT tx FROM seen');
  expect(rows).toHaveLength(1);
  const project = await projectOf(files, { folders: [folder!] });
  const last = project.files.flatMap(({ migrations }) => migrations).find(({ id }) => id.startsWith('M2'))!;
  const downs = [...operationsOf(last, 'down')];
  expect(downs.map((placed) => transactionHolder(project, placed))).toEqual(['runner', 'runner']);
});

describe('PostgreSQL refuses to leave the transaction of a string of several statements', () => {
  const build = 'CREATE INDEX CONCURRENTLY i ON seen (tx)';
  beforeAll(async () => {
    await postgres.clear();
    await postgres.run(create);
  });

  test.each([`${build}; SELECT 1`, `SELECT 1; ${build}`, `BEGIN; SELECT 1; COMMIT; ${build}`, 'SELECT 1; VACUUM seen'])(
    '%s',
    async (text) => {
      await expect(postgres.run(text)).rejects.toMatchObject({ code: '25001' });
      await postgres.run('ROLLBACK');
    },
  );

  test('alone it is built', async () => {
    await expect(postgres.run(build)).resolves.toBeUndefined();
  });
});
