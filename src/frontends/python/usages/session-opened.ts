import type { SessionOpened } from '../../../ir/index.js';
import { anchorAt, spanOf } from '../source.js';
import type { Expr, Of, Stmt } from '../syntax/nodes.js';
import { aroundIn, functionAround, type Place } from './code.js';
import type { Desk } from './desk.js';
import { mayBeSession, openerOf } from './sessions.js';

const closers = /^(?:close|aclose|remove|close_all|invalidate|__exit__|__aexit__)$/;
/** Functions that end what they are given, by their names. */
const enders = /close|clean|release|finish|dispose|teardown|finalizer|callback|enter_context|remove|end_/i;
/** Methods that take a connection for the session they are called on. */
const working = /^(?:query|execute|scalars?|exec|get|add|add_all|commit|flush|merge|delete)$/;

type Closed = SessionOpened['closed'];

/** Sessions and connections that code opens, and how each is closed. */
export function openedSessions(desk: Desk): void {
  for (const place of desk.code.calls) {
    const { node } = place;
    const name = desk.nameOf(node.func, place);
    const opener = openerOf(name);
    const asks = opener === undefined && mayOpen(name) ? name : undefined;
    if (opener === undefined && asks === undefined) continue;
    const { closed, held } = closing(place, desk);
    if (closed === undefined || (closed !== 'module' && isUnbound(name, place, desk))) continue;
    const kind = opener ?? {
      resource: 'session' as const,
      library: 'sqlalchemy' as const,
      asynchronous: false,
      registry: false,
    };
    const usage: SessionOpened = {
      kind: 'session-opened',
      resource: kind.resource,
      library: kind.library,
      asynchronous: kind.asynchronous,
      api: `${desk.written(node.func)}()`,
      ...(held !== undefined && { name: held }),
      closed: kind.registry ? 'registry' : closed,
      context: desk.context,
      span: spanOf(node),
      anchor: anchorAt(desk.reading.source, place.stmt),
    };
    if (asks === undefined) desk.add(usage);
    else desk.asked.push({ usage, opener: asks });
    if (closed === 'module' && held !== undefined && opener?.resource === 'session' && !opener.registry) {
      desk.add({
        kind: 'shared-session',
        api: usage.api,
        name: held,
        asynchronous: opener.asynchronous,
        context: desk.context,
        span: spanOf(node),
      });
    }
  }
}

/**
 * Whether a call makes a session of the library's own class that knows no database: it never takes a connection. A
 * `Session` that nothing in the file binds may as well be what a sessionmaker made.
 */
function isUnbound(name: string, { node, around }: Place<Of<'Call'>>, desk: Desk): boolean {
  if (name !== 'sqlalchemy.Session' || node.args.length > 0 || node.keywords.length > 0) return false;
  return node.func.kind !== 'Name' || desk.receivers.ownerOf(node.func.id, around.names) !== undefined;
}

/** Whether a name of another file may be that of a session maker: it says so itself. */
const mayOpen = (name: string): boolean =>
  mayBeSession(name) && /(?:session\w*|\bengine\.(?:connect|raw_connection))$/i.test(name) && !name.includes('(');

/** How what a call opens is closed; nothing where the call is no opening that anyone could close. */
function closing(place: Place<Of<'Call'>>, desk: Desk): { closed?: Closed; held?: string } {
  const { node, stmt, within, around } = place;
  if (stmt.kind === 'With' && stmt.items.some(({ context }) => contains(context, node))) return { closed: 'with' };
  const parent = within?.node.kind === 'Await' ? within.parent : within;
  if (parent?.node.kind === 'Attribute') {
    const method = parent.node.attr;
    return working.test(method) ? { closed: 'never' } : {};
  }
  // What is given away is closed by whoever gets it.
  if (parent !== undefined) return { closed: 'handed-over' };
  const target = stmt.kind === 'Assign' ? stmt.targets[0] : stmt.kind === 'AnnAssign' ? stmt.target : undefined;
  if (target === undefined) return { closed: stmt.kind === 'ExprStmt' ? 'never' : 'handed-over' };
  if (target.kind !== 'Name') return { closed: 'handed-over' };
  if (functionAround(around) === undefined) return { closed: fateInModule(target.id, place, desk), held: target.id };
  return { closed: fate(target.id, place, desk), held: target.id };
}

