import { connection, pool, statement, type Driver } from './driver.js';

/** The tags `query` and `batch` bind their holes; called with text they send it as it is. */
export const mssql: Driver = {
  library: 'mssql',
  modules: /^mssql(?:\/\w+)?$/,
  dialect: 'tsql',
  exports: {
    default: 'Pool',
    connect: 'Pool',
    ConnectionPool: 'Pool',
    Request: 'Request',
    Transaction: 'Pool',
    PreparedStatement: 'PreparedStatement',
    query: 'Request',
    batch: 'Request',
  },
  members: {
    Pool: {
      connect: 'Pool',
      request: 'Request',
      transaction: 'Pool',
      ConnectionPool: 'Pool',
      Request: 'Request',
      Transaction: 'Pool',
      PreparedStatement: 'PreparedStatement',
    },
    Request: { input: 'Request', output: 'Request', replaceInput: 'Request' },
  },
  sinks: [
    statement('Pool', ['query', 'batch']),
    statement('Request', ['query', 'batch']),
    statement('PreparedStatement', ['prepare']),
    { on: 'Request', methods: ['execute'], argument: 0, kind: 'identifier', bare: 'param' },
  ],
  // All calls of `connect` share one pool.
  connects: {
    connect: connection('mssql.connect()', { url: true }),
    ConnectionPool: pool('new ConnectionPool()', { url: true }),
  },
  functions: { query: { kind: 'sql', bare: 'request' }, batch: { kind: 'sql', bare: 'request' } },
};

export const tedious: Driver = {
  library: 'tedious',
  modules: /^tedious$/,
  dialect: 'tsql',
  connects: { Connection: connection('new Connection()') },
  functions: { Request: { kind: 'sql', bare: 'request' } },
};
