import { ts } from 'ts-morph';
import type { Dialect, Guard, Span } from '../../../ir/index.js';
import { dialectNames } from '../dialect-names.js';
import { declarationOf } from '../values/bindings.js';
import { evaluate } from '../values/evaluate.js';
import type { Scope } from '../values/scope.js';
import { spanOf, visit } from '../syntax.js';
import type { Value } from '../values/values.js';

export const isRunner = (value: Value): value is Extract<Value, { kind: 'reference' }> =>
  value.kind === 'reference' && value.module === 'typeorm' && value.name === 'QueryRunner';

/** What a condition asks: whether an object is there, which database it is, or something else. */
export function guardOf(condition: ts.Expression, scope: Scope, holds = true): Guard {
  const span: Span = spanOf(condition);
  const dialects: Dialect[] = [];
  let existence = false;
  const look = (root: ts.Node, depth: number): void =>
    visit(root, (node) => {
      if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
        const { text } = node.expression.name;
        if (
          /^(?:has(?:Table|Column|Schema|Database)|getTable|getView)$/.test(text) &&
          isRunner(evaluate(node.expression.expression, scope))
        )
          existence = true;
      }
      const named = ts.isStringLiteralLike(node) ? dialectNames.get(node.text.toLowerCase()) : undefined;
      if (named) dialects.push(named);
      if (ts.isIdentifier(node) && depth < 3) {
        const declaration = declarationOf(node.text, node);
        if (declaration?.kind === 'variable' && declaration.node.initializer)
          look(declaration.node.initializer, depth + 1);
      }
      return !ts.isFunctionLike(node);
    });
  look(condition, 0);
  if (existence) return { kind: 'existence', span };
  const positive = holds !== /!==?/.test(condition.getText());
  if (dialects.length > 0) return { kind: 'dialect', ...(positive && { dialects: [...new Set(dialects)] }), span };
  return { kind: 'unknown', span };
}

/** The dialect of what stands at a node: conditions and cases around it may ask which database it is. */
export function dialectAround(node: ts.Node, scope: Scope, otherwise: Dialect): Dialect {
  let child: ts.Node = node;
  for (let at: ts.Node | undefined = node.parent; at && !ts.isFunctionLike(at); child = at, at = at.parent) {
    if (ts.isCaseClause(at) && ts.isStringLiteralLike(at.expression)) {
      const named = dialectNames.get(at.expression.text.toLowerCase());
      if (named) return named;
    }
    const condition = ts.isIfStatement(at) ? at.expression : ts.isConditionalExpression(at) ? at.condition : undefined;
    if (!condition || child === condition) continue;
    const guard = guardOf(condition, scope);
    if (guard.kind !== 'dialect') continue;
    const holds = ts.isIfStatement(at)
      ? child === at.thenStatement
      : ts.isConditionalExpression(at) && child === at.whenTrue;
    return holds && guard.dialects?.length === 1 ? guard.dialects[0]! : 'unknown';
  }
  return otherwise;
}
