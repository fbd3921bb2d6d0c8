import type { FoundClass, Lookup } from './lookup.js';
import { Modules } from './modules.js';
import type { ClassRecord } from './records.js';
import type { FileSymbols } from './symbols.js';
import type { Origin } from './values.js';

export interface LinkedFile {
  path: string;
  symbols: FileSymbols;
}

const maxHops = 12;

/** Finds declarations among the files given: one file while it is read, all of them while they are linked. */
export function projectLookup(files: readonly LinkedFile[]): Lookup {
  const byPath = new Map(files.map((file) => [file.path, file.symbols]));
  const modules = new Modules(byPath.keys());
  const byName = classesByName(files);

  /** The file and local name behind an exported name, or the package where the trail leaves the project. */
  const follow = (origin: Origin, from: string, hops = 0): { path: string; name: string } | Origin => {
    const path = modules.resolve(origin.module, from);
    const symbols = path === undefined ? undefined : byPath.get(path);
    if (path === undefined || !symbols || hops > maxHops) return origin;
    const target = symbols.exports[origin.name];
    if (target)
      return target.module === undefined
        ? { path, name: target.name }
        : follow({ module: target.module, name: target.name }, path, hops + 1);
    for (const star of symbols.stars) {
      const found = follow({ module: star, name: origin.name }, path, hops + 1);
      if ('path' in found) return found;
      // A package behind a star may export any name: it is taken only if it is the sole one.
      if (modules.resolve(found.module, path) === undefined && symbols.stars.length === 1) return found;
    }
    return { path, name: origin.name };
  };

  const unique = (name: string): FoundClass | undefined => {
    const found = byName.get(name);
    return found?.length === 1 ? found[0] : undefined;
  };

  const classIn = (path: string, name: string): FoundClass | undefined => {
    const record = byPath.get(path)?.classes.find((each) => each.name === name);
    return record && { record, path };
  };

  const lookup: Lookup = {
    classOf(name, module, from) {
      if (module === undefined) return classIn(from, name) ?? unique(name);
      const found = follow({ module, name }, from);
      if ('path' in found) return classIn(found.path, found.name);
      return name === 'default' ? undefined : unique(name);
    },
    originOf(origin, from) {
      const found = follow(origin, from);
      return 'path' in found ? origin : found;
    },
    valueOf(origin, from, owner) {
      const found = follow(origin, from);
      const symbols = 'path' in found ? byPath.get(found.path) : undefined;
      return symbols && 'path' in found
        ? (symbols.values[found.name] ?? (owner ? symbols.statics[found.name] : undefined))
        : undefined;
    },
    typeOf(origin, from) {
      const found = follow(origin, from);
      return 'path' in found ? byPath.get(found.path)?.types[found.name] : undefined;
    },
    derivedFrom: (base) => derived().get(base.record) ?? [],
  };

  let derivedClasses: Map<ClassRecord, FoundClass[]> | undefined;
  const derived = (): Map<ClassRecord, FoundClass[]> => (derivedClasses ??= derivedMap(files, lookup));
  return lookup;
}

function classesByName(files: readonly LinkedFile[]): Map<string, FoundClass[]> {
  const byName = new Map<string, FoundClass[]>();
  for (const { path, symbols } of files) {
    for (const record of symbols.classes)
      byName.set(record.name, [...(byName.get(record.name) ?? []), { record, path }]);
  }
  return byName;
}

function derivedMap(files: readonly LinkedFile[], lookup: Lookup): Map<ClassRecord, FoundClass[]> {
  const map = new Map<ClassRecord, FoundClass[]>();
  for (const { path, symbols } of files) {
    for (const record of symbols.classes) {
      const base = record.base && lookup.classOf(record.base.name, record.base.module, path);
      if (base) map.set(base.record, [...(map.get(base.record) ?? []), { record, path }]);
    }
  }
  return map;
}
