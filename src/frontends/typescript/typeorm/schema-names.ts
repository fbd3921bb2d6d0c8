import type { Name, QualifiedName, Span } from '../../../ir/index.js';
import { property, textOf, type Value } from '../values/values.js';

/** A name given as text, or as the object that carries it. Quoted: TypeORM quotes what it sends. */
export function nameOf(value: Value | undefined, at: Span): Name {
  const text = textOf(value) ?? textOf(property(optionsOf(value), 'name'));
  if (text === undefined) return { value: '', quoted: true, span: value?.span ?? at, unknown: true };
  return { value: text, quoted: true, span: value!.span };
}

/** `'schema.table'` or a Table. */
export function tableOf(value: Value | undefined, at: Span): QualifiedName {
  const whole = nameOf(value, at);
  const dot = whole.value.lastIndexOf('.');
  if (dot === -1) return { name: whole, span: whole.span };
  return {
    schema: { ...whole, value: whole.value.slice(0, dot) },
    name: { ...whole, value: whole.value.slice(dot + 1) },
    span: whole.span,
  };
}

/** The options of `new Table({…})` and the like; a plain object stands for itself. */
export const optionsOf = (value: Value | undefined): Value | undefined =>
  value?.kind === 'made' ? value.args[0] : value;

/** A name that TypeORM makes where none is given. */
export const madeName = (value: string, span: Span): Name => ({ value, quoted: true, span, generated: true });
