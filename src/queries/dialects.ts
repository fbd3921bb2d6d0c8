import type { Dialect, Guard } from '../ir/index.js';

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

/**
 * Those of some dialects that an operation may be run on: by the condition that it stands under, else by the file's
 * dialect. Where nothing tells the dialect they are all possible.
 */
export function possibleDialects(guard: Guard | undefined, dialect: Dialect, some: readonly Dialect[]): Dialect[] {
  const named = guard?.dialects ?? (dialect === 'unknown' ? some : [dialect]);
  return some.filter((each) => named.includes(each));
}

/** Dialects in a sentence: "MySQL and SQL Server". */
export const namesOf = (dialects: readonly Dialect[]): string =>
  dialects.map((each) => dialectNames[each]).join(' and ');
