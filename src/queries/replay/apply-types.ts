import type { Column, Operation } from '../../ir/index.js';
import { folded } from '../names.js';
import type { Draft } from './draft.js';
import { withColumn } from './outcomes.js';

/** Columns of a type go by its new name from then on, in arrays too. */
export function renameType(draft: Draft, { type, to }: Extract<Operation, { kind: 'RenameType' }>): void {
  const from = folded(type.name, draft.dialect);
  const next = folded(to, draft.dialect);
  const renamed = (column: Column): Column | undefined => {
    const [, schema = '', name, rest = ''] = /^([\w$]+\.)?([^[\].(]+)(.*)$/.exec(column.type.name) ?? [];
    return name === from ? { ...column, type: { ...column.type, name: schema + next + rest } } : undefined;
  };
  for (const table of [...draft.schema.tables()]) {
    let changed = table;
    for (const [key, state] of table.columns) {
      const column = renamed(state.column);
      if (column) changed = withColumn(changed, key, { ...state, column });
    }
    if (changed !== table) draft.put(changed);
  }
}
