import type { Column, Constraint, Default, Name } from '../../../ir/index.js';
import { isSerial } from '../types.js';
import { readReference } from './constraint.js';
import { serverDefault } from '../volatility.js';
import type { Cursor } from './cursor.js';
import { readText } from './text.js';
import { readType } from './type.js';

/** Words at which a default's expression ends. */
const defaultEnds = [
  ...[
    'CONSTRAINT',
    'NULL',
    'NOT',
    'PRIMARY',
    'UNIQUE',
    'CHECK',
    'REFERENCES',
    'COLLATE',
    'GENERATED',
    'AS',
    'AUTO_INCREMENT',
  ],
  ...[
    'COMMENT',
    'ON',
    'KEY',
    'FIRST',
    'AFTER',
    'WITH',
    'DEFERRABLE',
    'INITIALLY',
    'IDENTITY',
    'INVISIBLE',
    'FOR',
    'USING',
  ],
];

interface Draft {
  column: Column;
  /** NULL or NOT NULL is written out. */
  told: boolean;
  /** PRIMARY KEY DESC, which in SQLite is no row id. */
  descending?: true;
}

/** Reads a column definition: name, type and all that follows, to the end of the cursor. */
export function readColumn(cursor: Cursor): { column: Column; complete: boolean } | undefined {
  const from = cursor.at;
  const name = cursor.name();
  if (name === undefined) return undefined;
  const type = readType(cursor);
  const span = cursor.span(from, from + 1);
  const column: Column = {
    name,
    type: type ?? { name: 'unknown', written: '', span: { start: name.span.end, end: name.span.end } },
    nullable: true,
    constraints: [],
    indexes: [],
    span,
    uncertain: [],
  };
  if (type?.name === 'unknown') column.uncertain.push({ about: 'type', reason: 'the type is computed' });
  if (type && isSerial(type.written, cursor.source.dialect)) {
    column.generated = 'serial';
    column.nullable = false;
  }
  const draft: Draft = { column, told: false };
  let complete = true;
  while (!cursor.done) if (!readProperty(cursor, draft)) complete = false;
  if (column.constraints.some((constraint) => constraint.kind === 'primary')) {
    column.nullable = false;
    if (cursor.source.dialect === 'sqlite' && isRowIdType(column) && !draft.descending) column.generated = 'rowid';
  }
  column.span = cursor.span(from, cursor.length);
  return { column, complete };
}

/** Whether a column can be SQLite's row id, as the only one of its primary key: of type INTEGER, not INT. */
export const isRowIdType = ({ type }: Column): boolean => type.name === 'integer';

/** Reads one property; false where it is not known, one token having been passed over. */
function readProperty(cursor: Cursor, draft: Draft): boolean {
  const { column } = draft;
  const from = cursor.at;
  let name: Name | undefined;
  if (cursor.take('CONSTRAINT')) name = cursor.name();
  const add = (constraint: Constraint) => {
    if (name) constraint.name = name;
    constraint.span = cursor.span(from);
    column.constraints.push(constraint);
  };
  const word = cursor.word();
  switch (word) {
    case 'NOT':
      if (cursor.take('NOT', 'NULL')) {
        column.nullable = false;
        return true;
      }
      return (
        cursor.take('NOT', 'DEFERRABLE') ||
        cursor.take('NOT', 'FOR', 'REPLICATION') ||
        notValid(cursor, column) ||
        skip(cursor)
      );
    case 'NULL':
      cursor.at++;
      if (column.generated !== 'serial') column.nullable = true;
      return true;
    case 'DEFAULT':
      cursor.at++;
      column.default = readDefault(cursor);
      return true;
    case 'PRIMARY':
      cursor.at++;
      cursor.take('KEY');
      if (cursor.oneOf('ASC', 'DESC', 'CLUSTERED', 'NONCLUSTERED') === 'DESC') draft.descending = true;
      add({ kind: 'primary', columns: [column.name], span: column.span, uncertain: [] });
      return true;
    case 'UNIQUE':
      cursor.at++;
      cursor.oneOf('KEY', 'CLUSTERED', 'NONCLUSTERED');
      if (!cursor.take('NULLS', 'NOT', 'DISTINCT')) cursor.take('NULLS', 'DISTINCT');
      add({ kind: 'unique', columns: [column.name], span: column.span, uncertain: [] });
      return true;
    case 'KEY':
      // MySQL: KEY alone means PRIMARY KEY.
      cursor.at++;
      add({ kind: 'primary', columns: [column.name], span: column.span, uncertain: [] });
      return true;
    case 'REFERENCES':
      cursor.at++;
      add(readReference(cursor, [column.name]));
      return true;
    case 'FOREIGN':
      cursor.at++;
      return cursor.take('KEY');
    case 'CHECK': {
      cursor.at++;
      const inside = cursor.parenthesis();
      if (inside) add({ kind: 'check', expression: cursor.between(...inside), span: column.span, uncertain: [] });
      return true;
    }
    case 'GENERATED':
    case 'AS':
      return readGenerated(cursor, column);
    case 'AUTO_INCREMENT':
    case 'AUTOINCREMENT':
      cursor.at++;
      column.generated = 'identity';
      return true;
    case 'IDENTITY':
      cursor.at++;
      if (cursor.is('(')) cursor.parenthesis();
      column.generated = 'identity';
      column.nullable = false;
      return true;
    case 'COMMENT': {
      cursor.at++;
      const comment = readText(cursor);
      if (comment) column.comment = comment;
      return true;
    }
    case 'COLLATE':
      cursor.at++;
      if (cursor.qualified() === undefined) cursor.at++;
      return true;
    default:
      return cursor.take('ON', 'UPDATE') ? readOnUpdate(cursor) : readMinor(cursor, word);
  }
}

