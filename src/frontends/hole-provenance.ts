import type { HoleProvenance } from '../ir/index.js';

/** From harmless to hostile. */
const levels: readonly HoleProvenance[] = [
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

/** How bad a level is: what is made of several values has the level of the highest rank among them. */
export const rank = (level: HoleProvenance): number => levels.indexOf(level);
