import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { blobs, type Git } from './git.js';
import type { Snapshot } from './snapshot.js';
import { settledStamp } from './stamp.js';

/** Bytes of a file, or in words why there are none. */
export type Content = { bytes: Uint8Array } | { text: string } | { failure: string; tooLarge?: true };

/** The files of a project at one moment: on disk, in the index, or in memory. */
export interface Tree {
  /** Relative to the project, POSIX. */
  readonly paths: readonly string[];
  /** @param maxBytes above it nothing is read */
  read(path: string, maxBytes: number): Content;
  /** Is another one when the content is; nothing where that can't be told without reading. */
  stamp?(path: string): string | undefined;
}

const reasons: { [code: string]: string } = {
  ENOENT: 'The file does not exist.',
  EACCES: 'ddlint has no permission to read the file.',
  EPERM: 'ddlint has no permission to read the file.',
  EISDIR: 'This is a directory, not a file.',
  ENOTDIR: 'A part of its path is a file, not a directory.',
  ELOOP: 'The file is a symbolic link that leads to itself.',
  ENAMETOOLONG: 'Its path is too long for this system.',
};

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** Reads a file of the disk. Never throws; what is no regular file is not opened, as a pipe would never end. */
export function readDisk(path: string, maxBytes: number): Content {
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) return { failure: reasons['EISDIR']! };
    if (!stat.isFile()) return { failure: 'This is a device, a pipe or a socket, not a file.' };
    if (stat.size > maxBytes) return { failure: tooLarge(stat.size), tooLarge: true };
    return { bytes: readFileSync(path) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { failure: reasons[code ?? ''] ?? `The file can't be read: ${message}.` };
  }
}

const tooLarge = (size: number): string => `The file has ${megabytes(size)}, which is too large to read.`;

export function diskTree(root: string, paths: readonly string[]): Tree {
  const now = Date.now();
  return {
    paths,
    read: (path, maxBytes) => readDisk(join(root, path), maxBytes),
    stamp: (path) => settledStamp(join(root, path), now),
  };
}

export const memoryTree = (files: Readonly<Record<string, string>>): Tree => ({
  paths: Object.keys(files).sort(),
  // Offsets are those of the text without a byte order mark, wherever the text comes from.
  read: (path) =>
    Object.hasOwn(files, path) ? { text: files[path]!.replace(/^\uFEFF/, '') } : { failure: reasons['ENOENT']! },
});

/**
 * The project as a commit has it.
 * @param load the paths that are worth reading in one go
 */
export function snapshotTree(snapshot: Snapshot, load: (path: string) => boolean): Tree {
  const { paths } = snapshot;
  snapshot.load(paths.filter(load));
  return {
    paths,
    read(path, maxBytes) {
      const bytes = snapshot.read(path);
      return bytes === undefined ? { failure: reasons['ENOENT']! } : sized(bytes, maxBytes);
    },
  };
}

const sized = (bytes: Uint8Array, maxBytes: number): Content =>
  bytes.length > maxBytes ? { failure: tooLarge(bytes.length), tooLarge: true } : { bytes };

/**
 * The project as in the index: what will be committed. Files whose work-tree copy is the same as in the index are read
 * from disk, which is faster; the others come from one `git cat-file --batch`.
 */
export function indexTree(git: Git): Tree {
  const ids = new Map<string, string>();
  for (const entry of git.entries(['ls-files', '-s', '-z']) ?? []) {
    const [, mode, id, path] = /^(\d+) ([0-9a-f]+) \d\t(.*)$/s.exec(entry) ?? [];
    // Of a link the index holds where it leads to, which is a file of its own; of a submodule, a commit.
    if (path !== undefined && mode !== '120000' && mode !== '160000') ids.set(path, id!);
  }
  const differing = git.entries(['diff-files', '--name-only', '--relative', '-z']) ?? [];
  const needed = differing.filter((path) => ids.has(path));
  const contents = blobs(
    git,
    needed.map((path) => ids.get(path)!),
  );
  const fromIndex = new Set(needed);
  const given = (bytes: Uint8Array | undefined, maxBytes: number): Content =>
    bytes === undefined ? { failure: 'git could not give the file as it is in the index.' } : sized(bytes, maxBytes);
  return {
    paths: [...ids.keys()],
    stamp: (path) => ids.get(path),
    read(path, maxBytes) {
      const id = ids.get(path);
      if (id === undefined) return { failure: reasons['ENOENT']! };
      if (fromIndex.has(path)) return given(contents.get(id), maxBytes);
      const onDisk = readDisk(join(git.cwd, path), maxBytes);
      return 'failure' in onDisk && !onDisk.tooLarge ? given(blobs(git, [id]).get(id), maxBytes) : onDisk;
    },
  };
}
