import type { Span } from '../../../ir/index.js';
import { isAbsent, property, scalarOf, textOf, type Entry, type Value } from '../values/values.js';

/** An options argument as an object: one that is left out has no entries, one that is computed is incomplete. */
export function optionsOf(value: Value | undefined, span: Span): Value {
  if (value?.kind === 'object') return value;
  const complete = value === undefined || value.kind === 'undefined';
  return { kind: 'object', entries: [], complete, span: value?.span ?? span };
}

export const entriesFrom = (value: Value | undefined): Entry[] => (value?.kind === 'object' ? [...value.entries] : []);

/** An option that is given, and neither `undefined` nor null. */
export function given(options: Value, ...keys: string[]): Value | undefined {
  for (const key of keys) {
    const value = property(options, key);
    if (value && !isAbsent(value)) return value;
  }
  return undefined;
}

export const textGiven = (options: Value, ...keys: string[]): string | undefined => textOf(given(options, ...keys));

export function numberGiven(options: Value, key: string): number | undefined {
  const value = scalarOf(given(options, key));
  return typeof value === 'number' ? value : undefined;
}

/** Whether an option is `true`. */
export const isTruth = (options: Value, key: string): boolean => scalarOf(property(options, key)) === true;

/** A truth value, or nothing where the option is left out; `unknown` where it is computed. */
export function truthGiven(options: Value, key: string): boolean | 'unknown' | undefined {
  const value = given(options, key);
  if (value === undefined) return undefined;
  const known = scalarOf(value);
  return typeof known === 'boolean' ? known : 'unknown';
}

/** The texts of an option that takes one or a list of them; nothing where one is computed. */
export function textsGiven(options: Value, single: string, several: string): string[] | undefined {
  const one = textGiven(options, single);
  if (one !== undefined) return [one];
  const list = given(options, several);
  if (list?.kind !== 'array' || !list.complete) return undefined;
  const texts = list.items.map(textOf);
  return texts.every((text) => text !== undefined) && texts.length > 0 ? texts : undefined;
}

/** What an arrow function gives, or the value itself. */
export const returned = (value: Value | undefined): Value | undefined =>
  value?.kind === 'function' ? value.returns : value;
