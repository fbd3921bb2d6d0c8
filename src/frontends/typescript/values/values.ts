import type { Span, Text } from '../../../ir/index.js';
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
  /**
   * What fills it, where that may be known later or says something by itself: a name of another file, a parameter of the
   * function around it, a column that a tagged template names.
   */
  of?: Value;
}

export type TextPart = EmbeddedLiteral | TextHole;

export interface Entry {
  key: string;
  /** The whole property. */
  span: Span;
  value: Value;
  /** The JSDoc before it. */
  doc?: Text;
  /** The object or function that it was spread in from, by its name. */
  from?: string;
}

/** What is spread into a list or an object and comes from another file: it stands before the item or entry `at`. */
export interface Spread {
  at: number;
  value: Value;
  /** What is spread, by its name. */
  from?: string;
}

/** One link of a chain: `.name`, `.name(…)`, or a call of what stands before it. */
export interface Link {
  name?: string;
  /** Absent where a property is read and nothing is called. */
  args?: Value[];
  span: Span;
}

/** A function of no interest but for what it returns, such as `() => User` or `(user) => user.posts`. */
export interface FunctionValue {
  kind: 'function';
  /** Its file and place, which its parameters name. */
  id: string;
  /** Absent where it is more than one expression. */
  returns?: Value;
  /** Its body is nothing but calls of what calls give, as in `(target, key) => { Column()(target, key); }`: those calls. */
  does?: Value[];
  /** Defaults of its parameters, by their position. */
  defaults?: { [index: string]: Value };
  span: Span;
}

/** What a chain begins with: it holds no chain itself. */
export type ChainRoot = Extract<Value, { kind: 'made' | 'reference' | 'parameter' | 'tagged' }>;

/** A class or function of a file (no module), or something imported, and the properties read from it. */
export interface ReferenceValue {
  kind: 'reference';
  name: string;
  module?: string;
  path: string[];
  span: Span;
  /** The file whose name or import it is, where the value was brought in from there. */
  home?: string;
}

/**
 * What an expression is worth before the program runs. Plain JSON, so that it can wait in a file's symbols until the
 * files that it refers to are known.
 */
export type Value =
  | { kind: 'text'; parts: TextPart[]; span: Span }
  | { kind: 'known'; value: number | boolean | null; span: Span }
  | { kind: 'undefined'; span: Span }
  | { kind: 'array'; items: Value[]; complete: boolean; spreads?: Spread[]; span: Span }
  /** `reverse`: an enum, which has the names of its numbers too. */
  | { kind: 'object'; entries: Entry[]; complete: boolean; spreads?: Spread[]; reverse?: true; span: Span }
  | ReferenceValue
  /** A call or `new` of something imported, kept for the recogniser of that library. */
  | { kind: 'made'; origin: Origin; args: Value[]; span: Span; home?: string }
  /** Calls and properties one after another on something imported: `varchar('name').notNull()`. */
  | { kind: 'chain'; of: ChainRoot; links: Link[]; span: Span }
  /** A template behind a tag that is imported. */
  | { kind: 'tagged'; tag: Value; text: Extract<Value, { kind: 'text' }>; span: Span }
  | FunctionValue
  /** A property path on a parameter of the function whose id is `of`. */
  | { kind: 'parameter'; index: number; of: string; path: string[]; span: Span }
  | { kind: 'oneOf'; values: Value[]; span: Span }
  | { kind: 'unknown'; why: string; span: Span };

/** Lists are unrolled at most this far. */
export const maxUnrolled = 64;

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

/** Whether calls on it can be kept as links. */
export const isChainRoot = (value: Value): value is ChainRoot =>
  value.kind === 'made' || value.kind === 'reference' || value.kind === 'parameter' || value.kind === 'tagged';

/** Text whose characters all stand for the expression at `span`, wherever they were written. */
export function pinned(value: string, span: Span): EmbeddedLiteral {
  const offsets: [number, number][] = [[0, span.start]];
  for (let index = span.end - span.start; index < value.length; index++) {
    if (index > 0) offsets.push([index, Math.max(span.start, span.end - 1)]);
  }
  return { value, offsets };
}

export const text = (value: string, span: Span): Value => ({ kind: 'text', parts: [pinned(value, span)], span });
