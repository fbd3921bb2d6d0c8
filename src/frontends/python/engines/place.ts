import type { Expr, Stmt, StmtOf } from '../syntax/nodes.js';
import type { ProgramPlace, Span } from '../../../ir/index.js';
import type { At } from '../injection/frames.js';
import type { Tracer } from '../injection/tracer.js';
import { written } from '../source.js';
import { nodesIn, statementsAround } from './walk.js';

/** Decorators, by the last part of their name, that keep a function's first result. */
const cached =
  /(?:^|\.)(?:lru_cache|cache|cached|cached_property|cachedproperty|memoize|memoized|singleton|once|provider|cache_resource)(?:\(\))?$/;
/** Decorators of what an application or worker runs when it starts. */
const startup =
  /(?:^|\.)(?:on_event|on_startup|listener|before_first_request|before_serving|worker_(?:process_)?init\.connect|connect)(?:\(\))?$/;
const command = /(?:^|\.)(?:command|group|callback|argument|option|management_command)(?:\(\))?$/;
const handler =
  /\.(?:get|post|put|patch|delete|head|options|route|api_route|websocket|task|before_request|after_request|event|message_handler)(?:\(\))?$|(?:^|\.)(?:shared_task|periodic_task|actor|flow|job)(?:\(\))?$/;

const startupName =
  /^_*(?:lifespan|start_?up|on_startup|(?:create|make|build|get|init|setup|configure)_app(?:lication)?|app_factory|__init__|__new__|__aenter__|__enter__|start|init|initiali[sz]e|setup|set_up|configure|bootstrap)$|^_*(?:init|setup|configure|initiali[sz]e|bootstrap|startup)_/i;

/** Where a call stands, and how often that place runs. */
export function placeOf(at: Span, tracer: Tracer, hasMain: boolean): ProgramPlace {
  const { module, source } = tracer.reading;
  const around = statementsAround(module.body, at);
  const lastFunction = around.findLastIndex(({ kind }) => kind === 'FunctionDef');
  const node = around[lastFunction];
  const owner = around.findLast((stmt) => stmt.kind === 'ClassDef');
  const named = {
    ...(node?.kind === 'FunctionDef' && { function: node.name }),
    ...(owner?.kind === 'ClassDef' && { class: owner.name }),
  };
  const conditions = around.slice(lastFunction + 1).filter((stmt) => stmt.kind === 'If');
  if (node?.kind !== 'FunctionDef') {
    if (conditions.some(isMain)) return { in: 'main' };
    const place = around.some(({ kind }) => kind === 'ClassDef') ? 'class' : 'module';
    return { in: place, ...named, ...(conditions.length > 0 && { conditional: true as const }) };
  }
  const decorators = around
    .filter((stmt) => stmt.kind === 'FunctionDef')
    .flatMap((stmt) => stmt.decorators.map((each) => tracer.nameOf(each, moduleAt(tracer))));
  const answers = decorators.some((name) => handler.test(name) && !command.test(name));
  const once = answers ? undefined : onceOf(around, node, conditions, decorators, at, source, hasMain);
  return {
    in: 'function',
    ...named,
    ...(conditions.length > 0 && { conditional: true as const }),
    ...(once && { once }),
    ...((answers || isDependency(node)) && { handler: true as const }),
  };
}

const moduleAt = ({ program }: Tracer): At => ({ frame: program.module, path: [], offset: Number.MAX_SAFE_INTEGER });

function onceOf(
  around: readonly Stmt[],
  node: StmtOf<'FunctionDef'>,
  conditions: readonly StmtOf<'If'>[],
  decorators: readonly string[],
  at: Span,
  source: string,
  hasMain: boolean,
): ProgramPlace['once'] {
  if (decorators.some((name) => cached.test(name))) return 'cached';
  if (isLookedAtFirst(around.at(-1), conditions, node, at, source)) return 'cached';
  const names = around.flatMap((stmt) => (stmt.kind === 'FunctionDef' ? [stmt.name] : []));
  if (decorators.some((name) => startup.test(name)) || names.some((name) => startupName.test(name))) return 'startup';
  if (decorators.some((name) => command.test(name)) || names.includes('main')) return 'command';
  return hasMain ? 'script' : undefined;
}

/** `if _engine is None: _engine = create_engine()`, and `if _engine: return _engine` further up. */
function isLookedAtFirst(
  stmt: Stmt | undefined,
  conditions: readonly StmtOf<'If'>[],
  node: StmtOf<'FunctionDef'>,
  at: Span,
  source: string,
): boolean {
  const earlier = node.body.filter(
    (each) => each.kind === 'If' && each.end <= at.start && each.body.at(-1)?.kind === 'Return',
  );
  const tests = [...conditions, ...earlier].flatMap((each) => (each.kind === 'If' ? [written(source, each.test)] : []));
  const targets = stmt?.kind === 'Assign' ? stmt.targets : stmt?.kind === 'AnnAssign' ? [stmt.target] : [];
  const roots = targets
    .map((target) => (target.kind === 'Subscript' ? target.value : target))
    .map((each) => written(source, each));
  if (roots.some((root) => tests.some((test) => mentions(test, root)))) return true;
  // The engine may be made in a variable of the function and stored in the one that the condition looked at.
  if (tests.length === 0) return false;
  const stored = node.body.flatMap((each) => [...assigned(each)]).map((target) => written(source, target));
  return stored.some((name) => tests.some((test) => mentions(test, name)));
}

function* assigned(stmt: Stmt): Generator<Expr> {
  for (const { node } of nodesIn([stmt])) {
    if (node.kind !== 'Assign') continue;
    for (const target of node.targets) {
      if (target.kind === 'Attribute') yield target;
      else if (target.kind === 'Subscript') yield target.value;
    }
  }
}

const mentions = (test: string, name: string): boolean =>
  new RegExp(`(?:^|[^\\w.])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w])`).test(test);

export const isMain = (stmt: Stmt): boolean =>
  stmt.kind === 'If' &&
  stmt.test.kind === 'Compare' &&
  stmt.test.left.kind === 'Name' &&
  stmt.test.left.id === '__name__';

/** A generator that hands out one session for each request, as FastAPI's dependencies do. */
function isDependency(node: StmtOf<'FunctionDef'>): boolean {
  return /^(?:get|provide|yield)_\w*(?:db|session|conn|connection)\w*$|^(?:get_)?(?:db|session)$/.test(node.name);
}
