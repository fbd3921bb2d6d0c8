import { ts } from 'ts-morph';

/** Whether a builder is the whole of a statement, so that nothing else can run it. */
export function isBuilt(node: ts.Expression): boolean {
  const { parent } = outermost(node);
  return ts.isExpressionStatement(parent) || ts.isReturnStatement(parent) || ts.isVoidExpression(parent);
}

/** Whether something waits for a promise: `await`, `return`, `Promise.all([…])`, a name that may be awaited later. */
export function isAwaited(node: ts.Expression): boolean {
  const outer = outermost(node);
  if (outer !== node && ts.isAwaitExpression(outer)) return true;
  const { parent } = outer;
  if (ts.isVoidExpression(parent)) return false;
  // `promise.then(…)`: whoever waits for that waits for this.
  if (ts.isPropertyAccessExpression(parent) && ts.isCallExpression(parent.parent)) return isAwaited(parent.parent);
  return !ts.isExpressionStatement(parent);
}

/** The expression with `await`, parentheses and assertions around it. */
function outermost(node: ts.Expression): ts.Expression {
  let at: ts.Expression = node;
  while (
    ts.isAwaitExpression(at.parent) ||
    ts.isParenthesizedExpression(at.parent) ||
    ts.isAsExpression(at.parent) ||
    ts.isNonNullExpression(at.parent)
  )
    at = at.parent;
  return at;
}
