import type { SessionCall } from '../../../ir/index.js';
import { anchorAt, spanOf } from '../source.js';
import type { Of, StmtOf } from '../syntax/nodes.js';
import { aroundIn, functionAround, type Around, type Place } from './code.js';
import type { Desk } from './desk.js';
import { openerOf } from './sessions.js';
import { loopsOf, type Loop } from './loops.js';

const calls = new Set(['commit', 'flush', 'rollback']);

/** `commit()`, `flush()` and `rollback()` of sessions, with what stands around them. */
export function sessionCalls(desk: Desk): void {
  for (const place of desk.code.calls) {
    const { func } = place.node;
    if (func.kind !== 'Attribute' || !calls.has(func.attr)) continue;
    const session = desk.sessionOf(func.value, place);
    if (session === undefined) continue;
    const call = func.attr as SessionCall['call'];
    desk.add({ ...surroundings(place, desk), kind: 'session-call', call, library: session.library }, session);
  }
}

function surroundings(place: Place<Of<'Call'>>, desk: Desk): Omit<SessionCall, 'kind' | 'call' | 'library'> {
  const { node, stmt, next, around } = place;
  const conditions: string[] = [];
  let handler: SessionCall['handler'];
  let loop: Loop | undefined;
  for (const each of aroundIn(around)) {
    if (each.kind === 'if') conditions.unshift((each.branch === 'body' ? '' : 'not ') + desk.written(each.node.test));
    if (each.kind === 'try' && (each.part === 'except' || each.part === 'finally')) handler ??= each.part;
    if (each.kind === 'loop') loop ??= each.node;
  }
  const owner = functionAround(around);
  return {
    api: `${desk.written(node.func)}()`,
    ...(loop && { loop: loopFacts(loop, place, desk) }),
    ...(handler && { handler }),
    ...(owner && { within: owner.name }),
    guarded: around.kind === 'if',
    conditions,
    ...(next && /^(?:Raise|Return)$/.test(next.kind) && { then: next.kind === 'Raise' ? 'raise' : 'return' }),
    context: desk.context,
    span: spanOf(node),
    anchor: anchorAt(desk.reading.source, stmt, {}, endsLoop(place) ? { endsLoop: stmt.end } : {}),
  };
}

/** Whether a call is the last statement of a loop's body, behind others, and the loop stands in no other. */
function endsLoop({ stmt, next, around }: Place): boolean {
  if (around.kind !== 'loop' || around.node.orelse.length > 0 || around.node.body.length < 2) return false;
  const isNested = [...aroundIn(around.parent ?? around)].some((each) => each.kind === 'loop' && each !== around);
  return stmt.kind === 'ExprStmt' && next === undefined && !isNested;
}

/** Names of what gives messages for as long as it runs. In the plural they are rows: `subscriptions`. */
const endlessSource =
  /(?:consume|consumer|queue|subscribe|subscriber|subscription|listen|listener|poll|pub_?sub)(?![a-z])|messages\(|\.stream\(\)|iter\(.*,|count\(/i;
const rowStream = /\.stream(?:_scalars)?\(/;
/** Conditions that somebody else ends: `while not self.stopped`. */
const flag = /^(?:not )?[\w.]*(?:stop|run|alive|shutdown|active|exit|closed|done|quit|term)\w*(?:\.is_set\(\)|\(\))?$/i;
const cut = /batch|chunk|page|slice|partition|bulk|window|yield_per|group/i;
const attempts = /attempt|retr(?:y|ies)|\btries\b/i;

function loopFacts(loop: Loop, place: Place<Of<'Call'>>, desk: Desk): NonNullable<SessionCall['loop']> {
  const head =
    loop.kind === 'For' ? `${desk.written(loop.target)} in ${desk.written(loop.iter)}` : desk.written(loop.test);
  const inside = [...aroundIn(place.around)];
  const holds = loopsOf(desk.code).get(loop) ?? { loopEnd: Infinity, takesBack: false };
  const steps = inside.slice(
    0,
    inside.findIndex((each) => each.kind === 'loop' && each.node === loop),
  );
  const source = loop.kind === 'For' ? desk.written(loop.iter) : head;
  const tests = steps.flatMap((each) => (each.kind === 'if' ? [desk.written(each.node.test)] : []));
  return {
    endless:
      loop.kind === 'While' ? isTrue(loop) || flag.test(head) : endlessSource.test(source) && !rowStream.test(source),
    batched:
      cut.test(head) ||
      hasStep(loop) ||
      holds.loopEnd <= place.stmt.start ||
      tests.some((test) => /%|\blen\(|count|size|batch|chunk|total/i.test(test)),
    retry: isRetry(loop, head, steps),
    isolated:
      holds.takesBack ||
      steps.some((each) => each.kind === 'with' && opensSession(each, desk)) ||
      assignsSession(loop, place, desk),
    keyRead: readsKey(loop, place, desk.reading.source),
    span: spanOf(loop),
  };
}

/** Whether what follows in a loop reads a key, or hands on an object that the loop made, for others to read its key. */
function readsKey(loop: Loop, { stmt }: Place, source: string): boolean {
  const rest = source.slice(stmt.end, loop.end);
  if (/\b\w+\.(?:id|uuid|guid|pk|\w+_id)\b/.test(rest)) return true;
  const made = [...source.slice(loop.start, stmt.start).matchAll(/^[ \t]*(\w+) = [\w.]+\(/gm)].map(([, name]) => name);
  return [...rest.matchAll(/[(,=]\s*(\w+)\s*(?=[,)])/g)].some(([, name]) => made.includes(name));
}

const isTrue = ({ test }: StmtOf<'While'>): boolean =>
  (test.kind === 'Bool' && test.value) || (test.kind === 'Num' && test.value !== 0);

/** `range(0, n, size)` cuts in pieces. */
const hasStep = (loop: Loop): boolean =>
  loop.kind === 'For' &&
  loop.iter.kind === 'Call' &&
  loop.iter.func.kind === 'Name' &&
  loop.iter.func.id === 'range' &&
  loop.iter.args.length === 3;

/** A loop that is left once its body went through: named for it, or with a way out behind the call and a handler around. */
function isRetry(loop: Loop, head: string, steps: readonly Around[]): boolean {
  const tried = steps.find((each) => each.kind === 'try' && (each.part === 'body' || each.part === 'else'));
  if (attempts.test(head)) return true;
  if (tried?.kind !== 'try') return false;
  const { body, orelse } = tried.node;
  return [body.at(-1), orelse.at(-1)].some((last) => last?.kind === 'Return' || last?.kind === 'Break');
}

const opensSession = (each: Extract<Around, { kind: 'with' }>, desk: Desk): boolean =>
  each.node.items.some(({ context }) => /session/i.test(desk.written(context)) && context.kind === 'Call');

/** Whether the session's name gets its value inside the loop. */
function assignsSession(loop: Loop, { node, around }: Place<Of<'Call'>>, desk: Desk): boolean {
  const root = node.func.kind === 'Attribute' ? node.func.value : undefined;
  if (root?.kind !== 'Name') return false;
  return (around.names.bound.get(root.id) ?? []).some(
    (bound) =>
      bound.how === 'value' &&
      bound.value.kind === 'Call' &&
      bound.at > loop.start &&
      bound.at < loop.end &&
      openerOf(desk.receivers.nameOf(bound.value.func, around.names, bound.at)) !== undefined,
  );
}
