import type { Operation } from '../../../ir/index.js';

/** Options of Kysely's CamelCasePlugin. */
export interface CamelCase {
  upperCase: boolean;
  underscoreBeforeDigits: boolean;
  underscoreBetweenUppercaseLetters: boolean;
}

const isDigit = (char: string): boolean => char >= '0' && char <= '9';

const isUpper = (char: string): boolean => char === char.toUpperCase() && char !== char.toLowerCase();

/** The name that the plugin sends for a name in code: `userId` is `user_id`. */
export function snakeCase(name: string, options: CamelCase): string {
  let out = '';
  let before = '';
  for (const char of name) {
    if (before === '') out += char.toLowerCase();
    else if (options.underscoreBeforeDigits && isDigit(char) && !isDigit(before) && !out.endsWith('_'))
      out += `_${char}`;
    else if (isUpper(char) && (options.underscoreBetweenUppercaseLetters || !isUpper(before)))
      out += `_${char.toLowerCase()}`;
    else out += isUpper(char) ? char.toLowerCase() : char;
    before = char;
  }
  return options.upperCase ? out.toUpperCase() : out;
}

/** An operation of a builder with each of its names as the plugin sends it. SQL inside of it stays as it is. */
export const inSnakeCase = (operation: Operation, options: CamelCase): Operation =>
  renamed(operation, options) as Operation;

function renamed(value: unknown, options: CamelCase): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, options));
  if (typeof value !== 'object' || value === null) return value;
  const isQuoted = (value as { quoted?: unknown }).quoted === true;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      isQuoted && (key === 'value' || key === 'column') && typeof inner === 'string'
        ? snakeCase(inner, options)
        : renamed(inner, options),
    ]),
  );
}
