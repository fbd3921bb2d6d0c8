import type { Expr, Of } from '../syntax/nodes.js';
import type { Span } from '../../../ir/index.js';
import { pinned, type Arg, type CallValue, type NamedArg, type TextPart, type Value } from './value.js';

/**
 * A value of another file as one of this file: all of its text and calls stand at the place that names it, so that no
 * offset leads into another text.
 */
export function transplanted(value: Value, at: Expr): Value {
  switch (value.kind) {
    case 'str':
      return { kind: 'str', parts: value.parts.map((part) => partAt(part, at)) };
    case 'list':
    case 'tuple':
    case 'set':
      return { kind: value.kind, items: value.items.map((item) => transplanted(item, at)) };
    case 'dict':
      return {
        kind: 'dict',
        entries: value.entries.map(([key, entry]) => [transplanted(key, at), transplanted(entry, at)]),
      };
    case 'member':
      return { ...value, value: transplanted(value.value, at) };
    case 'call':
      return callAt(value, at);
    case 'ref':
      return value.of === undefined ? value : { ...value, of: callAt(value.of, at) };
    default:
      return value;
  }
}

/** A call that stands in another file, or in a function of another file. */
export function callAt(call: CallValue, at: Expr): CallValue {
  if (call.elsewhere === true && call.node.start === at.start && call.node.end === at.end) return call;
  const arg = ({ value }: Arg): Arg => ({ value: transplanted(value, at), node: at });
  const named = (each: NamedArg): NamedArg => ({ ...arg(each), name: each.name, start: at.start, end: at.end });
  return {
    ...call,
    ...(call.of && { of: callAt(call.of, at) }),
    args: call.args.map(arg),
    keywords: call.keywords.map(named),
    node: placeholder(at),
    elsewhere: true,
  };
}

const placeholder = (at: Expr): Of<'Call'> => ({
  kind: 'Call',
  start: at.start,
  end: at.end,
  func: at,
  args: [],
  keywords: [],
  open: at.start,
  close: at.end,
});

const partAt = (part: TextPart, at: Span): TextPart =>
  'hole' in part ? { hole: { start: at.start, end: at.end } } : pinned(part.value, at.start);
