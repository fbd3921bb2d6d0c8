import type { ClassRecord } from '../records.js';
import { isHole, type Origin, type Value } from '../values/values.js';

/** Where the base class of a class is declared, if that is another file. */
export const baseOrigin = ({ base }: ClassRecord): Origin[] =>
  base?.module === undefined ? [] : [{ module: base.module, name: base.name }];

/** What a value names in other files. A transformer works at run time and says nothing of the column. */
export function referencesIn(value: Value | undefined): Origin[] {
  switch (value?.kind) {
    case 'reference':
      return value.module === undefined ? [] : [{ module: value.module, name: value.name }];
    case 'text':
      return value.parts.flatMap((part) => (isHole(part) ? referencesIn(part.of) : []));
    case 'array':
      return value.items.flatMap(referencesIn);
    case 'object':
      return value.entries.flatMap(({ key, value: each }) => (key === 'transformer' ? [] : referencesIn(each)));
    case 'function':
      return referencesIn(value.returns);
    case 'oneOf':
      return value.values.flatMap(referencesIn);
    default:
      return [];
  }
}
