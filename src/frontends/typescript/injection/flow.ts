import { ts } from 'ts-morph';
import { assignmentsTo, declarationOf, type Declaration } from '../values/bindings.js';
import { visit } from '../syntax.js';

type Variable = Extract<Declaration, { kind: 'variable' | 'parameter' }>;

/** One assignment to a variable before a use of it. */
export interface Assignment {
  node: ts.Node;
  value: ts.Expression;
  /** `+=`, or `x = x + …`. */
  append: boolean;
  /** Runs whenever the use does, so that what was there before is gone. */
  sure: boolean;
}

/** Assignments that can reach a use, in source order. */
export function assignmentsOf(declaration: Variable, use: ts.Node): Assignment[] {
  const inLoop = loopAround(use, declaration.node) !== undefined;
  return assignmentsTo(declaration).flatMap((node): Assignment[] => {
    if (!ts.isBinaryExpression(node) || (node.getStart() > use.getStart() && !inLoop)) return [];
    const operator = node.operatorToken.kind;
    if (operator === ts.SyntaxKind.PlusEqualsToken) return [{ node, value: node.right, append: true, sure: false }];
    if (
      operator !== ts.SyntaxKind.EqualsToken &&
      operator !== ts.SyntaxKind.QuestionQuestionEqualsToken &&
      operator !== ts.SyntaxKind.BarBarEqualsToken
    )
      return [];
    const appended =
      operator === ts.SyntaxKind.EqualsToken ? appendedPart(node.right, declaration.name.text) : undefined;
    if (appended) return [{ node, value: appended, append: true, sure: false }];
    return [
      { node, value: node.right, append: false, sure: operator === ts.SyntaxKind.EqualsToken && dominates(node, use) },
    ];
  });
}

/** `b` of `x = x + b`. */
function appendedPart(value: ts.Expression, name: string): ts.Expression | undefined {
  if (!ts.isBinaryExpression(value) || value.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  return ts.isIdentifier(value.left) && value.left.text === name ? value.right : undefined;
}

/** Whether the block of the assignment is one around the use, with no loop between. */
function dominates(assignment: ts.Node, use: ts.Node): boolean {
  const statement = assignment.parent;
  if (!ts.isExpressionStatement(statement)) return false;
  const block = statement.parent;
  for (let at: ts.Node | undefined = use; at; at = at.parent)
    if (at === block) return statement.getStart() < use.getStart();
  return false;
}

function loopAround(node: ts.Node, within: ts.Node): ts.Node | undefined {
  const limit = within.parent.parent as ts.Node | undefined;
  for (let at: ts.Node | undefined = node; at && at !== limit?.parent; at = at.parent) {
    if (
      ts.isForStatement(at) ||
      ts.isForOfStatement(at) ||
      ts.isForInStatement(at) ||
      ts.isWhileStatement(at) ||
      ts.isDoStatement(at)
    )
      return at;
  }
  return undefined;
}

/** What `list.push(…)` and `list.unshift(…)` add to a list, in the function that declares it. */
export function pushesTo(declaration: Extract<Declaration, { kind: 'variable' }>): ts.Expression[] {
  const added: ts.Expression[] = [];
  visit(functionAround(declaration.node) ?? declaration.node.getSourceFile(), (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return true;
    const { expression, name } = node.expression;
    if (
      !/^(?:push|unshift)$/.test(name.text) ||
      !ts.isIdentifier(expression) ||
      expression.text !== declaration.name.text
    )
      return true;
    const found = declarationOf(expression.text, expression);
    if (found?.kind === 'variable' && found.name === declaration.name) added.push(...node.arguments);
    return true;
  });
  return added;
}

function functionAround(node: ts.Node): ts.FunctionLikeDeclaration | undefined {
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) {
    if (ts.isFunctionLike(at) && 'body' in at) return at as ts.FunctionLikeDeclaration;
  }
  return undefined;
}

/** The expressions that a function returns. */
export function returnsOf(declared: ts.FunctionLikeDeclaration): ts.Expression[] {
  const { body } = declared;
  if (!body) return [];
  if (!ts.isBlock(body)) return [body];
  const results: ts.Expression[] = [];
  visit(body, (node) => {
    if (ts.isReturnStatement(node) && node.expression) results.push(node.expression);
    return !ts.isFunctionLike(node);
  });
  return results;
}
