/** The expression of an option made by `pattern`; undefined for none. The configuration was checked. */
export const patternOf = (source: string): RegExp | undefined => (source === '' ? undefined : new RegExp(source));
