import type { EnumTypeState } from '../replay.js';
import type { Database } from './databases.js';

const known = new WeakMap<Database, ReadonlyMap<string, EnumTypeState>>();

/** The enum types that the histories of a database leave behind, by name in lower case without schema. */
export function enumsOf(database: Database): ReadonlyMap<string, EnumTypeState> {
  let enums = known.get(database);
  if (enums === undefined) known.set(database, (enums = new Map(enumsIn(database))));
  return enums;
}

function* enumsIn({ ran }: Database): Generator<[string, EnumTypeState]> {
  for (const { final } of ran) {
    for (const { name } of final.types()) {
      const type = final.enumType(name);
      if (type) yield [name.name.value.toLowerCase(), type];
    }
  }
}
