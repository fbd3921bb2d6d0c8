import type { Dialect, Runner } from '../ir/index.js';
import type { Severity } from '../rule.js';

/** A list of rules under one name. `standards`: every rule that one of the five standards asks for. */
export type PresetName = 'recommended' | 'strict' | 'online' | 'standards';

/** What a user says about one rule. A severity alone keeps the options that were set before. */
export type RuleEntry = Severity | 'off' | [Severity | 'off'] | [Severity | 'off', { [option: string]: unknown }];

export interface RuleEntries {
  [rule: string]: RuleEntry;
}

/** Settings for the files that match one of the globs. Later overrides win. */
export interface Override {
  files: string | string[];
  rules?: RuleEntries;
  dialect?: Dialect;
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
 * What a project's own code stands for where it can't be followed. Keys are `module#export`: the module as imports write
 * it, or a file (`./src/db.ts`, a glob) relative to the configuration file.
 */
export interface TypeScriptConfig {
  /** The declaration of a library that it is read as, or `ignore` for one that only looks like a library's. */
  aliases?: { [declaration: string]: string };
  /** Decorators by the columns that each adds to its property's table. */
  decorators?: { [decorator: string]: { columns: DecoratorColumn[] } };
  /** Functions that run SQL text: which argument holds it, counted from 0. */
  sqlSinks?: { [name: string]: { text: number } };
  /** Functions of migrations that do what a method of the library does, the runner being their first argument. */
  migrationWrappers?: { [name: string]: string };
}

/** The configuration as a user writes it. Globs are relative to the configuration file. */
export interface Config {
  $schema?: string;
  /** `recommended` where the key is absent. */
  extends?: PresetName | PresetName[];
  rules?: RuleEntries;
  /** The dialect of all files, over what discovery finds. */
  dialect?: Dialect;
  /** Major version, such as 15. */
  postgresVersion?: number;
  /** Such as 8 or 8.4. */
  mysqlVersion?: number;
  migrations?: {
    /** `new` (the default): rules about change speak of migrations only that are new or changed against `base`. */
    report?: 'new' | 'all';
    /** A git revision, or the id of a migration: it and all that it follows have shipped. */
    base?: string;
    /** Folders of migrations, instead of those that discovery finds. */
    paths?: string[];
    /** The tool that runs the migrations in `paths`, or in all folders where `paths` is absent. */
    runner?: Runner;
    /** Whether migrations whose runner is not known run inside a transaction. */
    assumeInTransaction?: boolean;
  };
  models?: {
    /** Globs of the files that declare models. They are always read, and tables of other code are left aside. */
    paths?: string[];
  };
  /** What a project's own TypeScript code stands for. Keys name a declaration as `module#export`. */
  typescript?: TypeScriptConfig;
  overrides?: Override[];
  /** Globs of files to leave alone; one that starts with `!` takes a file back in. */
  ignore?: string[];
}
