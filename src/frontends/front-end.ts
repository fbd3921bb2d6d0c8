import type { Authoring, Dialect, FileFacts, FrontEndId, Runner, Statement } from '../ir/index.js';

/** A file's text as a front end receives it: decoded, byte order mark removed. */
export interface SourceFile {
  /** Relative to the project, POSIX. */
  path: string;
  text: string;
}

/** A folder of migrations that discovery found, with what its marker files say. */
export interface MigrationFolder {
  /** Relative to the project, POSIX, no trailing slash; `` for the project's root. */
  path: string;
  runner: Runner;
  /** From `migration_lock.toml`, a drizzle journal and the like. */
  dialect?: Dialect;
  /** Ids in order where a file beside the migrations lists them: drizzle's journal, Liquibase's changelog. */
  order?: readonly string[];
  /** The snapshot that drizzle-kit writes the next migration from: the last one by name. */
  snapshot?: string;
  /** Files that settings beside them take out of the runner's transaction: Diesel's metadata.toml, Flyway's `.conf`. */
  outside?: readonly string[];
  /** Named by the configuration alone: whatever lies in it is a migration. */
  configured?: true;
}

/** A column that a decorator of the project adds. `{prop}` in its name is the name of the property. */
export interface DecoratorColumn {
  name?: string;
  type?: string;
  nullable?: boolean;
  unique?: boolean;
  primary?: boolean;
  comment?: string;
}

/**
 * What the configuration says of a project's own code. Keys are `module#export`: the module as imports write it, or the
 * path or a glob of a file, beginning with `./` and relative to the project.
 */
export interface OwnCode {
  /** `module#export` of a library, or `ignore`. */
  aliases?: { [declaration: string]: string };
  decorators?: { [decorator: string]: { columns: DecoratorColumn[] } };
  /** `text` is the position of the argument that holds the SQL text. */
  sqlSinks?: { [name: string]: { text: number } };
  /** The method of the runner that a function calls, which gets the runner first. */
  migrationWrappers?: { [name: string]: string };
}

/** What is known about a file before it is read. */
export interface ReadContext {
  dialect: Dialect;
  scope: FileFacts['scope'];
  /** The innermost migration folder that the file lies in. */
  migrations?: MigrationFolder;
  /** For code of the front end's language, where the configuration says something of it. */
  ownCode?: OwnCode;
  /** The ranges that the nearest package.json gives to the packages that the front end asks for. */
  packages?: { readonly [name: string]: string };
}

/** A front end once its parser is loaded. Nothing in it does I/O. */
export interface Reader {
  /** Text to facts. Never throws: what can't be read becomes a problem, an uncertainty or an Opaque operation. */
  read(file: SourceFile, context: ReadContext): FileFacts;
  /**
   * Resolves what crosses files (base classes, constants, targets): gets the facts of all files of this front end,
   * gives them back completed. Facts that need nothing come back as they are.
   */
  link(files: readonly FileFacts[]): FileFacts[];
  /**
   * Files that nothing in their own text gives a reason to read, but that a fact of others waits for: a module of enums,
   * constants or types. Paths relative to the project, the likeliest first; those that do not exist are passed over.
   */
  wants?(files: readonly FileFacts[]): string[];
}

/** A source language as the engine knows it: light to load, the parser comes with `load`. */
export interface FrontEnd {
  id: FrontEndId;
  /** File extensions with the dot, lower case. */
  extensions: readonly string[];
  /**
   * Settings files that it reads by their name or place, tested against the path; an extension of another front end comes
   * first. Whatever the text of such a file is, it is no matter of ddlint's before `mayMatter` says so, and it bears no
   * marks of a dialect.
   */
  names?: RegExp;
  /** Further files that it reads, each only where `wants` asks for it. */
  companions?: RegExp;
  /** Packages of npm whose versions say how a file is read. */
  packages?: readonly string[];
  /** Files above this many UTF-16 code units become a `too-large` problem. */
  maxLength: number;
  /** Whether the text can hold anything of the data layer. Cheap, and errs towards yes. */
  mayMatter(file: SourceFile, context: ReadContext): boolean;
  /** Loads the parser. Called at most once a run, and only when a file matters. */
  load(): Promise<Reader>;
  /** The pen for one file and the dialect that it was read with. Needs no parser. */
  loadPen(): Promise<(file: SourceFile, dialect: Dialect) => Authoring>;
  /**
   * Loads the grammars of dialects, for the statements of every front end; only the SQL front end has it. The function
   * that it gives takes outermost statements and writes into them what the grammars say: provenance `ast` where they
   * agree, a problem where they don't.
   */
  loadVerifier?(dialects: Iterable<Dialect>): Promise<(statements: Iterable<Statement>) => void>;
  /** Which grammars are there that need not be: with others, what the verifier said before does not hold. */
  grammars?(): string;
}
