import { connection, pool, statement, type Driver } from './driver.js';

export const oracledb: Driver = {
  library: 'oracledb',
  modules: /^oracledb$/,
  dialect: 'oracle',
  exports: {
    default: 'module',
    getConnection: 'Connection',
    Connection: 'Connection',
    createPool: 'Pool',
    Pool: 'Pool',
  },
  members: {
    module: { getConnection: 'Connection', createPool: 'Pool', Connection: 'Connection', Pool: 'Pool' },
    Pool: { getConnection: 'Connection' },
  },
  connects: { createPool: pool('createPool()'), getConnection: connection('getConnection()') },
  sinks: [statement('Connection', ['execute', 'executeMany', 'queryStream'])],
};
