import type { Anchor } from './anchor.js';
import type { Span } from './span.js';

/** The value of an option, as far as it is known without running the code. */
export type OptionValue =
  | { kind: 'literal'; value: string | number | boolean | null }
  | { kind: 'list'; items: OptionValue[] }
  /**
   * A symbol by its dotted name, or the result of a call: `app.models.Base.metadata`, `app.models.get_metadata()`.
   * `callable`: a function or lambda of this file. `missing`: nothing in the file binds it, or what does runs later.
   */
  | { kind: 'name'; name: string; callable?: true; missing?: 'nowhere' | 'later' }
  | { kind: 'unknown' };

/** One option of a call that configures Alembic. */
export interface EnvironmentOption {
  name: string;
  value: OptionValue;
  /** The value's. */
  span: Span;
}

/** A call that configures Alembic. */
export interface EnvironmentConfigure {
  api: 'context.configure' | 'MigrationContext.configure';
  /** `offline` writes SQL to a script, `online` has a connection: autogenerate needs one. */
  mode: 'online' | 'offline' | 'unknown';
  /** Of `MigrationContext`, those in `opts`. */
  options: EnvironmentOption[];
  /** Further options are handed over that are not known. */
  open?: true;
  /** The context is handed to `compare_metadata` or `produce_migrations`, or made by an env.py. */
  compares?: true;
  /** The function that is called: `context.configure`. */
  span: Span;
  /** Lists `call`, and `opts` where it is written as a dict. */
  anchor: Anchor;
}

/** `config.cmd_opts.autogenerate`, read as an attribute. */
export interface AutogenerateRead {
  /** `config.cmd_opts`. */
  options: Span;
  /** The whole expression. */
  span: Span;
  /** The code asks first whether it is there, or catches that it is not. */
  guarded?: true;
}

/** What a Python file says of how Alembic runs: an env.py, its helpers, and code that compares schemas by itself. */
export interface Environment {
  configures: EnvironmentConfigure[];
  /** The value that the last assignment to `target_metadata` gives it. */
  target?: { value: OptionValue; span: Span };
  autogenerateReads: AutogenerateRead[];
  /** The database URL does not come from the settings alone: the code sets it, or makes its engine from another one. */
  overridesUrl?: true;
  /**
   * Ids of what autogenerate compares the database with (see Metadata); `unknown` where part of it is not known. Absent
   * before the link step, and for code that runs no migrations.
   */
  metadata?: string[] | 'unknown';
  /**
   * Paths of the files with tables that running it imports, by whatever way; `unknown` where modules are loaded by names
   * made at run time, or there are too many to be followed. Absent where `metadata` is.
   */
  imports?: string[] | 'unknown';
}
