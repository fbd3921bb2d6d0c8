import { ts } from 'ts-morph';
import type { SessionCall } from '../../../ir/index.js';
import { spanOf } from '../syntax.js';

type Loop = ts.IterationStatement;

/** What stands around a place in its function, one step out after the other. */
type Around =
  | { kind: 'loop'; node: Loop }
  | { kind: 'if'; node: ts.IfStatement }
  | { kind: 'try' | 'except' | 'finally'; node: ts.TryStatement }
  | { kind: 'except'; node: ts.CallExpression };

/** An expression as written, on one line. */
export const textOf = (node: ts.Node): string => node.getText().replace(/\s+/g, ' ');

const isFunction = (node: ts.Node): boolean => ts.isFunctionLike(node) || ts.isClassLike(node);

export function* aroundIn(from: ts.Node): Generator<Around> {
  let inner = from;
  for (let node = from.parent as ts.Node | undefined; node !== undefined; inner = node, node = node.parent) {
    if (isFunction(node)) {
      const call = node.parent;
      // `promise.catch(() => runner.rollbackTransaction())`
      if (ts.isCallExpression(call) && ts.isPropertyAccessExpression(call.expression)) {
        if (call.expression.name.text === 'catch' || call.arguments.indexOf(node as ts.Expression) === 1)
          yield { kind: 'except', node: call };
      }
      return;
    }
    if (ts.isIterationStatement(node, false)) {
      if (node.statement === inner) yield { kind: 'loop', node };
    } else if (ts.isIfStatement(node)) {
      if (node.expression !== inner) yield { kind: 'if', node };
    } else if (ts.isTryStatement(node))
      yield { kind: inner === node.tryBlock ? 'try' : inner === node.catchClause ? 'except' : 'finally', node };
  }
}

/** The innermost function around a place, and its name. */
export function functionAround(from: ts.Node): { node: ts.Node; name?: string } | undefined {
  for (let node = from.parent as ts.Node | undefined; node !== undefined; node = node.parent) {
    if (!ts.isFunctionLike(node)) continue;
    const { name } = node;
    return { node, ...(name && ts.isIdentifier(name) && { name: name.text }) };
  }
  return undefined;
}

const cut = /batch|chunk|page|slice|partition|bulk|window|group/i;
const endlessSource = /consum|queue|subscri|listen|poll|stream|messages\b/i;
const flag = /stop|run|alive|shutdown|abort|closed|quit/i;

/** What a loop around a call is like. */
export function loopFacts(
  loop: Loop,
  call: ts.CallExpression,
  around: readonly Around[],
): NonNullable<SessionCall['loop']> {
  const head = headOf(loop);
  const steps = around.slice(
    0,
    around.findIndex(({ node }) => node === loop),
  );
  const attempts = steps.flatMap((each) => (each.kind === 'try' ? [each.node] : []));
  const tests = steps.flatMap((each) => (each.kind === 'if' ? [textOf(each.node.expression)] : []));
  return {
    endless: isEndless(loop, head),
    batched: cut.test(head) || hasStep(loop) || tests.some((test) => /%|\.length\b|count|size|batch|chunk/i.test(test)),
    retry: /attempt|retr(?:y|ies)|\btries\b/i.test(head) || attempts.some(({ tryBlock }) => leaves(tryBlock)),
    isolated: attempts.some(({ catchClause }) => catchClause !== undefined && !raises(catchClause.block)),
    keyRead: false,
    span: spanOf(loop),
  };
}

const headOf = (loop: Loop): string =>
  ts.isForOfStatement(loop) || ts.isForInStatement(loop)
    ? `${textOf(loop.initializer)} of ${textOf(loop.expression)}`
    : ts.isForStatement(loop)
      ? [loop.initializer, loop.condition, loop.incrementor].map((each) => (each ? textOf(each) : '')).join('; ')
      : textOf((loop as ts.WhileStatement).expression);

function isEndless(loop: Loop, head: string): boolean {
  if (ts.isForStatement(loop)) return loop.condition === undefined;
  if (ts.isForOfStatement(loop)) return loop.awaitModifier !== undefined && endlessSource.test(head);
  return head === 'true' || head === '1' || (ts.isWhileStatement(loop) && flag.test(head));
}

/** `i += size` cuts in pieces. */
const hasStep = (loop: Loop): boolean =>
  ts.isForStatement(loop) &&
  loop.incrementor !== undefined &&
  ts.isBinaryExpression(loop.incrementor) &&
  loop.incrementor.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken;

const leaves = ({ statements }: ts.Block): boolean => {
  const last = statements.at(-1);
  return last !== undefined && (ts.isReturnStatement(last) || ts.isBreakStatement(last));
};

const raises = ({ statements }: ts.Block): boolean => statements.some((each) => ts.isThrowStatement(each));
