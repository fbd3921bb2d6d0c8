import { citext } from '@electric-sql/pglite/contrib/citext';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { shapeOf } from '../queries/support/shape.js';
import { Sqlite } from '../queries/support/sqlite.js';
import { replaysOf } from '../../src/queries/replay.js';
import { historyOf, onDisk, projectOfHistory } from './oracle/drizzle/history.js';
import { migrationOf } from './oracle/drizzle/snapshots.js';
import { Postgres, replayed, unread } from './oracle/pglite.js';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await Postgres.start({ citext });
}, 60_000);
beforeEach(() => postgres.clear());
afterAll(() => postgres.stop());

/** The fixture without what its runner or the database in this process can't do: pgvector, and an index in no transaction. */
async function postgresqlSchema(): Promise<Record<string, unknown>> {
  const exports: Record<string, unknown> = { ...(await import('./oracle/drizzle/models/pg/index.js')) };
  delete exports['embeddings'];
  return exports;
}

const later = new Set([
  'sessions',
  'memberships',
  'grants',
  'lines',
  'events',
  'accountHistory',
  'activeAccounts',
  'totals',
]);

test.each([undefined, 'snake_case'] as const)('PostgreSQL after the real migrator, casing %s', async (casing) => {
  const schema = await postgresqlSchema();
  const first = Object.fromEntries(Object.entries(schema).filter(([name]) => !later.has(name)));
  const inTransaction = (sql: string): string => sql.replace('INDEX CONCURRENTLY', 'INDEX');
  const history = historyOf(
    {
      '0000_extension': ['CREATE EXTENSION citext;'],
      '0001_first_half': (await migrationOf(first, 'postgresql', casing)).map(inTransaction),
      '0002_second_half': (await migrationOf(schema, 'postgresql', casing, first)).map(inTransaction),
      '0003_by_hand': [
        'ALTER TABLE "teams" RENAME TO "groups";',
        'ALTER TABLE "groups" ALTER COLUMN "limits" SET DATA TYPE bigint USING 1;\nALTER TABLE "kinds" DROP COLUMN "ak";',
      ],
    },
    'postgresql',
  );
  const database = drizzle({ connection: { connectionString: postgres.url, max: 1 } });
  try {
    await onDisk(history, (migrationsFolder) => migrate(database, { migrationsFolder }));
  } finally {
    await database.$client.end();
  }
  const project = await projectOfHistory(history);
  expect(unread(project)).toEqual([]);
  const catalog = await postgres.catalog(['drizzle.__drizzle_migrations']);
  expect(Object.keys(catalog)).toHaveLength(12);
  expect(await postgres.described(replayed(project))).toEqual(catalog);
});

test.each([undefined, 'snake_case'] as const)('SQLite after the generated statements, casing %s', async (casing) => {
  const schema = await import('./oracle/drizzle/models/sqlite/index.js');
  const statements = await migrationOf(schema, 'sqlite', casing);
  const history = historyOf({ '0000_all': statements }, 'sqlite');
  const sqlite = await Sqlite.start();
  for (const statement of statements) expect(sqlite.run(statement)).toBeUndefined();
  const [replay] = replaysOf(await projectOfHistory(history));
  const shape = sqlite.shape();
  expect(Object.keys(shape)).toHaveLength(10);
  expect(nameless(shapeOf(replay!.final))).toEqual(shape);
});

/** SQLite's catalog knows no names of constraints, and tells no checks. */
function nameless(shape: ReturnType<typeof shapeOf>): ReturnType<typeof shapeOf> {
  return Object.fromEntries(
    Object.entries(shape).map(([table, { constraints, ...rest }]) => [
      table,
      {
        ...rest,
        constraints: constraints
          .filter((line) => !line.startsWith('check'))
          .map((line) => line.replace(/^(\w+) [^(]*/, '$1 '))
          .sort(),
      },
    ]),
  );
}

test('the journal says which files run and in which order, whatever their names are', async () => {
  const history = historyOf(
    { '0001_second': ['CREATE TABLE b (id int);'], '0000_first': ['ALTER TABLE b ADD COLUMN c int;'] },
    'postgresql',
  );
  const files = { ...history.files, 'drizzle/0002_never.sql': 'DROP TABLE b;' };
  const project = await projectOfHistory({ files, dialect: 'postgresql' });
  expect([...replayed(project).tables()].map(({ columns }) => [...columns.keys()])).toEqual([['id', 'c']]);
  const migrations = project.files.flatMap((facts) => facts.migrations);
  expect(migrations.map(({ id, order, transaction, down }) => [id, order, transaction, down.state])).toEqual([
    ['0001_second', [0], 'all', 'unsupported'],
    ['0000_first', [1], 'all', 'unsupported'],
  ]);
});
