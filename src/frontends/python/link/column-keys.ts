import type { QualifiedName, Table } from '../../../ir/index.js';
import type { RawMember, RawTableArgs } from '../models/raw.js';

type Names = ReadonlyMap<string, string>;

const namesByKey = (members: readonly RawMember[]): Names =>
  new Map(
    members.flatMap((each) =>
      each.kind === 'column' && each.key !== undefined ? [[each.key, each.column.name.value]] : [],
    ),
  );

/** Gives the columns that constraints and indexes call by `key=` their names in the database. */
export function nameByKey(args: Pick<RawTableArgs, 'constraints' | 'indexes'>, members: readonly RawMember[]): Names {
  const names = namesByKey(members);
  if (names.size === 0) return names;
  const nameOf = (key: string) => names.get(key) ?? key;
  for (const constraint of args.constraints) {
    if ('columns' in constraint)
      constraint.columns = constraint.columns.map((each) => ({ ...each, value: nameOf(each.value) }));
  }
  for (const index of args.indexes) {
    index.include = index.include.map(nameOf);
    for (const key of index.keys) if (key.column !== undefined) key.column = nameOf(key.column);
  }
  return names;
}

const keyed = new WeakMap<Table, Names>();

/** Remembers by which keys other tables may call the columns of a table. */
export function rememberKeys(table: Table, names: Names): Table {
  if (names.size > 0) keyed.set(table, names);
  return table;
}

const spelled = ({ schema, name }: QualifiedName): string => `${schema?.value ?? ''}.${name.value}`;

/** Foreign keys name the columns of their target by `key=` too. */
export function nameTargetsByKey(tables: readonly Table[]): void {
  const byName = new Map<string, Names>();
  for (const table of tables) {
    const names = keyed.get(table);
    if (names !== undefined) byName.set(spelled(table.name), names);
  }
  if (byName.size === 0) return;
  for (const { constraints, columns } of tables) {
    for (const constraint of [...constraints, ...columns.flatMap((column) => column.constraints)]) {
      if (constraint.kind !== 'foreign' || constraint.target === undefined) continue;
      const names = byName.get(spelled(constraint.target));
      if (names === undefined) continue;
      constraint.targetColumns = constraint.targetColumns.map((each) => ({
        ...each,
        value: names.get(each.value) ?? each.value,
      }));
    }
  }
}
