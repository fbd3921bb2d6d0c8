import { parseArgs } from 'node:util';
import { didYouMean } from '../config/suggestion.js';
import { UsageError } from './usage-error.js';

/** A flag of a command. `value` names what it takes, `many` lets it stand several times. */
interface Flag {
  value?: string;
  many?: true;
  short?: string;
  /** One line of help. */
  help: string;
}

export interface Flags {
  readonly [name: string]: Flag;
}

/** The value that each flag parses to: `true` or absent without a value. */
type Values<F extends Flags> = {
  [Name in keyof F]?: F[Name] extends { many: true } ? string[] : F[Name] extends { value: string } ? string : true;
};

export interface Arguments<F extends Flags> {
  values: Values<F>;
  positionals: string[];
}

/**
 * Reads the arguments of one command.
 * @throws UsageError on an unknown flag (with the nearest known one), a missing value or one too many
 */
export function readArguments<const F extends Flags>(argv: readonly string[], flags: F): Arguments<F> {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { value, short }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), ...(short !== undefined && { short }) },
    ]),
  );
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const values: { [name: string]: true | string | string[] } = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (flag === undefined) {
      const known = Object.keys(flags).map((each) => `--${each}`);
      throw new UsageError(`unknown flag ${rawName}${didYouMean(`--${name}`, known)}`);
    }
    if (flag.value === undefined) {
      if (value !== undefined) throw new UsageError(`${rawName} takes no value`);
      values[name] = true;
    } else if (value === undefined || value === '' || (!token.inlineValue && value.startsWith('--'))) {
      throw new UsageError(`${rawName} needs a value: ${rawName} ${flag.value}`);
    } else if (flag.many) {
      const list = values[name];
      values[name] = Array.isArray(list) ? [...list, value] : [value];
    } else if (values[name] !== undefined) {
      throw new UsageError(`${rawName} stands twice`);
    } else values[name] = value;
  }
  return { values: values as Values<F>, positionals };
}
