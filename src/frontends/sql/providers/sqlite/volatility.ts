import type { Expr, FunctionCallExpr } from 'sqlite3-parser';
import type { Volatility } from '../../../../ir/index.js';
import { callVolatility, combined, functionVolatility } from '../../function-volatility.js';
import { isBoolean, isQuoted } from './expression.js';

/** No default that a person wrote nests deeper. */
const DEPTH_LIMIT = 50;

/** How long the value of a column's default holds; nothing where a part of it is not known. */
export function volatilityOfDefault(value: Expr): Volatility | undefined {
  // A word right behind DEFAULT is text. One without quotes may be there for what a run puts in.
  return value.type === 'Id' && isQuoted(value) ? 'immutable' : volatilityOf(value, 0);
}

function volatilityOf(value: Expr, depth: number): Volatility | undefined {
  if (depth > DEPTH_LIMIT) return undefined;
  const whole = (...parts: readonly (Expr | undefined)[]): Volatility | undefined =>
    combined(parts.flatMap((part) => (part === undefined ? [] : [volatilityOf(part, depth + 1)])));
  switch (value.type) {
    case 'NumericLiteral':
    case 'StringLiteral':
    case 'BlobLiteral':
    case 'NullLiteral':
      return 'immutable';
    case 'Id':
      return isBoolean(value) ? 'immutable' : undefined;
    case 'CurrentDateLiteral':
    case 'CurrentTimeLiteral':
    case 'CurrentTimestampLiteral':
      return 'stable';
    case 'FunctionCallExpr':
      return calledVolatility(value, depth);
    case 'ParenthesizedExpr':
      return whole(...value.exprs);
    case 'UnaryExpr':
    case 'CastExpr':
    case 'CollateExpr':
    case 'IsNullExpr':
    case 'NotNullExpr':
      return whole(value.expr);
    case 'BinaryExpr':
      return whole(value.left, value.right);
    case 'BetweenExpr':
      return whole(value.lhs, value.start, value.end);
    case 'InListExpr':
      return whole(value.lhs, ...(value.rhs ?? []));
    case 'CaseExpr':
      return whole(value.base, ...value.whenThenPairs.flatMap((pair) => [pair.when, pair.then]), value.elseExpr);
    default:
      return undefined;
  }
}

/** Functions of time, by how many arguments stand before that which tells the time. */
const ofTime: ReadonlyMap<string, number> = new Map([
  ['date', 0],
  ['time', 0],
  ['datetime', 0],
  ['julianday', 0],
  ['unixepoch', 0],
  ['strftime', 1],
]);

function calledVolatility({ name, args = [] }: FunctionCallExpr, depth: number): Volatility | undefined {
  const called = name.name.toLowerCase();
  const parts = args.map((each) => volatilityOf(each, depth + 1));
  const before = ofTime.get(called);
  const time = before === undefined ? undefined : args[before];
  const isNow = time === undefined || (time.type === 'StringLiteral' && time.value.toLowerCase() === 'now');
  if (before !== undefined && isNow) return callVolatility('stable', parts);
  return callVolatility(functionVolatility(called, undefined, 'sqlite'), parts);
}
