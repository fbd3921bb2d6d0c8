import { isAbsent, itemsOf, type Value } from '../values/values.js';
import { expressionIn, literalIn } from './expressions.js';

const maxDepth = 6;

/** `Op.gt` and what SQL writes for it. */
const comparisons: { [operator: string]: string } = {
  eq: '=',
  ne: '!=',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
  like: 'LIKE',
  notLike: 'NOT LIKE',
  iLike: 'ILIKE',
};

/** SQL of a `where` option; `null` where it is there and not known, nothing where it is left out. */
export function predicateOf(where: Value | undefined): string | null | undefined {
  if (!where || isAbsent(where)) return undefined;
  return conditionOf(where, 0) ?? null;
}

function conditionOf(where: Value, depth: number): string | undefined {
  if (depth > maxDepth) return undefined;
  const expression = expressionIn(where);
  if (expression !== undefined) return expression;
  if (where.kind !== 'object' || !where.complete) return undefined;
  const parts = where.entries.map(({ key, value }) => entryOf(key, value, depth));
  return parts.every((part) => part !== undefined) && parts.length > 0 ? parts.join(' AND ') : undefined;
}

function entryOf(key: string, value: Value, depth: number): string | undefined {
  const operator = operatorOf(key);
  if (operator === 'and' || operator === 'or') {
    const inner = (itemsOf(value) ?? [value]).map((each) => conditionOf(each, depth + 1));
    return inner.every((each) => each !== undefined)
      ? `(${inner.join(operator === 'and' ? ' AND ' : ' OR ')})`
      : undefined;
  }
  return operator === undefined ? comparison(`"${key}"`, value) : undefined;
}

function comparison(column: string, value: Value): string | undefined {
  if (value.kind === 'array') return listed(column, 'IN', value);
  if (value.kind !== 'object') {
    const literal = expressionIn(value) ?? literalIn(value);
    if (literal === 'NULL') return `${column} IS NULL`;
    return literal === undefined ? undefined : `${column} = ${literal}`;
  }
  const parts = value.entries.map(({ key, value: other }) => compared(column, operatorOf(key) ?? key, other));
  return value.complete && parts.every((part) => part !== undefined) && parts.length > 0
    ? parts.join(' AND ')
    : undefined;
}

function compared(column: string, operator: string, value: Value): string | undefined {
  if (operator === 'in') return listed(column, 'IN', value);
  if (operator === 'notIn') return listed(column, 'NOT IN', value);
  const literal = expressionIn(value) ?? literalIn(value);
  if (literal === undefined) return undefined;
  const isNull = literal === 'NULL';
  if (operator === 'is' || (operator === 'eq' && isNull)) return `${column} IS ${literal}`;
  if (operator === 'not' || (operator === 'ne' && isNull))
    return isNull || literal === 'true' || literal === 'false'
      ? `${column} IS NOT ${literal}`
      : `${column} != ${literal}`;
  const sign = comparisons[operator];
  return sign === undefined ? undefined : `${column} ${sign} ${literal}`;
}

function listed(column: string, word: string, value: Value): string | undefined {
  const items = itemsOf(value)?.map(literalIn);
  const complete = value.kind === 'array' && value.complete;
  return complete && items?.every((each) => each !== undefined) ? `${column} ${word} (${items.join(', ')})` : undefined;
}

/** `[Op.gt]` as the key of an object, or the operator as text that old versions took: `$gt`. */
const operatorOf = (key: string): string | undefined =>
  /^(?:\[(?:\w+\.)*Op\.(\w+)\]|\$(\w+))$/.exec(key)?.slice(1).find(Boolean);
