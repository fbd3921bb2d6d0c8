import type { Dialect } from '../ir/index.js';

/** One piece of evidence. `weight` counts among pieces of the same kind; a stated dialect beats any number of marks. */
export interface Vote {
  dialect: Dialect;
  weight: number;
  kind: 'stated' | 'mark';
  /** Where it was found, in words. */
  why: string;
}
