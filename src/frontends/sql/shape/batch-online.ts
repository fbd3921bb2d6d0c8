import type { Cursor } from './cursor.js';

/** Whether `WITH (ONLINE = ON)` stands in what is left: the table can be written to meanwhile (T-SQL). */
export function isOnline(cursor: Cursor): boolean {
  const at = cursor.indexOf('ONLINE', cursor.at);
  return at > 0 && cursor.wordAt(at + 1) === '=' && cursor.wordAt(at + 2) === 'ON';
}
