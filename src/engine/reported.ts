import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Git } from './git.js';

/** What the arguments of a run ask for. They filter what is reported; the project is always read as a whole. */
export interface Selection {
  /** Whether findings of a file are wanted. */
  includes(path: string): boolean;
  /** Files that were named one by one and exist. */
  files: string[];
  /** Arguments that name nothing, with the reason in words. */
  failures: { path: string; message: string; deleted: boolean }[];
}

const posixPath = (path: string): string => path.split(sep).join('/');

/** The path from the root, or nothing for what lies outside; either may have been named through a link. */
function pathInside(root: string, absolute: string): string | undefined {
  for (const candidate of [absolute, realParent(absolute)]) {
    const path = posixPath(relative(root, candidate));
    if (path !== '..' && !path.startsWith('../') && !isAbsolute(path)) return path;
  }
  return undefined;
}

function realParent(path: string): string {
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    return path;
  }
}

/** Whether git still knows the file: it was deleted, and no one mistyped a name. */
const wasDeleted = (git: Git | undefined, path: string): boolean =>
  git?.run(['cat-file', '-e', `HEAD:./${path}`]) !== undefined ||
  (git?.entries(['ls-files', '-z', '--', path]) ?? []).length > 0;

/** @param args files and folders, relative to `root` or absolute; none means everything */
export function selection(root: string, args: readonly string[], git: Git | undefined): Selection {
  const files: string[] = [];
  const folders: string[] = [];
  const failures: Selection['failures'] = [];
  for (const arg of args) {
    const absolute = resolve(root, arg);
    const path = pathInside(root, absolute);
    if (path === undefined) {
      const message = `This path lies outside of the project, which is ${root}.`;
      failures.push({ path: posixPath(arg), message, deleted: false });
      continue;
    }
    if (path === '') {
      folders.push('');
      continue;
    }
    const entries = entriesOf(absolute);
    if (entries !== undefined && entries > 0) {
      folders.push(`${path}/`);
    } else {
      files.push(path);
      if (exists(absolute)) continue;
      const deleted = wasDeleted(git, path);
      const message = deleted
        ? 'The file was deleted, so there is nothing to lint.'
        : 'There is no such file or folder.';
      failures.push({ path, message, deleted });
    }
  }
  const named = new Set(files);
  const missing = new Set(failures.map(({ path }) => path));
  return {
    includes: (path) => args.length === 0 || named.has(path) || folders.some((folder) => path.startsWith(folder)),
    files: files.filter((path) => !missing.has(path)),
    failures,
  };
}

/** A link that leads nowhere or in a circle exists as well: reading it says what is wrong. */
function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES';
  }
}

/** How much a folder holds; nothing for what is none. An empty one may bear the name of a source file. */
function entriesOf(path: string): number | undefined {
  try {
    return readdirSync(path).length;
  } catch {
    return undefined;
  }
}
