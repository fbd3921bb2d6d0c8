import { isChainRoot, isHole, pinned, unknown, type TextPart, type Value } from './values.js';

const maxParts = 2_000;

/** The parts that a value adds to a text at `span`: text from elsewhere is pinned to the expression that brings it in. */
export function partsOf(value: Value, span: { start: number; end: number }): TextPart[] {
  if (value.kind === 'known') return [pinned(String(value.value), span)];
  if (value.kind === 'undefined') return [pinned('undefined', span)];
  if (value.kind !== 'text') return [holeOf(value, span)];
  const here = value.parts.every((part) => {
    const at = isHole(part) ? part.span.start : part.offsets[0]![1];
    return at >= span.start && at <= span.end;
  });
  return here ? value.parts : value.parts.map((part) => (isHole(part) ? { ...part, span } : pinned(part.value, span)));
}

function holeOf(value: Value, span: { start: number; end: number }): TextPart {
  if (value.kind === 'unknown') return { span, why: value.why };
  if (value.kind === 'reference' && value.module !== undefined)
    return { span, why: `${value.name} is declared in another file`, of: value };
  const named = isChainRoot(value) || value.kind === 'chain';
  return { span, why: 'not known before it runs', ...(named && { of: value }) };
}

/** Joins text parts, dropping empty literals. */
export function joined(parts: TextPart[], span: { start: number; end: number }): Value {
  if (parts.length > maxParts) return unknown('too many parts', span);
  const kept = parts.filter((part) => isHole(part) || part.value !== '');
  return { kind: 'text', parts: kept.length > 0 ? kept : [pinned('', span)], span };
}
