import type { Span } from '../../../ir/index.js';
import { chained, mapChildren, placedAt } from './children.js';
import { unknown, type FunctionValue, type Value } from './values.js';

/** What a call of a function gives: what it returns, with the arguments in the place of its parameters. */
export function applied(called: FunctionValue, args: readonly Value[], span: Span): Value {
  if (!called.returns) return unknown('the result of a function', span);
  const given = (index: number): Value | undefined => {
    const fallback = called.defaults?.[String(index)];
    const value = args[index];
    return value && value.kind !== 'undefined' ? value : (fallback ?? { kind: 'undefined', span });
  };
  return filled(placedAt(called.returns, span), called.id, given);
}

function filled(value: Value, id: string, given: (index: number) => Value | undefined): Value {
  if (value.kind === 'parameter' && value.of === id) {
    const argument = given(value.index);
    return argument
      ? (value.path.reduce<Value | undefined>(step, argument) ?? unknown('a part of an argument', value.span))
      : value;
  }
  return mapChildren(value, (inner) => filled(inner, id, given));
}

/** The property or item of a value that a key names. */
export function step(value: Value | undefined, key: string): Value | undefined {
  switch (value?.kind) {
    case 'object': {
      const entry = value.entries.findLast((each) => each.key === key);
      return entry?.value ?? (value.complete ? { kind: 'undefined', span: value.span } : undefined);
    }
    case 'array':
      return value.items[Number(key)];
    case 'reference':
    case 'parameter':
      return { ...value, path: [...value.path, key] };
    case 'made':
    case 'chain':
    case 'tagged':
      return chained(value, [{ name: key, span: value.span }], value.span);
    default:
      return undefined;
  }
}
