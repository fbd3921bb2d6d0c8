import type { Link, Value } from '../values/values.js';

/** The links that a callback puts on the builder that it is given, `c => c.notNull()`; nothing where it does more than that. */
export function linksOf(callback: Value | undefined): readonly Link[] | undefined {
  if (!callback || callback.kind === 'undefined') return [];
  if (callback.kind !== 'function') return undefined;
  const { returns, id } = callback;
  if (returns?.kind === 'parameter') return returns.of === id && returns.path.length === 0 ? [] : undefined;
  if (returns?.kind !== 'chain' || returns.of.kind !== 'parameter' || returns.of.of !== id) return undefined;
  return returns.of.path.length === 0 ? returns.links : undefined;
}

export const has = (links: readonly Link[], name: string): boolean => links.some((link) => link.name === name);

export const last = (links: readonly Link[], name: string): Link | undefined =>
  links.findLast((link) => link.name === name);

export const first = (links: readonly Link[], name: string): Value | undefined => last(links, name)?.args?.[0];
