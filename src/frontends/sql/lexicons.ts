import type { Dialect } from '../../ir/index.js';

/** What sets the dialects apart when SQL text is cut into tokens and statements. */
export interface Lexicon {
  /** `#` starts a comment. */
  hashComments?: true;
  /** `--` is a comment only before white space. */
  dashNeedsBlank?: true;
  /** A carriage return alone ends a line comment. */
  returnEndsComment?: true;
  nestedComments?: true;
  /** What stands in a `/*! … *\/` comment is run. */
  executableComments?: true;
  backslashEscapes?: true;
  /** `E'…'` takes backslash escapes. */
  escapeStrings?: true;
  doubleQuotedStrings?: true;
  backticks?: true;
  brackets?: true;
  dollarQuotes?: true;
  /** `@x` is a variable. */
  atWords?: true;
  /** `@x` is a parameter that the driver fills. */
  atParameters?: true;
  /** `#x` is a temporary table. */
  hashWords?: true;
  /** Lines that start with a backslash are for psql, and COPY data may follow a statement. */
  psql?: true;
  /** `$1` is an amount of money. */
  money?: true;
  /** A name may start with a digit. */
  digitNames?: true;
  /** A line `GO` ends a batch. */
  batches?: true;
  /** A line `DELIMITER x` changes what ends a statement. */
  delimiterCommand?: true;
  /** Lines that start with a dot are for the sqlite shell. */
  dotCommands?: true;
  /** Bodies of routines and triggers are written out between BEGIN and END. */
  compoundBodies?: true;
  /** `?` is an operator too. */
  questionOperator?: true;
  /** Statements may follow one another with nothing between. */
  bareStatements?: true;
}

const postgresql: Lexicon = {
  returnEndsComment: true,
  nestedComments: true,
  escapeStrings: true,
  dollarQuotes: true,
  psql: true,
  questionOperator: true,
};

const mysql: Lexicon = {
  hashComments: true,
  dashNeedsBlank: true,
  executableComments: true,
  backslashEscapes: true,
  doubleQuotedStrings: true,
  backticks: true,
  atWords: true,
  digitNames: true,
  delimiterCommand: true,
  compoundBodies: true,
};

/** How each dialect is cut into tokens. An unknown one is read as PostgreSQL with what does not contradict it. */
export const lexicons: Readonly<Record<Dialect, Lexicon>> = {
  postgresql,
  cockroachdb: postgresql,
  mysql,
  mariadb: mysql,
  sqlite: { backticks: true, brackets: true, atParameters: true, dotCommands: true, compoundBodies: true },
  tsql: {
    nestedComments: true,
    brackets: true,
    atWords: true,
    hashWords: true,
    money: true,
    batches: true,
    bareStatements: true,
  },
  oracle: { questionOperator: true, compoundBodies: true },
  unknown: { ...postgresql, backticks: true, delimiterCommand: true, batches: true, compoundBodies: true },
};