const contains = (outer: Expr, inner: Expr): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** A script uses its session itself; one that is there for the functions of a module, or for other modules, is theirs. */
function fateInModule(name: string, place: Place, desk: Desk): Closed {
  const again = desk.code.names.bound.get(name)?.find(({ at }) => at > place.node.end)?.at ?? Infinity;
  const all = desk.readsOf(name).filter(({ node }) => node.start >= place.node.end && node.start < again);
  const own = all.filter(({ around }) => functionAround(around) === undefined);
  const isScript = own.length > 0 && own.length === all.length;
  return isScript && own.every((use) => useOf(use) === 'never') ? 'never' : 'module';
}

/** What becomes of the name that holds a session inside its function. */
function fate(name: string, place: Place, desk: Desk): Closed {
  const owner = functionAround(place.around);
  const { source } = desk.reading;
  if (owner === undefined) return 'module';
  const shared = new RegExp(`\\b(?:global|nonlocal)\\b[^\\n]*\\b${name}\\b`);
  if (shared.test(source.slice(owner.start, owner.end))) return 'handed-over';
  let closed: Closed = 'never';
  const better = (to: Closed) => {
    const order: Closed[] = ['never', 'straight', 'handed-over', 'finally', 'with'];
    if (order.indexOf(to) > order.indexOf(closed)) closed = to;
  };
  for (const use of desk.readsOf(name))
    if (use.node.start >= place.node.end && use.node.end <= owner.end) better(useOf(use));
  return closed;
}

function useOf(use: Place<Of<'Name'>>): Closed {
  const { stmt, node, around } = use;
  // `with session.begin():` gives the connection back at its end, as `with session:` does.
  if (stmt.kind === 'With' && stmt.items.some(({ context }) => contains(context, node) && isEntered(context, node)))
    return 'with';
  const parent = use.within?.node;
  if (parent?.kind === 'Attribute') {
    if (!closers.test(parent.attr)) return 'never';
    const call = use.within?.parent?.node;
    // `stack.callback(session.close)`
    if (call?.kind !== 'Call' || call.func !== parent) return 'handed-over';
    return [...aroundIn(around)].some((each) => each.kind === 'try' && each.part === 'finally')
      ? 'finally'
      : 'straight';
  }
  if (parent?.kind === 'Call' && parent.func !== node) {
    const callee =
      parent.func.kind === 'Attribute' ? parent.func.attr : parent.func.kind === 'Name' ? parent.func.id : '';
    // An object may keep it, and whoever ends things ends it.
    return enders.test(callee) || /^[A-Z_]*[A-Z]\w*$/.test(callee) ? 'handed-over' : 'never';
  }
  if (parent === undefined || parent.kind === 'Tuple' || parent.kind === 'Dict' || parent.kind === 'List')
    return isGiven(stmt) ? 'handed-over' : 'never';
  // `yield session`
  return parent.kind === 'Opaque' || parent.kind === 'Lambda' ? 'handed-over' : 'never';
}

/** Whether a statement gives a value to someone else: returns it, or stores it. */
const isGiven = (stmt: Stmt): boolean =>
  stmt.kind === 'Return' || stmt.kind === 'Assign' || stmt.kind === 'AnnAssign' || stmt.kind === 'ExprStmt';

/** `with session`, `with closing(session)`, `with session.begin()`. */
function isEntered(context: Expr, node: Expr): boolean {
  if (context === node) return true;
  if (context.kind !== 'Call') return false;
  if (context.func.kind === 'Attribute' && context.func.value === node)
    return /^(?:begin|begin_nested)$/.test(context.func.attr);
  return context.args[0] === node;
}
