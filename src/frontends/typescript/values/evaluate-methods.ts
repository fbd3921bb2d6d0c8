import { ts } from 'ts-morph';
import { bindPattern, bind, evaluate, returnedBy, type Scope } from './evaluate.js';
import { joined, partsOf } from './text-parts.js';
import { bare, spanOf } from '../syntax.js';
import { pinned, text, textOf, type Value } from './values.js';

/** Unrolled at most this far. */
export const maxUnrolled = 64;
const maxLength = 1_000_000;

type Span = { start: number; end: number };

type TextMethod = (known: string, args: (string | undefined)[]) => string | undefined;

const onText = new Map<string, TextMethod>(
  Object.entries<TextMethod>({
    toLowerCase: (known) => known.toLowerCase(),
    toUpperCase: (known) => known.toUpperCase(),
    trim: (known) => known.trim(),
    trimStart: (known) => known.trimStart(),
    trimEnd: (known) => known.trimEnd(),
    toString: (known: string) => known,
    replace: (known, [from, to]) =>
      from === undefined || to === undefined ? undefined : known.replace(from, () => to),
    replaceAll: (known, [from, to]) =>
      from === undefined || to === undefined ? undefined : replacedAll(known, from, to),
  }),
);

/** Nothing where the result would be too long: constants that each multiply the one before can ask for it. */
function replacedAll(known: string, from: string, to: string): string | undefined {
  const pieces = known.split(from);
  return known.length + pieces.length * to.length > maxLength ? undefined : pieces.join(to);
}

/** The result of a method of texts and arrays on a value that is known; nothing for all others. */
export function evaluateMethod(
  target: Value,
  method: string,
  node: ts.CallExpression,
  scope: Scope,
): Value | undefined {
  const span = spanOf(node);
  const args = node.arguments;
  if (target.kind === 'array' && arrayMethods.has(method)) return arrayMethod(method, target, args, span, scope);
  if (target.kind !== 'text') return undefined;
  if (method === 'concat') {
    const added = args.flatMap((argument) => partsOf(evaluate(argument, scope), spanOf(argument)));
    return joined([...target.parts, ...added], span);
  }
  if (!onText.has(method)) return undefined;
  const known = textOf(target);
  // The text of a skeleton stays what it is when only its edges or its case may change.
  if (known === undefined) return /^(?:trim|to(?:Lower|Upper)Case|toString)/.test(method) ? target : undefined;
  const result = onText.get(method)?.(
    known,
    args.map((argument) => textOf(evaluate(argument, scope))),
  );
  if (result === undefined || result.length > maxLength) return undefined;
  return result === known ? target : text(result, span);
}

const arrayMethods = new Set(['join', 'map', 'concat', 'filter', 'flat', 'reverse', 'toReversed', 'slice']);

function arrayMethod(
  method: string,
  target: Extract<Value, { kind: 'array' }>,
  args: readonly ts.Expression[],
  span: Span,
  scope: Scope,
): Value | undefined {
  if (method === 'join') return joinedItems(target, args[0], span, scope);
  if (method === 'map' && args[0]) return mapped(target, args[0], span, scope);
  // Where a spread of another file stands would be the other way round.
  if (/^(?:reverse|toReversed)$/.test(method) && !target.spreads)
    return { ...target, items: target.items.toReversed(), span };
  if (method === 'concat') {
    const others = args.map((argument) => evaluate(argument, scope));
    const complete = target.complete && others.every((other) => other.kind !== 'unknown');
    return {
      kind: 'array',
      items: [...target.items, ...others.flatMap((other) => (other.kind === 'array' ? other.items : [other]))],
      complete,
      span,
    };
  }
  return undefined;
}

function joinedItems(
  target: Extract<Value, { kind: 'array' }>,
  separator: ts.Expression | undefined,
  span: Span,
  scope: Scope,
): Value | undefined {
  const between = separator ? textOf(evaluate(separator, scope)) : ',';
  if (between === undefined || !target.complete) return undefined;
  const parts = target.items.flatMap((item, index) => [
    ...(index > 0 ? [pinned(between, { start: item.span.start, end: item.span.start })] : []),
    ...partsOf(item, item.span),
  ]);
  return joined(parts, span);
}

function mapped(
  target: Extract<Value, { kind: 'array' }>,
  callback: ts.Expression,
  span: Span,
  scope: Scope,
): Value | undefined {
  const declared = bare(callback);
  if (!ts.isArrowFunction(declared) && !ts.isFunctionExpression(declared)) return undefined;
  const result = returnedBy(declared);
  if (!result || target.items.length > maxUnrolled) return undefined;
  const [first, second] = declared.parameters;
  const items = target.items.map((item, index) =>
    evaluate(
      result,
      bind(scope, [
        ...(first ? bindPattern(first.name, item, scope) : []),
        ...(second ? bindPattern(second.name, { kind: 'known', value: index, span }, scope) : []),
      ]),
    ),
  );
  return { kind: 'array', items, complete: target.complete, span };
}

/** `Object.keys(…)`, `Object.values(…)` and `Object.entries(…)` of an object that is known. */
export function objectMethod(
  { callee, call }: { callee: ts.PropertyAccessExpression; call: ts.CallExpression },
  scope: Scope,
): Value | undefined {
  const method = callee.name.text;
  const argument = call.arguments[0];
  if (argument && /^(?:freeze|seal)$/.test(method)) return evaluate(argument, scope);
  if (!argument || !/^(?:keys|values|entries)$/.test(method)) return undefined;
  const target = evaluate(argument, scope);
  if (target.kind !== 'object') return undefined;
  const items = target.entries.map((entry): Value => {
    const key = text(entry.key, entry.span);
    if (method === 'keys') return key;
    return method === 'values'
      ? entry.value
      : { kind: 'array', items: [key, entry.value], complete: true, span: entry.span };
  });
  return { kind: 'array', items, complete: target.complete, span: spanOf(call) };
}
