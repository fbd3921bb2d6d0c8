import type { UrlPiece } from '../../database-url.js';
import { definitionsOf } from './definitions.js';
import { environmentOf } from './environment.js';
import type { At } from '../injection/frames.js';
import type { Tracer } from '../injection/tracer.js';
import { spanOf } from '../source.js';
import { joinLiterals } from '../syntax/literals.js';
import type { Expr } from '../syntax/nodes.js';

const maxDepth = 12;

/** Functions that a part of a URL goes through and stays what it is. */
const through = /(?:^|\.)(?:quote|quote_plus|str|unquote|SecretStr|get_secret_value)(?:\(\))?$/;

/** The text of an expression: what is written, where it is written, and what is computed. */
export function piecesOf(expr: Expr, at: At, tracer: Tracer, depth = 0): UrlPiece[] {
  const computed: UrlPiece[] = [{ hole: spanOf(expr) }];
  if (depth > maxDepth) return computed;
  const inner = (each: Expr, place: At = at) => piecesOf(each, place, tracer, depth + 1);
  switch (expr.kind) {
    case 'Str':
      return [{ ...joinLiterals(expr.pieces), expression: spanOf(expr) }];
    case 'FString':
      return expr.template
        ? computed
        : expr.parts.flatMap((part): UrlPiece[] => ('hole' in part ? inner(part.hole) : [part]));
    case 'BinOp':
      if (expr.op === '+') return [...inner(expr.left), ...inner(expr.right)];
      return expr.op === '%' ? expanded(expr, at, tracer) : computed;
    case 'Name': {
      const [only, ...others] = definitionsOf(expr.id, at) ?? [];
      return only === undefined || others.length > 0 ? computed : inner(only.value, only.at);
    }
    case 'Call': {
      const read = environmentOf(expr, at, tracer);
      const [first, ...rest] = read?.fallback === undefined ? [] : inner(read.fallback);
      if (read !== undefined && first !== undefined && 'value' in first && rest.length === 0) {
        const span = { start: first.offsets[0]?.[1] ?? expr.start, end: 0 };
        span.end = span.start + first.value.length;
        const { name: variable } = read;
        const password = { span, value: first.value, expression: spanOf(expr), of: 'password' as const };
        return [{ hole: spanOf(expr), fallback: { ...password, fallbackOf: variable ?? 'the variable' } }];
      }
      if (expr.func.kind === 'Attribute' && expr.func.attr === 'format') return expanded(expr, at, tracer);
      const [argument] = expr.args;
      if (argument !== undefined && through.test(tracer.nameOf(expr.func, at))) return inner(argument);
      return computed;
    }
    default:
      return computed;
  }
}

const expanded = (expr: Expr, at: At, tracer: Tracer): UrlPiece[] =>
  (tracer.expand(expr, at)[0] ?? []).map((part) => ('hole' in part ? { hole: part.hole } : part));
