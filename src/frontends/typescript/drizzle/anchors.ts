import type { Anchor, AnchorList, Span } from '../../../ir/index.js';
import type { Entry, Value } from '../values/values.js';
import type { DeclaredTable } from './schema.js';

const inside = (inner: Span, outer: Span): boolean => inner.start >= outer.start && inner.end <= outer.end;

export const plainAnchor = (span: Span): Anchor => ({ span, indent: '', lists: {}, points: {} });

/** An item of a list or an object, which can be taken out of it. */
export const itemAnchor = (span: Span): Anchor => ({ ...plainAnchor(span), points: { item: span.start } });

/** A literal as the pen sees it; nothing where a part of it is written elsewhere. */
function listOf(value: Value | undefined): AnchorList | undefined {
  if ((value?.kind !== 'array' && value?.kind !== 'object') || value.spreads) return undefined;
  const entries =
    value.kind === 'array'
      ? value.items.map((item) => ({ span: item.span, value: item.span }))
      : value.entries.map((entry) => ({ key: entry.key, span: entry.span, value: entry.value.span }));
  const own = entries.every(({ span, value: of }) => inside(span, value.span) && inside(of, span));
  return own ? { open: value.span.start + 1, close: value.span.end - 1, entries } : undefined;
}

/**
 * Points: the core's name at a table's declaration; `columnsEnd` behind its columns; `extra` at its third argument.
 * Lists: `columns`, and what the third argument returns, `extra` for a list and `extraObject` for an object.
 */
export function tableAnchor({ record, head }: DeclaredTable): Anchor {
  const { span } = record;
  const anchor: Anchor = { span, indent: '', lists: {}, points: { [head.core]: span.start } };
  const { columns, extra } = head;
  // What a function of the project makes is written in the function, for all that it makes.
  if (!columns || !inside(columns.span, span) || columns.span.start === span.start) return anchor;
  if (!extra) anchor.points['columnsEnd'] = columns.span.end;
  const list = columns.kind === 'object' ? firstsOf(columns) : undefined;
  if (list) anchor.lists['columns'] = list;
  if (extra && inside(extra.span, span)) {
    anchor.points['extra'] = extra.span.start;
    const returned = extra.kind === 'function' ? extra.returns : undefined;
    const items = listOf(returned);
    if (items) anchor.lists[returned?.kind === 'object' ? 'extraObject' : 'extra'] = items;
  }
  return anchor;
}

/** Columns before the first that is spread in: a new one can only come before them. */
function firstsOf(columns: Extract<Value, { kind: 'object' }>): AnchorList {
  const own = columns.entries.findIndex(({ from }) => from !== undefined);
  const entries = (own < 0 ? columns.entries : columns.entries.slice(0, own)).map(({ key, span, value }) => ({
    key,
    span,
    value: value.span,
  }));
  return { open: columns.span.start + 1, close: columns.span.end - 1, entries };
}

/**
 * Lists: `config`, the options of the builder. Points: `dateEnd` or `textEnd` behind the methods of a column that code
 * sets to a Date, or to the text of one.
 */
export function columnAnchor(
  { span, value, from }: Entry,
  config: Value | undefined,
  holds?: 'date' | 'text',
): Anchor | undefined {
  if (from !== undefined) return undefined;
  const anchor = plainAnchor(span);
  if (!inside(value.span, span)) return anchor;
  const list = config && inside(config.span, value.span) ? listOf(config) : undefined;
  if (list) anchor.lists['config'] = list;
  if (holds) anchor.points[`${holds}End`] = value.span.end;
  return anchor;
}
