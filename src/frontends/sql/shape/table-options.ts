import type { Cursor } from './cursor.js';
import { type Action, tableOption, unknownAction } from './action.js';
import { base } from './shape.js';
import { readText } from './text.js';

/** Reads an action of ALTER TABLE that starts with an option of the table: `ENGINE = x COMMENT = 'y'`. */
export function readTableOptions(action: Action): void {
  const { cursor, shape, table } = action;
  let others = false;
  while (!cursor.done) {
    const from = cursor.at;
    if (!cursor.take('COMMENT')) {
      others = true;
      cursor.at++;
      continue;
    }
    cursor.take('=');
    const comment = readText(cursor);
    if (comment)
      shape.operations.push({ kind: 'CommentOn', ...base(cursor.span(from)), object: 'table', table, comment });
    else others = true;
  }
  if (others) tableOption(action);
}

/** CONVERT TO CHARACTER SET x COLLATE y: every text column of the table is written anew. */
export function readConvert({ cursor, shape, table, flags }: Action): void {
  const span = cursor.span(0, cursor.length);
  cursor.take('CONVERT', 'TO');
  const charset = cursor.take('CHARACTER', 'SET') || cursor.take('CHARSET') ? value(cursor) : undefined;
  const collation = cursor.take('COLLATE') ? value(cursor) : undefined;
  shape.operations.push({
    kind: 'ConvertCharset',
    ...base(span),
    ...flags,
    table,
    ...(charset !== undefined && { charset }),
    ...(collation !== undefined && { collation }),
  });
}

function value(cursor: Cursor): string | undefined {
  cursor.take('=');
  const written = readText(cursor)?.value ?? cursor.name()?.value;
  return written?.toLowerCase();
}

/** What is done to partitions of MySQL. The word before PARTITION stands at the cursor. */
export function readPartitions(action: Action): void {
  const { cursor, shape, table, flags } = action;
  const verb = cursor.word();
  if (cursor.word(1) !== 'PARTITION') return tableOption(action);
  cursor.at += 2;
  // Rows move to other partitions or to another table; none is lost.
  if (verb !== 'TRUNCATE') {
    if (verb === 'EXCHANGE') {
      cursor.until('TABLE');
      const other = cursor.take('TABLE') ? cursor.qualified() : undefined;
      if (other) shape.writes.push(other);
    }
    return tableOption(action);
  }
  const all = cursor.is('ALL');
  const partition = cursor.name();
  if (partition === undefined) return unknownAction(action);
  shape.operations.push({
    kind: 'Truncate',
    ...base(cursor.span(0, cursor.length)),
    ...flags,
    table,
    ...(!all && { partition }),
  });
}
