import { inQuotes } from '../../sql/names.js';
import { isHole, itemsOf, scalarOf, textOf, type Link, type Value } from '../values/values.js';
import type { Dialect } from '../../../ir/index.js';

/** What an expression may name: columns of tables that are known. */
export interface SqlContext {
  dialect: Dialect;
  /** The table and name in the database of a column that a value names. */
  columnOf(value: Value): { table: string; column: string } | undefined;
  /** Columns stand without their table, as in the keys of an index. */
  bare?: true;
}

/** Operators of Drizzle that stand between two operands. */
const binary: { readonly [name: string]: string } = {
  eq: '=',
  ne: '<>',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
  like: 'like',
  ilike: 'ilike',
  notLike: 'not like',
  notIlike: 'not ilike',
};

/** Operators that stand behind their operand. */
const postfix: { readonly [name: string]: string } = {
  isNull: 'is null',
  isNotNull: 'is not null',
  asc: 'asc',
  desc: 'desc',
};

const maxDepth = 20;

/**
 * The text of an expression as Drizzle sends it: a template behind `sql`, or a condition made by its operators.
 * @returns nothing where a part of it is not known
 */
export function sqlText(value: Value, context: SqlContext, depth = 0): string | undefined {
  if (depth > maxDepth) return undefined;
  const again = (inner: Value): string | undefined => sqlText(inner, context, depth + 1);
  const column = context.columnOf(value);
  if (column) {
    const name = inQuotes(column.column, context.dialect);
    return context.bare ? name : `${inQuotes(column.table, context.dialect)}.${name}`;
  }
  switch (value.kind) {
    case 'tagged':
      return isSql(value.tag) ? templateText(value.text, again) : undefined;
    case 'chain':
      return chainText(value, again, context);
    case 'made':
      return value.origin.module === 'drizzle-orm' ? operatorText(value.origin.name, value.args, again) : undefined;
    case 'function':
      return value.returns && again(value.returns);
    default:
      return literalText(value);
  }
}

const isSql = (tag: Value): boolean =>
  tag.kind === 'reference' && tag.name === 'sql' && (tag.module?.startsWith('drizzle-orm') ?? false);

function templateText(
  text: Extract<Value, { kind: 'text' }>,
  again: (inner: Value) => string | undefined,
): string | undefined {
  const parts = text.parts.map((part) => (isHole(part) ? part.of && again(part.of) : part.value));
  return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
}

/** `sql.raw('…')`, `sql.identifier('…')`, `sql.join([…], …)`; methods behind a template, which do not change its text. */
function chainText(
  { of, links }: Extract<Value, { kind: 'chain' }>,
  again: (inner: Value) => string | undefined,
  { dialect }: SqlContext,
): string | undefined {
  if (of.kind === 'tagged' && links.every(({ name }) => name !== undefined && sameText.has(name))) return again(of);
  const [call, ...rest] = links;
  if (!isSql(of) || call?.args === undefined || rest.length > 0) return undefined;
  return methodText(call, again, dialect);
}

const sameText = new Set(['mapWith', 'as', 'inlineParams', 'getSQL']);

function methodText(
  { name, args = [] }: Link,
  again: (inner: Value) => string | undefined,
  dialect: Dialect,
): string | undefined {
  const [first, second] = args;
  const text = textOf(first);
  if (name === 'raw') return text;
  if (name === 'identifier') return text === undefined ? undefined : inQuotes(text, dialect);
  if (name !== 'join') return undefined;
  const items = itemsOf(first)?.map(again);
  const between = second ? again(second) : '';
  return items?.every((item) => item !== undefined) && between !== undefined ? items.join(between) : undefined;
}

function operatorText(
  name: string,
  args: readonly Value[],
  again: (inner: Value) => string | undefined,
): string | undefined {
  const operands = args.filter((each) => each.kind !== 'undefined').map(again);
  if (operands.some((each) => each === undefined)) return undefined;
  const [first, second] = operands;
  if (Object.hasOwn(binary, name)) return second && `${first!} ${binary[name]!} ${second}`;
  if (Object.hasOwn(postfix, name)) return first && `${first} ${postfix[name]!}`;
  if (name === 'not') return first && `not ${first}`;
  if (name !== 'and' && name !== 'or') return undefined;
  return operands.length === 1 ? first : operands.length > 1 ? `(${operands.join(` ${name} `)})` : undefined;
}

/** A value in an expression is sent beside it; here it is written out. */
function literalText(value: Value): string | undefined {
  const scalar = scalarOf(value);
  if (typeof scalar === 'string') return `'${scalar.replaceAll("'", "''")}'`;
  return scalar === undefined ? undefined : String(scalar);
}
