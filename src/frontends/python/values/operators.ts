import type { Expr, Of } from '../syntax/nodes.js';
import { percentFormat } from './builtins.js';
import type { Evaluator } from './evaluator.js';
import { maxIterations } from './limits.js';
import type { Scope } from './scope.js';
import { comparison, derived, negated, testOf } from './tests.js';
import { pasted } from './text.js';
import { constant, equal, itemsOf, textOf, truth, unknown, type TextPart, type Value } from './value.js';

export function binary(ev: Evaluator, expr: Of<'BinOp'>, scope: Scope): Value {
  const left = ev.evaluate(expr.left, scope);
  const right = ev.evaluate(expr.right, scope);
  if (expr.op === '%' && left.kind === 'str') return percentFormat(left, right, expr.right);
  if (expr.op === '+') {
    if (left.kind === 'str' || right.kind === 'str') {
      return { kind: 'str', parts: [...addend(left, expr.left), ...addend(right, expr.right)] };
    }
    const items = [itemsOf(left), itemsOf(right)] as const;
    if (items[0] && items[1] && left.kind === right.kind && left.kind !== 'dict') {
      return { kind: left.kind as 'list', items: [...items[0], ...items[1]] };
    }
  }
  if (expr.op === '*' && left.kind === 'list' && right.kind === 'const' && typeof right.value === 'number') {
    const times = Math.min(right.value, maxIterations);
    return {
      kind: 'list',
      items: Array.from({ length: Math.max(0, times) }, () => left.items)
        .flat()
        .slice(0, maxIterations),
    };
  }
  if (
    left.kind === 'const' &&
    right.kind === 'const' &&
    typeof left.value === 'number' &&
    typeof right.value === 'number'
  ) {
    if (expr.op === '+') return constant(left.value + right.value);
    if (expr.op === '-') return constant(left.value - right.value);
    if (expr.op === '*') return constant(left.value * right.value);
    const power = left.value ** right.value;
    if (expr.op === '**' && Number.isSafeInteger(power)) return constant(power);
  }
  return derived('a computation of values that are not known', left, right);
}

/** What one side of a `+` with text adds. */
function addend(value: Value, node: Expr): TextPart[] {
  if (value.kind === 'str') return value.parts;
  if (value.kind === 'member') return pasted(value.value, node);
  return [{ hole: { start: node.start, end: node.end } }];
}

export function boolean(ev: Evaluator, expr: Of<'BoolOp'>, scope: Scope): Value {
  const left = ev.evaluate(expr.left, scope);
  const known = truth(left);
  if (known === (expr.op === 'or')) return left;
  const right = ev.evaluate(expr.right, scope);
  if (known !== undefined) return right;
  if (expr.op === 'and') return truth(right) === false ? right : derived('a condition', left, right);
  const [one, other] = [testOf(left), testOf(right)];
  if (one?.kind === 'dialect' && other?.kind === 'dialect') {
    const dialects = [...new Set([...one.dialects, ...other.dialects])];
    return { kind: 'unknown', reason: 'depends on the dialect', test: { kind: 'dialect', dialects } };
  }
  return one?.kind === 'existence' && other?.kind === 'existence'
    ? derived('a condition', left)
    : unknown('a condition');
}

export function unary(ev: Evaluator, expr: Of<'UnaryOp'>, scope: Scope): Value {
  const value = ev.evaluate(expr.operand, scope);
  if (expr.op === 'not') {
    const known = truth(value);
    return known === undefined ? negated(value) : constant(!known);
  }
  if (expr.op === '-' && value.kind === 'const' && typeof value.value === 'number') return constant(-value.value);
  return derived('a computation of a value that is not known', value);
}

const orderings: { [op: string]: (order: number) => boolean } = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Whether one number or text comes before the other; undefined where that is not known. */
function orderOf(left: Value, right: Value): number | undefined {
  if (left.kind === 'const' && right.kind === 'const') {
    return typeof left.value === 'number' && typeof right.value === 'number' ? left.value - right.value : undefined;
  }
  const [one, other] = [textOf(left), textOf(right)];
  return one === undefined || other === undefined ? undefined : one < other ? -1 : one > other ? 1 : 0;
}

export function compare(ev: Evaluator, expr: Of<'Compare'>, scope: Scope): Value {
  const left = ev.evaluate(expr.left, scope);
  const [op, node] = [expr.ops[0], expr.comparators[0]];
  if (expr.ops.length !== 1 || op === undefined || node === undefined) return unknown('a chained comparison');
  const right = ev.evaluate(node, scope);
  if (op === '==' || op === '!=' || op === 'is' || op === 'is not') {
    const same = equal(left, right);
    if (same !== undefined) return constant(same === (op === '==' || op === 'is'));
  }
  if (op === 'in' || op === 'not in') {
    const found = itemsOf(right)?.map((item) => equal(left, item));
    if (found?.includes(true)) return constant(op === 'in');
    if (found?.every((same) => same === false)) return constant(op === 'not in');
  }
  const order = orderOf(left, right);
  if (order !== undefined && Object.hasOwn(orderings, op)) return constant(orderings[op]!(order));
  return comparison(op, left, right);
}
