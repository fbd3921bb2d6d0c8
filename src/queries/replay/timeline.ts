/**
 * A map with a history: what a key held at any version can be asked, at the cost of the changes alone. Versions must
 * be written in ascending order.
 */
export class Timeline<V> {
  readonly #changes = new Map<string, { versions: number[]; values: (V | undefined)[] }>();

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
    if (change === undefined) return undefined;
    let low = 0;
    let high = change.versions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (change.versions[middle]! <= version) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? undefined : change.values[low - 1];
  }

  /** The values of all keys at `version`, keys in the order in which they first appeared. */
  *values(version: number): Generator<V> {
    for (const key of this.#changes.keys()) {
      const value = this.get(key, version);
      if (value !== undefined) yield value;
    }
  }
}
