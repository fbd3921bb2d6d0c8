import type { Column, Table, TextEdit } from '../../../ir/index.js';
import { inserted, lineEnd, newlineOf } from './places.js';

const fieldName = ({ attribute, name }: Column): string => attribute ?? name.value;

/** The fields that hold columns; nothing where one of them is not in the model. */
export function fieldsOf(table: Table, columns: readonly { value: string }[]): string[] | undefined {
  const found = columns.map(({ value }) => table.columns.find(({ name }) => name.value === value));
  return found.every((column) => column !== undefined) ? found.map(fieldName) : undefined;
}

/** A block attribute as the last line of a model: `@@index([authorId])`, below a blank line where it is the first one. */
export function addAttribute(text: string, { anchor }: Table, attribute: string): TextEdit[] | undefined {
  const { last, close } = anchor?.points ?? {};
  if (last === undefined || close === undefined) return undefined;
  const at = lineEnd(text, last);
  // The brace stands on the line of what comes last.
  if (at > close) return undefined;
  const newline = newlineOf(text);
  const body = text.slice(anchor!.points['open'], close);
  const indent = /[\r\n]([^\S\r\n]+)\S/.exec(body)?.[1] ?? '  ';
  const blank = /[\r\n][^\S\r\n]*@@/.test(body) ? '' : newline;
  return inserted(at, `${newline}${blank}${indent}${attribute}`);
}

/** A field as the first line of a model. */
export function addField(text: string, { anchor }: Table, field: string): TextEdit[] | undefined {
  const { open, close } = anchor?.points ?? {};
  if (open === undefined || close === undefined) return undefined;
  const at = lineEnd(text, open);
  if (at > close) return undefined;
  const indent = /[\r\n]([^\S\r\n]+)\S/.exec(text.slice(open, close))?.[1] ?? '  ';
  return inserted(at, `${newlineOf(text)}${indent}${field}`);
}
