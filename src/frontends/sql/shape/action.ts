import type { QualifiedName } from '../../../ir/index.js';
import type { Cursor } from './cursor.js';
import { base, notRead, type Shape } from './shape.js';

/** One action of an ALTER TABLE. */
export interface Action {
  /** Over this action alone. */
  cursor: Cursor;
  shape: Shape;
  table: QualifiedName;
  /** The flags of the statement, such as IF EXISTS. */
  flags: { ifExists?: true };
  /** One of several that stand in a parenthesis. */
  listed?: true;
}

/** The action changes the table in a way that is not read. */
export function unknownAction({ cursor, shape, table }: Action): void {
  const words = cursor.between(0, Math.min(3, cursor.length));
  notRead(shape, cursor.span(0, cursor.length), `the action "${words}" of ALTER TABLE is not read`, [table]);
}

/** An option of the table that changes no column, key or index. */
export function tableOption({ cursor, shape, table, flags }: Action): void {
  const text = cursor.between(0, cursor.length);
  shape.operations.push({ kind: 'TableOption', ...base(cursor.span(0, cursor.length)), ...flags, table, text });
}
