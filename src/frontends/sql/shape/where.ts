import type { Where } from '../../../ir/index.js';
import { holesIn } from '../holes.js';
import type { Cursor } from './cursor.js';

/** Where the condition of an UPDATE or DELETE stands, in tokens of the cursor. */
interface Condition {
  whereFrom?: number;
  whereTo?: number;
  /** Something else than a WHERE leaves rows out. */
  limited?: boolean;
  /** A join has a condition that is always true. */
  joinsAll?: boolean;
}

const joins = new Set(['AND', 'OR', 'NOT', 'WHERE', '(', ')']);

/**
 * Whether the rows are limited.
 * @param behind first token behind the table's name
 */
export function whereOf(cursor: Cursor, { whereFrom, whereTo, limited, joinsAll }: Condition, behind: number): Where {
  if (limited) return 'present';
  const end = whereTo ?? cursor.at;
  if (whereFrom === undefined) {
    if (clauseHole(cursor, behind, cursor.at)) return 'unknown';
    return joinsAll ? 'tautology' : 'absent';
  }
  if (clauseHole(cursor, whereFrom, end)) return 'unknown';
  return isAlwaysTrue(cursor, whereFrom, end) ? 'tautology' : 'present';
}

/** Whether a hole stands for a clause or a condition rather than a name or a value. */
function clauseHole(cursor: Cursor, from: number, to: number): boolean {
  let parenthesised = false;
  for (let at = from; at < to; at++) {
    const token = cursor.tokenAt(at);
    if (token?.word === '(') parenthesised = true;
    if (token?.kind !== 'hole') continue;
    if (isBound(cursor, token)) continue;
    const before = cursor.wordAt(at - 1);
    const after = at + 1 < to ? cursor.wordAt(at + 1) : ')';
    const previous = cursor.tokenAt(at - 1)?.kind;
    const alone =
      joins.has(before) ||
      previous === 'string' ||
      previous === 'number' ||
      previous === 'hole' ||
      previous === 'placeholder' ||
      previous === 'quoted' ||
      at === from;
    // `IN (…)` and `f(…)`: an argument.
    if (before === '(' && cursor.tokenAt(at - 2)?.kind === 'word' && !joins.has(cursor.wordAt(at - 2))) continue;
    if (before === 'SET' && after !== '=') return true;
    if (before === ',' && after !== '=' && !parenthesised) return true;
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
  return holesIn(cursor.holes, token.start, token.end).some((hole) => hole.bound);
}

/** A condition that is always true, also where it is joined to more by OR. */
export function isAlwaysTrue(cursor: Cursor, from: number, to: number): boolean {
  const closers = closersIn(cursor, from, to);
  const [first, last] = bare(closers, from, to);
  let start = first;
  for (let at = first; at <= last; at = (closers.get(at) ?? at) + 1) {
    if (at < last && cursor.wordAt(at) !== 'OR') continue;
    if (isTrue(cursor, ...bare(closers, start, at))) return true;
    start = at + 1;
  }
  return false;
}

/** Where each parenthesis and each CASE of a range ends. */
function closersIn(cursor: Cursor, from: number, to: number): Map<number, number> {
  const closers = new Map<number, number>();
  const open: number[] = [];
  for (let at = from; at < to; at++) {
    const word = cursor.wordAt(at);
    if (word === '(' || word === 'CASE') open.push(at);
    else if (word === ')' || word === 'END') {
      const opener = open.pop();
      if (opener !== undefined) closers.set(opener, at);
    }
  }
  return closers;
}

/** A range without the parentheses around all of it. */
function bare(closers: ReadonlyMap<number, number>, from: number, to: number): [number, number] {
  let first = from;
  let last = to;
  while (last - first > 2 && closers.get(first) === last - 1) {
    first++;
    last--;
  }
  return [first, last];
}

/** `TRUE`, `NOT FALSE`, `1`, `1 = 1`, `'a' = 'a'`. */
function isTrue(cursor: Cursor, first: number, last: number): boolean {
  if (last - first > 3) return false;
  const text = (at: number): string => (at < last ? cursor.between(at, at + 1).toUpperCase() : '');
  const texts = [text(first), text(first + 1), text(first + 2)];
  if (last - first === 1) return texts[0] === 'TRUE' || (/^\d+$/.test(texts[0]!) && texts[0] !== '0');
  if (last - first === 2) return texts[0] === 'NOT' && texts[1] === 'FALSE';
  if (last - first !== 3 || texts[1] !== '=') return false;
  const kind = cursor.tokenAt(first)?.kind;
  return (kind === 'number' || kind === 'string' || texts[0] === 'TRUE') && texts[0] === texts[2];
}
