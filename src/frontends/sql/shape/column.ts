import type { Column, ColumnPosition, Constraint, Name } from '../../../ir/index.js';
import { isMysql } from '../names.js';
import { isSerial } from '../types.js';
import { readCharacter, readReference, readStorage } from './constraint.js';
import type { Cursor } from './cursor.js';
import { readDefault } from './default.js';
import { readGenerated } from './generated.js';
import { readColumnIndex } from './inline-index.js';
import { qualifiedAsWritten } from './keys.js';
import { readText } from './text.js';
import { readType } from './type.js';

interface Draft {
  column: Column;
  /** PRIMARY KEY DESC, which in SQLite is no row id. */
  descending?: true;
  position?: ColumnPosition;
}

/** A column definition, where in the table MySQL is told to put the column, and whether all of it was read. */
export interface ReadColumn {
  column: Column;
  position?: ColumnPosition;
  complete: boolean;
}

/** Reads a column definition: name, type and all that follows, to the end of the cursor. */
export function readColumn(cursor: Cursor): ReadColumn | undefined {
  const from = cursor.at;
  const name = cursor.name();
  if (name === undefined) return undefined;
  // The column of a typed table has the type of that.
  const type = cursor.is('WITH', 'OPTIONS') ? undefined : readType(cursor);
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
  if (isMysql(cursor.source.dialect) && type?.written.toLowerCase() === 'serial') asMysqlSerial(column);
  const draft: Draft = { column };
  let complete = true;
  while (!cursor.done && !isTableElement(cursor)) if (!readProperty(cursor, draft)) complete = false;
  if (column.constraints.some((constraint) => constraint.kind === 'primary')) {
    column.nullable = false;
    if (cursor.source.dialect === 'sqlite' && isRowIdType(column) && !draft.descending) column.generated = 'rowid';
  }
  column.span = cursor.span(from);
  return { column, ...(draft.position && { position: draft.position }), complete };
}

/** SERIAL, and SERIAL DEFAULT VALUE: NOT NULL AUTO_INCREMENT UNIQUE. */
function asMysqlSerial(column: Column): void {
  column.nullable = false;
  column.generated = 'identity';
  column.constraints.push({ kind: 'unique', columns: [column.name], span: column.span, uncertain: [] });
}

/** Whether a column can be SQLite's row id, as the only one of its primary key: of type INTEGER, not INT. */
export const isRowIdType = ({ type }: Column): boolean => type.name === 'integer';

/** Whether a key or index over listed columns comes next: T-SQL takes it for one of the table, with no comma before it. */
function isTableElement(cursor: Cursor): boolean {
  if (cursor.source.dialect !== 'tsql') return false;
  let ahead = cursor.is('CONSTRAINT') ? 2 : 0;
  const kind = cursor.word(ahead);
  if (kind === 'INDEX') ahead++;
  else if (kind !== 'PRIMARY' && kind !== 'UNIQUE' && kind !== 'FOREIGN') return false;
  ahead++;
  while (['KEY', 'UNIQUE', 'CLUSTERED', 'NONCLUSTERED', 'HASH'].includes(cursor.word(ahead))) ahead++;
  return cursor.word(ahead) === '(';
}

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
        cursor.take('NOT', 'FOR', 'REPLICATION') || readCharacter(cursor, column.constraints.at(-1)) || skip(cursor)
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
      add({
        kind: 'primary',
        columns: [column.name],
        ...(cursor.source.dialect === 'tsql' && cursor.take('HASH') && { method: 'hash' }),
        span: column.span,
        uncertain: [],
      });
      return true;
    case 'UNIQUE':
      cursor.at++;
      cursor.oneOf('KEY', 'CLUSTERED', 'NONCLUSTERED');
      add({
        kind: 'unique',
        columns: [column.name],
        ...(cursor.take('NULLS', 'NOT', 'DISTINCT') && { nullsNotDistinct: true }),
        span: column.span,
        uncertain: [],
      });
      cursor.take('NULLS', 'DISTINCT');
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
      cursor.take('NOT', 'FOR', 'REPLICATION');
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
    case 'INDEX': {
      const index = cursor.source.dialect === 'tsql' ? readColumnIndex(cursor, column.name) : undefined;
      if (index) column.indexes.push(index);
      return index !== undefined || skip(cursor);
    }
    case 'COLLATE':
      cursor.at++;
      column.collation = (isMysql(cursor.source.dialect) ? undefined : qualifiedAsWritten(cursor)) ?? wordOf(cursor);
      return true;
    case 'FIRST':
      cursor.at++;
      draft.position = 'first';
      return true;
    case 'AFTER': {
      cursor.at++;
      const after = cursor.name();
      if (after) draft.position = { after };
      return after !== undefined;
    }
    case 'INVISIBLE':
      cursor.at++;
      column.invisible = true;
      return true;
    case 'SERIAL':
      asMysqlSerial(column);
      return cursor.take('SERIAL', 'DEFAULT', 'VALUE') || skip(cursor);
    case 'STORAGE':
      column.storage = cursor.word(1).toLowerCase();
      cursor.at += 2;
      return true;
    case 'COMPRESSION':
      column.compression = cursor.word(1).toLowerCase();
      cursor.at += 2;
      return true;
    case 'OPTIONS':
      cursor.at++;
      cursor.parenthesis();
      return true;
    default: {
      if (readCharset(cursor, column)) return true;
      if (cursor.take('ON', 'UPDATE')) return readOnUpdate(cursor, column);
      const last = column.constraints.at(-1);
      return readCharacter(cursor, last) || readStorage(cursor, last) || readMinor(cursor, word);
    }
  }
}

