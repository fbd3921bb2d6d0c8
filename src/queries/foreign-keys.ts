import type { ForeignKey, QualifiedName } from '../ir/index.js';
import { objectKey } from './names.js';
import type { Schema, TableState } from './replay.js';
import type { ConstraintState } from './replay/state.js';

/** A foreign key, and the table that it is of. */
export interface Referrer {
  table: TableState;
  state: ConstraintState;
  key: ForeignKey;
}

/** The foreign keys of other tables that point to one. */
export function foreignKeysTo(schema: Schema, name: QualifiedName): Referrer[] {
  const target = objectKey(name, schema.dialect);
  return schema
    .referrersOf(target)
    .filter(({ key }) => key !== target)
    .flatMap((table) =>
      table.constraints.flatMap((state) => {
        const { constraint: key } = state;
        const isMeant = key.kind === 'foreign' && key.target && objectKey(key.target, schema.dialect) === target;
        return isMeant ? [{ table, state, key }] : [];
      }),
    );
}

/** The tables whose rows hang on those of a table: by a foreign key to it, or to one of these, and so on. */
export function tablesReferringTo(schema: Schema, name: QualifiedName): TableState[] {
  const found = new Set<TableState>();
  const open = [name];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const { table } of foreignKeysTo(schema, next)) {
      if (found.has(table)) continue;
      found.add(table);
      open.push(table.name);
    }
  }
  return [...found].filter(({ key }) => key !== objectKey(name, schema.dialect));
}
