import type { Span } from '../../../ir/index.js';
import { joined, partsOf } from './text-parts.js';
import { scalarOf, text, textOf, type Value } from './values.js';

type TextValue = Extract<Value, { kind: 'text' }>;
type Given = string | number | boolean | null | undefined;

/** Constants that each multiply the one before can ask for more. */
const maxLength = 1_000_000;

/** Methods that give what JavaScript gives, for text and arguments that are known and no patterns. */
const plain = new Set([
  'at',
  'charAt',
  'endsWith',
  'includes',
  'indexOf',
  'lastIndexOf',
  'padEnd',
  'padStart',
  'repeat',
  'slice',
  'split',
  'startsWith',
  'substring',
  'toLowerCase',
  'toString',
  'toUpperCase',
  'trim',
  'trimEnd',
  'trimStart',
  'valueOf',
]);

/** The text of a skeleton stays what it is when only its edges or its case may change. */
const keepsShape = /^(?:trim|to(?:Lower|Upper)Case|toString|valueOf)/;

/** The result of a method of a text; nothing where it is not known. */
export function textMethod(target: TextValue, method: string, args: readonly Value[], span: Span): Value | undefined {
  if (method === 'concat') {
    return joined([...target.parts, ...args.flatMap((argument) => partsOf(argument, argument.span))], span);
  }
  const known = textOf(target);
  if (known === undefined) return keepsShape.test(method) ? target : undefined;
  const given = args.map((argument): Given => (argument.kind === 'undefined' ? undefined : scalarOf(argument)));
  if (args.some((argument, index) => argument.kind !== 'undefined' && given[index] === undefined)) return undefined;
  const result = method.startsWith('replace') ? replaced(method, known, given) : called(method, known, given);
  if (typeof result === 'string') {
    if (result.length > maxLength) return undefined;
    return result === known ? target : text(result, span);
  }
  if (typeof result === 'boolean' || typeof result === 'number') return { kind: 'known', value: result, span };
  if (!Array.isArray(result)) return undefined;
  return { kind: 'array', items: result.map((each) => text(each, span)), complete: true, span };
}

function called(method: string, known: string, given: readonly Given[]): unknown {
  if (!plain.has(method)) return undefined;
  const [first] = given;
  const grows = /^(?:repeat|pad)/.test(method);
  if (grows && (typeof first !== 'number' || first < 0 || first * Math.max(1, known.length) > maxLength))
    return undefined;
  const own = String.prototype[method as 'trim'] as unknown as (...rest: readonly Given[]) => unknown;
  return own.apply(known, [...given]);
}

function replaced(method: string, known: string, [from, to]: readonly Given[]): string | undefined {
  if (typeof from !== 'string' || typeof to !== 'string') return undefined;
  if (method === 'replace') return known.replace(from, () => to);
  const pieces = known.split(from);
  if (method !== 'replaceAll' || known.length + pieces.length * to.length > maxLength) return undefined;
  return known.replaceAll(from, () => to);
}
