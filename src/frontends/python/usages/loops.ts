import type { StmtOf } from '../syntax/nodes.js';
import { aroundIn, type Around, type Code } from './code.js';

export type Loop = StmtOf<'For'> | StmtOf<'While'>;

/** What a loop's body holds. */
interface LoopBody {
  /** Where the first loop inside of it ends. */
  loopEnd: number;
  /** A handler takes back what the round did. */
  takesBack: boolean;
}

const known = new WeakMap<Code, Map<Loop, LoopBody>>();

/** What the bodies of a file's loops hold. */
export function loopsOf(code: Code): ReadonlyMap<Loop, LoopBody> {
  let found = known.get(code);
  if (found === undefined) known.set(code, (found = collected(code)));
  return found;
}

function collected({ statements, calls }: Code): Map<Loop, LoopBody> {
  const loops = new Map<Loop, LoopBody>();
  const outside = (around: Around): LoopBody[] =>
    [...aroundIn(around)].flatMap((each) => (each.kind === 'loop' ? (loops.get(each.node) ?? []) : []));
  for (const { stmt, around } of statements) {
    if (stmt.kind !== 'For' && stmt.kind !== 'While') continue;
    for (const body of outside(around)) body.loopEnd = Math.min(body.loopEnd, stmt.end);
    loops.set(stmt, { loopEnd: Infinity, takesBack: false });
  }
  for (const { node, around } of calls) {
    if (node.func.kind !== 'Attribute' || node.func.attr !== 'rollback') continue;
    const isHandled = [...aroundIn(around)].some((each) => each.kind === 'try' && each.part === 'except');
    if (isHandled) for (const body of outside(around)) body.takesBack = true;
  }
  return loops;
}
