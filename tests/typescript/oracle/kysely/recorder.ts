import {
  CompiledQuery,
  DummyDriver,
  Kysely,
  MssqlAdapter,
  MssqlQueryCompiler,
  MysqlAdapter,
  MysqlQueryCompiler,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteQueryCompiler,
  sql,
  type CompiledQuery as Compiled,
  type DatabaseConnection,
  type Dialect as KyselyDialect,
} from 'kysely';
import type { Dialect } from '../../../../src/ir/index.js';

const parts: { [D in Dialect]?: Pick<KyselyDialect, 'createAdapter' | 'createQueryCompiler'> } = {
  postgresql: {
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  mysql: { createAdapter: () => new MysqlAdapter(), createQueryCompiler: () => new MysqlQueryCompiler() },
  sqlite: { createAdapter: () => new SqliteAdapter(), createQueryCompiler: () => new SqliteQueryCompiler() },
  tsql: { createAdapter: () => new MssqlAdapter(), createQueryCompiler: () => new MssqlQueryCompiler() },
};

/** The statements that the real library sends when it runs the body of a migration. */
export async function recorded(body: string, dialect: Dialect): Promise<string[]> {
  const seen: string[] = [];
  const driver = new (class extends DummyDriver {
    override acquireConnection(): Promise<DatabaseConnection> {
      return Promise.resolve({
        executeQuery: (query: Compiled) => {
          seen.push(query.sql);
          return Promise.resolve({ rows: [] });
        },
        streamQuery: async function* () {
          await Promise.resolve();
        },
      });
    }
  })();
  const db = new Kysely<unknown>({
    dialect: {
      ...parts[dialect]!,
      createDriver: () => driver,
      createIntrospector: (inner) => new PostgresIntrospector(inner),
    },
  });
  const run = new Function('db', 'sql', 'CompiledQuery', `return (async () => { ${body} })();`) as (
    ...args: unknown[]
  ) => Promise<void>;
  await run(db, sql, CompiledQuery);
  return seen;
}
