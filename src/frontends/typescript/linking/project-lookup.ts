import { exportedReceiver } from '../drivers/tables.js';
import { settled, type FoundClass, type Lookup } from './lookup.js';
import { Modules } from './modules.js';
import type { Promised } from '../values/promises.js';
import type { LinkedFile } from '../library.js';
import type { ClassRecord } from '../records.js';
import type { FileSymbols } from './file-symbols.js';
import { homed } from '../values/children.js';
import { property, type Origin, type Value } from '../values/values.js';

const maxHops = 12;

/** Finds declarations among the files given: one file while it is read, all of them while they are linked. */
export function projectLookup(files: readonly Pick<LinkedFile, 'path' | 'symbols'>[]): Lookup {
  const byPath = new Map(files.map((file) => [file.path, file.symbols]));
  const modules = new Modules(byPath);
  const byName = classesByName(files);

  /** The file and local name behind an exported name, or the package where the trail leaves the project. */
  const exported = (
    origin: Origin,
    from: string,
    hops: number,
  ): { path: string; name: string } | Origin | undefined => {
    const path = modules.resolve(origin.module, from);
    const symbols = path === undefined ? undefined : byPath.get(path);
    if (path === undefined || !symbols || hops > maxHops) return origin;
    const target = symbols.exports[origin.name];
    if (target)
      return target.module === undefined
        ? { path, name: target.name }
        : follow({ module: target.module, name: target.name }, path, hops + 1);
    for (const star of symbols.stars) {
      const found = exported({ module: star, name: origin.name }, path, hops + 1);
      if (found && 'path' in found) return found;
      // A package behind a star may export any name: it is taken only if it is the sole one.
      if (found && modules.resolve(found.module, path) === undefined && symbols.stars.length === 1) return found;
    }
    return undefined;
  };

  const follow = (origin: Origin, from: string, hops = 0): { path: string; name: string } | Origin =>
    exported(origin, from, hops) ?? { path: modules.resolve(origin.module, from)!, name: origin.name };

  const unique = (name: string): FoundClass | undefined => {
    const found = byName.get(name);
    return found?.length === 1 ? found[0] : undefined;
  };

  const classIn = (path: string, name: string): FoundClass | undefined => {
    const record = byPath.get(path)?.classes.find((each) => each.name === name || each.alias === name);
    return record && { record, path };
  };

  /** Each is worked out once. While that goes on it is not known: constants and functions may name each other in a circle. */
  const values = new Map<string, Value | undefined>();
  /** Types may do so too. */
  let depth = 0;
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
    placeOf(origin, from) {
      const found = follow(origin, from);
      return 'path' in found ? found : undefined;
    },
    valueOf(origin, from, owner) {
      const found = follow(origin, from);
      const symbols = 'path' in found ? byPath.get(found.path) : undefined;
      if (!symbols || !('path' in found)) return undefined;
      const key = `${found.path}\n${found.name}\n${String(owner)}`;
      if (values.has(key)) return values.get(key);
      values.set(key, undefined);
      const value = exportedValue(symbols, found.name, owner);
      const whole = value && homed(settled(value, found.path, lookup), found.path);
      if (whole?.kind !== 'reference' && whole?.kind !== 'unknown') values.set(key, whole);
      return values.get(key);
    },
    typeOf(origin, from) {
      const found = follow(origin, from);
      return 'path' in found ? byPath.get(found.path)?.types[found.name] : undefined;
    },
    promiseOf(origin, from) {
      const found = follow(origin, from);
      const promise = 'path' in found ? byPath.get(found.path)?.promises[found.name] : undefined;
      if (!promise || !('path' in found) || depth > maxHops) return undefined;
      depth++;
      const settle = (each: Promised | undefined): Promised | undefined =>
        typeof each === 'object' ? lookup.promiseOf(each, found.path)?.is : each;
      const is = settle(promise.is);
      const members = Object.entries(promise.members ?? {}).flatMap(([name, each]) => {
        const known = settle(each);
        return known === undefined ? [] : [[name, known] as const];
      });
      depth--;
      return { ...(is !== undefined && { is }), members: Object.fromEntries(members) };
    },
    receiverOf({ module, name }, from) {
      const called = name.endsWith('()') ? '()' : '';
      const found = follow({ module, name: called ? name.slice(0, -2) : name }, from);
      if ('path' in found) return byPath.get(found.path)?.receivers?.[found.name + called];
      return called ? undefined : exportedReceiver(found.module, found.name);
    },
    derivedFrom: (base) => derived().get(base.record) ?? [],
  };

  let derivedClasses: Map<ClassRecord, FoundClass[]> | undefined;
  const derived = (): Map<ClassRecord, FoundClass[]> => (derivedClasses ??= derivedMap(files, lookup));
  return lookup;
}

/** `import names from` sees the object that is exported by default; `names.x` is then asked for as `x`. */
function exportedValue(symbols: FileSymbols, name: string, owner: boolean): Value | undefined {
  const own = symbols.values[name] ?? (owner ? symbols.statics[name] : undefined);
  const whole = own ? undefined : symbols.exports['default'];
  return own ?? (whole && property(symbols.values[whole.name], name));
}

function classesByName(files: readonly Pick<LinkedFile, 'path' | 'symbols'>[]): Map<string, FoundClass[]> {
  const byName = new Map<string, FoundClass[]>();
  for (const { path, symbols } of files) {
    // A class that no library decorates is not what a relation means by the name of an entity.
    for (const record of symbols.classes.filter((each) => each.decorators.length + each.members.length > 0))
      byName.set(record.name, [...(byName.get(record.name) ?? []), { record, path }]);
  }
  return byName;
}

function derivedMap(
  files: readonly Pick<LinkedFile, 'path' | 'symbols'>[],
  lookup: Lookup,
): Map<ClassRecord, FoundClass[]> {
  const map = new Map<ClassRecord, FoundClass[]>();
  for (const { path, symbols } of files) {
    for (const record of symbols.classes) {
      const base = record.base && lookup.classOf(record.base.name, record.base.module, path);
      if (base) map.set(base.record, [...(map.get(base.record) ?? []), { record, path }]);
    }
  }
  return map;
}
