import type { Column, ColumnPart, Operation, QualifiedName, TextEdit } from '../../../ir/index.js';
import { appended, literal } from './edits.js';
import type { Page } from './keywords.js';
import { typeCall } from './type-calls.js';

/** `table_name=` of a `drop_index` that has none. */
export function nameIndexTable(
  { anchor }: Operation,
  table: QualifiedName,
  { source, manner }: Page,
): TextEdit[] | undefined {
  const list = anchor?.lists['call'];
  if (list === undefined || table.name.unknown) return undefined;
  return [appended(list, `table_name=${literal(table.name.value, manner)}`, source, manner)];
}

/** `existing_type=` and the like of an `alter_column`; nothing where a part can't be written with certainty. */
export function restateColumn(
  { anchor }: Operation,
  column: Column,
  parts: readonly ColumnPart[],
  page: Page,
): TextEdit[] | undefined {
  const { source, manner } = page;
  const list = anchor?.lists['call'];
  const texts = parts.map((part) => keywordOf(part, column, page));
  if (list === undefined || texts.length === 0 || texts.some((text) => text === undefined)) return undefined;
  return [appended(list, texts.join(', '), source, manner)];
}

function keywordOf(part: ColumnPart, { type, nullable, default: value, comment }: Column, page: Page) {
  const { source, manner } = page;
  const hasSa = /^import sqlalchemy as sa\b/m.test(source);
  switch (part) {
    case 'type': {
      const call = hasSa ? typeCall(type.name) : undefined;
      return call && `existing_type=sa.${call}`;
    }
    case 'nullable':
      return nullable === 'unknown' ? undefined : `existing_nullable=${nullable ? 'True' : 'False'}`;
    case 'default':
      return hasSa && value?.by === 'server'
        ? `existing_server_default=sa.text(${literal(value.text, manner)})`
        : undefined;
    case 'comment':
      return comment && `existing_comment=${literal(comment.value, manner)}`;
    case 'name':
    case 'autoincrement':
      return undefined;
  }
}
