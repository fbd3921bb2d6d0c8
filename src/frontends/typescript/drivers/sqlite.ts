import { connection, statement, type Driver } from './driver.js';

export const betterSqlite3: Driver = {
  library: 'better-sqlite3',
  modules: /^better-sqlite3$/,
  dialect: 'sqlite',
  exports: { default: 'Database', Database: 'Database' },
  members: { Database: { Database: 'Database' } },
  sinks: [statement('Database', ['prepare', 'exec', 'pragma'])],
};

export const nodeSqlite: Driver = {
  library: 'node:sqlite',
  modules: /^node:sqlite$/,
  dialect: 'sqlite',
  exports: { DatabaseSync: 'Database' },
  sinks: [statement('Database', ['prepare', 'exec'])],
};

export const bunSqlite: Driver = {
  library: 'bun:sqlite',
  modules: /^bun:sqlite$/,
  dialect: 'sqlite',
  exports: { default: 'Database', Database: 'Database' },
  sinks: [statement('Database', ['query', 'prepare', 'run', 'exec'])],
};

export const sqlite3: Driver = {
  library: 'node-sqlite3',
  modules: /^(?:sqlite3|sqlite)$/,
  dialect: 'sqlite',
  exports: { default: 'module', verbose: 'module', Database: 'Database', open: 'Database' },
  members: { module: { verbose: 'module', Database: 'Database', open: 'Database' } },
  sinks: [statement('Database', ['run', 'get', 'all', 'each', 'exec', 'prepare'])],
};

export const libsql: Driver = {
  library: 'libsql',
  modules: /^@libsql\/client(?:\/\w+)?$/,
  dialect: 'sqlite',
  connects: { createClient: connection('createClient()') },
  exports: { createClient: 'Client', Client: 'Client', Transaction: 'Client' },
  members: { Client: { transaction: 'Client' } },
  sinks: [statement('Client', ['execute'], 'sql')],
};
