import type { IndexKey, Name } from '../../../ir/index.js';
import type { Cursor } from './cursor.js';

/** The names of a parenthesised column list; prefix lengths and directions are passed over. */
export function readColumns(cursor: Cursor): Name[] {
  const inside = cursor.parenthesis();
  if (inside === undefined) return [];
  return cursor
    .within(inside)
    .list()
    .flatMap((item) => {
      // PERIOD valid_at; a column may be called period too.
      if (item.isName(1)) item.take('PERIOD');
      return item.name() ?? [];
    });
}

/** Whether the last of a parenthesised list is a range: `valid_at WITHOUT OVERLAPS`, `PERIOD valid_at`. */
export function endsInRange(cursor: Cursor, [from, to]: [number, number]): boolean {
  const before = cursor.wordAt(to - 2);
  if (before === 'WITHOUT' && cursor.wordAt(to - 1) === 'OVERLAPS') return true;
  return before === 'PERIOD' && to - 2 >= from;
}

/** The elements of an index, each a column or an expression. */
export function readIndexKeys(cursor: Cursor): IndexKey[] {
  const inside = cursor.parenthesis();
  return inside === undefined ? [] : cursor.within(inside).list().map(readKey);
}

function readKey(item: Cursor): IndexKey {
  const key: IndexKey = {};
  if (item.is('(')) {
    const inside = item.parenthesis()!;
    const name = columnIn(item.within(inside));
    if (name) {
      key.column = name.value;
      key.quoted = name.quoted;
    } else key.expression = item.between(...inside);
  } else if (item.isName() && !item.is(item.word(), '.') && !isCall(item) && !goesOn(item)) {
    const name = item.name()!;
    key.column = name.value;
    key.quoted = name.quoted;
    if (item.is('(')) {
      const inside = item.parenthesis()!;
      const length = Number(item.between(...inside));
      if (Number.isInteger(length)) key.length = length;
    }
  } else {
    const from = item.at;
    item.until('COLLATE', 'ASC', 'DESC', 'NULLS', 'WITH');
    // What follows a call is its operator class.
    const end = operatorClassFrom(item, from);
    key.expression = item.between(from, end);
    item.at = end;
  }
  readKeyOptions(item, key);
  return key;
}

/** PostgreSQL and SQLite take a column in parentheses for the column, however many there are. */
function columnIn(expression: Cursor): Name | undefined {
  if (expression.source.dialect !== 'sqlite' && expression.source.dialect !== 'postgresql') return undefined;
  let inner = expression;
  while (inner.is('(')) {
    const inside = inner.parenthesis();
    if (inside === undefined || !inner.done) return undefined;
    inner = inner.within(inside);
  }
  const isConstant = ['TRUE', 'FALSE', 'NULL'].includes(inner.word());
  return inner.length === inner.at + 1 && !isConstant ? inner.name() : undefined;
}

/** A function call, as against a column with a prefix length. */
function isCall(item: Cursor): boolean {
  return item.word(1) === '(' && !(item.tokenAt(item.at + 2)?.kind === 'number' && item.word(3) === ')');
}

/** SQLite takes an expression with no parentheses around it. */
function goesOn(item: Cursor): boolean {
  if (item.source.dialect !== 'sqlite') return false;
  return item.length > item.at + 1 && !['COLLATE', 'ASC', 'DESC', 'NULLS'].includes(item.word(1));
}

function operatorClassFrom(item: Cursor, from: number): number {
  const end = item.at;
  const last = item.tokenAt(end - 1);
  return end - from > 1 && item.wordAt(end - 2) === ')' && last?.kind === 'word' ? end - 1 : end;
}

/** Takes a dotted name and gives it with its quotes. */
export function qualifiedAsWritten(cursor: Cursor): string | undefined {
  const from = cursor.at;
  return cursor.qualified() && cursor.between(from, cursor.at);
}

function readKeyOptions(item: Cursor, key: IndexKey): void {
  while (!item.done) {
    if (item.take('ASC')) key.direction = 'asc';
    else if (item.take('DESC')) key.direction = 'desc';
    else if (item.take('NULLS', 'FIRST')) key.nulls = 'first';
    else if (item.take('NULLS', 'LAST')) key.nulls = 'last';
    else if (item.take('COLLATE')) {
      const collation = qualifiedAsWritten(item);
      if (collation !== undefined) key.collation = collation;
    } else if (item.is('WITH') || item.source.dialect === 'tsql') item.at = item.length;
    else if (item.is('(')) {
      const inside = item.parenthesis()!;
      if (key.operatorClass !== undefined) key.operatorClassOptions = item.between(...inside);
    } else {
      const operatorClass = qualifiedAsWritten(item);
      if (operatorClass === undefined) item.at++;
      else key.operatorClass = operatorClass;
    }
  }
}
