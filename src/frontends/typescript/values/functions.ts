import { ts } from 'ts-morph';
import { bare } from '../syntax.js';
import { declarationOf } from './bindings.js';

/** The function of this file that a call names. */
export function functionOf(callee: ts.Expression): ts.FunctionLikeDeclaration | undefined {
  if (!ts.isIdentifier(callee)) return undefined;
  const declaration = declarationOf(callee.text, callee);
  if (declaration?.kind === 'function') return declaration.node;
  if (declaration?.kind !== 'variable' || declaration.path.length > 0 || !declaration.node.initializer)
    return undefined;
  const initializer = bare(declaration.node.initializer);
  return ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer) ? initializer : undefined;
}

/** The calls that a body is made of, where each is one of what a call gives, as a decorator is. */
export function appliedIn({ body }: ts.FunctionLikeDeclaration): ts.CallExpression[] | undefined {
  if (!body || !ts.isBlock(body) || body.statements.length === 0 || body.statements.length > maxApplied)
    return undefined;
  const calls = body.statements.map((each) => (ts.isExpressionStatement(each) ? bare(each.expression) : each));
  const isApplied = (node: ts.Node): node is ts.CallExpression =>
    ts.isCallExpression(node) && ts.isCallExpression(bare(node.expression));
  return calls.every(isApplied) ? calls : undefined;
}

const maxApplied = 20;

/** The one expression that a function returns: an arrow's body, or a block of constants and a return. */
export function returnedBy(node: ts.FunctionLikeDeclaration): ts.Expression | undefined {
  if (!node.body) return undefined;
  if (!ts.isBlock(node.body)) return node.body;
  const last = node.body.statements.at(-1);
  const before = node.body.statements.slice(0, -1);
  const constants = before.every(
    (each) => ts.isVariableStatement(each) && (each.declarationList.flags & ts.NodeFlags.Const) !== 0,
  );
  return last && constants && ts.isReturnStatement(last) ? last.expression : undefined;
}
