import type { Dialect, QualifiedName } from '../../ir/index.js';
import { objectKey } from '../names.js';

/** Schema, name, and arguments or the brackets of an array. */
const parts = /^(?:([^.[\](]+)\.)?([^[\].(]+)(.*)$/s;

const name = (value: string) => ({ value, quoted: true, span: nowhere });
const nowhere = { start: 0, end: 0 };

function qualified(type: string): { type: QualifiedName; rest: string } | undefined {
  const match = parts.exec(type);
  if (match === null) return undefined;
  const [, schema, own = '', rest = ''] = match;
  return { type: { ...(schema !== undefined && { schema: name(schema) }), name: name(own), span: nowhere }, rest };
}

/**
 * The key of the type that a column's type names, or is an array of.
 * @param type as in ColumnType.name
 */
export function typeKey(type: string, dialect: Dialect): string | undefined {
  const read = qualified(type);
  return read && objectKey(read.type, dialect);
}

/** A column's type after its type got another name; the schema is told where it was told before. */
export function renamedType(type: string, to: QualifiedName): string {
  const read = qualified(type);
  if (read === undefined) return type;
  const schema = to.schema?.value ?? read.type.schema?.value;
  return `${schema === undefined ? '' : `${schema}.`}${to.name.value}${read.rest}`;
}
