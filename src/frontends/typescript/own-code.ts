import picomatch from 'picomatch';
import type { ts } from 'ts-morph';
import type { DecoratorColumn, OwnCode } from '../front-end.js';
import { folderOf, normalized } from './linking/paths.js';
import type { Origin } from './values/values.js';

/** What an import of something that only looks like a library's comes from: no library bears this name. */
const ignored = 'node:ignored';

interface Entry<T> {
  names(module: string): boolean;
  name: string;
  value: T;
}

const withoutExtension = (path: string): string => path.replace(/\.[mc]?[jt]sx?$/, '');

/** What the configuration says of the declarations that one file imports. */
export class OwnDeclarations {
  readonly #aliases: Entry<string>[];
  readonly #decorators: Entry<{ columns: DecoratorColumn[] }>[];
  readonly #sinks: Entry<{ text: number }>[];
  readonly #wrappers: Entry<string>[];

  constructor(path: string, { aliases, decorators, sqlSinks, migrationWrappers }: OwnCode) {
    const folder = folderOf(path);
    this.#aliases = entriesOf(aliases, folder);
    this.#decorators = entriesOf(decorators, folder);
    this.#sinks = entriesOf(sqlSinks, folder);
    this.#wrappers = entriesOf(migrationWrappers, folder);
  }

  /** What an import is read as. */
  read({ module, name }: Origin): Origin {
    const alias = found(this.#aliases, { module, name });
    if (alias === undefined) return { module, name };
    return alias === 'ignore' ? { module: ignored, name } : originIn(alias);
  }

  /** The columns that a decorator adds. */
  columns(origin: Origin): readonly DecoratorColumn[] | undefined {
    return found(this.#decorators, origin)?.columns;
  }

  /** The position of the argument of a function that is run as SQL. */
  sqlArgument(origin: Origin): number | undefined {
    return found(this.#sinks, origin)?.text;
  }

  /** The method of a migration's runner that a function calls. */
  runnerMethod(origin: Origin): string | undefined {
    return found(this.#wrappers, origin);
  }
}

const found = <T>(entries: readonly Entry<T>[], { module, name }: Origin): T | undefined =>
  entries.find((entry) => entry.name === name && entry.names(module))?.value;

function originIn(key: string): Origin {
  const at = key.lastIndexOf('#');
  return { module: key.slice(0, at), name: key.slice(at + 1) };
}

function entriesOf<T>(settings: { [key: string]: T } | undefined, folder: string): Entry<T>[] {
  return Object.entries(settings ?? {}).map(([key, value]) => {
    const { module, name } = originIn(key);
    return { names: module.startsWith('./') ? fileNamed(module, folder) : (other) => other === module, name, value };
  });
}

/** Whether an import of a file in this folder names the file that a key names. */
function fileNamed(key: string, folder: string): (module: string) => boolean {
  const matches = picomatch(withoutExtension(key.slice(2)), { dot: true });
  return (module) => {
    if (!module.startsWith('.')) return false;
    const stem = normalized(`${folder}/${withoutExtension(module)}`);
    return matches(stem) || matches(`${stem}/index`);
  };
}

const bySource = new WeakMap<ts.SourceFile, OwnDeclarations>();

/** Says what the configuration knows of the imports of a file, before any of it is read. */
export function declareOwnCode(source: ts.SourceFile, path: string, ownCode: OwnCode | undefined): void {
  if (ownCode) bySource.set(source, new OwnDeclarations(path, ownCode));
}

/** What the configuration says of the declarations that the file of a node imports. */
export const ownCodeAt = (node: ts.Node): OwnDeclarations | undefined => bySource.get(node.getSourceFile());

/** Whether a text imports anything that the configuration speaks of. Errs towards yes. */
export function mentionsOwnCode(text: string, ownCode: OwnCode): boolean {
  return Object.values(ownCode).some((entries: { [key: string]: unknown }) =>
    Object.keys(entries).some((key) => {
      const { module, name } = originIn(key);
      return (name === 'default' || text.includes(name)) && text.includes(wordOf(module));
    }),
  );
}

/** What an import of a module cannot lack: of a file its name, unless a folder or a star stands for it. */
function wordOf(module: string): string {
  if (!module.startsWith('./')) return module;
  const stem = withoutExtension(module);
  const name = stem.slice(stem.lastIndexOf('/') + 1);
  return name === 'index' || name.includes('*') ? '' : name;
}
