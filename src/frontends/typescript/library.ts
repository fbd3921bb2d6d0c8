import type { ts } from 'ts-morph';
import type { Dialect, EnumType, FileFacts, Migration, PackageRequirement, Table, Usage } from '../../ir/index.js';
import type { FileSymbols } from './linking/file-symbols.js';
import type { Lookup } from './linking/lookup.js';
import type { ClassRecord } from './records.js';
import type { Unit } from './unit.js';
import type { Origin, ReferenceValue } from './values/values.js';

/** A file while files are linked. */
export interface LinkedFile {
  path: string;
  dialect: Dialect;
  symbols: FileSymbols;
  /** Of a `package.json` or a lock file. */
  packages?: readonly PackageRequirement[];
}

/** What a library's models of one file say of the database. */
export interface Models {
  tables: Table[];
  enums: EnumType[];
  /** What code does to tables that are known now. */
  usages?: Usage[];
}

/**
 * What ddlint knows of one library: each has a folder of its own. A file is read alone first (`read`, `declare`); what
 * hangs on other files waits until all are known (`models`, `migrations`).
 */
export interface Library {
  /** Its declarations stand under this name in `FileSymbols.declared`. */
  name: string;
  /** Adds what one file says by itself: migrations, usages, engines, sites. */
  read?(unit: Unit, facts: FileFacts): void;
  /** Further classes of a file, for declarations that say with an object what decorators say at a class. */
  classes?(unit: Unit): ClassRecord[];
  /**
   * Declarations that are known by their name wherever they are used, as a table is: what the name of each is bound to.
   * Their values are not kept for other files.
   */
  identities?(unit: Unit): Iterable<readonly [ts.Node, ReferenceValue]>;
  /** What one file declares, for the link step: plain JSON, or nothing. Classes are kept for all libraries already. */
  declare?(unit: Unit): unknown;
  /** What the declarations of a file need of other files. */
  awaits?(symbols: FileSymbols): Origin[];
  /** The tables of all files by the path of the file that declares them. */
  models?(files: readonly LinkedFile[], lookup: Lookup): Map<string, Models>;
  /** The migrations of one file, completed by what other files say: order, transactions of the runner. */
  migrations?(migrations: Migration[], path: string, files: readonly LinkedFile[]): Migration[];
}

/** What a library's `declare` gave for a file. */
export function declaredBy<D>(library: string, symbols: FileSymbols): D | undefined {
  return symbols.declared[library] as D | undefined;
}
