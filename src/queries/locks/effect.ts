import type { QualifiedName } from '../../ir/index.js';
import type { LockMode } from './modes.js';

/** A lock on a table or view. */
export interface TableLock {
  table: QualifiedName;
  mode: LockMode;
}

/**
 * What an operation does to a running database. Locks on indexes, sequences and types are left out, and so are those that
 * the checks of single rows take on the other table of a foreign key.
 */
export interface Effect {
  /** The strongest lock on each table or view, each once; the operation's own first. */
  locks: readonly TableLock[];
  /**
   * The strongest lock on the table that the operation itself is about; there too where that can't be named, as with
   * DROP INDEX of an index that nothing here has made. Absent for none.
   */
  mode?: LockMode;
  /** Each row is written anew. Absent where that is not known. */
  rewrite?: boolean;
  /** Each row is written anew unless the time zone of the session is UTC, which is not known here. */
  rewriteUnlessUtc?: true;
  /** Tables of which each row is read while the locks are held, to check something of it. */
  scans: readonly QualifiedName[];
  /** Indexes are built from the rows of a table. Absent where that is not known. */
  buildsIndexes?: boolean;
  /** Rows are looked up in the table that a foreign key refers to, one and all. */
  validates: boolean;
  /** MySQL, MariaDB: the cheapest ALGORITHM= that the server takes for it. */
  algorithm?: 'instant' | 'nocopy' | 'inplace' | 'copy';
}

/** Where in an entry of a lock table a lock or a scan is. */
export type Role = 'table' | 'other' | 'partitions';

/** What an action does, under the condition of a version. */
export interface Entry<Mode extends LockMode = LockMode> {
  /** The lock on the table that the action is about. */
  table?: Mode;
  /** The lock on the other one: that a foreign key refers to, or is referred from; the parent of a partition. */
  other?: Mode;
  /** The lock on each partition of a table that has some. */
  partitions?: Mode;
  rewrite?: true;
  scans?: Exclude<Role, 'partitions'>;
  /** `all`: each that the table has. */
  buildsIndexes?: 'new' | 'all';
  validates?: true;
  algorithm?: NonNullable<Effect['algorithm']>;
  /** The first version that it holds of. */
  since?: number;
  /** The first version that it no longer holds of. */
  before?: number;
  /** Names of measured cases (`tests/queries/measured`), or pages of the documentation. */
  source: readonly string[];
}

/** One thing that an operation does, by its name in a lock table, and the tables that it does it to. */
export interface Action<Name extends string> {
  name: Name;
  table?: QualifiedName;
  others?: readonly QualifiedName[];
}

/** An operation as its actions. */
export interface Reading<Name extends string> {
  actions: readonly Action<Name>[];
  /** Whether rows are written anew, or indexes built, hangs on something that is not known. */
  unsure?: true | 'time zone';
}
