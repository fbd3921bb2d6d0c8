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

/** Names that people give to folders and files of SQL, beside those of providers. */
const families: { [name: string]: Dialect } = {
  ...providers,
  opengauss: 'postgresql',
  gaussdb: 'postgresql',
  kingbase: 'postgresql',
  highgo: 'postgresql',
  greenplum: 'postgresql',
  yugabyte: 'postgresql',
  timescaledb: 'postgresql',
  tidb: 'mysql',
  oceanbase: 'mysql',
};

/** Databases whose SQL is none that ddlint knows. */
const foreignDatabases = new Set(
  'clickhouse bigquery snowflake redshift hive impala spark trino presto netezza teradata vertica h2 hsqldb derby firebird sybase informix hana dm dm8 duckdb cassandra spanner exasol pdw'.split(
    ' ',
  ),
);

/**
 * The dialect that the path of an SQL file names, its innermost part first: `guacamole-auth-jdbc-mysql/schema`,
 * `quartz_oracle.sql`, `MySqlMigrations`. A database that ddlint does not know is `unknown`.
 */
export function dialectOfSqlPath(path: string): Dialect | undefined {
  for (const part of path
    .replace(/\.sql$/i, '')
    .split('/')
    .reverse()) {
    const words = part
      .replace(/([Mm]y|[Pp]ostgre|[Tt]|[Nn]o)S[Qq][Ll](?=[A-Z]|$)/g, '$1sql ')
      .replace(/([a-z\d])(?=[A-Z])/g, '$1 ')
      .toLowerCase()
      .split(/[^a-z\d]+/);
    const named = new Set<Dialect>();
    for (const word of words) {
      if (Object.hasOwn(families, word)) named.add(families[word]!);
      else if (foreignDatabases.has(word)) named.add('unknown');
    }
    if (words.some((word, index) => word === 'sql' && words[index + 1] === 'server')) named.add('tsql');
    if (named.size > 0) return named.size === 1 ? [...named][0] : undefined;
  }
  return undefined;
}
