import type { Name, QualifiedName, Span } from '../../../ir/index.js';
import { property, textOf, type Value } from '../values/values.js';
import { quoted } from '../quoted.js';

/** A name that is given as text. Sequelize quotes what it sends. */
export function nameOf(value: Value | undefined, at: Span): Name {
  const text = textOf(value);
  return text === undefined ? { ...quoted('', value?.span ?? at), unknown: true } : quoted(text, value!.span);
}

/** `'users'`, or `{ schema: 'app', tableName: 'users' }`. */
export function tableNameOf(value: Value | undefined, at: Span): QualifiedName {
  const inner = value?.kind === 'object' ? property(value, 'tableName') : value;
  const schema = textOf(property(value, 'schema'));
  const name = nameOf(inner, at);
  return {
    ...(schema !== undefined && { schema: quoted(schema, property(value, 'schema')!.span) }),
    name,
    span: name.span,
  };
}
