import { isAbsent, itemsOf, property, scalarOf, textOf, type Value } from '../values/values.js';

interface Layer {
  value: Value | undefined;
  /** Keys that it does not give. */
  without?: ReadonlySet<string>;
}

/** Options of a model: those of the connection, and over them its own. */
export class Options {
  constructor(private readonly layers: readonly Layer[]) {}

  /** What an option is given; nothing where it is left out. */
  get(key: string): Value | undefined {
    for (const { value, without } of this.layers.toReversed()) {
      const given = without?.has(key) ? undefined : property(value, key);
      if (given && given.kind !== 'undefined') return given;
    }
    return undefined;
  }

  text(key: string): string | undefined {
    return textOf(this.get(key));
  }

  flag(key: string, otherwise: boolean): boolean {
    const given = scalarOf(this.get(key));
    return given === undefined || given === null ? otherwise : Boolean(given);
  }

  /** Whether an option is given by something that is not known. */
  isOpen(key: string): boolean {
    const given = this.get(key);
    return given !== undefined && !isAbsent(given) && scalarOf(given) === undefined;
  }

  /** Whether there may be options that were not read. */
  get isIncomplete(): boolean {
    return this.layers.some(({ value }) => value !== undefined && !isWhole(value));
  }

  /** The items of a list: own ones stand before those of the connection. */
  list(key: string): { items: Value[]; complete: boolean } {
    const lists = this.layers.flatMap(({ value, without }) => (without?.has(key) ? [] : (property(value, key) ?? [])));
    const items = lists.toReversed().flatMap((each) => itemsOf(each) ?? []);
    const complete = lists.every((each) => isAbsent(each) || (each.kind === 'array' && each.complete));
    return { items, complete };
  }

  /** The same options with others over them. */
  over(value: Value | undefined): Options {
    return new Options([...this.layers, { value }]);
  }

  /** The same options without some of them. */
  without(...keys: string[]): Options {
    return new Options(
      this.layers.map(({ value, without }) => ({ value, without: new Set([...(without ?? []), ...keys]) })),
    );
  }

  /** These options over others. */
  above(others: Options): Options {
    return new Options([...others.layers, ...this.layers]);
  }
}

const isWhole = (value: Value): boolean => value.kind === 'undefined' || (value.kind === 'object' && value.complete);
