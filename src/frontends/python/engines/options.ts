import type { Comment, EngineOption, Span } from '../../../ir/index.js';
import type { At } from '../injection/frames.js';
import type { Tracer } from '../injection/tracer.js';
import { spanOf } from '../source.js';
import type { Expr, Keyword, Of } from '../syntax/nodes.js';
import { definitionsOf } from './definitions.js';

/** The keyword arguments of a call; `open` where some are handed over that are not known. */
export function optionsOf(call: Of<'Call'>, at: At, tracer: Tracer): { options: EngineOption[]; open: boolean } {
  const options: EngineOption[] = [];
  let open = call.args.some(({ kind }) => kind === 'Starred');
  for (const keyword of call.keywords) {
    if (keyword.name !== undefined) options.push(optionOf(keyword.name, keyword, keyword.value, at, tracer));
    else {
      const spread = spreadOf(keyword.value, at, tracer);
      if (spread === undefined) open = true;
      else options.push(...spread);
    }
  }
  return { options, open };
}

/** The entries of `**options`, where `options` is a dict that is written out and not changed. */
function spreadOf(expr: Expr, at: At, tracer: Tracer): EngineOption[] | undefined {
  if (expr.kind !== 'Name') return entriesOf(expr, at, tracer);
  const [only, ...others] = definitionsOf(expr.id, at) ?? [];
  return only === undefined || others.length > 0 ? undefined : entriesOf(only.value, only.at, tracer);
}

/** The entries of a dict that is written out. */
export function entriesOf(expr: Expr, at: At, tracer: Tracer): EngineOption[] | undefined {
  if (expr.kind === 'Call' && expr.func.kind === 'Name' && expr.func.id === 'dict' && expr.args.length === 0) {
    const { options, open } = optionsOf(expr, at, tracer);
    return open ? undefined : options;
  }
  if (expr.kind !== 'Dict') return undefined;
  const options: EngineOption[] = [];
  for (const { key, value } of expr.entries) {
    if (key?.kind !== 'Str') return undefined;
    options.push(optionOf(key.value, { start: key.start, end: value.end }, value, at, tracer));
  }
  return options;
}

export function optionOf(name: string, entry: Span | Keyword, value: Expr, at: At, tracer: Tracer): EngineOption {
  const known = knownOf(value, at, tracer);
  const comment = commentAt(entry, tracer);
  return {
    name,
    span: spanOf(entry),
    value: spanOf(value),
    ...(known !== undefined && { known }),
    ...(comment !== undefined && { comment }),
  };
}

function knownOf(value: Expr, at: At, tracer: Tracer): EngineOption['known'] {
  switch (value.kind) {
    case 'Bool':
    case 'Num':
    case 'Str':
      return value.value;
    case 'None':
      return null;
    case 'Name':
    case 'Attribute': {
      // A class of the library, such as NullPool; any other name is somebody's decision.
      const name = tracer.nameOf(value, at);
      return /^(?:sqlalchemy|sqlmodel)\./.test(name) && !name.includes('(') ? name.split('.').at(-1) : undefined;
    }
    default:
      return undefined;
  }
}

/** A comment behind an entry on its line, or alone on the line above. */
function commentAt(entry: Span, { reading }: Tracer): string | undefined {
  const { module, source } = reading;
  const isBeside = ({ span, ownLine }: Comment): boolean =>
    ownLine
      ? span.end <= entry.start &&
        /^\s*$/.test(source.slice(span.end, entry.start)) &&
        lines(span.end, entry.start) === 1
      : span.start >= entry.end && lines(entry.end, span.start) === 0;
  const lines = (start: number, end: number): number => source.slice(start, end).split('\n').length - 1;
  return module.comments.find((each) => Math.abs(each.span.start - entry.start) < 1000 && isBeside(each))?.text;
}
