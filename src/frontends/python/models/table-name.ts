import type { Span } from '../../../ir/index.js';
import { contentSpan, spanOf } from '../source.js';
import type { Expr, StmtOf } from '../syntax/nodes.js';
import { canonical } from '../values/names.js';
import { isNone, textOf, type Value } from '../values/value.js';
import type { TableName } from './raw.js';

/** The name that `__tablename__ = …` gives. */
export function assignedName(value: Value, node: Expr): TableName | undefined {
  const text = textOf(value);
  if (text !== undefined) return { value: text, span: contentSpan(node) };
  if (isNone(value)) return undefined;
  if (value.kind === 'ref') return { constant: canonical(value.name), span: spanOf(node) };
  return { computed: true, span: spanOf(node) };
}

/**
 * How a method makes the table name of the class name.
 * @param compute the name for a class of that name, as far as it is known
 */
export function computedName(
  node: StmtOf<'FunctionDef'>,
  source: string,
  compute: (className: string) => string | undefined,
  span: Span,
): TableName {
  return isSnake(node, source) ? { snake: true, span } : namePattern(compute, span);
}

/** Whether a method gives the class name in snake case and nothing else: by a function named so, or by its capitals. */
function isSnake(node: StmtOf<'FunctionDef'>, source: string): boolean {
  const returned = node.body.findLast((stmt) => stmt.kind === 'Return')?.value;
  if (returned?.kind !== 'Call') return false;
  const isLowered = returned.func.kind === 'Attribute' && returned.func.attr === 'lower' && returned.args.length === 0;
  const made = isLowered && returned.func.kind === 'Attribute' ? returned.func.value : returned;
  if (made.kind !== 'Call') return false;
  const last = made.args.at(-1);
  if (last?.kind !== 'Attribute' || last.attr !== '__name__') return false;
  const others = made.args.slice(0, -1).map((arg) => (arg.kind === 'Str' ? arg.value : undefined));
  const name = source.slice(made.func.start, made.func.end);
  if (name === 're.sub') return isLowered && others[0]?.includes('[A-Z]') === true && others[1] === '_';
  return /snake|underscore/i.test(name) && others.every((other) => other === '_');
}

/** How a computed name depends on the class name, found by trying: lower case or not, with a prefix and a suffix. */
function namePattern(compute: (name: string) => string | undefined, span: Span): TableName {
  const samples = ['Alpha', 'BetaGamma', 'X1Y'];
  const names = samples.map(compute);
  for (const lower of [true, false]) {
    const [sample = ''] = samples.map((name) => (lower ? name.toLowerCase() : name));
    const at = names[0]?.indexOf(sample) ?? -1;
    if (at < 0 || names[0] === undefined) continue;
    const prefix = names[0].slice(0, at);
    const suffix = names[0].slice(at + sample.length);
    const fits = samples.every((name, index) => names[index] === prefix + (lower ? name.toLowerCase() : name) + suffix);
    if (fits) return { pattern: { lower, prefix, suffix }, span };
  }
  if (names[0] !== undefined && names.every((name) => name === names[0])) return { value: names[0], span };
  return { computed: true, span };
}

/** A class name in snake case, where all usual ways to do it agree: no two capitals side by side, no digit. */
export const snakeCase = (className: string): string | undefined =>
  /^(?:[A-Z][a-z]+)+$/.test(className) ? className.replace(/(?!^)(?=[A-Z])/g, '_').toLowerCase() : undefined;
