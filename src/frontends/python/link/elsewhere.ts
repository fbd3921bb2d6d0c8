import type { ModuleSymbols } from '../models/raw.js';
import { canonical, isLibrary } from '../values/names.js';
import type { Elsewhere, Interpreter } from '../values/interpreter.js';
import type { Home } from '../values/scope.js';
import { unknown, type ClassValue, type Value } from '../values/value.js';
import type { World } from './world.js';

/** Calls whose result is a thing of its own, known by its name, and not one that may be written down again. */
const things =
  /^sqlalchemy\.(?:Column|mapped_column|Table|MetaData|declarative_base|automap_base|registry|relationship|create_engine|create_async_engine|sessionmaker|async_sessionmaker|scoped_session|Session)\b/;

/** Modules that reach each other in circles, or through this many others, end as unknown. */
const maxDepth = 20;

/** The values of a project's modules, each worked out in its own module when it is first asked for. */
export class OtherModules implements Elsewhere {
  #interpreters = new Map<ModuleSymbols, Interpreter>();
  #byPath = new Map<string, ModuleSymbols>();
  #found = new Map<string, Value | undefined>();
  #depth = 0;

  /** @param open the interpreter of a module, which asks these modules in turn */
  constructor(
    readonly world: World,
    readonly open: (symbols: ModuleSymbols, others: OtherModules) => Interpreter,
  ) {}

  imported(name: string, from: Home): Value | undefined {
    const value = this.#find(name, from);
    return value && exported(value, name, (each) => this.#isEnum(each));
  }

  callable(name: string, from: Home): Extract<Value, { kind: 'function' }> | undefined {
    const value = this.#followed(name, from);
    return value?.kind === 'function' ? value : undefined;
  }

  classOf(name: string, from: Home): ClassValue | undefined {
    const value = this.#followed(name, from);
    return value?.kind === 'class' ? value : undefined;
  }

  /** What a name leads to in the end, through modules that hand it on. */
  #followed(name: string, from: Home): Value | undefined {
    const seen = new Set<string>();
    let value = this.#find(name, from);
    while (value?.kind === 'ref' && !isLibrary(value.name) && !seen.has(value.name)) {
      seen.add(value.name);
      value = this.#find(value.name, from);
    }
    return value;
  }

  #find(name: string, from: Home): Value | undefined {
    const key = `${from.module}\n${name}`;
    if (this.#found.has(key)) return this.#found.get(key);
    // Modules that import all of each other's names ask in circles.
    this.#found.set(key, undefined);
    const value = this.#search(name, from);
    this.#found.set(key, value);
    return value;
  }

  #search(name: string, from: Home): Value | undefined {
    if (this.#depth >= maxDepth) return undefined;
    const parts = name.split('.');
    for (let at = parts.length - 1; at >= 1; at -= 1) {
      const module = this.world.module(parts.slice(0, at).join('.'), from.module);
      if (module === undefined || module.module === from.module) continue;
      const [first = '', attribute, ...more] = parts.slice(at);
      const value = this.#deeper(() => this.#valueIn(module, first));
      if (value === undefined) continue;
      if (attribute === undefined) return value;
      // A constant of a class.
      const owner = value.kind === 'class' && more.length === 0 ? this.interpreter(module) : undefined;
      return owner && this.#deeper(() => owner.attribute(value, attribute, { start: 0, end: 0 }));
    }
    const found = this.world.inPackage(parts);
    return found && this.#deeper(() => this.#valueIn(found.module, found.raw.name));
  }

  bound(id: string, home: Home): Value {
    const module = this.#byPath.get(home.path);
    if (module === undefined || this.#depth >= maxDepth) return unknown(`${id} of another module`);
    return this.#deeper(() => this.#valueIn(module, id)) ?? { kind: 'ref', name: id };
  }

  /** An enum is worth its members; any other class is known by its name. */
  #isEnum({ node, scope }: ClassValue): boolean {
    const module = this.#byPath.get(scope.home.path);
    return module !== undefined && this.interpreter(module).isEnum(node, scope);
  }

  #deeper<T>(work: () => T): T {
    this.#depth += 1;
    try {
      return work();
    } finally {
      this.#depth -= 1;
    }
  }

  /** The interpreter of a module. */
  interpreter(module: ModuleSymbols): Interpreter {
    let found = this.#interpreters.get(module);
    if (found === undefined) {
      found = this.open(module, this);
      this.#interpreters.set(module, found);
      this.#byPath.set(found.scope.home.path, module);
    }
    return found;
  }

  #valueIn(module: ModuleSymbols, name: string): Value | undefined {
    const interpreter = this.interpreter(module);
    if (!interpreter.scope.bindings.has(name) && module.stars.length === 0) return undefined;
    return interpreter.name(name, interpreter.scope);
  }
}

/** What a value tells a file that imports it under a name; undefined where the name says as much. */
function exported(value: Value, name: string, isEnum: (value: ClassValue) => boolean): Value | undefined {
  if (value.kind === 'class') return isEnum(value) ? value : undefined;
  if (value.kind === 'unknown' || value.kind === 'function') return undefined;
  if (value.kind === 'ref') return isLibrary(canonical(value.name)) && !value.name.endsWith('[]') ? value : undefined;
  if (value.kind !== 'call') return value;
  if (/(?:^|\.)SQLAlchemy$/.test(value.func)) {
    return canonical(`${name}.Model`) === 'flask_sqlalchemy.Model'
      ? undefined
      : { kind: 'ref', name: 'flask_sqlalchemy.SQLAlchemy()' };
  }
  return /^sqlalchemy\./.test(value.func) && !things.test(value.func) ? value : undefined;
}
