/** PostgreSQL's lock modes of tables, from weak to strong. */
const postgresqlModes = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
] as const;

export type PostgresqlMode = (typeof postgresqlModes)[number];

/** What an ALTER TABLE of MySQL or MariaDB holds while it works, in the words of its LOCK= clause. */
export type MysqlMode = 'LOCK=SHARED' | 'LOCK=EXCLUSIVE';

export type LockMode = PostgresqlMode | MysqlMode;

/** Whether text names one of PostgreSQL's lock modes, in upper case. */
export const isPostgresqlMode = (text: string): text is PostgresqlMode =>
  (postgresqlModes as readonly string[]).includes(text);

const strength = new Map<LockMode, number>(postgresqlModes.map((mode, place) => [mode, place]));
strength.set('LOCK=SHARED', strength.get('SHARE')!);
strength.set('LOCK=EXCLUSIVE', strength.get('ACCESS EXCLUSIVE')!);

/** Whether a mode blocks more than another one of the same database. */
export const isStronger = (mode: LockMode, than: LockMode): boolean => strength.get(mode)! > strength.get(than)!;

const blocked: { readonly [M in LockMode]: string } = {
  'ACCESS SHARE': 'DROP TABLE, TRUNCATE and most of ALTER TABLE',
  'ROW SHARE': 'DROP TABLE, TRUNCATE and most of ALTER TABLE',
  'ROW EXCLUSIVE': 'index builds and other changes of the schema',
  'SHARE UPDATE EXCLUSIVE': 'VACUUM, index builds and other changes of the schema',
  SHARE: 'every INSERT, UPDATE and DELETE',
  'SHARE ROW EXCLUSIVE': 'every INSERT, UPDATE and DELETE',
  EXCLUSIVE: 'every INSERT, UPDATE, DELETE and SELECT … FOR UPDATE',
  'ACCESS EXCLUSIVE': 'every read and write',
  'LOCK=SHARED': 'every INSERT, UPDATE and DELETE',
  'LOCK=EXCLUSIVE': 'every read and write',
};

/**
 * What a lock makes wait, in plain words. Of PostgreSQL from the table of conflicting lock modes in its documentation
 * (https://www.postgresql.org/docs/current/explicit-locking.html), of MySQL from the meaning of LOCK=
 * (https://dev.mysql.com/doc/refman/8.4/en/alter-table.html).
 */
export const blockedBy = (mode: LockMode): string => blocked[mode];
