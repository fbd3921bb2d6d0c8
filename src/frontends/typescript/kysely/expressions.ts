import type { Span } from '../../../ir/index.js';
import { isHole, itemsOf, textOf, type Link, type Value } from '../values/values.js';
import { isHandle } from './handle.js';
import type { SqlText } from './sql-text.js';

/** Whether a value is Kysely's `sql`, the tag. */
export const isSql = (value: Value): boolean =>
  value.kind === 'reference' && value.module === 'kysely' && value.name === 'sql' && value.path.length === 0;

/** `db.dynamic.ref('a.b')`, also by the name of a constant that holds the function. */
function isDynamic({ of, links }: Extract<Value, { kind: 'chain' }>): boolean {
  const path = isHandle(of) ? [...of.path, ...links.flatMap(({ name }) => name ?? [])].join('.') : '';
  return /^dynamic\.(?:ref|table)$/.test(path);
}

/** Writes an expression that Kysely is given; false where nothing of it is known. */
export function writeExpression(sql: SqlText, value: Value | undefined, at: Span): boolean {
  if (value?.kind === 'tagged' && isSql(value.tag)) {
    for (const part of value.text.parts) {
      if (!isHole(part)) sql.literal(part);
      else if (!part.of || !writeExpression(sql, part.of, part.span)) sql.hole(part.span, true);
    }
    return true;
  }
  if (value?.kind !== 'chain') return false;
  // `.as()`, `.$castTo()` and `.$notNull()` behind a template do not change it.
  if (value.of.kind === 'tagged') return writeExpression(sql, value.of, at);
  const [link] = value.links;
  if (isDynamic(value)) {
    sql.path(value.links.at(-1)!.args?.[0], at);
    return true;
  }
  return isSql(value.of) && link !== undefined && writeHelper(sql, link);
}

/** `sql.ref('a.b')` and its relatives. */
function writeHelper(sql: SqlText, { name, args = [], span }: Link): boolean {
  const [first, second] = args;
  switch (name) {
    case 'ref':
    case 'table':
      sql.path(first, span);
      return true;
    case 'id':
      sql.list(args, (each) => sql.name(each, span), '.');
      return true;
    case 'lit':
    case 'literal':
      if (first) sql.immediate(first);
      return first !== undefined;
    case 'raw': {
      if (first?.kind !== 'text') return false;
      for (const part of first.parts) {
        if (isHole(part)) sql.hole(part.span);
        else sql.literal(part);
      }
      return true;
    }
    case 'join': {
      const items = itemsOf(first);
      if (!items || (second && textOf(second) === undefined && second.kind !== 'tagged')) return false;
      items.forEach((item, index) => {
        if (index > 0 && !(second && writeExpression(sql, second, span))) sql.words(', ');
        if (!writeExpression(sql, item, span)) sql.hole(item.span, true);
      });
      return true;
    }
    default:
      return false;
  }
}

/** Writes an expression, or a hole for what is not known of it. */
export function expression(sql: SqlText, value: Value | undefined, at: Span): void {
  if (!writeExpression(sql, value, at)) sql.hole(value?.span ?? at);
}

/** A default: a literal that Kysely writes out, or an expression. */
export function defaultValue(sql: SqlText, value: Value | undefined, at: Span): void {
  if (value?.kind === 'known' || textOf(value) !== undefined) sql.immediate(value!);
  else expression(sql, value, at);
}

/** A type: its own words, or an expression. */
export function dataType(sql: SqlText, value: Value | undefined, at: Span): void {
  if (value?.kind === 'text' && textOf(value) !== undefined)
    for (const part of value.parts) if (!isHole(part)) sql.literal(part);
  if (textOf(value) === undefined) expression(sql, value, at);
}
