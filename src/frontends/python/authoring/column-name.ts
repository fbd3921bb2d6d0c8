import type { Column, Table, TextEdit } from '../../../ir/index.js';
import { replaceName } from '../../replace-name.js';
import { literal } from './edits.js';
import { columnKeyword, newCall, type Page } from './keywords.js';

/** The first argument of `mapped_column` or `Column`, or `name` among SQLModel's arguments of the column. */
export function nameColumn(column: Column, name: string, table: Table, page: Page): TextEdit[] | undefined {
  const { source, manner } = page;
  const { start, end } = column.name.span;
  if (/["']/.test(source[start - 1] ?? '') && source[start - 1] === source[end]) {
    return replaceName(source, column.name, name);
  }
  const text = literal(name, manner);
  if (table.declaredBy === 'sqlmodel') return columnKeyword(column, table, 'name', text, page);
  const call = column.anchor?.lists['call'];
  if (call === undefined) return newCall(column, false, text, page);
  if (call.entries.some(({ key }) => key === 'name')) return undefined;
  return [{ span: { start: call.open, end: call.open }, text: call.entries.length > 0 ? `${text}, ` : text }];
}
