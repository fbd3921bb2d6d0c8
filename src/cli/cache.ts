import { resolve } from 'node:path';
import { defaultCacheFolder, isCompiled } from '../engine/cache/place.js';
import type { LintProjectOptions } from '../engine/lint.js';
import type { Io } from './io.js';
import { UsageError } from './usage-error.js';

/** The flags that decide about the facts cache, for every command that lints. */
export const cacheFlags = {
  'no-cache': { help: 'Read every file anew, and keep nothing for the next run.' },
  'cache-location': {
    value: 'FOLDER',
    help: "Keep what was read in this folder instead of the user's cache folder.",
  },
} as const;

export interface CacheValues {
  'no-cache'?: true;
  'cache-location'?: string;
}

/** What the flags say, in the engine's words. */
export function cacheOf(
  { 'no-cache': off, 'cache-location': folder }: CacheValues,
  { cwd, env }: Pick<Io, 'cwd' | 'env'>,
): Pick<LintProjectOptions, 'cache'> {
  if (off && folder !== undefined) throw new UsageError('--no-cache and --cache-location exclude each other');
  if (off) return {};
  if (folder !== undefined) return { cache: resolve(cwd, folder) };
  return isCompiled() ? { cache: defaultCacheFolder(env) } : {};
}
