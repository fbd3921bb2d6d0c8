import type { Anchor } from './anchor.js';
import type { Span } from './span.js';

/** A password that is written in a file. */
export interface WrittenPassword {
  /** Where its text stands. */
  span: Span;
  value: string;
  /** It is only the fallback of this environment variable. */
  fallbackOf?: string;
  /** The expression that reading an environment variable can take the place of: of the password alone, or of the whole URL. */
  expression?: Span;
  of: 'password' | 'url';
}

/** What is written of a database URL, a DSN or the options that stand for one. A part that is absent is not known, or not given. */
export interface UrlParts {
  span: Span;
  /** Such as `postgresql+asyncpg`, `sqlite`, `postgres`. */
  driver?: string;
  user?: string;
  password?: WrittenPassword;
  /** Empty where the URL names none. */
  host?: string;
  /** Empty where the URL names none: in memory, with SQLite. */
  database?: string;
}

/** Where the database of an engine comes from. */
export interface DatabaseUrl {
  /** The expression that gives it. */
  span: Span;
  /**
   * `text`: written out, at least in part. `environment`: an environment variable. `lookup`: an entry of a dict that need
   * not be there. `setting`: an attribute of a settings object or an entry of a configuration.
   */
  from: 'text' | 'environment' | 'lookup' | 'setting' | 'unknown';
  /** The variable's or setting's name. */
  name?: string;
  /** The expression that reads the variable or entry, and what takes its place. */
  source?: Span;
  /**
   * What happens where the variable or entry is not there. `none`: the value is None. `raises`: reading it fails.
   * `checked`: the code looks before it goes on. `fallback`: another value takes its place.
   */
  absent?: 'none' | 'raises' | 'checked' | 'fallback';
  /** The value that takes its place. */
  fallback?: Span;
  /** What is written of it, of the fallback too. */
  parts?: UrlParts;
  /** `%` is doubled, as text for a `ConfigParser` must be. */
  percentDoubled?: true;
}

/** An option of an engine: a keyword argument, a property, an entry of a dict. */
export interface EngineOption {
  /** As the library calls it; nested ones with a dot: `extra.max`. */
  name: string;
  /** The whole entry. */
  span: Span;
  value: Span;
  /** The value where it is known: text, a number, a truth value; a class by its last name (`NullPool`). */
  known?: string | number | boolean | null;
  /** What is said beside it in a comment. */
  comment?: string;
}

/** Where in the program something stands, and how often that runs. */
export interface ProgramPlace {
  /** `main`: under `if __name__ == "__main__"`. */
  in: 'module' | 'class' | 'function' | 'main';
  /** The innermost function, and the innermost class. */
  function?: string;
  class?: string;
  /** It stands under a condition. */
  conditional?: true;
  /**
   * Why the function runs once or rarely. `cached`: its result is kept, by a decorator or in a variable that is looked at
   * first. `startup`: it sets up the application. `command`: it is run from a command line. `script`: the file has a main part.
   */
  once?: 'cached' | 'startup' | 'command' | 'script';
  /** The function answers requests or tasks, or hands out one session for each. */
  handler?: true;
}

/** A place where code makes an engine, a pool, a client, a session factory or a session, or configures one. */
export interface Engine {
  /**
   * `connection`: a single connection of a driver. `configuration`: settings that a framework makes an engine from.
   * `url`: a database URL that is written down, with nothing said about its use.
   */
  kind: 'engine' | 'session-factory' | 'session' | 'connection' | 'configuration' | 'url';
  /** The API as a person knows it: `create_async_engine()`. */
  api: string;
  library: string;
  asynchronous: boolean | 'unknown';
  url?: DatabaseUrl;
  options: EngineOption[];
  /** Further options are handed over that are not known. */
  open?: true;
  place: ProgramPlace;
  /**
   * What becomes of the value made in a function. `returned`: its caller gets it. `kept`: it outlives the call, or may.
   * `local`: nothing but the function uses it. `closed`: the function also closes it.
   */
  fate?: 'returned' | 'kept' | 'local' | 'closed';
  /** Of a session: code of the function still runs after a commit. */
  afterCommit?: true;
  /** For a returned one: the function is called from another function of the file, which runs more than once. */
  repeatedly?: true;
  context: 'application' | 'migration' | 'test';
  span: Span;
  /** List `options`: where an option can be added. */
  anchor?: Anchor;
}
