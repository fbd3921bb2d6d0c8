import { spanOf } from '../source.js';
import { functionAround } from './code.js';
import { isAsync, type Desk } from './desk.js';

/** Methods of an `AsyncSession` that give a coroutine. */
const coroutines =
  /^(?:execute|scalars?|exec|commit|rollback|flush|refresh|get|get_one|delete|merge|close|aclose|stream|stream_scalars|run_sync|connection|invalidate|reset)$/;

/** `session.commit()` of an asynchronous session as a statement, or with a method called on its coroutine. */
export function missingAwaits(desk: Desk): void {
  for (const place of desk.code.calls) {
    const { node, within, stmt, around } = place;
    if (node.func.kind !== 'Attribute' || !coroutines.test(node.func.attr)) continue;
    const isDropped = within === undefined ? stmt.kind === 'ExprStmt' : within.node.kind === 'Attribute';
    const owner = functionAround(around);
    if (!isDropped || owner === undefined || !isAsync(owner, desk.reading.source)) continue;
    const session = desk.sessionOf(node.func.value, place);
    if (session?.asks !== undefined || session?.asynchronous !== true) continue;
    desk.add({
      kind: 'missing-await',
      api: `${desk.written(node.func)}()`,
      context: desk.context,
      span: spanOf(node),
    });
  }
}
