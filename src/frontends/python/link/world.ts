import { strayMetadata } from './metadata.js';
import type { CalledValue, HoleProvenance, Index } from '../../../ir/index.js';
import { isLibrary } from '../values/names.js';
import type { ModuleSymbols, RawClass, RawColumn, RawTable } from '../models/raw.js';

/** What a dotted name leads to. */
export type Found =
  | { kind: 'class'; module: ModuleSymbols; raw: RawClass }
  | { kind: 'table'; module: ModuleSymbols; raw: RawTable }
  | { kind: 'constant'; value: string }
  | { kind: 'function'; gives: HoleProvenance }
  | { kind: 'maker'; gives: CalledValue }
  | { kind: 'annotated'; raw: RawColumn }
  | { kind: 'metadata'; module: ModuleSymbols; name: string; metadata: ModuleSymbols['metadata'][string] }
  | { kind: 'collection'; module: ModuleSymbols; name: string };

const maxHops = 12;

/** Whether a class is worth more than its name: an enum has members, a type stands for another one. */
const isMore = (raw: RawClass | undefined): boolean => raw?.enumMembers !== undefined || raw?.isType === true;

/** Whether what is asked of a class is no column of it, and so perhaps a constant. */
const isPlain = ({ members }: RawClass, [attribute]: readonly string[]): boolean =>
  attribute !== undefined && members.length === 0;

/** The modules of a project by dotted name, as far as one file can name another. */
export class World {
  #bySuffix = new Map<string, ModuleSymbols[]>();
  #byClass = new Map<string, Extract<Found, { kind: 'class' }>[]>();
  #declared = new Map<ModuleSymbols, ReadonlyMap<string, Found>>();
  #values = new Map<string, boolean>();
  #stray: ReadonlySet<object> | undefined;
  #outside: Map<RawClass | RawTable, { index: Index; module: ModuleSymbols }[]> | undefined;

  constructor(readonly modules: readonly ModuleSymbols[]) {
    for (const module of modules) {
      for (const raw of module.classes) {
        const same = this.#byClass.get(raw.name);
        if (same === undefined) this.#byClass.set(raw.name, [{ kind: 'class', module, raw }]);
        else same.push({ kind: 'class', module, raw });
      }
      const parts = module.module.split('.');
      for (let at = 0; at < parts.length; at += 1) {
        const suffix = parts.slice(at).join('.');
        const found = this.#bySuffix.get(suffix);
        if (found === undefined) this.#bySuffix.set(suffix, [module]);
        else found.push(module);
      }
    }
  }

  /** Every class of this name. */
  classesNamed(name: string): readonly Extract<Found, { kind: 'class' }>[] {
    return this.#byClass.get(name) ?? [];
  }

  /** The indexes that stand beside a table, in whatever module. */
  outside(raw: RawClass | RawTable): { index: Index; module: ModuleSymbols }[] {
    if (this.#outside === undefined) {
      this.#outside = new Map();
      for (const module of this.modules) {
        for (const { owner, index } of module.outside) {
          const found = this.find(owner, module.module);
          if (found?.kind !== 'class' && found?.kind !== 'table') continue;
          const same = this.#outside.get(found.raw);
          if (same === undefined) this.#outside.set(found.raw, [{ index, module }]);
          else same.push({ index, module });
        }
      }
    }
    return this.#outside.get(raw) ?? [];
  }

