import { frontEndsByPath } from '../frontends/by-path.js';
import type { FrontEnd } from '../frontends/front-end.js';
import { frontEnds } from '../frontends/registry.js';

/** The front end that reads a file of this name. */
export const frontEndOf = frontEndsByPath(frontEnds);

/** Files in a migration folder matter even without a word of the data layer in them. */
const MIGRATION_FOLDER = /(?:^|\/)(?:\w*[-_])?(?:migrations?|versions)\//i;

/**
 * Whether a file can belong to the data layer, decided by its text and path alone: no parser is loaded and no other file
 * looked at. Errs towards yes.
 */
export function mayMatter(frontEnd: FrontEnd, path: string, text: string): boolean {
  return MIGRATION_FOLDER.test(path) || frontEnd.mayMatter({ path, text }, { dialect: 'unknown', scope: 'project' });
}
