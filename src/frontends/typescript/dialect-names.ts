import type { Dialect } from '../../ir/index.js';

/** What drivers and settings call the databases. */
export const dialectNames: ReadonlyMap<string, Dialect> = new Map([
  ['postgres', 'postgresql'],
  ['postgresql', 'postgresql'],
  ['pg', 'postgresql'],
  ['aurora-postgres', 'postgresql'],
  ['cockroachdb', 'cockroachdb'],
  ['mysql', 'mysql'],
  ['mysql2', 'mysql'],
  ['aurora-mysql', 'mysql'],
  ['mariadb', 'mariadb'],
  ['sqlite', 'sqlite'],
  ['sqlite3', 'sqlite'],
  ['better-sqlite3', 'sqlite'],
  ['sqljs', 'sqlite'],
  ['mssql', 'tsql'],
  ['oracle', 'oracle'],
  ['oracledb', 'oracle'],
]);
