import type { Span, StatementHole } from '../../ir/index.js';

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
