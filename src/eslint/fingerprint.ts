import { createHash } from 'node:crypto';
import { join, posix } from 'node:path';
import { decode } from '../engine/decode.js';
import { gitAt } from '../engine/git.js';
import { gitListing, isForeign, walkedListing } from '../engine/listing.js';
import { readDisk } from '../engine/tree.js';
import { frontEndOf, mayMatter } from './relevance.js';

/** Files that steer ddlint itself: its configuration, and what discovery tells dialects and runners by. */
const SETTINGS = /^(?:ddlint\.config\..+|\.ddlintrc.*|package\.json|pyproject\.toml|requirements.*\.txt|alembic\.ini)$/;

const LARGEST = 4_000_000;

/**
 * A hash that changes whenever a file of the project's data layer or of ddlint's settings is added, edited or deleted.
 * Reads all files that a front end might read, as a plain scan: no parser is loaded.
 * @param root absolute path of the project's root
 */
export function fingerprintOf(root: string): string {
  const git = gitAt(root);
  const paths = (git && gitListing(git)) ?? walkedListing(root);
  const hash = createHash('sha256');
  for (const path of paths.filter((each) => !isForeign(each)).sort()) {
    const frontEnd = frontEndOf(path);
    const settings = SETTINGS.test(posix.basename(path));
    if (!frontEnd && !settings) continue;
    const content = readDisk(join(root, path), LARGEST);
    if (!('bytes' in content)) continue;
    const { text } = decode(content.bytes, frontEnd?.id);
    if (text === undefined || !(settings || (frontEnd && mayMatter(frontEnd, path, text)))) continue;
    hash.update(`${path}\0${text.length}\0${text}`);
  }
  return hash.digest('hex').slice(0, 16);
}
