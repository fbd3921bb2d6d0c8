import type { Constraint, Name, Span } from '../../../ir/index.js';
import { itemsOf, scalarOf, textOf, type Value } from '../values/values.js';
import type { Call } from './table-calls.js';
import { valueOf } from './values.js';

export const quotedText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** `checkPositive()`, `checkIn([…])` and the like, each with an optional name at the end. */
export function checksOf(modifiers: ReadonlyMap<string, Call>, { value: column }: Name, span: Span): Constraint[] {
  const found: Constraint[] = [];
  for (const [method, build] of Object.entries(checks)) {
    const call = modifiers.get(method);
    if (!call) continue;
    const name = valueOf(call.args[build.nameAt]);
    const given = textOf(name);
    const expression = build.text(`"${column}"`, call.args.map(valueOf));
    found.push({
      kind: 'check',
      // Knex writes the name of such a constraint without quotes.
      ...(given !== undefined && { name: { value: given, quoted: false, span: name!.span } }),
      expression: expression ?? '',
      span: call.span.start >= span.start ? call.span : span,
      uncertain: expression === undefined ? [{ about: 'everything', reason: 'the condition is computed' }] : [],
    });
  }
  return found;
}

type Condition = (column: string, args: readonly (Value | undefined)[]) => string | undefined;

const literal = (value: Value | undefined): string | undefined => {
  const scalar = scalarOf(value);
  return typeof scalar === 'string' ? quotedText(scalar) : scalar === undefined ? undefined : String(scalar);
};

const listed = (value: Value | undefined): string | undefined => {
  const items = itemsOf(value)?.map(literal);
  return items?.every((item) => item !== undefined) ? `(${items.join(',')})` : undefined;
};

const behind = (begin: string, end: string | undefined): string | undefined =>
  end === undefined ? undefined : `${begin} ${end}`;

const checks: { readonly [method: string]: { nameAt: number; text: Condition } } = {
  checkPositive: { nameAt: 0, text: (column) => `${column} > 0` },
  checkNegative: { nameAt: 0, text: (column) => `${column} < 0` },
  checkIn: { nameAt: 1, text: (column, [values]) => behind(`${column} in`, listed(values)) },
  checkNotIn: { nameAt: 1, text: (column, [values]) => behind(`${column} not in`, listed(values)) },
  checkBetween: { nameAt: 1, text: (column, [interval]) => between(column, interval) },
  checkLength: {
    nameAt: 2,
    text: (column, [operator, length]) => behind(`length(${column}) ${textOf(operator) ?? ''}`, literal(length)),
  },
  checkRegex: { nameAt: 1, text: (column, [pattern]) => behind(`${column} ~`, literal(pattern)) },
};

/** One interval, or several of which one must hold. */
function between(column: string, value: Value | undefined): string | undefined {
  const items = itemsOf(value) ?? [];
  const intervals = items.every((item) => item.kind === 'array') ? items.map(itemsOf) : [items];
  const texts = intervals.map((interval) => {
    const [low, high] = (interval ?? []).map(literal);
    return low === undefined || high === undefined ? undefined : `${column} between ${low} and ${high}`;
  });
  return texts.length > 0 && texts.every((text) => text !== undefined) ? texts.join(' or ') : undefined;
}
