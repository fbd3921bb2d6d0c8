import type { Span } from '../../../ir/index.js';
import { truthOf } from './operators.js';
import { joined, partsOf } from './text-parts.js';
import { isAbsent, maxUnrolled, pinned, scalarOf, textOf, type Value } from './values.js';

type ArrayValue = Extract<Value, { kind: 'array' }>;

/** What a function that is handed over gives for values; nothing where that is not known. */
export type Apply = (args: readonly Value[]) => Value | undefined;

/** A method call: its arguments, and the first of them as a function. */
export interface MethodCall {
  args: readonly Value[];
  apply: Apply;
  span: Span;
}

const known = (value: number | boolean, span: Span): Value => ({ kind: 'known', value, span });
const listOf = (items: Value[], span: Span): Value => ({ kind: 'array', items, complete: true, span });

/** Numbers among arguments; those that are left out are undefined. */
function numbers(args: readonly Value[]): (number | undefined)[] | undefined {
  const found = args.map((each) => (each.kind === 'known' && typeof each.value === 'number' ? each.value : undefined));
  return found.some((each, index) => each === undefined && args[index]!.kind !== 'undefined') ? undefined : found;
}

/** What the callback says of each item; nothing where one is not known. */
function truths({ items }: ArrayValue, { apply, span }: MethodCall): boolean[] | undefined {
  if (items.length > maxUnrolled) return undefined;
  const found = items.map((item, index) => {
    const value = apply([item, known(index, span)]);
    return value && truthOf(value);
  });
  return found.every((each) => each !== undefined) ? found : undefined;
}

type Method = (target: ArrayValue, call: MethodCall) => Value | undefined;

/** Methods of arrays of which every item is known to be there. */
const onWhole = new Map<string, Method>(
  Object.entries<Method>({
    at({ items, span }, { args }) {
      const [index] = numbers(args) ?? [];
      return index === undefined ? undefined : (items.at(index) ?? { kind: 'undefined', span });
    },
    slice({ items }, { args, span }) {
      const bounds = numbers(args);
      return bounds && listOf(items.slice(...bounds), span);
    },
    includes: (target, call) => positionOf(target, call, (index) => index >= 0),
    indexOf: (target, call) => positionOf(target, call, (index) => index),
    reverse: ({ items }, { span }) => listOf(items.toReversed(), span),
    toReversed: ({ items }, { span }) => listOf(items.toReversed(), span),
    flat: ({ items }, { args, span }) => (args.length === 0 ? flattened(items, span) : undefined),
    flatMap(target, call) {
      const items = mappedItems(target, call);
      return items && flattened(items, call.span);
    },
    filter(target, call) {
      const kept = truths(target, call);
      return (
        kept &&
        listOf(
          target.items.filter((_, index) => kept[index]),
          call.span,
        )
      );
    },
    find(target, call) {
      const found = truths(target, call);
      return found && (target.items[found.indexOf(true)] ?? { kind: 'undefined', span: call.span });
    },
    some(target, call) {
      const found = truths(target, call);
      return found && known(found.includes(true), call.span);
    },
    every(target, call) {
      const found = truths(target, call);
      return found && known(!found.includes(false), call.span);
    },
    reduce({ items }, { args: [, first], apply }) {
      if (items.length > maxUnrolled) return undefined;
      const rest = first ? items : items.slice(1);
      return rest.reduce<Value | undefined>((sum, item) => sum && apply([sum, item]), first ?? items[0]);
    },
    sort: sorted,
    toSorted: sorted,
    join: joinedItems,
  }),
);

/** The result of a method of an array; nothing where it is not known. */
export function arrayMethod(target: ArrayValue, method: string, call: MethodCall): Value | undefined {
  if (method === 'map') {
    const items = mappedItems(target, call);
    return items && { kind: 'array', items, complete: target.complete, span: call.span };
  }
  if (method === 'concat') return concatenated(target, call);
  return target.complete ? onWhole.get(method)?.(target, call) : undefined;
}

function mappedItems({ items }: ArrayValue, { apply, span }: MethodCall): Value[] | undefined {
  if (items.length > maxUnrolled) return undefined;
  const found = items.map((item, index) => apply([item, known(index, span)]));
  return found.every((each) => each !== undefined) ? found : undefined;
}

function concatenated(target: ArrayValue, { args, span }: MethodCall): Value {
  const complete = target.complete && args.every((other) => other.kind !== 'unknown');
  const items = [...target.items, ...args.flatMap((other) => (other.kind === 'array' ? other.items : [other]))];
  return { kind: 'array', items, complete, span };
}

function flattened(items: readonly Value[], span: Span): Value | undefined {
  const whole = items.every((each) => each.kind !== 'unknown' && (each.kind !== 'array' || each.complete));
  return whole
    ? listOf(
        items.flatMap((each) => (each.kind === 'array' ? each.items : [each])),
        span,
      )
    : undefined;
}

function positionOf(
  { items }: ArrayValue,
  { args: [wanted], span }: MethodCall,
  result: (index: number) => number | boolean,
): Value | undefined {
  const scalars = items.map(scalarOf);
  const scalar = scalarOf(wanted);
  if (scalar === undefined || scalars.includes(undefined)) return undefined;
  return known(result(scalars.indexOf(scalar)), span);
}

/** Texts as JavaScript sorts them by itself. */
function sorted({ items }: ArrayValue, { args, span }: MethodCall): Value | undefined {
  if (args.length > 0 || items.some((item) => textOf(item) === undefined)) return undefined;
  const inOrder = items.toSorted((left, right) => (textOf(left)! < textOf(right)! ? -1 : 1));
  return listOf(inOrder, span);
}

function joinedItems({ items }: ArrayValue, { args: [separator], span }: MethodCall): Value | undefined {
  const between = separator && separator.kind !== 'undefined' ? textOf(separator) : ',';
  if (between === undefined) return undefined;
  const parts = items.flatMap((item, index) => [
    ...(index > 0 ? [pinned(between, { start: item.span.start, end: item.span.start })] : []),
    ...(isAbsent(item) ? [] : partsOf(item, item.span)),
  ]);
  return joined(parts, span);
}
