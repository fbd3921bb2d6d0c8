import type { HoleProvenance, Span } from '../../../ir/index.js';
import { rank } from '../../hole-provenance.js';

/** What another file may say of a value: what a function of it gives, or that a class of it is an enum. */
export interface Asked {
  how: 'function' | 'enum';
  /** Dotted. */
  name: string;
}

/** What is known of a value, and the assignments that it came through. */
export interface Origin {
  level: HoleProvenance;
  trail: Span[];
  asked?: Asked;
  /** No quote of either kind is in it, so that it ends neither a name nor a value that it stands in. */
  unquoted?: true;
}

export const origin = (level: HoleProvenance, trail: Span[] = []): Origin => ({ level, trail });

/** The worst of several origins; harmless for none. No other file can make up for a second one that may do harm. */
export function joined(origins: readonly Origin[]): Origin {
  const worst = origins.reduce(
    (found, each) => (rank(each.level) > rank(found.level) ? each : found),
    origin('constant'),
  );
  const harmful = origins.filter((each) => rank(each.level) > rank('quoted-literal'));
  return harmful.length > 1 ? origin(worst.level, worst.trail) : worst;
}
