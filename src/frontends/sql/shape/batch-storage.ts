import type { QualifiedName, Table } from '../../../ir/index.js';
import type { Cursor } from './cursor.js';

/** What T-SQL writes behind the columns of a table about how it is kept; false where something else comes next. */
export function readStorage(cursor: Cursor, table: Table): boolean {
  if (cursor.take('AS', 'NODE') || cursor.take('AS', 'EDGE')) {
    table.uncertain.push({ about: 'constraints', reason: 'a table of a graph has a key that the server makes' });
    return true;
  }
  if (cursor.take('AS', 'FILETABLE')) {
    table.uncertain.push({ about: 'constraints', reason: 'a table of files has the key that the server makes' });
    return true;
  }
  if (cursor.take('ON')) {
    cursor.name();
    // ON scheme (column)
    if (cursor.is('(')) table.partitioned = true;
    return true;
  }
  if (!cursor.is('WITH', '(')) return false;
  cursor.at++;
  const options = cursor.within(cursor.parenthesis()!);
  if (options.indexOf('DISTRIBUTION') >= 0)
    table.uncertain.push({ about: 'constraints', reason: 'a distributed table enforces no key' });
  const history = historyOf(options);
  if (history) table.history = history;
  return true;
}

/** The table that keeps the earlier versions of rows, if one is named. */
export function historyOf(cursor: Cursor): QualifiedName | undefined {
  const at = cursor.indexOf('HISTORY_TABLE');
  if (at < 0 || cursor.wordAt(at + 1) !== '=') return undefined;
  return cursor.within([at + 2, cursor.length]).qualified();
}
