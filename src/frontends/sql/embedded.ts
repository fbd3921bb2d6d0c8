import type { Dialect, Guard, HolePosition, Span, Statement, StatementHole, TransactionState } from '../../ir/index.js';

/** A stretch of literal text of a host language: its value with escapes resolved, and where it came from. */
export interface EmbeddedLiteral {
  value: string;
  /**
   * Pairs of [offset in value, offset in host], ascending, the first at offset 0; between two pairs offsets run in
   * step. One pair is enough for a literal without escapes.
   */
  offsets: [number, number][];
}

/** A stretch that is computed at run time. */
export interface EmbeddedHole {
  span: Span;
  style: StatementHole['style'];
  /** Handed over as a bind parameter by the library (a tagged template), not pasted into the text. */
  bound: boolean;
}

/** SQL text in a host language, in reading order. */
export type EmbeddedText = (EmbeddedLiteral | EmbeddedHole)[];

export interface EmbeddedContext {
  dialect: Dialect;
  inTransaction: TransactionState;
  guard?: Guard;
}

/** Statements of SQL text in a host language; every offset in them is one of the host file. Never throws. */
export declare function readEmbedded(text: EmbeddedText, context: EmbeddedContext): Statement[];

/**
 * The position of each hole of the text, in order, decided by the tokens around it.
 * @param kind `sql` for whole statements, `fragment` for text that a library puts into a clause
 */
export declare function holePositions(text: EmbeddedText, kind: 'sql' | 'fragment', dialect: Dialect): HolePosition[];

/** Whether text starts like an SQL statement, comments and blanks skipped. Holes are passed as blanks. */
export declare function startsLikeStatement(text: string): boolean;

/** Whether the statement takes no bind parameters: CREATE, ALTER, DROP, COMMENT, SET, GRANT, NOTIFY and the like. */
export declare function takesNoParameters(text: string): boolean;
