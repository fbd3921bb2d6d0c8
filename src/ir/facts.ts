import type { JournalEntry, PackageRequirement, Setting, Snapshot } from './configuration.js';
import type { Dialect } from './dialect.js';
import type { Engine } from './engine.js';
import type { Environment } from './environment.js';
import type { Metadata } from './metadata.js';
import type { Migration } from './migration.js';
import type { EnumType, Table } from './schema.js';
import type { Span } from './span.js';
import type { SqlSite } from './sql-site.js';
import type { Statement } from './statement.js';
import type { Usage } from './usage.js';

/** The source languages, and `config` for settings files. A rule declares those that it speaks for. */
export type FrontEndId = 'sql' | 'python' | 'typescript' | 'prisma' | 'config';

/** A comment, for suppressions. */
export interface Comment {
  span: Span;
  /** Without the comment leader and outer blanks. */
  text: string;
  /** Nothing but white space before it on its line. */
  ownLine: boolean;
}

/** A line of an SQL file that is for a client program: `\\i file`, `GO 5`, `DELIMITER //`, `:setvar`. */
export interface Directive {
  text: string;
  span: Span;
  /** The file that is run at this place, as written. */
  path?: string;
}

/**
 * Something in a file that could not be read. Each becomes a finding: silence means checked.
 * `alone`: the way back of a migration whose way there is nowhere.
 * `skimmed`: what each statement does is read, and not all of its text.
 */
export interface FileProblem {
  code: 'unreadable' | 'syntax' | 'too-large' | 'too-deep' | 'encoding' | 'nul' | 'alone' | 'skimmed';
  message: string;
  span: Span;
}

/** One statement of code that takes names from another module. */
export interface ModuleImport {
  /** As it is known in the project: `app.models` of Python, relative ones resolved; a path or package name of TypeScript. */
  module: string;
  /** The names that it takes, `*` for all, and what the file calls them; empty where the module itself is taken. */
  names: { name: string; as: string }[];
  span: Span;
}

/** A name that is read where nothing binds it. */
export interface UnboundName {
  name: string;
  span: Span;
}

/** All that ddlint knows of one file: plain JSON, so that it can be cached and passed between threads. */
export interface FileFacts {
  /** Relative to the project, POSIX. */
  path: string;
  frontend: FrontEndId;
  /** The dialect that the file was read with. */
  dialect: Dialect;
  /** `test`: under a tests folder or named as a test. Its tables are not the project's. */
  scope: 'project' | 'test';
  tables: Table[];
  /** Classes with key columns of which no table is made: SQLModel's without `table=True`. */
  looseClasses?: Table[];
  enums: EnumType[];
  /** Where Python code makes what tables are declared on; absent where it makes none. */
  metadata?: Metadata[];
  migrations: Migration[];
  /** Statements outside of migrations: schema files, dumps, queries in code. */
  statements: Statement[];
  sites: SqlSite[];
  usages: Usage[];
  /** Engines, pools, session factories, and what connects them to a database. */
  engines?: Engine[];
  comments: Comment[];
  /** Of SQL files. */
  directives?: Directive[];
  problems: FileProblem[];
  /** Of a Python file that configures Alembic. */
  environment?: Environment;
  /** Packages of the data layer that a requirements, project or lock file names. Ask `packageVersion` for them. */
  packages?: PackageRequirement[];
  /** Of Drizzle's `meta/_journal.json`, in its order. */
  journal?: JournalEntry[];
  /** Of the snapshot that drizzle-kit writes the next migration from. */
  snapshot?: Snapshot;
  /** Of a file of code with migrations. */
  imports?: ModuleImport[];
  /** Of a Python file with migrations, in order; absent where a star import or the like may bind any name. */
  unboundNames?: UnboundName[];
  /** Of `alembic.ini` and `[tool.alembic]`. */
  settings?: Setting[];
  /** What the front end's link step needs of this file. No one else reads it. */
  symbols?: unknown;
}
