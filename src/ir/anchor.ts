import type { Span } from './span.js';

/** One entry of an argument list, an object literal, a dict or a decorator's options. */
export interface AnchorEntry {
  /** Keyword or property name; absent for a positional argument or a spread. */
  key?: string;
  span: Span;
  value: Span;
}

/** A bracketed list that the pen may add to. */
export interface AnchorList {
  /** Offset just behind the opening bracket. */
  open: number;
  /** Offset of the closing bracket. */
  close: number;
  entries: AnchorEntry[];
}

/**
 * Where a front end's pen may write, found while the syntax was at hand: with it the pen needs the file's
 * text and this fact, but no parser. What each list means is the front end's own business.
 */
export interface Anchor {
  /** The declaration as a whole, first decorator included. */
  span: Span;
  /** White space before the declaration on its line. */
  indent: string;
  /** Argument lists and object literals by role, such as `call`, `options`, `decorator`, `tableArgs`. */
  lists: { [role: string]: AnchorList | undefined };
  /** Single offsets by role, such as `annotationEnd`. */
  points: { [role: string]: number | undefined };
}
