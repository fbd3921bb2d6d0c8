import type { Span } from '../../../ir/index.js';
import type { EmbeddedLiteral } from '../../sql/embedded-text.js';

/** Where a name comes from: the module as the import writes it, and the exported name (`default`, `*` for the namespace). */
export interface Origin {
  module: string;
  name: string;
}

/** A part of a text that is known at run time only. */
export interface TextHole {
  span: Span;
  why: string;
  /** What fills it is declared in another file, so it may be known once files are linked. */
  of?: ReferenceValue;
}

export type TextPart = EmbeddedLiteral | TextHole;

export interface Entry {
  key: string;
  /** The whole property. */
  span: Span;
  value: Value;
}

/** A class or function of this file (no module), or something imported, and the properties read from it. */
export interface ReferenceValue {
  kind: 'reference';
  name: string;
  module?: string;
  path: string[];
  span: Span;
}

/**
 * What an expression is worth before the program runs. Plain JSON, so that it can wait in a file's symbols until the
 * files that it refers to are known.
 */
export type Value =
  | { kind: 'text'; parts: TextPart[]; span: Span }
  | { kind: 'known'; value: number | boolean | null; span: Span }
  | { kind: 'undefined'; span: Span }
  | { kind: 'array'; items: Value[]; complete: boolean; span: Span }
  | { kind: 'object'; entries: Entry[]; complete: boolean; span: Span }
  | ReferenceValue
  /** A call or `new` of something imported, kept for the recogniser of that library. */
  | { kind: 'made'; origin: Origin; args: Value[]; span: Span }
  /** A function of no interest but for what it returns, such as `() => User` or `(user) => user.posts`. */
  | { kind: 'function'; returns?: Value; span: Span }
  /** A property path on the parameter of the function around it. */
  | { kind: 'parameter'; path: string[]; span: Span }
  | { kind: 'oneOf'; values: Value[]; span: Span }
  | { kind: 'unknown'; why: string; span: Span };

export const isHole = (part: TextPart): part is TextHole => 'why' in part;

/** The text where all of it is known. */
export function textOf(value: Value | undefined): string | undefined {
  if (value?.kind !== 'text' || value.parts.some(isHole)) return undefined;
  return value.parts.map((part) => (isHole(part) ? '' : part.value)).join('');
}

/** Whether an option that has this value counts as left out. */
export const isAbsent = (value: Value): boolean =>
  value.kind === 'undefined' || (value.kind === 'known' && value.value === null);

/** Text for people to read, with `${…}` for what is not known of it; nothing where the option is left out. */
export function wordsOf(value: Value | undefined): { words: string; known: boolean } | undefined {
  if (!value || isAbsent(value)) return undefined;
  if (value.kind !== 'text') return { words: '${…}', known: false };
  const words = value.parts.map((part) => (isHole(part) ? '${…}' : part.value)).join('');
  return { words, known: !value.parts.some(isHole) };
}

/** A value that JavaScript compares by itself: text, number, boolean or null. */
export function scalarOf(value: Value | undefined): string | number | boolean | null | undefined {
  return value?.kind === 'known' ? value.value : textOf(value);
}

export function property(value: Value | undefined, key: string): Value | undefined {
  if (value?.kind !== 'object') return undefined;
  return value.entries.findLast((entry) => entry.key === key)?.value;
}

export function itemsOf(value: Value | undefined): Value[] | undefined {
  return value?.kind === 'array' ? value.items : undefined;
}

/** All texts of a list, or nothing where one is unknown. */
export function textsOf(value: Value | undefined): string[] | undefined {
  if (value?.kind !== 'array' || !value.complete) return undefined;
  const texts = value.items.map(textOf);
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

export const unknown = (why: string, span: Span): Value => ({ kind: 'unknown', why, span });

/** Text whose characters all stand for the expression at `span`, wherever they were written. */
export function pinned(value: string, span: Span): EmbeddedLiteral {
  const offsets: [number, number][] = [[0, span.start]];
  for (let index = span.end - span.start; index < value.length; index++) {
    if (index > 0) offsets.push([index, Math.max(span.start, span.end - 1)]);
  }
  return { value, offsets };
}

export const text = (value: string, span: Span): Value => ({ kind: 'text', parts: [pinned(value, span)], span });

/** A value with every place in it moved to one expression. */
export function placedAt(value: Value, span: Span): Value {
  switch (value.kind) {
    case 'text':
      return {
        ...value,
        span,
        parts: value.parts.map((part) => (isHole(part) ? { ...part, span } : pinned(part.value, span))),
      };
    case 'array':
      return { ...value, span, items: value.items.map((item) => placedAt(item, span)) };
    case 'object':
      return {
        ...value,
        span,
        entries: value.entries.map((entry) => ({ ...entry, span, value: placedAt(entry.value, span) })),
      };
    default:
      return { ...value, span };
  }
}
