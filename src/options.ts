/** A JSON Schema (draft 04) fragment, the draft that ESLint validates rule options with. */
export type JsonSchema = { [key: string]: unknown };

/** One option of a rule: type, default, documentation and schema in one declaration. */
export interface Option<T> {
  doc: string;
  default: T;
  schema: JsonSchema;
}

/** The options of a rule by name. */
export interface OptionSet {
  [name: string]: Option<unknown>;
}

/** The values that a rule's check receives: every option is present, defaults filled in. */
export type OptionValues<S extends OptionSet> = { [K in keyof S]: S[K]['default'] };

/** A list of names, globs or patterns. */
export const strings = (doc: string, fallback: readonly string[] = []): Option<readonly string[]> => ({
  doc,
  default: fallback,
  schema: { type: 'array', items: { type: 'string' }, uniqueItems: true },
});

/** A switch that is on or off. */
export const flag = (doc: string, fallback = false): Option<boolean> => ({
  doc,
  default: fallback,
  schema: { type: 'boolean' },
});

/** Any text. */
export const text = (doc: string, fallback = ''): Option<string> => ({
  doc,
  default: fallback,
  schema: { type: 'string' },
});

/** A regular expression, empty for none. What is none is an error in the configuration. */
export const pattern = (doc: string, fallback = ''): Option<string> => ({
  doc,
  default: fallback,
  schema: { type: 'string', format: 'regex' },
});

/** One of several words. */
export const choice = <const C extends readonly string[]>(
  doc: string,
  choices: C,
  fallback: C[number],
): Option<C[number]> => ({
  doc,
  default: fallback,
  schema: { enum: choices },
});

/** Some of several words. */
export const choices = <const C extends readonly string[]>(
  doc: string,
  all: C,
  fallback: readonly C[number][],
): Option<readonly C[number][]> => ({
  doc,
  default: fallback,
  schema: { type: 'array', items: { enum: all }, uniqueItems: true },
});

/** A number that is not negative. */
export const amount = (doc: string, fallback = 0): Option<number> => ({
  doc,
  default: fallback,
  schema: { type: 'number', minimum: 0 },
});
