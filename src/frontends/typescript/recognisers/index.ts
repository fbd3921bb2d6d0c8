import type { FileFacts } from '../../../ir/index.js';
import type { Unit } from '../unit.js';
import { engines } from '../engines/engines.js';
import { sqlSites } from '../injection/sites.js';
import { typeormMigrations } from '../typeorm/migration.js';
import { typeormSessions } from '../typeorm/sessions.js';
import { typeormUsages } from '../typeorm/usage.js';

/** Adds what one library's code says to the facts of a file. Models wait for the link step, which sees all files. */
export type Recogniser = (unit: Unit, facts: FileFacts) => void;

/** One entry per library and kind of code; a new library is a new line here. */
export const recognisers: readonly Recogniser[] = [
  typeormMigrations,
  typeormUsages,
  typeormSessions,
  engines,
  sqlSites,
];
