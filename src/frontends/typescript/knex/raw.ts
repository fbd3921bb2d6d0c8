import type { Dialect } from '../../../ir/index.js';
import type { EmbeddedText } from '../../sql/embedded-text.js';
import { isHole, itemsOf, pinned, property, scalarOf, type TextPart, type Value } from '../values/values.js';

/**
 * The SQL of `raw(text, bindings)`: `?` and `:name` are sent as parameters, `??` and `:name:` are names that Knex quotes
 * and writes into the text.
 */
export function rawText(parts: readonly TextPart[], bindings: Value | undefined, dialect: Dialect): EmbeddedText {
  const plain = parts.map((part) => (isHole(part) ? { span: part.span, style: 'js' as const, bound: false } : part));
  if (bindings === undefined || bindings.kind === 'undefined') return plain;
  const isNamed = bindings.kind === 'object';
  const listed = bindings.kind === 'array' ? bindings.items : bindings.kind === 'unknown' ? undefined : [bindings];
  let next = 0;
  return plain.flatMap((part): EmbeddedText => {
    if (!('value' in part)) return [part];
    const found: EmbeddedText = [];
    let from = 0;
    for (const match of part.value.matchAll(isNamed ? /\\?:(\w+)(:?)/g : /\\\?|\?(\??)/g)) {
      if (match[0].startsWith('\\') || (isNamed && part.value[match.index - 1] === ':')) continue;
      const value = isNamed ? property(bindings, match[1]!) : listed?.[next++];
      if (isNamed && value === undefined) continue;
      const identifier = (isNamed ? match[2] : match[1]) !== '';
      const to = match.index + match[0].length;
      const span = { start: hostOffset(part.offsets, match.index), end: hostOffset(part.offsets, to) };
      found.push(slice(part, from, match.index));
      const text = identifier ? identifierText(value, dialect) : undefined;
      found.push(text === undefined ? { span, style: 'positional', bound: !identifier } : pinned(text, span));
      from = to;
    }
    return [...found, slice(part, from, part.value.length)].filter((each) => !('value' in each) || each.value !== '');
  });
}

type Literal = Extract<TextPart, { value: string }>;

function slice({ value, offsets }: Literal, from: number, to: number): Literal {
  const inside = offsets.flatMap(([at, host]): [number, number][] => (at > from && at < to ? [[at - from, host]] : []));
  return { value: value.slice(from, to), offsets: [[0, hostOffset(offsets, from)], ...inside] };
}

function hostOffset(offsets: readonly [number, number][], at: number): number {
  const before = offsets.findLast(([offset]) => offset <= at) ?? offsets[0]!;
  return before[1] + (at - before[0]);
}

/** A name, or a list of them, as Knex quotes it. */
function identifierText(value: Value | undefined, dialect: Dialect): string | undefined {
  const names = itemsOf(value) ?? [value];
  const texts = names.map((name) => {
    const text = name && scalarOf(name);
    return typeof text === 'string' ? quoted(text, dialect) : undefined;
  });
  return texts.every((text) => text !== undefined) ? texts.join(', ') : undefined;
}

const quoted = (name: string, dialect: Dialect): string =>
  name
    .split('.')
    .map((part) => (part === '*' ? part : quotes(dialect).replace('x', () => part)))
    .join('.');

const quotes = (dialect: Dialect): string =>
  dialect === 'mysql' || dialect === 'mariadb' || dialect === 'sqlite' ? '`x`' : dialect === 'tsql' ? '[x]' : '"x"';
