import type { ColumnState } from './state.js';

interface Entry {
  key: string;
  /** Absent where the column goes. */
  state: ColumnState | undefined;
  /** Where in the log the column came: its place in the table. */
  born: number;
}

/** Changes in the order in which they were made; several versions of a table share one. */
class Log {
  readonly entries: Entry[] = [];
  /** For each key, ascending, the entries about it. */
  readonly places = new Map<string, number[]>();

  add(key: string, state: ColumnState | undefined, born = this.entries.length): void {
    const places = this.places.get(key);
    if (places) places.push(this.entries.length);
    else this.places.set(key, [this.entries.length]);
    this.entries.push({ key, state, born });
  }

  /** The last entry about a key among the first `length`. */
  last(key: string, length: number): Entry | undefined {
    const places = this.places.get(key);
    if (places === undefined) return undefined;
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (places[middle]! < length) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? undefined : this.entries[places[low - 1]!];
  }
}

/**
 * The columns of a table by name in lower case, in the order of the table. Never changed in place: a change gives
 * another object, which shares all that is the same, so that a change of one column costs no copy of the others.
 */
export class Columns implements Iterable<[string, ColumnState]> {
  private constructor(
    private readonly log: Log,
    private readonly length: number,
    readonly size: number,
  ) {}

  /** Of two with the same key the last one counts, at the place of the first. */
  static of(entries: Iterable<readonly [string, ColumnState]>): Columns {
    const log = new Log();
    const unique = new Map(entries);
    for (const [key, state] of unique) log.add(key, state);
    return new Columns(log, unique.size, unique.size);
  }

  get(key: string): ColumnState | undefined {
    return this.log.last(key, this.length)?.state;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  *[Symbol.iterator](): Generator<[string, ColumnState]> {
    for (let at = 0; at < this.length; at++) {
      const { key, born } = this.log.entries[at]!;
      if (born !== at) continue;
      const last = this.log.last(key, this.length);
      if (last?.state && last.born === at) yield [key, last.state];
    }
  }

  *keys(): Generator<string> {
    for (const [key] of this) yield key;
  }

  *values(): Generator<ColumnState> {
    for (const [, state] of this) yield state;
  }

  /** With another column in the place of the one with this key, or at the end. */
  with(key: string, state: ColumnState): Columns {
    const log = this.writable();
    const last = log.last(key, log.entries.length);
    log.add(key, state, last?.state ? last.born : undefined);
    return new Columns(log, log.entries.length, last?.state ? this.size : this.size + 1);
  }

  /** The keys that were written since an earlier version of which this one is a continuation; nothing where it is none. */
  writtenSince({ log, length }: Columns): Set<string> | undefined {
    if (log !== this.log || length > this.length) return undefined;
    return new Set(log.entries.slice(length, this.length).map(({ key }) => key));
  }

  without(key: string): Columns {
    if (!this.has(key)) return this;
    const log = this.writable();
    log.add(key, undefined, -1);
    return new Columns(log, log.entries.length, this.size - 1);
  }

  /** The log, if this is its latest version and most of it still holds; else a copy of what does. */
  private writable(): Log {
    const isLatest = this.length === this.log.entries.length;
    return isLatest && this.length <= 2 * this.size + 64 ? this.log : Columns.of(this).log;
  }
}
