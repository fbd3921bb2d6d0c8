import type { Expr } from '../syntax/nodes.js';
import { derived } from './tests.js';
import { bracePattern, pasted, percentPattern, substitute } from './text.js';
import {
  constant,
  itemsOf,
  maxText,
  none,
  textOf,
  truth,
  unknown,
  type Arg,
  type NamedArg,
  type TextPart,
  type Value,
} from './value.js';

const list = (items: Value[]): Value => ({ kind: 'list', items });
const tuple = (items: Value[]): Value => ({ kind: 'tuple', items });
const str = (parts: TextPart[]): Value => ({ kind: 'str', parts });
const maxItems = 1000;

const asText = (value: string, at: Expr): Value => str([{ value, offsets: [[0, at.start]] }]);

type Builtin = (args: Value[], node: Expr) => Value | undefined;

/** The built-in functions that give a known value for known arguments. */
const functions: { [name: string]: Builtin } = {
  len: ([value]) => {
    if (value === undefined) return undefined;
    const text = textOf(value);
    const size = text?.length ?? itemsOf(value)?.length;
    return size === undefined ? undefined : constant(size);
  },
  list: ([value]) => (value === undefined ? list([]) : mapItems(value, list)),
  tuple: ([value]) => (value === undefined ? tuple([]) : mapItems(value, tuple)),
  set: ([value]) => (value === undefined ? list([]) : mapItems(value, (items) => ({ kind: 'set', items }))),
  sorted: ([value]) => {
    const texts = value && itemsOf(value)?.map((item) => ({ item, text: textOf(item) }));
    if (texts === undefined || texts.some(({ text }) => text === undefined)) return value && mapItems(value, list);
    return list([...texts].sort((a, b) => ((a.text ?? '') < (b.text ?? '') ? -1 : 1)).map(({ item }) => item));
  },
  reversed: ([value]) => value && mapItems(value, (items) => list([...items].reverse())),
  zip: (args) => {
    const all = args.map((value) => itemsOf(value));
    if (all.some((items) => items === undefined)) return undefined;
    const size = Math.min(...all.map((items) => items?.length ?? 0));
    return list(
      Array.from({ length: size }, (_, at) => tuple(all.map((items) => items?.[at] ?? unknown('past the end')))),
    );
  },
  enumerate: ([value]) =>
    value && mapItems(value, (items) => list(items.map((item, at) => tuple([constant(at), item])))),
  range: (args) => {
    const numbers = args.map((value) =>
      value.kind === 'const' && typeof value.value === 'number' ? value.value : NaN,
    );
    const [start = 0, stop = 0, step = 1] = numbers.length === 1 ? [0, numbers[0]] : numbers;
    const size = Math.ceil((stop - start) / step);
    if (!(size <= maxItems)) return undefined;
    return list(Array.from({ length: Math.max(0, size) }, (_, at) => constant(start + at * step)));
  },
  str: ([value], node) => {
    if (value === undefined) return asText('', node);
    const parts = pasted(value, node);
    return parts.some((part) => 'hole' in part) && value.kind !== 'str' ? undefined : str(parts);
  },
  bool: ([value]) => {
    const known = value && truth(value);
    return known === undefined ? undefined : constant(known);
  },
  dict: ([value]) => (value === undefined ? { kind: 'dict', entries: [] } : value.kind === 'dict' ? value : undefined),
  any: ([value]) => value && derived('any() of values that are not known', value),
  all: ([value]) => value && derived('all() of values that are not known', value),
};

function mapItems(value: Value, make: (items: Value[]) => Value): Value | undefined {
  const items = itemsOf(value);
  return items === undefined ? undefined : make(items);
}

/** The value of a call of a built-in function; undefined where it is no such function or its value is not known. */
export function callBuiltin(
  name: string,
  args: readonly Arg[],
  keywords: readonly NamedArg[],
  node: Expr,
): Value | undefined {
  if (name === 'dict' && args.length === 0) {
    return { kind: 'dict', entries: keywords.map((each) => entry(each.name, each.value, node)) };
  }
  if (!Object.hasOwn(functions, name) || keywords.length > 0) return undefined;
  return functions[name]?.(
    args.map(({ value }) => value),
    node,
  );
}

/** Formats a literal with `%`. */
export function percentFormat(format: Value, value: Value, hole: Expr): Value {
  if (format.kind !== 'str') return unknown('a format that is not known');
  const items = value.kind === 'tuple' ? value.items : [value];
  let next = 0;
  return str(
    substitute(format.parts, percentPattern, ([, name, conversion]) => {
      if (conversion === '%') return '%';
      if (name !== undefined) {
        const entry = value.kind === 'dict' ? value.entries.find(([key]) => textOf(key) === name) : undefined;
        return entry === undefined ? [{ hole }] : pasted(entry[1], hole);
      }
      const item = items[next++];
      return item === undefined ? [{ hole }] : pasted(item, hole);
    }),
  );
}

