import { nearest } from '../linking/nearest.js';
import type { Lookup } from '../linking/lookup.js';
import type { ModelRef } from './declarations.js';
import type { Model } from './model.js';

/** Finds models by what code calls them. */
export class ModelIndex {
  readonly #byPath = new Map<string, Model[]>();
  readonly #byName = new Map<string, Model[]>();
  readonly #byHolder = new Map<string, Model[]>();

  constructor(private readonly lookup: Pick<Lookup, 'placeOf'>) {}

  add(model: Model): void {
    put(this.#byPath, model.path, model);
    put(this.#byName, model.name, model);
    const holder = model.className ?? model.variable;
    if (holder !== undefined) put(this.#byHolder, holder, model);
  }

  resolve(ref: ModelRef | undefined, path: string): Model | undefined {
    if (!ref) return undefined;
    const local = ref.local === undefined ? undefined : this.#at(path, ref.local);
    if (local) return local;
    const place = ref.origin && this.lookup.placeOf(ref.origin, path);
    if (place) {
      const found = this.#at(place.path, place.name) ?? this.#only(place.path);
      if (found) return found;
    }
    return ref.named === undefined ? undefined : this.named(ref.named, path);
  }

  /** A model by name; of several projects' models the nearest. */
  named(name: string, path: string): Model | undefined {
    const found = this.#byName.get(name) ?? this.#byHolder.get(name) ?? [];
    return nearest(
      found.map((value) => ({ path: value.path, value })),
      path,
    );
  }

  #at(path: string, name: string): Model | undefined {
    return this.#byPath.get(path)?.find(({ className, variable }) => className === name || variable === name);
  }

  /** The one model of a file, which a factory gives. */
  #only(path: string): Model | undefined {
    const [only, ...others] = (this.#byPath.get(path) ?? []).filter(({ role }) => role === 'table');
    return others.length === 0 ? only : undefined;
  }
}

function put<K>(map: Map<K, Model[]>, key: K, model: Model): void {
  const before = map.get(key);
  if (before) before.push(model);
  else map.set(key, [model]);
}
