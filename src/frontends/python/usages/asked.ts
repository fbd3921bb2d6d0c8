import type { Usage } from '../../../ir/index.js';

/** A usage that another file has to confirm. */
export interface AskedUsage {
  usage: Usage;
  /** Dotted name of what has to be a session, or what has to open one when it is called. */
  session?: string;
  opener?: string;
  /** Dotted name of what has to be a mapped class, and the attribute that has to be a column, if one is asked for. */
  model?: string;
  column?: string;
}