function skip(cursor: Cursor): false {
  if (cursor.is('(')) cursor.parenthesis();
  else cursor.at++;
  return false;
}

/** A name as written, with or without quotes, of one word or several joined by dots. */
function wordOf(cursor: Cursor): string {
  const from = cursor.at;
  const name = cursor.qualified();
  if (name !== undefined) return name.name.value;
  cursor.at = from + 1;
  const written = cursor.between(from, from + 1);
  return /^'.*'$/s.test(written) ? written.slice(1, -1) : written;
}

/** CHARACTER SET and its short forms. */
function readCharset(cursor: Cursor, column: Column): boolean {
  const found = cursor.take('CHARACTER', 'SET') || cursor.take('CHAR', 'SET') || cursor.take('CHARSET');
  if (found) column.charset = wordOf(cursor);
  return found;
}

/** MySQL's ON UPDATE CURRENT_TIMESTAMP(3). */
function readOnUpdate(cursor: Cursor, column: Column): true {
  const from = cursor.at++;
  if (cursor.is('(')) cursor.parenthesis();
  column.onUpdate = cursor.between(from, cursor.at);
  return true;
}

/** Properties that change no fact, with how many tokens each takes. */
const minor: Readonly<Record<string, number | undefined>> = {
  VISIBLE: 1,
  COLUMN_FORMAT: 2,
  ASCII: 1,
  UNICODE: 1,
  ENCRYPTED: 3,
  SPARSE: 1,
  ROWGUIDCOL: 1,
  BINARY: 1,
  SRID: 2,
  STORED: 1,
  VIRTUAL: 1,
  PERSISTED: 1,
  CASCADE: 1,
  RESTRICT: 1,
  HIDDEN: 1,
  MASKED: 1,
  FILESTREAM: 1,
  COLUMN_SET: 3,
};

function readMinor(cursor: Cursor, word: string): boolean {
  if (cursor.take('NO', 'INHERIT')) return true;
  if (word === 'ENGINE_ATTRIBUTE' || word === 'SECONDARY_ENGINE_ATTRIBUTE' || word === 'REF_SYSTEM_ID') {
    cursor.at++;
    cursor.take('=');
    cursor.at++;
    return true;
  }
  // MariaDB: COMPRESSED[=zlib], and the columns of system versioning.
  if (cursor.take('COMPRESSED')) {
    if (cursor.take('=')) cursor.at++;
    return true;
  }
  if (cursor.take('WITH', 'SYSTEM', 'VERSIONING') || cursor.take('WITHOUT', 'SYSTEM', 'VERSIONING')) return true;
  if (cursor.take('ON', 'CONFLICT')) {
    cursor.at++;
    return true;
  }
  // T-SQL: the default of an added column for the rows that are there.
  if (cursor.take('WITH', 'VALUES') || cursor.take('WITH', 'OPTIONS')) return true;
  if (cursor.source.dialect === 'tsql') {
    // Options and file group of a key's index, the function of a mask, the key of encryption.
    if (cursor.take('WITH', 'FILLFACTOR', '=') || cursor.take('ON')) {
      cursor.at++;
      return true;
    }
    if (cursor.is('WITH', '(') || cursor.is('ENCRYPTED', 'WITH')) {
      cursor.until('(');
      cursor.parenthesis();
      return true;
    }
  }
  const width = minor[word];
  if (width === undefined) return skip(cursor);
  cursor.at += width;
  return true;
}
