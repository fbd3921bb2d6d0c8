import type { Engine } from '../../../ir/index.js';

/** A function or class of a library that connects to a database, or makes what does. */
export interface Maker {
  kind: Engine['kind'];
  library: string;
  asynchronous?: true;
  /** Keywords that hand over a URL or DSN; the first positional argument does too. */
  url?: readonly string[];
  /** The options come from a configuration file for the most part. */
  open?: true;
}

const engine = { kind: 'engine', library: 'sqlalchemy', url: ['url'] } as const;
const session = { kind: 'session-factory', library: 'sqlalchemy' } as const;
const connection = (library: string, url: readonly string[], asynchronous?: true): Maker => ({
  kind: 'connection',
  library,
  url,
  ...(asynchronous && { asynchronous }),
});

/** By the name that the import gives. */
export const makers: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['sqlalchemy.create_engine', engine],
  ['sqlalchemy.create_async_engine', { ...engine, asynchronous: true }],
  ['sqlalchemy.engine_from_config', { kind: 'engine', library: 'sqlalchemy', open: true }],
  ['sqlalchemy.async_engine_from_config', { kind: 'engine', library: 'sqlalchemy', asynchronous: true, open: true }],
  ['sqlalchemy.sessionmaker', session],
  ['sqlalchemy.async_sessionmaker', { ...session, asynchronous: true }],
  ['sqlalchemy.Session', { ...session, kind: 'session' }],
  ['sqlalchemy.AsyncSession', { ...session, kind: 'session', asynchronous: true }],
  ['sqlmodel.Session', { ...session, kind: 'session', library: 'sqlmodel' }],
  ['sqlmodel.AsyncSession', { ...session, kind: 'session', library: 'sqlmodel', asynchronous: true }],
  ['psycopg.connect', connection('psycopg', ['conninfo'])],
  ['psycopg.Connection.connect', connection('psycopg', ['conninfo'])],
  ['psycopg.AsyncConnection.connect', connection('psycopg', ['conninfo'], true)],
  ['psycopg_pool.ConnectionPool', { ...connection('psycopg', ['conninfo']), kind: 'engine' }],
  ['psycopg_pool.AsyncConnectionPool', { ...connection('psycopg', ['conninfo'], true), kind: 'engine' }],
  ['psycopg2.connect', connection('psycopg2', ['dsn'])],
  ['psycopg2.pool.SimpleConnectionPool', { kind: 'engine', library: 'psycopg2' }],
  ['psycopg2.pool.ThreadedConnectionPool', { kind: 'engine', library: 'psycopg2' }],
  ['asyncpg.connect', connection('asyncpg', ['dsn'], true)],
  ['asyncpg.create_pool', { ...connection('asyncpg', ['dsn'], true), kind: 'engine' }],
  ['pymysql.connect', connection('pymysql', [])],
  ['MySQLdb.connect', connection('mysqlclient', [])],
  ['mysql.connector.connect', connection('mysql-connector', [])],
  ['aiomysql.connect', connection('aiomysql', [], true)],
  ['aiomysql.create_pool', { ...connection('aiomysql', [], true), kind: 'engine' }],
  ['pyodbc.connect', connection('pyodbc', ['connstring'])],
  ['oracledb.connect', connection('oracledb', ['dsn'])],
  ['cx_Oracle.connect', connection('cx_Oracle', ['dsn'])],
  ['databases.Database', { kind: 'engine', library: 'databases', url: ['url'], asynchronous: true }],
]);

/** Keywords of drivers and of `URL.create`, by the part of the URL that they give. */
export const partKeywords: { [keyword: string]: 'driver' | 'user' | 'password' | 'host' | 'database' | undefined } = {
  drivername: 'driver',
  user: 'user',
  username: 'user',
  password: 'password',
  passwd: 'password',
  pwd: 'password',
  host: 'host',
  server: 'host',
  database: 'database',
  dbname: 'database',
  db: 'database',
};
