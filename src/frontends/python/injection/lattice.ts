import type { HoleProvenance, Span } from '../../../ir/index.js';
import { rank } from '../../hole-provenance.js';

/** What is known of a value, and the assignments that it came through. */
export interface Origin {
  level: HoleProvenance;
  trail: Span[];
}

export const origin = (level: HoleProvenance, trail: Span[] = []): Origin => ({ level, trail });

/** The worst of several origins; harmless for none. */
export function joined(origins: readonly Origin[]): Origin {
  return origins.reduce((worst, each) => (rank(each.level) > rank(worst.level) ? each : worst), origin('constant'));
}
