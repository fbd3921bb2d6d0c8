import { connection, pool, statement, type Driver } from './driver.js';

const mysqlOf = (library: string, modules: RegExp): Driver => ({
  library,
  modules,
  dialect: 'mysql',
  exports: {
    default: 'module',
    Connection: 'Connection',
    Pool: 'Connection',
    PoolConnection: 'Connection',
    createConnection: 'Connection',
    createPool: 'Connection',
  },
  members: {
    module: { createConnection: 'Connection', createPool: 'Connection' },
    Connection: { promise: 'Connection', getConnection: 'Connection' },
  },
  sinks: [statement('Connection', ['query', 'execute', 'prepare'], 'sql')],
  connects: {
    createPool: pool('createPool()', { url: true }),
    createConnection: connection('createConnection()', { url: true }),
  },
  functions: { raw: { kind: 'fragment', bare: 'report' } },
});

export const mysql2 = mysqlOf('mysql2', /^mysql2(?:\/promise)?$/);
export const mysql = mysqlOf('mysql', /^mysql$/);

export const mariadb: Driver = {
  ...mysqlOf('mariadb', /^mariadb(?:\/callback)?$/),
  dialect: 'mariadb',
  sinks: [statement('Connection', ['query', 'execute', 'batch', 'prepare', 'queryStream'], 'sql')],
  functions: {},
};
