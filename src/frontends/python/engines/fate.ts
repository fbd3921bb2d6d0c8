import type { Engine } from '../../../ir/index.js';
import type { Tracer } from '../injection/tracer.js';
import type { CallSite } from '../injection/frames.js';
import type { Node, Of, StmtOf } from '../syntax/nodes.js';
import { nodesIn, type Path } from './walk.js';

type Fate = NonNullable<Engine['fate']>;

/** Callees that use what they are given while they run, or wrap it and come to the same end. */
const uses =
  /(?:^|\.)(?:create_all|drop_all|inspect|read_sql|read_sql_query|read_sql_table|to_sql|reflect|has_table|database_exists|create_database|drop_database|Table|listens_for|listen|run_migrations|isinstance|print|len|str|repr|bool|prepare)(?:\(\))?$/;
const wraps =
  /^(?:sqlalchemy|sqlmodel)\.(?:Session|AsyncSession|sessionmaker|async_sessionmaker|scoped_session|AsyncEngine)$/;

interface Inside {
  /** What each call stands in. */
  places: Map<Node, Path | undefined>;
  names: { name: string; path: Path }[];
  isGlobal: boolean;
}

const known = new WeakMap<StmtOf<'FunctionDef'>, Inside>();

/** The calls and names of a function, looked up once however many engines it makes. */
function insideOf(node: StmtOf<'FunctionDef'>): Inside {
  const found = known.get(node);
  if (found !== undefined) return found;
  const inside: Inside = { places: new Map(), names: [], isGlobal: false };
  for (const { node: each, around } of nodesIn(node.body)) {
    if (each.kind === 'Call') inside.places.set(each, around);
    if (each.kind === 'Name') inside.names.push({ name: each.id, path: { node: each, ...(around && { around }) } });
    if (each.kind === 'Global') inside.isGlobal = true;
  }
  known.set(node, inside);
  return inside;
}

/** What a function does with an engine that it makes. */
export function fateOf({ call, at }: CallSite, tracer: Tracer): Fate | undefined {
  const { node } = at.frame;
  if (node?.kind !== 'FunctionDef') return undefined;
  const { places, names, isGlobal } = insideOf(node);
  // Which names a `global` statement speaks of is not kept.
  if (isGlobal) return 'kept';
  const start = places.get(call);
  if (start === undefined) return undefined;
  const queue: Path[] = [{ node: call, around: start }];
  const seen = new Set<string>();
  const fates = new Set<Fate>();
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const found = stepOf(path, at, tracer);
    if ('fate' in found) fates.add(found.fate);
    else if ('outer' in found) queue.push(found.outer);
    else if (!seen.has(found.name)) {
      seen.add(found.name);
      for (const each of names) if (each.name === found.name && !isTarget(each.path)) queue.push(each.path);
    }
  }
  const order: Fate[] = ['kept', 'returned', 'closed'];
  return order.find((fate) => fates.has(fate)) ?? 'local';
}

type Step = { fate: Fate } | { outer: Path } | { name: string };

/** Where the value at a place of the code goes next. */
function stepOf({ node, around }: Path, at: CallSite['at'], tracer: Tracer): Step {
  const local: Step = { fate: 'local' };
  if (around === undefined) return local;
  const outer = around.node;
  const onwards: Step = { outer: around };
  switch (outer.kind) {
    case 'Attribute':
      return /^(?:dispose|close|close_all|aclose|sync_engine)$/.test(outer.attr) ? { fate: 'closed' } : local;
    case 'Call': {
      if (outer.func === node) return isMadeIn(outer, at, tracer) ? onwards : local;
      const name = tracer.nameOf(outer.func, at);
      if (wraps.test(name)) return onwards;
      return uses.test(name) ? local : { fate: 'kept' };
    }
    case 'Return':
      return { fate: 'returned' };
    case 'Opaque':
      return { fate: 'returned' };
    case 'Assign':
    case 'AnnAssign': {
      const [target, ...others] = outer.kind === 'Assign' ? outer.targets : [outer.target];
      return target?.kind === 'Name' && others.length === 0 ? { name: target.id } : { fate: 'kept' };
    }
    case 'NamedExpr':
    case 'Await':
    case 'IfExp':
    case 'BoolOp':
      return onwards;
    case 'With': {
      const item = outer.items.find(({ context }) => context === node);
      return item?.target?.kind === 'Name' ? { name: item.target.id } : local;
    }
    case 'Tuple':
    case 'List':
    case 'Dict':
    case 'Set':
    case 'Starred':
    case 'Lambda':
      return { fate: 'kept' };
    default:
      return local;
  }
}

/** A call of what a session factory made: `Session()` of `Session = sessionmaker(engine)`. */
function isMadeIn(outer: Of<'Call'>, at: CallSite['at'], tracer: Tracer): boolean {
  return /(?:sessionmaker|scoped_session)\(\)$/.test(tracer.nameOf(outer.func, at));
}

const isTarget = ({ node, around }: Path): boolean =>
  around?.node.kind === 'Assign' && around.node.targets.some((target) => target === node);