function braceFormat(format: TextPart[], args: readonly Arg[], keywords: readonly NamedArg[], node: Expr): Value {
  let next = 0;
  return str(
    substitute(format, bracePattern, ([whole, key = '', path = '']) => {
      if (whole === '{{' || whole === '}}') return whole.slice(1);
      const arg =
        key === '' ? args[next++] : /^\d+$/.test(key) ? args[Number(key)] : keywords.find(({ name }) => name === key);
      if (arg === undefined) return [{ hole: { start: node.start, end: node.end } }];
      const hole = { start: arg.node.start, end: arg.node.end };
      return path === '' ? pasted(arg.value, hole) : [{ hole }];
    }),
  );
}

const transparent = new Set(['strip', 'lstrip', 'rstrip', 'encode', 'expandtabs', 'removesuffix', 'removeprefix']);

function join(separator: Value, value: Value | undefined, node: Expr): Value {
  const items = value && itemsOf(value);
  if (separator.kind !== 'str' || items === undefined) return unknown('a join of values that are not known');
  const parts = items.flatMap((item, at) => [...(at === 0 ? [] : separator.parts), ...pasted(item, node)]);
  return str(parts);
}

/** The value of a method of a string, list or dict; undefined where the method is not known. */
export function callMethod(
  of: Value,
  method: string,
  args: readonly Arg[],
  keywords: readonly NamedArg[],
  node: Expr,
): Value | undefined {
  const values = args.map(({ value }) => value);
  // What a dialect makes of a type is that type.
  if (method === 'type_descriptor' && values.length === 1) return values[0];
  if (of.kind === 'str') {
    if (method === 'format') return braceFormat(of.parts, args, keywords, node);
    if (method === 'join') return join(of, values[0], node);
    if (transparent.has(method) && args.length === 0) {
      const text = textOf(of);
      return text !== undefined && method === 'strip' && !text.includes('\n') ? asText(text.trim(), node) : of;
    }
    const text = textOf(of);
    const given = values.map((value) => textOf(value));
    if (text === undefined) return undefined;
    if (method === 'lower') return asText(text.toLowerCase(), node);
    if (method === 'upper') return asText(text.toUpperCase(), node);
    if (method === 'title')
      return asText(
        text.replace(/\w+/g, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()),
        node,
      );
    const [first, second] = given;
    if (method === 'replace' && first !== undefined && second !== undefined) {
      const pieces = text.split(first);
      if (text.length + pieces.length * second.length > maxText) return undefined;
      return str([{ value: pieces.join(second), offsets: [[0, node.start]] }]);
    }
    if (method === 'split' && (first !== undefined || args.length === 0)) {
      const words = first === undefined ? text.trim().split(/\s+/) : text.split(first);
      return list(words.map((word) => asText(word, node)));
    }
    if (method === 'startswith' && first !== undefined) return constant(text.startsWith(first));
    if (method === 'endswith' && first !== undefined) return constant(text.endsWith(first));
    return undefined;
  }
  if (of.kind === 'dict') {
    if (method === 'items') return list(of.entries.map(([key, value]) => tuple([key, value])));
    if (method === 'keys') return list(of.entries.map(([key]) => key));
    if (method === 'values') return list(of.entries.map(([, value]) => value));
    if (method === 'get' || method === 'pop') return lookUp(of, values[0]) ?? values[1] ?? none;
    if (method === 'update' && of.entries.length < maxItems) {
      of.entries.push(...values.flatMap(entriesOf), ...keywords.map((each) => entry(each.name, each.value, node)));
      return none;
    }
    return undefined;
  }
  if (of.kind === 'list' || of.kind === 'set') {
    const [value] = values;
    if ((method === 'append' || method === 'add') && value !== undefined) {
      if (of.items.length < maxItems) of.items.push(value);
      return none;
    }
    if ((method === 'extend' || method === 'update') && value !== undefined) {
      const more = itemsOf(value) ?? [unknown('items of a list that is not known')];
      of.items.push(...more.slice(0, Math.max(0, maxItems - of.items.length)));
      return none;
    }
    if (method === 'copy') return { ...of, items: [...of.items] };
  }
  return undefined;
}

const entry = (name: string, value: Value, at: Expr): [Value, Value] => [asText(name, at), value];

/** What `update()` adds to a dict: one entry that is not known stands for any number of such. */
function entriesOf(value: Value): [Value, Value][] {
  return value.kind === 'dict' ? value.entries : [[unknown('a key that is not known'), unknown('its value')]];
}

/** The entry of a dict under a known key. */
export function lookUp(dict: Extract<Value, { kind: 'dict' }>, key: Value | undefined): Value | undefined {
  if (key === undefined) return undefined;
  const text = textOf(key);
  return dict.entries.findLast(([each]) =>
    text === undefined
      ? each.kind === 'const' && key.kind === 'const' && each.value === key.value
      : textOf(each) === text,
  )?.[1];
}
