import type { FileFacts } from '../../../ir/index.js';
import type { ModuleSymbols } from '../models/raw.js';

/** What importing a file imports in turn. */
export interface Reached {
  /** Paths, the file's own first. */
  paths: Set<string>;
  /** Files that could be meant by what is imported and was not read. */
  unread: Set<string>;
  /** One of the modules loads others by names made at run time, or the graph is too large to be followed. */
  open: boolean;
}

/** An application that imports more files than this is not followed to its end. */
const maxFiles = 500;

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const inside = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

/** Folders that modules may be found in by a file: those around it, the nearest first, and `src` in each. */
function rootsOf(path: string): string[] {
  const roots: string[] = [];
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    roots.push(folder, inside(folder, 'src'));
    if (folder === '') return roots;
  }
}

/** The Python files of a project and which of them import which. */
export class ImportGraph {
  #symbols = new Map<string, ModuleSymbols | undefined>();
  #bySuffix = new Map<string, string[]>();
  /** Those that hold files that were read, at whatever depth. */
  #folders = new Set<string>();
  #found = new Map<string, string[]>();

  constructor(files: readonly FileFacts[]) {
    for (const { path, symbols } of files) {
      this.#symbols.set(path, symbols as ModuleSymbols | undefined);
      const parts = path.replace(/(?:\/__init__)?\.pyi?$/, '').split('/');
      const last = parts.slice(-2).join('.');
      const same = this.#bySuffix.get(last);
      if (same) same.push(path);
      else this.#bySuffix.set(last, [path]);
      for (let folder = folderOf(path); folder !== '' && !this.#folders.has(folder); folder = folderOf(folder)) {
        this.#folders.add(folder);
      }
    }
  }

  /** Follows imports from a file until no new one is met. */
  reachedFrom(start: string): Reached {
    const reached: Reached = { paths: new Set([start]), unread: new Set(), open: false };
    for (const path of reached.paths) {
      const symbols = this.#symbols.get(path);
      reached.open ||= symbols?.loadsByName === true || reached.paths.size > maxFiles;
      if (reached.open) break;
      for (const name of symbols?.loads ?? []) {
        for (const found of this.#filesOf(name, path, reached.unread)) reached.paths.add(found);
      }
    }
    return reached;
  }

  /**
   * The files that importing a dotted name runs: the module and the packages around it. Where the path of the interpreter
   * begins is not known, so that each place counts which has such a module.
   */
  #filesOf(name: string, from: string, unread: Set<string>): readonly string[] {
    const key = `${folderOf(from)}:${name}`;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const parts = name.split('.');
    const files: string[] = [];
    for (const root of rootsOf(from)) {
      let base = root;
      for (const part of parts) {
        if (base !== root && !this.#folders.has(base)) break;
        base = inside(base, part);
        for (const path of [`${base}.py`, `${base}/__init__.py`]) {
          if (this.#symbols.has(path)) files.push(path);
          else unread.add(path);
        }
      }
    }
    if (files.length === 0) files.push(...this.#elsewhere(parts));
    this.#found.set(key, files);
    return files;
  }

  /** Files of a package that lies beside the folders around, in another part of the repository. */
  #elsewhere(parts: readonly string[]): string[] {
    if (parts.length < 2) return [];
    const tail = parts.join('/');
    return (this.#bySuffix.get(parts.slice(-2).join('.')) ?? []).filter((path) =>
      `/${path.replace(/(?:\/__init__)?\.pyi?$/, '')}`.endsWith(`/${tail}`),
    );
  }
}
