import type { Dialect, Span } from '../../../ir/index.js';
import type { Expr, Literal, Of, StmtOf } from '../syntax/nodes.js';
import type { Scope } from './scope.js';

/** What is known of a Python value without running the program. */
export type Value =
  | { kind: 'const'; value: number | boolean | null }
  | { kind: 'str'; parts: TextPart[] }
  | { kind: 'list' | 'tuple' | 'set'; items: Value[] }
  | { kind: 'dict'; entries: [Value, Value][] }
  /** A symbol by its dotted name; `of` is the value that it was taken from where that is a call's result. */
  | { kind: 'ref'; name: string; of?: CallValue }
  | CallValue
  | { kind: 'function'; node: StmtOf<'FunctionDef'> | Of<'Lambda'>; scope: Scope }
  | ClassValue
  | { kind: 'member'; of: string; name: string; value: Value }
  /** `test` says what an unknown truth value was found to depend on. */
  | { kind: 'unknown'; reason: string; test?: Test };

export interface ClassValue {
  kind: 'class';
  node: StmtOf<'ClassDef'>;
  scope: Scope;
}

/** What a condition asks: the dialect in use (true on `dialects` only), or whether something exists. */
export type Test = { kind: 'dialect'; dialects: Dialect[] } | { kind: 'existence' };

/** A call that was not followed: the recognisers read it. `func` is a dotted name such as `sqlalchemy.Column`. */
export interface CallValue {
  kind: 'call';
  func: string;
  /** The value that the method was called on. */
  of?: CallValue;
  args: Arg[];
  keywords: NamedArg[];
  node: Of<'Call'>;
  /** Whether `*` or `**` hands over arguments that are not known. */
  open: boolean;
  /** Written in another file: nothing of it can be edited here. */
  elsewhere?: true;
  /** The dotted name of the function of another file that gave it. */
  through?: string;
}

export interface Arg {
  value: Value;
  node: Expr;
}

export interface NamedArg extends Arg, Span {
  name: string;
}

/** Text, or a stretch that is not known. */
export type TextPart = Literal | { hole: Span };

export const unknown = (reason: string): Value => ({ kind: 'unknown', reason });
export const constant = (value: number | boolean | null): Value => ({ kind: 'const', value });
export const none: Value = constant(null);

const maxItems = 10_000;
const maxParts = 5_000;
/** Longest text that is worked out, in UTF-16 code units. */
export const maxText = 1_000_000;

/** A value, unless it is larger than any code means it to be: forty lines that each double the one before ask for it. */
export function sized(value: Value): Value {
  return isTooLarge(value) ? unknown('a value that is too large to be worked out') : value;
}

function isTooLarge(value: Value): boolean {
  if (value.kind === 'dict') return value.entries.length > maxItems;
  if (value.kind !== 'str') return (itemsOf(value)?.length ?? 0) > maxItems;
  if (value.parts.length > maxParts) return true;
  let length = 0;
  for (const part of value.parts) if (!('hole' in part)) length += part.value.length;
  return length > maxText;
}

/** The text of a fully known string. */
export function textOf(value: Value | undefined): string | undefined {
  if (value?.kind === 'member') return textOf(value.value);
  if (value?.kind !== 'str') return undefined;
  let text = '';
  for (const part of value.parts) {
    if ('hole' in part) return undefined;
    text += part.value;
  }
  return text;
}

/** A known text that maps to one place of the file, character by character. */
export function textAt(text: string, at: Span): Value {
  return { kind: 'str', parts: [pinned(text, at.start)] };
}

/** Literal text all of whose characters stand at one offset: it was written somewhere else. */
export function pinned(text: string, at: number): Literal {
  return { value: text, offsets: text === '' ? [[0, at]] : Array.from(text, (_, index) => [index, at]) };
}

export const isNone = (value: Value | undefined): boolean => value?.kind === 'const' && value.value === null;

/** The boolean that Python would make of a value; undefined where that is not known. */
export function truth(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'const':
      return Boolean(value.value);
    case 'str': {
      const text = textOf(value);
      if (text !== undefined) return text !== '';
      return value.parts.some((part) => 'value' in part && part.value !== '') ? true : undefined;
    }
    case 'list':
    case 'tuple':
    case 'set':
      return value.items.length > 0;
    case 'dict':
      return value.entries.length > 0;
    case 'member':
    case 'function':
    case 'class':
      return true;
    default:
      return undefined;
  }
}

/** Whether two values are equal; undefined where that is not known. */
export function equal(left: Value, right: Value): boolean | undefined {
  const texts = [textOf(left), textOf(right)] as const;
  if (texts[0] !== undefined && texts[1] !== undefined) return texts[0] === texts[1];
  if (left.kind === 'const' && right.kind === 'const') return left.value === right.value;
  if ((left.kind === 'const' && texts[1] !== undefined) || (right.kind === 'const' && texts[0] !== undefined))
    return false;
  return undefined;
}

/** The items that iterating over a value gives; undefined where they are not known. */
export function itemsOf(value: Value): Value[] | undefined {
  if (value.kind === 'list' || value.kind === 'tuple' || value.kind === 'set') return value.items;
  if (value.kind === 'dict') return value.entries.map(([key]) => key);
  return undefined;
}

/** The keyword argument of a call. */
export function keyword(call: CallValue, name: string): NamedArg | undefined {
  return call.keywords.find((each) => each.name === name);
}

/** An argument by position or keyword. */
export function argument(call: CallValue, index: number, name: string): Arg | undefined {
  return keyword(call, name) ?? call.args[index];
}
