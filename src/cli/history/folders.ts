import { join } from 'node:path';
import { lastMatch } from '../../config/globs.js';
import { decode } from '../../engine/decode.js';
import { isForeign } from '../../engine/listing.js';
import { configuredFolders, migrationFolders } from '../../engine/migration-folders.js';
import { scopeOf } from '../../engine/scope.js';
import { readDisk } from '../../engine/tree.js';
import type { MigrationFolder } from '../../frontends/front-end.js';
import type { Configuration } from '../resolved-configuration.js';
import type { Snapshot } from '../../engine/snapshot.js';

/** Settings files and heads of migrations are small. */
const limit = 4_000_000;

/** Which paths are looked at: what the configuration ignores, dependencies, builds and tests are not. */
export function kept({ config, fromConfig }: Pick<Configuration, 'config' | 'fromConfig'>): (path: string) => boolean {
  const taken = lastMatch(config.ignore ?? []);
  return (path) => scopeOf(path) === 'project' && !(taken(fromConfig(path)) ?? isForeign(path));
}

/**
 * The migration folders as they were before a change, so that a folder whose last file is deleted is still known.
 * What still stands on disk is read there, which needs no git process per file.
 */
export function foldersOf(
  cwd: string,
  before: Snapshot,
  { config, fromConfig }: Pick<Configuration, 'config' | 'fromConfig'>,
  wanted: (path: string) => boolean,
): MigrationFolder[] {
  const read = (path: string): string | undefined => {
    const content = readDisk(join(cwd, path), limit);
    const bytes = 'bytes' in content ? content.bytes : before.read(path);
    return bytes && decode(bytes).text;
  };
  return configuredFolders(
    migrationFolders(before.paths.filter(wanted), read),
    config.migrations ?? {},
    fromConfig(''),
  );
}
