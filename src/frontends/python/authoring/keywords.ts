import type { AnchorList, Column, Relationship, Table, TextEdit } from '../../../ir/index.js';
import { appended, literal, replaced, type Manner } from './edits.js';
import { importing } from './imports.js';

/** What an intent works with: the file's text, and how it is written. */
export interface Page {
  source: string;
  manner: Manner;
}

/** Writes a value under a key, over one that is there. */
export function put(list: AnchorList, key: string, entry: string, value: string, { source, manner }: Page): TextEdit[] {
  const given = list.entries.find((each) => each.key === key);
  return [given ? replaced(given.value, value) : appended(list, entry + value, source, manner)];
}

/** A keyword argument of a column: in its call, in SQLModel's `sa_column_kwargs`, or in a call that is added to a bare annotation. */
export function columnKeyword(
  column: Column,
  table: Table,
  keyword: string,
  value: string,
  page: Page,
): TextEdit[] | undefined {
  const { anchor } = column;
  const { source, manner } = page;
  const isSqlmodel = table.declaredBy === 'sqlmodel';
  if (anchor === undefined) return undefined;
  const { saColumn, saColumnKwargs, call } = anchor.lists;
  if (saColumn) return put(saColumn, keyword, `${keyword}=`, value, page);
  if (saColumnKwargs) return put(saColumnKwargs, keyword, `${literal(keyword, manner)}: `, value, page);
  const wrapped = `sa_column_kwargs={${literal(keyword, manner)}: ${value}}`;
  if (call) {
    if (!isSqlmodel) return put(call, keyword, `${keyword}=`, value, page);
    const isTaken = call.entries.some(({ key }) => key === 'sa_column_kwargs' || key === 'sa_column');
    return isTaken ? undefined : [appended(call, wrapped, source, manner)];
  }
  return newCall(column, isSqlmodel, isSqlmodel ? wrapped : `${keyword}=${value}`, page);
}

/** `= mapped_column(…)` behind a bare annotation, or `= Field(…)`, which keeps a default that stands there. */
export function newCall(
  { anchor }: Column,
  isSqlmodel: boolean,
  argument: string,
  { source }: Page,
): TextEdit[] | undefined {
  const end = anchor?.points['annotationEnd'];
  if (anchor === undefined || end === undefined) return undefined;
  const given = /^\s*=\s*([^]*)$/.exec(source.slice(end, anchor.span.end));
  if (given !== null && !isSqlmodel) return undefined;
  const maker = importing(source, [
    isSqlmodel ? { module: 'sqlmodel', name: 'Field' } : { module: 'sqlalchemy.orm', name: 'mapped_column' },
  ]);
  if (maker === undefined) return undefined;
  const [name = ''] = maker.names;
  const before = given === null ? '' : `default=${given[1] ?? ''}, `;
  return [
    ...maker.edits,
    { span: { start: end, end: given === null ? end : anchor.span.end }, text: ` = ${name}(${before}${argument})` },
  ];
}

/** A keyword argument of a relationship: in its call, or in SQLModel's `sa_relationship_kwargs`. */
export function relationshipKeyword(
  { anchor }: Relationship,
  keyword: string,
  value: string,
  page: Page,
): TextEdit[] | undefined {
  if (anchor === undefined) return undefined;
  const { source, manner } = page;
  const { saRelationshipKwargs, call } = anchor.lists;
  const quoted = literal(keyword, manner);
  if (saRelationshipKwargs) return put(saRelationshipKwargs, keyword, `${quoted}: `, value, page);
  if (!call) return undefined;
  if (!/\bRelationship\s*\($/.test(source.slice(anchor.span.start, call.open)))
    return put(call, keyword, `${keyword}=`, value, page);
  if (call.entries.some(({ key }) => key === 'sa_relationship_kwargs')) return undefined;
  return [appended(call, `sa_relationship_kwargs={${quoted}: ${value}}`, source, manner)];
}

/** Edits that belong together; nothing where one of them can't be made. */
export const together = (...parts: (TextEdit[] | undefined)[]): TextEdit[] | undefined =>
  parts.every((part) => part !== undefined) ? parts.flat() : undefined;
