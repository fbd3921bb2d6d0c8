import { posix } from 'node:path';

/** Reads a small text file of the project; nothing where it can't be read. */
export type ReadText = (path: string) => string | undefined;

/** The paths of a project by folder. */
export class Folders {
  readonly files = new Map<string, string[]>();
  readonly all: Set<string>;

  constructor(paths: readonly string[]) {
    this.all = new Set(paths);
    for (const path of paths) {
      const folder = folderOf(path);
      const names = this.files.get(folder);
      if (names) names.push(posix.basename(path));
      else this.files.set(folder, [posix.basename(path)]);
    }
  }

  has(folder: string, name: string): boolean {
    return this.all.has(join(folder, name));
  }
}

/** The folder of a path; `` for the project's root. */
export const folderOf = (path: string): string => {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
};
/** A path inside a folder. */
export const join = (folder: string, name: string): string =>
  posix.normalize(folder === '' ? name : `${folder}/${name}`);
