import type { Span } from '../../../ir/index.js';
import { joined, partsOf } from './text-parts.js';
import { isChainRoot, isHole, pinned, type Link, type TextPart, type Value } from './values.js';

/** A value with each value right inside of it replaced. */
export function mapChildren(value: Value, each: (inner: Value) => Value): Value {
  switch (value.kind) {
    case 'text':
      return value.parts.some((part) => isHole(part) && part.of)
        ? joined(
            value.parts.flatMap((part) => filledPart(part, each)),
            value.span,
          )
        : value;
    case 'array':
      return {
        ...value,
        items: value.items.map(each),
        ...(value.spreads && { spreads: value.spreads.map((spread) => ({ ...spread, value: each(spread.value) })) }),
      };
    case 'object':
      return {
        ...value,
        entries: value.entries.map((entry) => ({ ...entry, value: each(entry.value) })),
        ...(value.spreads && { spreads: value.spreads.map((spread) => ({ ...spread, value: each(spread.value) })) }),
      };
    case 'made':
      return { ...value, args: value.args.map(each) };
    case 'chain': {
      const links = value.links.map((link) => ({ ...link, ...(link.args && { args: link.args.map(each) }) }));
      return chained(each(value.of), links, value.span);
    }
    case 'tagged': {
      const text = each(value.text);
      return { ...value, tag: each(value.tag), text: text.kind === 'text' ? text : value.text };
    }
    case 'function':
      return {
        ...value,
        ...(value.returns && { returns: each(value.returns) }),
        ...(value.does && { does: value.does.map(each) }),
        ...(value.defaults && {
          defaults: Object.fromEntries(Object.entries(value.defaults).map(([index, inner]) => [index, each(inner)])),
        }),
      };
    case 'oneOf':
      return { ...value, values: value.values.map(each) };
    default:
      return value;
  }
}

const filledPart = (part: TextPart, each: (inner: Value) => Value): TextPart[] =>
  isHole(part) && part.of ? partsOf(each(part.of), part.span) : [part];

/** Links put behind a value; nothing is known where the value cannot have any. */
export function chained(of: Value, links: readonly Link[], span: Span): Value {
  if (of.kind === 'chain') return { kind: 'chain', of: of.of, links: [...of.links, ...links], span };
  if (isChainRoot(of)) return { kind: 'chain', of, links: [...links], span };
  return { kind: 'unknown', why: of.kind === 'unknown' ? of.why : 'the result of a call', span };
}

/** A value with every place in it moved to one expression. */
export function placedAt(value: Value, span: Span): Value {
  const inner = mapChildren(value, (each) => placedAt(each, span));
  switch (inner.kind) {
    case 'text':
      return {
        ...inner,
        span,
        parts: inner.parts.map((part) => (isHole(part) ? { ...part, span } : pinned(part.value, span))),
      };
    case 'object':
      return { ...inner, span, entries: inner.entries.map((entry) => ({ ...entry, span })) };
    case 'chain':
      return { ...inner, span, links: inner.links.map((link) => ({ ...link, span })) };
    default:
      return { ...inner, span };
  }
}

/** A value whose names are looked up in the file that it comes from, wherever it is used. */
export function homed(value: Value, path: string): Value {
  const inner = mapChildren(value, (each) => homed(each, path));
  return (inner.kind === 'reference' || inner.kind === 'made') && inner.home === undefined
    ? { ...inner, home: path }
    : inner;
}
