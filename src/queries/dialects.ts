import type { Dialect } from '../ir/index.js';

/** A dialect as people call it. */
export const dialectNames: { readonly [D in Dialect]: string } = {
  postgresql: 'PostgreSQL',
  cockroachdb: 'CockroachDB',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  sqlite: 'SQLite',
  tsql: 'SQL Server',
  oracle: 'Oracle',
  unknown: 'SQL',
};

/** InnoDB indexes foreign keys by itself; these don't, CockroachDB from 20.2 on (cockroachdb/cockroach#50771). */
export const unindexing: ReadonlySet<Dialect> = new Set(['postgresql', 'cockroachdb', 'sqlite', 'tsql', 'oracle']);

/** Whether tables and columns can have a comment that plain SQL writes. SQL Server has a procedure for it, SQLite nothing. */
export function storesComments(dialect: Dialect): boolean {
  return dialect !== 'sqlite' && dialect !== 'tsql';
}
