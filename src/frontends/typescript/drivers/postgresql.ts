import { connection, pool, rawText, statement, type Driver } from './driver.js';

const pgFunctions = { kind: 'sql', bare: 'request' } as const;

export const pg: Driver = {
  library: 'pg',
  modules: /^(?:pg|pg-pool|@neondatabase\/serverless)$/,
  dialect: 'postgresql',
  exports: { default: 'module', Pool: 'Client', Client: 'Client', PoolClient: 'Client', ClientBase: 'Client' },
  members: { module: { Pool: 'Client', Client: 'Client' }, Client: { connect: 'Client' } },
  // `pool.on('connect', (client) => …)`
  callbacks: { Client: { on: 'Client', once: 'Client' } },
  sinks: [statement('Client', ['query'], 'text')],
  functions: { Query: pgFunctions },
  connects: { Pool: pool('new Pool()'), Client: connection('new Client()', { url: true }) },
};

/** Helpers of pg that stream rows. */
export const pgStreams: readonly Driver[] = [
  { library: 'pg', modules: /^(?:pg-cursor|pg-query-stream)$/, functions: { default: pgFunctions } },
  { library: 'pg', modules: /^pg-copy-streams$/, functions: { from: pgFunctions, to: pgFunctions } },
];

export const pgPromise: Driver = {
  library: 'pg-promise',
  modules: /^pg-promise$/,
  dialect: 'postgresql',
  exports: { default: 'module', IMain: 'main', IDatabase: 'Database', ITask: 'Database' },
  members: { module: { '()': 'main' }, main: { '()': 'Database' } },
  connects: { '#main': pool('pgp()', { url: true }) },
  callbacks: { Database: { tx: 'Database', task: 'Database', txIf: 'Database', taskIf: 'Database' } },
  sinks: [
    statement(
      'Database',
      [
        ...['any', 'none', 'one', 'many', 'oneOrNone', 'manyOrNone', 'query', 'result', 'multi', 'multiResult', 'each'],
        ...['map', 'stream'],
      ],
      'text',
    ),
  ],
};

/** The `sql` of postgres is a tag that binds, a function that quotes, and has one method that does neither. */
export const postgres: Driver = {
  library: 'postgres',
  modules: /^postgres$/,
  dialect: 'postgresql',
  exports: { default: 'module', Sql: 'sql', TransactionSql: 'sql', ReservedSql: 'sql', ISql: 'sql' },
  members: { module: { '()': 'sql', Sql: 'sql', TransactionSql: 'sql', ReservedSql: 'sql' }, sql: { reserve: 'sql' } },
  connects: { default: pool('postgres()', { url: true }) },
  callbacks: { sql: { begin: 'sql', savepoint: 'sql' } },
  sinks: [rawText('sql', ['unsafe'], 'sql')],
};

export const slonik: Driver = {
  library: 'slonik',
  modules: /^slonik$/,
  dialect: 'postgresql',
  connects: { createPool: pool('createPool()', { url: true }) },
};

export const slonikRaw: Driver = {
  library: 'slonik',
  modules: /^slonik-sql-tag-raw$/,
  dialect: 'postgresql',
  functions: { raw: { kind: 'fragment', bare: 'report' } },
};
