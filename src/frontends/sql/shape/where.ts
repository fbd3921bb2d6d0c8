import type { Where } from '../../../ir/index.js';
import { type Cursor, overlapsHole } from './cursor.js';

/** Where the condition of an UPDATE or DELETE stands, in tokens of the cursor. */
interface Condition {
  whereFrom?: number;
  whereTo?: number;
}

const joins = new Set(['AND', 'OR', 'NOT', 'WHERE', '(', ')']);

/**
 * Whether the rows are limited.
 * @param behind first token behind the table's name
 */
export function whereOf(cursor: Cursor, { whereFrom, whereTo }: Condition, behind: number): Where {
  const end = whereTo ?? cursor.at;
  if (whereFrom === undefined) return clauseHole(cursor, behind, cursor.at) ? 'unknown' : 'absent';
  if (clauseHole(cursor, whereFrom, end)) return 'unknown';
  return isAlwaysTrue(cursor, whereFrom, end) ? 'tautology' : 'present';
}

/** Whether a hole stands for a clause or a condition rather than a name or a value. */
function clauseHole(cursor: Cursor, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const token = cursor.tokens[at];
    if (token?.kind !== 'hole') continue;
    if (isBound(cursor, token)) continue;
    const before = cursor.words[at - 1] ?? '';
    const after = at + 1 < to ? (cursor.words[at + 1] ?? '') : ')';
    const previous = cursor.tokens[at - 1]?.kind;
    const alone =
      joins.has(before) ||
      previous === 'string' ||
      previous === 'number' ||
      previous === 'hole' ||
      previous === 'placeholder' ||
      previous === 'quoted' ||
      at === from;
    // `IN (…)` and `f(…)`: an argument.
    if (before === '(' && cursor.tokens[at - 2]?.kind === 'word' && !joins.has(cursor.words[at - 2] ?? '')) continue;
    if (before === 'SET' && after !== '=') return true;
    if (before === ',' && after !== '=' && !cursor.words.slice(from, at).includes('(')) return true;
    if ((alone || (previous === 'word' && !valueWords.has(before))) && (joins.has(after) || after === '')) return true;
  }
  return false;
}

const valueWords = new Set([
  'LIKE',
  'ILIKE',
  'BETWEEN',
  'IN',
  'SET',
  'FROM',
  'JOIN',
  'USING',
  'AS',
  'LIMIT',
  'BY',
  'THEN',
  'ELSE',
  'WHEN',
  'IS',
]);

function isBound(cursor: Cursor, token: { start: number; end: number }): boolean {
  return (
    overlapsHole(cursor.holes, token.start, token.end) &&
    cursor.holes.some((hole) => hole.bound && hole.start < token.end && hole.end > token.start)
  );
}

/** `TRUE`, `1 = 1`, `'a' = 'a'`, bare or in parentheses, also joined to more by OR. */
function isAlwaysTrue(cursor: Cursor, from: number, to: number): boolean {
  let first = from;
  let last = to;
  while (cursor.words[first] === '(' && cursor.words[last - 1] === ')' && last - first > 2) {
    first++;
    last--;
  }
  const texts = cursor.tokens
    .slice(first, Math.min(last, first + 4))
    .map((token) => cursor.written(token).toUpperCase());
  if (last - first === 1) return texts[0] === 'TRUE' || (/^\d+$/.test(texts[0] ?? '') && texts[0] !== '0');
  if (last - first !== 3 || texts[1] !== '=') return false;
  const kind = cursor.tokens[first]?.kind;
  return (kind === 'number' || kind === 'string' || texts[0] === 'TRUE') && texts[0] === texts[2];
}
