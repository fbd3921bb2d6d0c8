import type { At } from '../injection/frames.js';
import type { Tracer } from '../injection/tracer.js';
import type { Expr, Of } from '../syntax/nodes.js';

/** A read of an environment variable. */
interface EnvironmentRead {
  name?: string;
  /** Where it is not set: the value is None, reading it fails, or this comes in its place. */
  absent: 'none' | 'raises' | 'fallback';
  fallback?: Expr;
}

/** Functions that give None where a variable is not set, and those that fail. */
const lenient = /^(?:os\.)?(?:getenv|environ\.get)$/;
const strict =
  /^decouple\.config$|^environs?\.Env\(\)(?:\.\w+)?$|^starlette\.config\.Config\(\)$|^environ\.Env\(\)(?:\.\w+)?$/;

/** What a call or subscript reads from the environment; undefined for any other. */
export function environmentOf(expr: Expr, at: At, tracer: Tracer): EnvironmentRead | undefined {
  if (expr.kind === 'Subscript') {
    if (!/^(?:os\.)?environ$/.test(tracer.nameOf(expr.value, at))) return undefined;
    return { ...nameIn(expr.slices[0]), absent: 'raises' };
  }
  if (expr.kind !== 'Call') return undefined;
  const name = tracer.nameOf(expr.func, at);
  if (!lenient.test(name) && !strict.test(name)) return undefined;
  const fallback = fallbackOf(expr);
  const read = nameIn(expr.args[0]);
  if (fallback === undefined) return { ...read, absent: lenient.test(name) ? 'none' : 'raises' };
  const isNothing = fallback.kind === 'None' || (fallback.kind === 'Str' && fallback.value === '');
  return isNothing ? { ...read, absent: 'none' } : { ...read, absent: 'fallback', fallback };
}

const fallbackOf = ({ args, keywords }: Of<'Call'>): Expr | undefined =>
  args[1] ?? keywords.find(({ name }) => name === 'default')?.value;

const nameIn = (expr: Expr | undefined): { name?: string } => (expr?.kind === 'Str' ? { name: expr.value } : {});
