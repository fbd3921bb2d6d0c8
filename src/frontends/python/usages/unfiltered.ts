import type { UnfilteredChange } from '../../../ir/index.js';
import type { At, CallSite, Program } from '../injection/frames.js';
import type { Tracer } from '../injection/tracer.js';
import type { Reading } from '../reading.js';
import type { Expr, Of } from '../syntax/nodes.js';

const filters = /^(?:where|filter|filter_by|having|join|limit|order_by|select_from|with_parent)$/;
const runs = /^(?:execute|scalar|scalars|exec|stream)$/;

/** The methods called one after another on the result of a call, up to the whole chain. */
function chain(start: Of<'Call'>, program: Program): { methods: Of<'Call'>[]; end: CallSite | undefined } {
  const methods: Of<'Call'>[] = [];
  let at = program.calls.find(({ call }) => call === start);
  while (at?.outer !== undefined && at.outer.func.kind === 'Attribute' && at.outer.func.value.start === start.start) {
    const { outer } = at;
    methods.push(outer);
    at = program.calls.find(({ call }) => call === outer);
  }
  return { methods, end: at };
}

/** A delete or update that no condition limits. */
export function unfiltered(
  place: CallSite,
  program: Program,
  tracer: Tracer,
  reading: Reading,
): Pick<UnfilteredChange, 'kind' | 'api' | 'target'> | undefined {
  const { call, at } = place;
  const method = call.func.kind === 'Attribute' ? call.func.attr : call.func.kind === 'Name' ? call.func.id : '';
  const kind = /delete$/.test(method) ? 'delete' : /update$/.test(method) ? 'update' : undefined;
  if (kind === undefined) return undefined;
  const source = (expr: Expr | undefined) =>
    expr === undefined ? undefined : reading.source.slice(expr.start, expr.end);
  /** Whether a method of a construct limits it: `where(true())` does not. */
  const limits = (each: Of<'Call'>) =>
    each.func.kind === 'Attribute' &&
    filters.test(each.func.attr) &&
    !(each.args.length > 0 && each.args.every((arg) => isAlwaysTrue(arg, at, tracer)));
  const mapped = tableOwner(call);
  if (mapped !== undefined || tracer.nameOf(call.func, at) === `sqlalchemy.${kind}`) {
    const { methods, end } = chain(call, program);
    if (methods.some(limits) || !isRun(end, program)) return undefined;
    const target = source(mapped ?? call.args[0]);
    return { kind: `unfiltered-${kind}`, api: `${kind}()`, ...(target !== undefined && { target }) };
  }
  let receiver = call.func.kind === 'Attribute' ? call.func.value : undefined;
  while (receiver?.kind === 'Call' && receiver.func.kind === 'Attribute' && isVain(receiver, limits))
    receiver = receiver.func.value;
  const query = receiver && queryOf(receiver);
  if (query === undefined) return undefined;
  const target = source(query);
  return { kind: `unfiltered-${kind}`, api: `query.${kind}()`, ...(target !== undefined && { target }) };
}

const isAlwaysTrue = (expr: Expr, at: At, tracer: Tracer): boolean =>
  (expr.kind === 'Bool' && expr.value) ||
  (expr.kind === 'Call' && /^sqlalchemy\.(?:\w+\.)*true$/.test(tracer.nameOf(expr.func, at)));

/** Whether a call is a filter that lets everything pass. */
const isVain = (call: Of<'Call'>, limits: (call: Of<'Call'>) => boolean): boolean =>
  call.func.kind === 'Attribute' && /^(?:where|filter)$/.test(call.func.attr) && call.args.length > 0 && !limits(call);

/** The class of `X.__table__.delete()`, where no condition is handed over. */
function tableOwner({ func, args, keywords }: Of<'Call'>): Expr | undefined {
  const isWhole = args.length === 0 && !keywords.some(({ name }) => name === 'whereclause');
  return isWhole && func.kind === 'Attribute' && func.value.kind === 'Attribute' && func.value.attr === '__table__'
    ? func.value.value
    : undefined;
}

/** The class of `session.query(X)` or `X.query` with nothing behind it. */
function queryOf(expr: Expr): Expr | undefined {
  if (expr.kind === 'Call' && expr.func.kind === 'Attribute' && expr.func.attr === 'query' && expr.args.length === 1)
    return expr.args[0];
  return expr.kind === 'Attribute' &&
    expr.attr === 'query' &&
    expr.value.kind === 'Name' &&
    /^[A-Z]/.test(expr.value.id)
    ? expr.value
    : undefined;
}

/** Whether a finished construct is run: handed to `execute`, or kept in a name that is, and never filtered. */
function isRun(end: CallSite | undefined, program: Program): boolean {
  if (end === undefined) return false;
  if (end.outer?.func.kind === 'Attribute' && runs.test(end.outer.func.attr)) return true;
  const named = [...end.at.frame.locals].find(([, locals]) => locals.some(({ value }) => value === end.call))?.[0];
  if (named === undefined) return false;
  const uses = program.calls.filter(({ at }) => at.frame === end.at.frame);
  const isName = (expr: Expr | undefined) => expr?.kind === 'Name' && expr.id === named;
  const isFiltered = uses.some(
    ({ call }) => call.func.kind === 'Attribute' && isName(call.func.value) && filters.test(call.func.attr),
  );
  return (
    !isFiltered &&
    uses.some(({ call }) => call.func.kind === 'Attribute' && runs.test(call.func.attr) && isName(call.args[0]))
  );
}
