import type { HoleProvenance, Span } from '../../../ir/index.js';

/** From harmless to hostile: the join of two levels is the later one. */
const order: readonly HoleProvenance[] = [
  'constant',
  'constant-name',
  'numeric',
  'placeholders',
  'quoted-identifier',
  'quoted-literal',
  'generated',
  'configuration',
  'database',
  'parameter',
  'opaque',
  'request',
];

/** What is known of a value, and the assignments that it came through. */
export interface Origin {
  level: HoleProvenance;
  trail: Span[];
}

export const origin = (level: HoleProvenance, trail: Span[] = []): Origin => ({ level, trail });
export const rank = (level: HoleProvenance): number => order.indexOf(level);

/** The worst of several origins; harmless for none. */
export function joined(origins: readonly Origin[]): Origin {
  return origins.reduce((worst, each) => (rank(each.level) > rank(worst.level) ? each : worst), origin('constant'));
}
