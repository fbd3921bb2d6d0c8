import type { Name, QualifiedName, Span } from '../../../ir/index.js';
import { textOf, type Value } from '../values/values.js';

/** The kinds of things that Knex names by itself. */
export type NamedKind = 'index' | 'unique' | 'foreign';

/** A name given as text. Knex quotes what it sends. */
export function nameOf(value: Value | undefined, at: Span): Name {
  const text = textOf(value);
  if (text === undefined) return { value: '', quoted: true, span: value?.span ?? at, unknown: true };
  return { value: text, quoted: true, span: value!.span };
}

/** A table as Knex takes it: `'users'` in the schema that the builder is set to, or `'app.users'`. */
export interface TableName {
  /** As written, which generated names are made of. */
  raw: Name;
  table: QualifiedName;
}

export function tableName(value: Value | undefined, at: Span, schema?: Name): TableName {
  const raw = nameOf(value, at);
  const dot = raw.unknown ? -1 : raw.value.lastIndexOf('.');
  if (dot === -1) return { raw, table: { ...(schema && { schema }), name: raw, span: raw.span } };
  return {
    raw,
    table: {
      schema: { ...raw, value: raw.value.slice(0, dot) },
      name: { ...raw, value: raw.value.slice(dot + 1) },
      span: raw.span,
    },
  };
}

/** The name that Knex gives an index, a unique or a foreign key: `users_email_unique`. */
export function generatedName(table: Name, columns: readonly Name[], kind: NamedKind, span: Span): Name {
  if (table.unknown || columns.some(({ unknown }) => unknown))
    return { value: '', quoted: true, span, generated: true, unknown: true };
  const parts = [table.value.replace(/[.-]/g, '_'), columns.map(({ value }) => value).join('_'), kind];
  return { value: parts.join('_').toLowerCase(), quoted: true, span, generated: true };
}

/** The name of a primary key, which Knex does not fold. */
export function primaryKeyName(table: Name, span: Span): Name {
  if (table.unknown) return { value: '', quoted: true, span, generated: true, unknown: true };
  return { value: `${table.value}_pkey`, quoted: true, span, generated: true };
}
