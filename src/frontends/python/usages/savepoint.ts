import { anchorAt, spanOf } from '../source.js';
import type { Expr, StmtOf } from '../syntax/nodes.js';
import type { Place } from './code.js';
import type { Desk } from './desk.js';

const waiting = /^(?:add|add_all|delete|merge)$/;
const sending = /^(?:flush|commit|execute|scalars?|exec|get|get_one|query|refresh|bulk_\w+|begin_nested|run_sync)$/;

/** `with session.begin_nested(): try: … except IntegrityError: …`: the handler stands inside of the savepoint. */
export function savepointHandlers(desk: Desk): void {
  for (const place of desk.code.calls) {
    const { node, stmt } = place;
    if (node.func.kind !== 'Attribute' || node.func.attr !== 'begin_nested' || stmt.kind !== 'With') continue;
    const item = stmt.items.find(({ context }) => context === node);
    const session = item && desk.sessionOf(node.func.value, place);
    if (session === undefined) continue;
    for (const inner of stmt.body) {
      if (inner.kind !== 'Try' || inner.handlers.length === 0) continue;
      const methods = methodsIn(inner, desk);
      desk.add(
        {
          kind: 'savepoint-handler',
          api: `${desk.written(node.func)}()`,
          caught: inner.handlers.flatMap(({ type }) => typesOf(type).map((each) => desk.written(each))),
          flushed: methods.some((name) => sending.test(name)),
          pending: methods.some((name) => waiting.test(name)),
          block: spanOf(stmt),
          context: desk.context,
          span: { start: inner.start, end: inner.start + 'try'.length },
          anchor: anchorAt(desk.reading.source, stmt, {}, points(stmt, inner)),
        },
        session,
      );
    }
  }
}

const typesOf = (type: Expr | undefined): Expr[] =>
  type === undefined ? [] : type.kind === 'Tuple' ? type.items : [type];

/** Methods that the body of a `try` calls on anything. */
const methodsIn = ({ body }: StmtOf<'Try'>, { code }: Desk): string[] => {
  const [start, end] = [body[0]?.start ?? 0, body.at(-1)?.end ?? 0];
  return code.calls.flatMap(({ node }: Place) =>
    node.kind === 'Call' && node.func.kind === 'Attribute' && node.start >= start && node.end <= end
      ? [node.func.attr]
      : [],
  );
};

/** What the pen needs to turn the two around: only where the `try` is all that the block holds. */
function points(block: StmtOf<'With'>, inner: StmtOf<'Try'>): { [role: string]: number } {
  const isPlain =
    block.body.length === 1 &&
    block.items.length === 1 &&
    block.items[0]?.target === undefined &&
    inner.orelse.length === 0 &&
    inner.final.length === 0;
  const [first] = inner.body;
  if (!isPlain || first === undefined) return {};
  return {
    tryStart: inner.start,
    bodyStart: first.start,
    bodyEnd: inner.body.at(-1)?.end ?? first.end,
    end: inner.end,
  };
}