  /** `MetaData` objects whose tables are no part of the project's schema. */
  get stray(): ReadonlySet<object> {
    return (this.#stray ??= strayMetadata(this));
  }

  /** The module of a dotted name: its source root is not known, so the nearest file whose path ends that way. */
  module(name: string, from: string): ModuleSymbols | undefined {
    const candidates = this.#bySuffix.get(name) ?? [];
    if (candidates.length <= 1) return candidates[0];
    const here = from.split('.');
    const shared = ({ module }: ModuleSymbols) => {
      const parts = module.split('.');
      let count = 0;
      while (count < here.length && parts[count] === here[count]) count += 1;
      return count * 1000 - parts.length;
    };
    return candidates.reduce((best, each) => (shared(each) > shared(best) ? each : best));
  }

  /** Follows a dotted name through imports, re-exports and star imports. */
  find(name: string, from: string, hops = 0, seen = new Set<string>()): Found | undefined {
    if (hops > maxHops) return undefined;
    const parts = name.split('.');
    for (let at = parts.length - 1; at >= 1; at -= 1) {
      const module = this.module(parts.slice(0, at).join('.'), from);
      if (module === undefined) continue;
      const found = this.#inModule(module, parts.slice(at), hops, seen);
      if (found !== undefined) return found;
    }
    return this.inPackage(parts);
  }

  /** Whether a dotted name may be worth more than the name says: a constant, a function, an enum, another name for a library's. */
  isValue(name: string, from: string, hops = 0): boolean {
    if (isLibrary(name)) return hops > 0;
    if (hops > maxHops) return false;
    const key = `${from}\n${name}`;
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    // Modules that import all of each other's names ask in circles.
    this.#values.set(key, false);
    const found = this.#leadsToValue(name, from, hops);
    this.#values.set(key, found);
    return found;
  }

  #leadsToValue(name: string, from: string, hops: number): boolean {
    const parts = name.split('.');
    for (let at = parts.length - 1; at >= 1; at -= 1) {
      const module = this.module(parts.slice(0, at).join('.'), from);
      const [first = '', ...rest] = parts.slice(at);
      if (module === undefined) continue;
      const declared = this.#declaredIn(module).get(first);
      if (declared?.kind === 'class') return isMore(declared.raw) || isPlain(declared.raw, rest);
      if (declared !== undefined) return false;
      if (module.values.includes(first)) return true;
      const target = Object.hasOwn(module.imports, first) ? module.imports[first] : undefined;
      if (target !== undefined) return this.isValue([target, ...rest].join('.'), module.module, hops + 1);
      // What the module is not known to bind comes from one that it takes all names of; a shorter path leads nowhere else.
      const stars = module.stars.filter((star) => this.module(star, module.module) !== undefined);
      if (stars.some((star) => this.isValue([star, first, ...rest].join('.'), module.module, hops + 1))) return true;
      break;
    }
    return isMore(this.inPackage(parts)?.raw);
  }

  /** A name of a package whose `__init__` was not read: the one class of that name in the modules below it. */
  inPackage(parts: readonly string[]): Extract<Found, { kind: 'class' }> | undefined {
    const folder = `.${parts.slice(0, -1).join('.')}.`;
    const found = (this.#byClass.get(parts.at(-1) ?? '') ?? []).filter(({ module }) =>
      `.${module.module}.`.includes(folder),
    );
    return found.length === 1 ? found[0] : undefined;
  }

  /** The classes and `Table` variables of a module by name; the first of each, and a class before a table. */
  #declaredIn(module: ModuleSymbols): ReadonlyMap<string, Found> {
    const known = this.#declared.get(module);
    if (known !== undefined) return known;
    const found = new Map<string, Found>();
    for (const raw of module.classes) if (!found.has(raw.name)) found.set(raw.name, { kind: 'class', module, raw });
    for (const raw of module.tables) {
      if (raw.variable !== undefined && !found.has(raw.variable))
        found.set(raw.variable, { kind: 'table', module, raw });
    }
    this.#declared.set(module, found);
    return found;
  }

  #inModule(module: ModuleSymbols, [name = '', ...rest]: string[], hops: number, seen: Set<string>): Found | undefined {
    // Modules that import all names of each other are asked once.
    const asked = [module.module, name, ...rest].join('\n');
    if (seen.has(asked)) return undefined;
    seen.add(asked);
    const has = <T>(map: { [name: string]: T }): T | undefined => (Object.hasOwn(map, name) ? map[name] : undefined);
    if (rest.length === 0) {
      const declared = this.#declaredIn(module).get(name);
      if (declared !== undefined) return declared;
      const value = has(module.constants);
      if (value !== undefined) return { kind: 'constant', value };
      const gives = module.quoters && has(module.quoters);
      if (gives !== undefined) return { kind: 'function', gives };
      const maker = has(module.makers);
      if (maker !== undefined) return { kind: 'maker', gives: maker };
      const annotated = has(module.annotated);
      if (annotated !== undefined) return { kind: 'annotated', raw: annotated };
      const metadata = has(module.metadata);
      if (metadata !== undefined) return { kind: 'metadata', module, name, metadata };
      if (module.collections.some((each) => each.name === name)) return { kind: 'collection', module, name };
    }
    const target = has(module.imports) ?? has(module.aliases);
    if (target !== undefined && target !== `${module.module}.${name}`) {
      const found = this.find([target, ...rest].join('.'), module.module, hops + 1, seen);
      if (found !== undefined) return found;
    }
    for (const star of module.stars) {
      const other = this.module(star, module.module);
      const found =
        other && other !== module && hops < maxHops
          ? this.#inModule(other, [name, ...rest], hops + 1, seen)
          : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
