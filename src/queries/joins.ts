import type { Table } from '../ir/index.js';
import { foreignKeysOf } from './tables.js';

/** Whether a table only joins others: it has two foreign keys or more, and no column outside of them but its key. */
export function isPureJoin(table: Table): boolean {
  const keys = foreignKeysOf(table);
  if (keys.length < 2) return false;
  const joining = new Set(keys.flatMap(({ columns }) => columns.map(({ value }) => value)));
  return table.columns.every(({ name, generated }) => joining.has(name.value) || generated !== undefined);
}
