import type { Dialect } from '../ir/index.js';

/** What tools call a database: providers, drivers' protocols, DataSource types, journal dialects. */
const providers: { [name: string]: Dialect } = {
  postgres: 'postgresql',
  postgresql: 'postgresql',
  pg: 'postgresql',
  pgsql: 'postgresql',
  cockroachdb: 'cockroachdb',
  cockroach: 'cockroachdb',
  mysql: 'mysql',
  mysql2: 'mysql',
  mariadb: 'mariadb',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
  'better-sqlite3': 'sqlite',
  turso: 'sqlite',
  libsql: 'sqlite',
  mssql: 'tsql',
  sqlserver: 'tsql',
  tsql: 'tsql',
  oracle: 'oracle',
  oracledb: 'oracle',
};

/** The dialect that a provider, protocol or client name stands for: `aurora-postgres`, `postgresql+psycopg`, `mysql2`. */
export function dialectOfProvider(name: string | undefined): Dialect | undefined {
  const plain = name
    ?.toLowerCase()
    .replace(/\+.*$/, '')
    .replace(/^aurora-/, '');
  return plain !== undefined && Object.hasOwn(providers, plain) ? providers[plain] : undefined;
}

/** The dialect that a path names by one of its folders: `migrations/mysql`. */
export function dialectNamed(path: string): Dialect | undefined {
  const named = new Set(path.split('/').flatMap((part) => dialectOfProvider(part) ?? []));
  return named.size === 1 ? [...named][0] : undefined;
}
