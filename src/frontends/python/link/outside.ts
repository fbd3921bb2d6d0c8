import type { Column, Index, Span } from '../../../ir/index.js';
import type { RawClass, RawTable } from '../models/raw.js';
import { relocated } from './relocate.js';
import type { Context } from './context.js';

/** The indexes that are declared beside a table; those of other files stand at the table's name. */
export function outsideOf(
  raw: RawClass | RawTable,
  columns: readonly Column[],
  at: Span,
  { world, module }: Context,
): Index[] {
  return world.outside(raw).map(({ index, module: from }) => {
    const own = from === module ? structuredClone(index) : relocated(index, at);
    for (const key of own.keys) {
      const column = columns.find(({ attribute }) => attribute !== undefined && attribute === key.column);
      if (column !== undefined) key.column = column.name.value;
    }
    return own;
  });
}
