import type { Span } from '../../../ir/index.js';
import { scalarOf, text, type Entry, type Value } from './values.js';

type ObjectValue = Extract<Value, { kind: 'object' }>;

/** The result of a function of `Object` and the like on values that are known. */
export function objectMethod(method: string, [target, ...rest]: readonly Value[], span: Span): Value | undefined {
  if (!target) return undefined;
  switch (method) {
    case 'Object.freeze':
    case 'Object.seal':
      return target;
    case 'Object.keys':
    case 'Object.values':
    case 'Object.entries':
      return target.kind === 'object' ? listed(method, target, span) : undefined;
    case 'Object.assign':
      return [target, ...rest].every((each) => each.kind === 'object' && each.complete)
        ? {
            kind: 'object',
            entries: [target, ...rest].flatMap((each) => (each.kind === 'object' ? each.entries : [])),
            complete: true,
            span,
          }
        : undefined;
    case 'Object.fromEntries':
      return target.kind === 'array' && target.complete ? fromEntries(target.items, span) : undefined;
    case 'Array.from':
      return target.kind === 'array' && rest.length === 0 ? target : undefined;
    default:
      return undefined;
  }
}

function listed(method: string, target: ObjectValue, span: Span): Value {
  const items = entriesOf(target).map((entry): Value => {
    const key = text(entry.key, entry.span);
    if (method === 'Object.keys') return key;
    if (method === 'Object.values') return entry.value;
    return { kind: 'array', items: [key, entry.value], complete: true, span: entry.span };
  });
  return { kind: 'array', items, complete: target.complete, span };
}

/** Each key once, whole numbers first; an enum of numbers also has its names by their numbers. */
function entriesOf({ entries, reverse }: ObjectValue): Entry[] {
  const byKey = new Map<string, Entry>();
  for (const entry of entries) {
    byKey.set(entry.key, entry);
    const number = reverse && entry.value.kind === 'known' ? String(entry.value.value) : undefined;
    if (number !== undefined) byKey.set(number, { ...entry, key: number, value: text(entry.key, entry.span) });
  }
  const isIndex = (key: string): boolean => /^(?:0|[1-9]\d{0,8})$/.test(key);
  const all = [...byKey.values()];
  const indexes = all.filter(({ key }) => isIndex(key)).sort((left, right) => Number(left.key) - Number(right.key));
  return [...indexes, ...all.filter(({ key }) => !isIndex(key))];
}

function fromEntries(pairs: readonly Value[], span: Span): Value | undefined {
  const entries = pairs.map((pair): Entry | undefined => {
    const [key, value] = pair.kind === 'array' && pair.complete ? pair.items : [];
    const name = scalarOf(key);
    return name === undefined || !value ? undefined : { key: String(name), span: pair.span, value };
  });
  return entries.every((each) => each !== undefined) ? { kind: 'object', entries, complete: true, span } : undefined;
}
