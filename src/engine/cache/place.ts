import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { ownPackage } from '../../package.js';
import type { CachePlace } from './facts-cache.js';

/** The folder for facts in the user's cache. */
export function defaultCacheFolder(env: { readonly [name: string]: string | undefined }): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = env;
  const library = process.platform === 'darwin' ? 'Library/Caches' : '.cache';
  const windows = process.platform === 'win32' ? local : undefined;
  return join(xdg || windows || join(homedir(), library), 'ddlint', 'facts');
}

/** Whether this is a compiled ddlint. One that runs from its TypeScript sources can't tell when those change. */
export const isCompiled = (): boolean => !import.meta.filename.endsWith('.ts');

/** Changes with every release and, while ddlint itself is worked on, with every compilation. */
function build(): string {
  const { mtimeMs, size } = statSync(import.meta.filename);
  return `${ownPackage().version} ${mtimeMs} ${size} ${process.version}`;
}

/** FNV-1a: enough to tell projects apart, as the pack itself says whose it is. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}

/**
 * Where the facts of a project are kept.
 * @param folder that holds the facts of all projects
 * @param root of the project, absolute
 * @param staged whether these are the facts of the index
 * @param grammars that are installed, and that others would contradict
 */
export function cachePlace(folder: string, root: string, staged: boolean, grammars = ''): CachePlace {
  const project = staged ? `${root} index` : root;
  const name = basename(root)
    .replace(/[^\w.-]+/g, '_')
    .slice(0, 40);
  return { file: join(folder, `${name}-${hashOf(project)}.json`), owner: `${build()} ${grammars} ${project}` };
}
