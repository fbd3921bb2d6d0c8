import type { Dialect, Table, TextEdit } from '../../../ir/index.js';
import { addPrimaryKey as addToStatement, beforeFirst } from '../../sql/authoring-key.js';

/** A first column in `new Table({ columns: […] })`, or in a CREATE TABLE that a string holds. */
export function addPrimaryKey(text: string, table: Table, dialect: Dialect): TextEdit[] | undefined {
  if (table.declaredBy === 'sql') return addToStatement(text, table, dialect);
  const [first] = table.columns;
  if (table.declaredBy !== 'typeorm' || table.className !== undefined || first === undefined) return undefined;
  if (!/[[,]\s*$/.test(text.slice(table.span.start, first.span.start))) return undefined;
  const strategy = dialect === 'postgresql' ? 'identity' : 'increment';
  const key = `{ name: 'id', type: 'bigint', isPrimary: true, isGenerated: true, generationStrategy: '${strategy}' }`;
  return beforeFirst(text, [first], table.span, key);
}
