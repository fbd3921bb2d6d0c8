import type { Dialect, Name } from '../ir/index.js';

const styles = {
  snake_case: /^[\p{Ll}\p{Lo}\p{N}_$]+$/u,
  UPPER_SNAKE_CASE: /^[\p{Lu}\p{Lo}\p{N}_$]+$/u,
  camelCase: /^_*\p{Ll}[\p{L}\p{N}$]*$/u,
  PascalCase: /^_*\p{Lu}[\p{L}\p{N}$]*$/u,
} as const;

export type NameStyle = keyof typeof styles;

/**
 * Whether a name is in the style. An unquoted name of one case throughout means no case at all where the dialect folds
 * it: `USERS` is `users` in PostgreSQL.
 */
export function isInStyle(name: Pick<Name, 'value' | 'quoted'>, style: NameStyle, dialect: Dialect): boolean {
  const { value } = name;
  if (!name.quoted && foldsUnquoted(dialect) && (value === value.toUpperCase() || value === value.toLowerCase())) {
    return styles[style].test(value.toLowerCase()) || styles[style].test(value.toUpperCase());
  }
  return styles[style].test(value);
}

/** Whether a name of two words or more tells which style it is in. */
export const showsCase = (name: string): boolean => /\p{Ll}\p{Lu}|[\p{L}\p{N}]_[\p{L}\p{N}]|^\p{Lu}/u.test(name);

/** Whether an unquoted name loses its case. */
export function foldsUnquoted(dialect: Dialect): boolean {
  return dialect === 'postgresql' || dialect === 'cockroachdb' || dialect === 'oracle';
}

/** Whether names that differ by case alone are one, however they are written. */
export const ignoresCase = (dialect: Dialect): boolean => dialect === 'tsql' || dialect === 'sqlite';

/** Whether all names are in one style, and this is not the given one. */
export function sharesOtherStyle(names: readonly string[], style: NameStyle): boolean {
  if (names.some((name) => styles[style].test(name))) return false;
  return Object.values(styles).some((other) => names.every((name) => other.test(name)));
}

/** The name in another style: the words are split at case changes and at everything that is no letter or digit. */
export function inStyle(name: string, style: NameStyle): string {
  const words = name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}$]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  switch (style) {
    case 'snake_case':
      return words.join('_');
    case 'UPPER_SNAKE_CASE':
      return words.join('_').toUpperCase();
    case 'camelCase':
      return words.map((word, index) => (index === 0 ? word : capital(word))).join('');
    case 'PascalCase':
      return words.map(capital).join('');
  }
}
