import type { FileFacts } from '../../../ir/index.js';
import { libraries } from '../libraries.js';
import { Modules } from './modules.js';
import type { FileSymbols } from './file-symbols.js';
import type { Origin } from '../values/values.js';
import { baseOrigin, referencesIn } from './references.js';

/**
 * Where files may be that hold what facts wait for: constants, enums, types, base classes, re-exports, and the settings
 * that say where modules are.
 */
export function wants(files: readonly FileFacts[]): string[] {
  const search = new Search(files);
  for (const { path, symbols } of files) {
    search.settings(path);
    const own = symbols as FileSymbols | undefined;
    for (const origin of own ? awaitedBy(own) : []) search.follow(origin, path);
    for (const origin of own?.pending?.functions ?? []) search.follow(origin, path, true);
  }
  return [...search.wanted];
}

/** Follows names through the files that are known, up to those that are not. */
class Search {
  readonly wanted = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #symbols: ReadonlyMap<string, FileSymbols | undefined>;
  readonly #modules: Modules;

  constructor(files: readonly FileFacts[]) {
    this.#symbols = new Map(files.map(({ path, symbols }) => [path, symbols as FileSymbols | undefined]));
    this.#modules = new Modules(this.#symbols);
  }

  /** The settings of the folders above a file, or those that settings name themselves. */
  settings(path: string): void {
    const compiler = this.#symbols.get(path)?.settings?.compiler;
    const found = compiler ? this.#modules.namedBy(path, compiler) : this.#modules.settingsFor(path);
    for (const each of found) if (!this.#symbols.has(each)) this.wanted.add(each);
  }

  /** @param runs what is followed is a function that runs, with all that its file imports */
  follow(first: Origin, start: string, runs = false): void {
    const queue = [{ origin: first, from: start }];
    for (let at = queue.pop(); at; at = queue.pop()) {
      const { origin, from } = at;
      const key = `${from}\n${origin.module}\n${origin.name}\n${String(runs)}`;
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      const path = this.#modules.resolve(origin.module, from);
      if (path === undefined) {
        for (const each of this.#modules.candidates(origin.module, from)) this.wanted.add(each);
        continue;
      }
      const symbols = this.#symbols.get(path);
      const next = symbols ? [...onwards(symbols, origin.name), ...((runs && symbols.helpers?.imports) || [])] : [];
      queue.push(...next.map((each) => ({ origin: each, from: path })));
    }
  }
}

/** Where a name leads on to from the file that exports it. */
function onwards(symbols: FileSymbols, name: string): Origin[] {
  const target = symbols.exports[name];
  if (target?.module !== undefined) return [{ module: target.module, name: target.name }];
  const local = target?.name ?? name;
  const promise = symbols.promises[local];
  const promised = [promise?.is, ...Object.values(promise?.members ?? {})].filter((each) => typeof each === 'object');
  const record = symbols.classes.find((each) => each.name === local);
  const found = [...referencesIn(symbols.values[local]), ...promised, ...(record ? baseOrigin(record) : [])];
  return target || found.length > 0 ? found : symbols.stars.map((module) => ({ module, name }));
}

/** What the facts of a file need of others. Imports that they do not depend on are left alone. */
function awaitedBy(symbols: FileSymbols): Origin[] {
  const { values = [], types = [] } = symbols.pending ?? {};
  return [...values, ...types, ...libraries.flatMap((library) => library.awaits?.(symbols) ?? [])];
}
