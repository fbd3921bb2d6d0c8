import type { Dialect } from '../ir/index.js';
import { cut } from './names.js';

/** How long a name may be, and what becomes of one that is longer. */
export interface NameLimit {
  max: number;
  unit: 'bytes' | 'characters';
  /** PostgreSQL cuts and says so in a notice; the others refuse the statement. */
  longer: 'cut' | 'refused';
}

// PostgreSQL: NAMEDATALEN - 1. MySQL 8.0 reference, 9.2.1; MariaDB "Identifier Names". Transact-SQL "Database
// identifiers". Oracle from 12.2 on; 30 bytes before. SQLite and CockroachDB have no limit.
const limits: { readonly [D in Dialect]?: NameLimit } = {
  postgresql: { max: 63, unit: 'bytes', longer: 'cut' },
  mysql: { max: 64, unit: 'characters', longer: 'refused' },
  mariadb: { max: 64, unit: 'characters', longer: 'refused' },
  tsql: { max: 128, unit: 'characters', longer: 'refused' },
  oracle: { max: 128, unit: 'bytes', longer: 'refused' },
};

/** The limit of a dialect; `max` takes the place of its own where it is not 0. */
export function nameLimit(dialect: Dialect, max: number): NameLimit | undefined {
  const limit = limits[dialect];
  if (max <= 0) return limit;
  return { unit: limit?.unit ?? 'characters', longer: limit?.max === max ? limit.longer : 'refused', max };
}

const encoder = new TextEncoder();

/** The length of a name in the unit that its limit counts. */
export function lengthOf(name: string, { unit }: Pick<NameLimit, 'unit'>): number {
  return unit === 'bytes' ? encoder.encode(name).length : [...name].length;
}

/** What is left of a name that PostgreSQL cuts. */
export const cutName = cut;

/** A name of at most `max` that ends in four digits of a hash of the whole, so that two long ones stay apart. */
export function shortened(name: string, { max, unit }: NameLimit): string {
  let hash = 0x811c9dc5;
  for (const byte of encoder.encode(name)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  const suffix = `_${(hash & 0xffff).toString(16).padStart(4, '0')}`;
  let kept = '';
  for (const character of name) {
    if (lengthOf(kept + character, { unit }) > max - suffix.length) break;
    kept += character;
  }
  return kept.replace(/_+$/, '') + suffix;
}
