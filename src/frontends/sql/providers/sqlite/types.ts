import type { Expr, Type } from 'sqlite3-parser';
import { canonicalType } from '../../types.js';

/**
 * The canonical name of a type, as ColumnType has it; nothing where a part of it stands in quotes, which the tree does
 * not tell from other words.
 * @param text that of the statement
 * @param generated whether the column is worked out from others: words for that are to the grammar a part of the type
 */
export function typeName({ name, size, span }: Type, text: string, generated: boolean): string | undefined {
  if (/["'`[]/.test(text.slice(span.offset, span.offset + span.length))) return undefined;
  const words = name.toLowerCase();
  const head = generated ? words.replace(/ ?generated always$/, '') : words;
  if (head === '') return undefined;
  if (size === undefined) return canonicalType({ head, tail: '', array: '' }, 'sqlite');
  const numbers = (size.type === 'MaxSizeTypeSize' ? [size.size] : [size.size1, size.size2]).map(signed);
  if (numbers.includes(undefined)) return undefined;
  return canonicalType({ head, tail: '', array: '', args: numbers.join(',') }, 'sqlite');
}

function signed(value: Expr): string | undefined {
  if (value.type === 'NumericLiteral') return value.value;
  if (value.type !== 'UnaryExpr' || value.expr.type !== 'NumericLiteral') return undefined;
  return (value.op === 'Negative' ? '-' : '+') + value.expr.value;
}