function notValid(cursor: Cursor, column: Column): boolean {
  if (!cursor.take('NOT', 'VALID')) return false;
  const last = column.constraints.at(-1);
  if (last) last.notValid = true;
  return true;
}

function skip(cursor: Cursor): false {
  if (cursor.is('(')) cursor.parenthesis();
  else cursor.at++;
  return false;
}

/** MySQL's ON UPDATE CURRENT_TIMESTAMP. */
function readOnUpdate(cursor: Cursor): true {
  cursor.at++;
  if (cursor.is('(')) cursor.parenthesis();
  return true;
}

/** Properties that change no fact, with how many tokens each takes. */
const minor: Readonly<Record<string, number | undefined>> = {
  DEFERRABLE: 1,
  INITIALLY: 2,
  STORAGE: 2,
  COMPRESSION: 2,
  FIRST: 1,
  AFTER: 2,
  CHARSET: 2,
  INVISIBLE: 1,
  VISIBLE: 1,
  SPARSE: 1,
  ROWGUIDCOL: 1,
  BINARY: 1,
  SRID: 2,
  STORED: 1,
  VIRTUAL: 1,
  PERSISTED: 1,
  CASCADE: 1,
  RESTRICT: 1,
  ENFORCED: 1,
  OPTIONS: 1,
};

function readMinor(cursor: Cursor, word: string): boolean {
  if (cursor.take('CHARACTER', 'SET') || cursor.take('CHAR', 'SET')) {
    cursor.at++;
    return true;
  }
  if (cursor.take('NO', 'INHERIT')) return true;
  if (cursor.take('ON', 'CONFLICT')) {
    cursor.at++;
    return true;
  }
  // T-SQL: the default of an added column for the rows that are there.
  if (cursor.take('WITH', 'VALUES') || cursor.take('WITH', 'OPTIONS')) return true;
  const width = minor[word];
  if (width === undefined) return skip(cursor);
  cursor.at += width;
  return true;
}

/** Reads a default's expression, in which words that start the next property end it. */
export function readDefault(cursor: Cursor): Default {
  const from = cursor.at;
  // The first word belongs to it whatever it is: DEFAULT NULL.
  if (cursor.is('(')) cursor.parenthesis();
  else cursor.at++;
  while (!cursor.done) {
    const word = cursor.word();
    if (word === '(') cursor.parenthesis();
    else if (defaultEnds.includes(word)) {
      // `timestamp with time zone 'now'` as a cast, and `AT TIME ZONE`.
      if (word === 'WITH' && cursor.is('WITH', 'TIME')) cursor.at += 3;
      else break;
    } else cursor.at++;
  }
  return serverDefault(cursor.between(from, cursor.at), cursor.span(from), cursor.source.dialect);
}

function readGenerated(cursor: Cursor, column: Column): boolean {
  if (cursor.take('GENERATED')) {
    if (!cursor.take('ALWAYS')) cursor.take('BY', 'DEFAULT');
    cursor.take('ON', 'NULL');
  }
  if (!cursor.take('AS')) return false;
  if (cursor.take('IDENTITY')) {
    if (cursor.is('(')) cursor.parenthesis();
    column.generated = 'identity';
    column.nullable = false;
    return true;
  }
  if (!cursor.is('(')) return skip(cursor);
  cursor.parenthesis();
  // PostgreSQL 18 and MySQL make it virtual unless told otherwise.
  column.generated = cursor.oneOf('STORED', 'PERSISTED') ? 'stored' : 'virtual';
  cursor.take('VIRTUAL');
  return true;
}
