import { ts } from 'ts-morph';
import type { Span } from '../../../ir/index.js';
import { isHole, scalarOf, text, textOf, unknown, type Value } from './values.js';

type Scalar = string | number | boolean | null | undefined;

const onNumbers = new Map<ts.SyntaxKind, (left: number, right: number) => number>([
  [ts.SyntaxKind.MinusToken, (left, right) => left - right],
  [ts.SyntaxKind.AsteriskToken, (left, right) => left * right],
  [ts.SyntaxKind.AsteriskAsteriskToken, (left, right) => left ** right],
  [ts.SyntaxKind.SlashToken, (left, right) => left / right],
  [ts.SyntaxKind.PercentToken, (left, right) => left % right],
  [ts.SyntaxKind.AmpersandToken, (left, right) => left & right],
  [ts.SyntaxKind.BarToken, (left, right) => left | right],
  [ts.SyntaxKind.CaretToken, (left, right) => left ^ right],
  [ts.SyntaxKind.LessThanLessThanToken, (left, right) => left << right],
  [ts.SyntaxKind.GreaterThanGreaterThanToken, (left, right) => left >> right],
  [ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken, (left, right) => left >>> right],
]);

const comparisons = new Map<ts.SyntaxKind, (left: string | number, right: string | number) => boolean>([
  [ts.SyntaxKind.LessThanToken, (left, right) => left < right],
  [ts.SyntaxKind.LessThanEqualsToken, (left, right) => left <= right],
  [ts.SyntaxKind.GreaterThanToken, (left, right) => left > right],
  [ts.SyntaxKind.GreaterThanEqualsToken, (left, right) => left >= right],
]);

const known = (value: string | number | boolean, span: Span): Value =>
  typeof value === 'string' ? text(value, span) : { kind: 'known', value, span };

/** A value that JavaScript compares by itself; nothing where that is not known. */
function comparable(value: Value): { is: Scalar } | undefined {
  if (value.kind === 'undefined') return { is: undefined };
  const is = scalarOf(value);
  return is === undefined ? undefined : { is };
}

/** What an operator gives for two values, other than `+` and those that leave out the right one. */
export function operated(operator: ts.SyntaxKind, left: Value, right: Value, span: Span): Value {
  if (operator === ts.SyntaxKind.CommaToken) return right;
  const [one, other] = [comparable(left), comparable(right)];
  if (!one || !other) return unknown('computed', span);
  switch (operator) {
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
      return known(one.is === other.is, span);
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
      return known(one.is !== other.is, span);
    case ts.SyntaxKind.EqualsEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsToken: {
      // Values of two kinds are compared by rules that no one relies on here.
      const empty = one.is == null || other.is == null;
      if (!empty && typeof one.is !== typeof other.is) return unknown('computed', span);
      const equal = empty ? one.is == null && other.is == null : one.is === other.is;
      return known(equal === (operator === ts.SyntaxKind.EqualsEqualsToken), span);
    }
  }
  const [a, b] = [one.is, other.is];
  const numeric = onNumbers.get(operator);
  if (numeric && typeof a === 'number' && typeof b === 'number') return known(numeric(a, b), span);
  const comparison = comparisons.get(operator);
  const alike = (typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string');
  return comparison && alike ? known(comparison(a, b), span) : unknown('computed', span);
}

/** What a prefix gives for a value. */
export function negated(operator: ts.PrefixUnaryOperator, value: Value, span: Span): Value {
  if (operator === ts.SyntaxKind.ExclamationToken) {
    const truth = truthOf(value);
    return truth === undefined ? unknown('computed', span) : known(!truth, span);
  }
  const scalar = scalarOf(value);
  if (scalar === undefined) return unknown('computed', span);
  if (operator === ts.SyntaxKind.MinusToken) return known(-Number(scalar), span);
  if (operator === ts.SyntaxKind.PlusToken) return known(Number(scalar), span);
  return operator === ts.SyntaxKind.TildeToken ? known(~Number(scalar), span) : unknown('computed', span);
}

/** Whether a value counts as true; nothing where that is not known. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'known':
      return Boolean(value.value);
    case 'undefined':
      return false;
    case 'text': {
      const whole = textOf(value);
      if (whole !== undefined) return whole !== '';
      return value.parts.some((part) => !isHole(part) && part.value !== '') ? true : undefined;
    }
    case 'array':
    case 'object':
    case 'function':
      return true;
    default:
      return undefined;
  }
}

/** What `String(…)`, `Number(…)` and `Boolean(…)` make of a value. */
export function converted(to: string, value: Value, span: Span): Value | undefined {
  if (to === 'Boolean') {
    const truth = truthOf(value);
    return truth === undefined ? undefined : known(truth, span);
  }
  if (to === 'String' && value.kind === 'text') return value;
  const scalar = comparable(value);
  if (!scalar) return undefined;
  if (to === 'String') return known(String(scalar.is), span);
  return to === 'Number' ? known(Number(scalar.is), span) : undefined;
}
