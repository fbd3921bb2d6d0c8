import type { Anchor, AnchorList, Name, Span, Text } from '../../ir/index.js';
import type { Expr, Of } from './syntax/nodes.js';
import { keyword, textOf, type Arg, type Value } from './values/value.js';

export const spanOf = ({ start, end }: Span): Span => ({ start, end });

/** The text inside a plain literal's quotes, or the expression as a whole. */
export function contentSpan(node: Expr): Span {
  if (node.kind === 'Str' && node.pieces.length === 1) {
    const [piece] = node.pieces;
    const start = piece?.offsets[0]?.[1] ?? node.start;
    const [at, host] = piece?.offsets.at(-1) ?? [0, start];
    return { start, end: host + (node.value.length - at) };
  }
  return spanOf(node);
}

/** A name that an ORM or a migration API quotes by itself, so that its case is kept. */
export function exactName(value: string, span: Span): Name {
  return { value, quoted: true, span };
}

/** The name that an argument gives; marked where part of it is not known, absent where it is no text. */
export function nameFrom({ value, node }: Arg): Name | undefined {
  const inner = finalArgument(node);
  if (inner !== undefined) {
    const given = value.kind === 'call' ? value.args[0]?.value : value;
    const name = given && nameFrom({ value: given, node: inner });
    return name && { ...name, final: true };
  }
  const text = textOf(value);
  if (text !== undefined) return text === '' ? undefined : exactName(text, contentSpan(node));
  if (value.kind !== 'str') return undefined;
  const known = value.parts.map((part) => ('hole' in part ? '' : part.value)).join('');
  return { ...exactName(known, spanOf(node)), unknown: true };
}

/** What `op.f(…)` or `conv(…)` wraps. */
function finalArgument(node: Expr): Expr | undefined {
  if (node.kind !== 'Call' || node.args.length !== 1) return undefined;
  const { func } = node;
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  return name === 'conv' || (name === 'f' && func.kind === 'Attribute') ? node.args[0] : undefined;
}

/** The documentation text that an argument gives. */
export function textFrom({ value, node }: Arg): Text | undefined {
  const known = textOf(value);
  return known === undefined ? undefined : { value: known, span: spanOf(node) };
}

/** White space before an offset on its line. */
function indentAt(source: string, offset: number): string {
  const line = source.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(source.slice(line, offset))?.[0] ?? '';
}

/** A call's argument list. */
export function callList(node: Of<'Call'>): AnchorList {
  return {
    open: node.open,
    close: node.close,
    entries: [
      ...node.args.map((arg) => ({ span: spanOf(arg), value: spanOf(arg) })),
      ...node.keywords.map(({ name, value, start, end }) => ({
        ...(name !== undefined && { key: name }),
        span: { start, end },
        value: spanOf(value),
      })),
    ].sort((a, b) => a.span.start - b.span.start),
  };
}

/** A dict, list or tuple in brackets; undefined for a tuple without any. */
export function bracketList(node: Expr, source: string): AnchorList | undefined {
  if (node.kind === 'Dict') {
    return {
      open: node.start + 1,
      close: node.end - 1,
      entries: node.entries.map(({ key, value }) => ({
        ...(key?.kind === 'Str' && { key: key.value }),
        span: { start: key?.start ?? value.start, end: value.end },
        value: spanOf(value),
      })),
    };
  }
  if (node.kind !== 'Tuple' && node.kind !== 'List') return undefined;
  if (!/[([]/.test(source[node.start] ?? '')) return undefined;
  return {
    open: node.start + 1,
    close: node.end - 1,
    entries: node.items.map((item) => ({ span: spanOf(item), value: spanOf(item) })),
  };
}

/** An anchor on a declaration. */
export function anchorAt(
  source: string,
  span: Span,
  lists: Anchor['lists'] = {},
  points: Anchor['points'] = {},
): Anchor {
  return { span: spanOf(span), indent: indentAt(source, span.start), lists, points };
}

/** An expression as its author wrote it, on one line. */
export const written = (source: string, span: Span): string => source.slice(span.start, span.end).replace(/\s+/g, ' ');

/** Functions of the standard that are called by their name alone. */
const withoutParentheses =
  /^(?:current_(?:date|time|timestamp|user)|local(?:time|timestamp)|session_user|sysdate|user)$/i;

/** The text of a known value that can be taken for SQL: `text('…')`, `func.now()`, a literal. */
export function sqlText(value: Value, source: string, span: Span): string {
  const text = textOf(value);
  if (text !== undefined) return text;
  if (value.kind === 'call' && /\.(?:text|literal_column|DDL|column|Column)$/.test(value.func)) {
    return textOf(value.args[0]?.value) ?? written(source, span);
  }
  const constant = value.kind === 'call' ? /^sqlalchemy\.(true|false|null)$/.exec(value.func)?.[1] : undefined;
  if (constant !== undefined) return constant;
  const call = /^(?:.*\.)?func\.([\w.]+)$/.exec(value.kind === 'call' ? value.func : '');
  if (call !== null) {
    const args = value.kind === 'call' ? value.args.map((arg) => columnOrText(arg.value, source, arg.node)) : [];
    const [, name = ''] = call;
    return args.length === 0 && withoutParentheses.test(name) ? name.toUpperCase() : `${name}(${args.join(', ')})`;
  }
  return written(source, span);
}

/** The name of a column that an expression gives: in a class body, the attribute that the column is assigned to. */
export function columnNamed(value: Value, node: Span | Expr): string | undefined {
  if (value.kind !== 'call' || !/^sqlalchemy\.(?:Column|mapped_column)$/.test(value.func)) return undefined;
  const given = textOf(keyword(value, 'name')?.value) ?? textOf(value.args[0]?.value);
  return given ?? ('kind' in node && node.kind === 'Name' ? node.id : undefined);
}

function columnOrText(value: Value, source: string, span: Span): string {
  const column = columnNamed(value, span);
  if (column !== undefined) return column;
  if (value.kind === 'ref') return value.name.split('.').at(-1) ?? value.name;
  return sqlText(value, source, span);
}
