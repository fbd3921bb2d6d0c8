import type { Column, Table } from '../../../ir/index.js';

/** Keys to keys to keys … end somewhere. */
const maxHops = 12;

const nameOf = ({ name }: Pick<Table, 'name'>): string =>
  name.schema === undefined ? name.name.value : `${name.schema.value}.${name.name.value}`;

/** A column that is given a foreign key and no type has that of the column that it refers to. */
export function resolveKeyTypes(tables: readonly Table[]): void {
  const byName = new Map<string, Table[]>();
  for (const table of tables) {
    if (table.role !== 'table') continue;
    const same = byName.get(nameOf(table));
    if (same === undefined) byName.set(nameOf(table), [table]);
    else same.push(table);
  }
  for (const { columns } of tables) {
    for (const column of columns) {
      if (!isOpen(column)) continue;
      const type = typeBehind(column, byName);
      if (type === undefined) continue;
      column.type.name = type;
      column.uncertain = column.uncertain.filter(({ about }) => about !== 'type');
    }
  }
}

const isOpen = ({ type }: Column): boolean => type.name === 'unknown' && type.implied === true;

function typeBehind(start: Column, byName: ReadonlyMap<string, Table[]>): string | undefined {
  let column = start;
  for (let hops = 0; hops < maxHops; hops += 1) {
    const key = column.constraints.find((constraint) => constraint.kind === 'foreign');
    const [target, ...others] = (key?.target && byName.get(nameOf({ name: key.target }))) ?? [];
    const name = key?.targetColumns[0]?.value;
    const next = others.length > 0 ? undefined : target?.columns.find((each) => each.name.value === name);
    if (next === undefined) return undefined;
    if (!isOpen(next)) return next.type.name === 'unknown' ? undefined : next.type.name;
    column = next;
  }
  return undefined;
}
