import type { Column, Table, TextEdit } from '../../../ir/index.js';
import { pythonType } from './annotations.js';
import { appended, replaced } from './edits.js';
import { importing } from './imports.js';
import { newCall, together, type Page } from './keywords.js';

/** SQLAlchemy's class for a canonical type, and its arguments. */
function sqlalchemyType(type: string): { name: string; args: string } | undefined {
  const match = /^([a-z ]+?)(\(\d+\))?$/.exec(type);
  const [, head = '', args = ''] = match ?? [];
  const names: { [head: string]: string } = {
    integer: 'Integer',
    int: 'Integer',
    bigint: 'BigInteger',
    smallint: 'SmallInteger',
    varchar: 'String',
    text: 'Text',
  };
  const name = Object.hasOwn(names, head) ? names[head] : undefined;
  return name === undefined ? undefined : { name, args };
}

/** Writes the type of another column: in the place of one that is written, in the annotation, or as a new argument. */
export function setColumnType(column: Column, like: Column, table: Table, page: Page): TextEdit[] | undefined {
  const { source } = page;
  const [held, own] = [pythonType(like.type.name, source), pythonType(column.type.name, source)];
  const isOther = held !== undefined && held.name !== own?.name;
  const written = column.type.implied === true ? column.type.written : (own?.name ?? '');
  const inCode = isOther ? inAnnotation(column, written, held, source) : [];
  // An annotation alone says all where the ORM chooses the very type of the other one for it.
  const isImplied = column.type.implied === true && column.annotation !== undefined;
  if (isImplied && isOther && /^(?:integer|int|varchar|uuid)$/.test(like.type.name)) return inCode;
  const type = sqlalchemyType(like.type.name);
  const given = type && importing(source, [{ module: 'sqlalchemy', name: type.name }]);
  if (given === undefined || type === undefined) return undefined;
  const text = `${given.names[0] ?? type.name}${type.args}`;
  if (column.type.implied !== true) {
    if (!/^[\w.]+(?:\([^()]*\))?$/.test(source.slice(column.type.span.start, column.type.span.end))) return undefined;
    const bare = source[column.type.span.end - 1] === ')' && type.args === '' ? `${text}()` : text;
    return together(given.edits, column.annotation ? inCode : [], [replaced(column.type.span, bare)]);
  }
  return together(given.edits, inCode, typeArgument(column, table, text, page));
}

function inAnnotation(
  { annotation }: Column,
  written: string,
  held: { name: string; edits: TextEdit[] },
  source: string,
): TextEdit[] | undefined {
  if (annotation === undefined || !/^[\w.]+$/.test(written)) return undefined;
  const text = source.slice(annotation.span.start, annotation.span.end);
  const found = [...text.matchAll(new RegExp(`(?:\\w+\\.)*\\b${written}\\b`, 'g'))];
  const [only] = found;
  if (only === undefined || found.length > 1) return undefined;
  const start = annotation.span.start + only.index;
  return [...held.edits, replaced({ start, end: start + only[0].length }, held.name)];
}

/** A type that nobody wrote: the first argument of the call, or `sa_type=` of SQLModel. */
function typeArgument(column: Column, table: Table, type: string, page: Page): TextEdit[] | undefined {
  const { source, manner } = page;
  const { saColumn, call } = column.anchor?.lists ?? {};
  const isSqlmodel = table.declaredBy === 'sqlmodel';
  if (isSqlmodel && saColumn === undefined) {
    const argument = `sa_type=${type}`;
    if (call === undefined) return newCall(column, true, argument, page);
    const isTaken = call.entries.some(({ key }) => key === 'sa_type' || key === 'sa_column');
    return isTaken ? undefined : [appended(call, argument, source, manner)];
  }
  const list = saColumn ?? call;
  if (list === undefined) return newCall(column, false, type, page);
  const [first] = list.entries;
  if (first !== undefined && first.key === undefined && /^["']/.test(source.slice(first.span.start))) {
    return [{ span: { start: first.span.end, end: first.span.end }, text: `, ${type}` }];
  }
  return [
    {
      span: { start: first?.span.start ?? list.open, end: first?.span.start ?? list.open },
      text: first ? `${type}, ` : type,
    },
  ];
}

/** `timezone=True` of a type that is written, or a type that says so. */
export function keepTimezone(column: Column, table: Table, page: Page): TextEdit[] | undefined {
  const { source } = page;
  const { type } = column;
  if (type.implied !== true) {
    const match = /^((?:\w+\.)*(?:DateTime|DATETIME|TIMESTAMP))(?:\(\s*(?:(?:timezone\s*=\s*)?False)?\s*\))?$/.exec(
      source.slice(type.span.start, type.span.end),
    );
    return match === null ? undefined : [replaced(type.span, `${match[1] ?? ''}(timezone=True)`)];
  }
  const given = importing(source, [{ module: 'sqlalchemy', name: 'DateTime' }]);
  if (given === undefined) return undefined;
  return together(given.edits, typeArgument(column, table, `${given.names[0] ?? 'DateTime'}(timezone=True)`, page));
}
