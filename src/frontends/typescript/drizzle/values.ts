import { mapChildren } from '../values/children.js';
import type { FunctionValue, Link, Value } from '../values/values.js';

/** A value as what it begins with and the calls behind it: `varchar('name').notNull()`. */
export interface Calls {
  root: Value;
  links: readonly Link[];
}

export const callsOf = (value: Value): Calls =>
  value.kind === 'chain' ? { root: value.of, links: value.links } : { root: value, links: [] };

/** What a function returns, with other values in the place of its parameters. */
export function returnedWith(
  { id, returns }: FunctionValue,
  replace: (parameter: Extract<Value, { kind: 'parameter' }>) => Value | undefined,
): Value | undefined {
  const filled = (value: Value): Value =>
    value.kind === 'parameter' ? (value.of === id && replace(value)) || value : mapChildren(value, filled);
  return returns && filled(returns);
}

const scalarKinds = new Set<Value['kind']>(['known', 'text', 'undefined']);

/**
 * A value as JSON.stringify writes it.
 * @returns nothing where a part of it is not known
 */
export function jsonOf(value: Value): string | undefined {
  const plain = plainOf(value);
  return plain === undefined ? undefined : JSON.stringify(plain.is);
}

/** A value of constants as the program has it. */
function plainOf(value: Value): { is: unknown } | undefined {
  if (scalarKinds.has(value.kind)) {
    if (value.kind === 'known') return { is: value.value };
    if (value.kind === 'undefined') return { is: undefined };
    return value.kind === 'text' && value.parts.every((part) => !('why' in part))
      ? { is: value.parts.map((part) => ('value' in part ? part.value : '')).join('') }
      : undefined;
  }
  if (value.kind === 'array' && value.complete) {
    const items = value.items.map(plainOf);
    return items.every((item) => item !== undefined) ? { is: items.map((item) => item.is) } : undefined;
  }
  if (value.kind !== 'object' || !value.complete) return undefined;
  const entries = value.entries.map(({ key, value: inner }) => [key, plainOf(inner)] as const);
  return entries.every(([, inner]) => inner !== undefined)
    ? { is: Object.fromEntries(entries.map(([key, inner]) => [key, inner!.is])) }
    : undefined;
}
