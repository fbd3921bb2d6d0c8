import type { ColumnType, Dialect, Span } from '../../ir/index.js';
import { readEmbedded } from '../sql/embedded.js';

const known = new Map<string, string>();

/** A type as SQL text says it, in the dialect's words. */
export function typeNamed(written: string, dialect: Dialect, span: Span): ColumnType {
  const key = `${dialect} ${written}`;
  let name = known.get(key);
  if (name === undefined) {
    const text = `ALTER TABLE t ADD c ${written}`;
    const [statement] = readEmbedded([{ value: text, offsets: [[0, 0]] }], { dialect, inTransaction: 'unknown' });
    const [operation] = statement?.operations ?? [];
    name = operation?.kind === 'AddColumn' ? operation.column.type.name : 'unknown';
    if (known.size > 2_000) known.clear();
    known.set(key, name);
  }
  return { name, written, span };
}
