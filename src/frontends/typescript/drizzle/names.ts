/** How drizzle makes names of columns from the keys of a table's object, where a column has none of its own. */
export type Casing = 'snake_case' | 'camelCase';

/** A run of lower-case letters and digits, a run of capitals, or a capitalised word; whatever else stands there is lost. */
const words = (key: string): string[] =>
  key.replace(/['’]/g, '').match(/[\da-z]+|[A-Z]+(?![a-z])|[A-Z][\da-z]+/g) ?? [];

export function cased(key: string, casing: Casing | undefined): string {
  if (casing === undefined) return key;
  if (casing === 'snake_case')
    return words(key)
      .map((word) => word.toLowerCase())
      .join('_');
  const [first = '', ...rest] = words(key);
  return first.toLowerCase() + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** A column as names of keys are made from it: with the name that it bears before any casing, and the one in the database. */
export interface NamedColumn {
  raw: string;
  name: string;
}

/**
 * A name made with the raw names of columns, as drizzle-kit gives it its casing: the first place where each raw name
 * stands is replaced, whatever it is the name of, and in a name that somebody wrote too.
 */
function recased(name: string, columns: readonly NamedColumn[], casing: Casing | undefined): string {
  if (casing === undefined) return name;
  return columns.reduce((text, { raw, name: to }) => text.replace(raw, () => to), name);
}

const raws = (columns: readonly NamedColumn[]): string[] => columns.map(({ raw }) => raw);
const finals = (columns: readonly NamedColumn[]): string[] => columns.map(({ name }) => name);

export function foreignKeyName(
  given: string | undefined,
  from: { table: string; columns: readonly NamedColumn[] },
  to: { table: string; columns: readonly NamedColumn[] },
  casing: Casing | undefined,
): string {
  const name = given ?? `${[from.table, ...raws(from.columns), to.table, ...raws(to.columns)].join('_')}_fk`;
  return recased(name, [...from.columns, ...to.columns], casing);
}

export function primaryKeyName(
  given: string | undefined,
  table: string,
  columns: readonly NamedColumn[],
  casing: Casing | undefined,
): string {
  return recased(given ?? `${[table, ...raws(columns)].join('_')}_pk`, columns, casing);
}

/** The casing never reaches the names of unique constraints. */
export const uniqueName = (table: string, columns: readonly NamedColumn[]): string =>
  `${[table, ...raws(columns)].join('_')}_unique`;

export const indexName = (table: string, columns: readonly NamedColumn[]): string =>
  `${[table, ...finals(columns)].join('_')}_index`;
