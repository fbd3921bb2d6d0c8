import type { Span } from '../../../ir/index.js';

const isSpan = (value: object): value is Span =>
  'start' in value && 'end' in value && Object.keys(value).length === 2 && typeof value.start === 'number';

/** A copy of a fact of another file for use in this one: every span is `at`, and nothing can be edited. */
export function relocated<T>(fact: T, at: Span): T {
  const copy = structuredClone(fact);
  const open: unknown[] = [copy];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (typeof each !== 'object' || each === null) continue;
    if (isSpan(each)) Object.assign(each, { start: at.start, end: at.end });
    else {
      if ('anchor' in each) delete each.anchor;
      open.push(...Object.values(each).filter((value) => typeof value === 'object' && value !== null));
    }
  }
  return copy;
}
