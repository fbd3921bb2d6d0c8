import { readdirSync, realpathSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import type { Git } from './git.js';

/** Folders of dependencies, builds and tools, where no one edits. */
const foreign =
  /(?:^|\/)(?:node_modules|bower_components|vendor|\.yarn|\.git|\.hg|\.svn|site-packages|dist-packages|__pycache__|\.venv|venv|\.tox|\.nox|\.eggs|\.mypy_cache|\.next|\.nuxt|\.turbo|dist|build)\//;

/** Whether a path lies in a folder that is left alone unless the configuration takes it back in. */
export const isForeign = (path: string): boolean => foreign.test(path);

/** The files of the work tree that git knows or would add, deleted ones left out. */
export function gitListing(git: Git): string[] | undefined {
  const entries = git.entries(['ls-files', '-z', '-t', '--cached', '--deleted', '--others', '--exclude-standard']);
  if (entries === undefined) return undefined;
  const paths = new Set<string>();
  const deleted = new Set<string>();
  for (const entry of entries) (entry.startsWith('R ') ? deleted : paths).add(entry.slice(2));
  // An untracked repository inside this one is listed as a folder.
  return [...paths].filter((path) => !deleted.has(path) && !path.endsWith('/'));
}

/** The files below a folder outside of git. Every folder is entered once, so links that lead in circles end. */
export function walkedListing(root: string): string[] {
  const paths: string[] = [];
  const seen = new Set<string>();
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const entries = entriesOf(join(root, folder), seen);
    // An empty folder may bear the name of a source file: then reading it says that it is none.
    if (entries?.length === 0 && folder !== '') paths.push(folder);
    for (const entry of entries ?? []) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const kind = entry.isSymbolicLink() ? linkTarget(join(root, path)) : entry.isDirectory() ? 'folder' : 'file';
      if (kind === 'file') paths.push(path);
      else if (!isForeign(`${path}/`)) waiting.push(path);
    }
  }
  return paths;
}

function entriesOf(folder: string, seen: Set<string>): Dirent[] | undefined {
  try {
    const real = realpathSync(folder);
    if (seen.has(real)) return undefined;
    seen.add(real);
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return undefined;
  }
}

/** What a link leads to; a broken link counts as a file, and reading it says what is wrong. */
function linkTarget(path: string): 'file' | 'folder' {
  try {
    readdirSync(path);
    return 'folder';
  } catch {
    return 'file';
  }
}
