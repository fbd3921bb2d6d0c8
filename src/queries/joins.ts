import type { Table } from '../ir/index.js';
import { foreignKeysOf } from './tables.js';

const known = new WeakMap<Table, boolean>();

/** Whether a table only joins others: it has two foreign keys or more, and no column outside of them but its key. */
export function isPureJoin(table: Table): boolean {
  let joins = known.get(table);
  // Rules ask once for each column.
  if (joins === undefined) known.set(table, (joins = joinsOnly(table)));
  return joins;
}

function joinsOnly(table: Table): boolean {
  const keys = foreignKeysOf(table);
  if (keys.length < 2) return false;
  const joining = new Set(keys.flatMap(({ columns }) => columns.map(({ value }) => value)));
  return table.columns.every(({ name, generated }) => joining.has(name.value) || generated !== undefined);
}
