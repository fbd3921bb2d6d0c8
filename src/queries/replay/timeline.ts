interface Change<V> {
  versions: number[];
  values: (V | undefined)[];
}

/**
 * A map with a history: what a key held at any version can be asked, at the cost of the changes alone. Versions must
 * be written in ascending order.
 */
export class Timeline<V> {
  readonly #changes = new Map<string, Change<V>>();
  readonly #base: { timeline: Timeline<V>; version: number } | undefined;

  constructor(base?: { timeline: Timeline<V>; version: number }) {
    this.#base = base;
  }

  /** One that goes on from a version of this one, which does not see what is written to it. Costs nothing. */
  fork(version: number): Timeline<V> {
    return new Timeline({ timeline: this, version });
  }

  /** From `version` on, `key` holds `value`; `undefined` removes it. */
  set(key: string, version: number, value: V | undefined): void {
    let change = this.#changes.get(key);
    if (change === undefined) this.#changes.set(key, (change = { versions: [], values: [] }));
    if (change.versions.at(-1) === version) change.values[change.values.length - 1] = value;
    else {
      change.versions.push(version);
      change.values.push(value);
    }
  }

  /** What `key` holds once every change up to `version`, itself included, is made. */
  get(key: string, version: number): V | undefined {
    const change = this.#changes.get(key);
    if (change !== undefined) {
      const { versions, values } = change;
      let low = 0;
      let high = versions.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (versions[middle]! <= version) low = middle + 1;
        else high = middle;
      }
      if (low > 0) return values[low - 1];
    }
    return this.#base?.timeline.get(key, this.#base.version);
  }

  /** The values of all keys at `version`, keys in the order in which they first appeared. */
  *values(version: number): Generator<V> {
    for (const key of this.#keys()) {
      const value = this.get(key, version);
      if (value !== undefined) yield value;
    }
  }

  *#keys(): Generator<string> {
    const base = this.#base?.timeline;
    if (base) yield* base.#keys();
    for (const key of this.#changes.keys()) if (base === undefined || !base.#has(key)) yield key;
  }

  #has(key: string): boolean {
    const base = this.#base;
    return this.#changes.has(key) || (base !== undefined && base.timeline.#has(key));
  }
}
