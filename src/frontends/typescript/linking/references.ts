import type { ClassRecord } from '../records.js';
import { mapChildren } from '../values/children.js';
import type { Origin, Value } from '../values/values.js';
import { isProjectModule } from './imports.js';

/** Where the base class of a class is declared, if that is another file. */
export const baseOrigin = ({ base }: ClassRecord): Origin[] =>
  base?.module === undefined ? [] : [{ module: base.module, name: base.name }];

/** What a value names in other files. A transformer works at run time and says nothing of the column. */
export function referencesIn(value: Value | undefined): Origin[] {
  const origins: Origin[] = [];
  if (value) collect(value, origins);
  return origins;
}

function collect(value: Value, origins: Origin[]): void {
  if (value.kind === 'reference' && value.module !== undefined)
    origins.push({ module: value.module, name: value.name });
  if (value.kind === 'made' && isProjectModule(value.origin.module)) origins.push(value.origin);
  const { kind } = value;
  const inner =
    kind === 'object' ? { ...value, entries: value.entries.filter(({ key }) => key !== 'transformer') } : value;
  mapChildren(inner, (each) => {
    collect(each, origins);
    return each;
  });
}
