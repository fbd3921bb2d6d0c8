/**
 * How one object hangs on another: a table by its foreign key (`reference`), a partition on its parent, a view on what it
 * reads, a table on the type of a column, a sequence on the table of the column that it goes with.
 */
export type Link = 'reference' | 'partition' | 'view' | 'type' | 'sequence';

/**
 * Which objects may hang on which, by key, over all versions of a replay. Nothing is taken out again, so that whoever
 * asks must look whether it still is so; in return nobody has to look at every object.
 */
export class Links {
  readonly #links = new Map<string, Set<string>>();

  add(link: Link, from: string, to: string): void {
    const key = `${link} ${to}`;
    const known = this.#links.get(key);
    if (known) known.add(from);
    else this.#links.set(key, new Set([from]));
  }

  /** The keys of what may hang on the object with this key. */
  to(link: Link, key: string): readonly string[] {
    return [...(this.#links.get(`${link} ${key}`) ?? [])];
  }
}
