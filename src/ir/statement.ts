import type { Dialect } from './dialect.js';
import type { Comment } from './facts.js';
import type { Guard, Operation, Provenance, TransactionState, Where } from './migration.js';
import type { QualifiedName } from './name.js';
import type { Span } from './span.js';

/** A place in SQL text that is filled at run time. */
export interface StatementHole {
  span: Span;
  style: 'js' | 'jinja' | 'fstring' | 'percent' | 'named' | 'positional' | 'brace';
  role: 'value' | 'identifier' | 'clause' | 'inString';
  /** Sent as a bind parameter, not pasted into the text. */
  bound: boolean;
}

export interface StatementProblem {
  code: 'syntax' | 'unterminated' | 'guard' | 'nul';
  span: Span;
  message: string;
}

/** One SQL statement of a file, or of a string in a host language. */
export interface Statement {
  dialect: Dialect;
  /** In the host file, without leading comments and delimiter. */
  span: Span;
  /** As the database receives it, holes masked by something of equal length. Cut at 64 KiB. */
  text: string;
  /**
   * Where `text` does not map to the host file by adding `span.start` (escapes, joined literals): pairs of
   * [offset in text, offset in host], ascending; between two pairs offsets run in step.
   */
  offsets?: [number, number][];
  /** First keyword or two, upper case: `ALTER TABLE`, `SELECT`, `DO`. */
  verb: string;
  provenance: Provenance;
  /** Some of it was not read: an unknown clause, or a hole that stands for one. */
  partial: boolean;
  operations: Operation[];
  /** Tables read, and tables or objects written, each as named in the text. */
  reads: QualifiedName[];
  writes: QualifiedName[];
  where: Where | 'n/a';
  /** Whether a transaction of the runner or the script is open; what `together` comes to is not counted. */
  inTransaction: TransactionState;
  /**
   * The server gets it in one string with others, in which PostgreSQL runs them as one transaction: from the first of
   * them to the last. Absent where it is sent alone.
   */
  together?: Span;
  guard?: Guard;
  holes: StatementHole[];
  /** Bodies of DO, routines, IF and BEGIN blocks, with offsets in the host file. */
  children: Statement[];
  problems: StatementProblem[];
  /** Comments before it and in it, where it is text of a host language. Those of an SQL file are the file's. */
  comments?: Comment[];
}
