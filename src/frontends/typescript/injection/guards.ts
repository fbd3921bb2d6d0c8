import { ts } from 'ts-morph';
import type { HoleProvenance } from '../../../ir/index.js';
import { declarationOf } from '../values/bindings.js';
import { evaluate } from '../values/evaluate.js';
import type { Scope } from '../values/scope.js';
import { bare } from '../syntax.js';

/** What a check around an expression proves of it: one of known values, or shaped like an identifier. */
export function guardedAs(node: ts.Expression, scope: Scope): HoleProvenance | undefined {
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined;
  const text = node.getText();
  let child: ts.Node = node;
  for (let at: ts.Node | undefined = node.parent; at && !ts.isSourceFile(at); child = at, at = at.parent) {
    if (ts.isIfStatement(at) && child === at.thenStatement) {
      const proven = proves(at.expression, text, true, scope);
      if (proven) return proven;
    }
    if (ts.isConditionalExpression(at) && child !== at.condition) {
      const proven = proves(at.condition, text, child === at.whenTrue, scope);
      if (proven) return proven;
    }
    if (ts.isCaseClause(at) && at.parent.parent.expression.getText() === text && isConstant(at.expression, scope))
      return 'constant';
    if (ts.isBlock(at) || ts.isCaseClause(at)) {
      for (const statement of at.statements) {
        if (statement === child) break;
        const proven = provenAfter(statement, text, scope);
        if (proven) return proven;
      }
    }
    if (ts.isFunctionLike(at) && !ts.isArrowFunction(at)) return undefined;
  }
  return undefined;
}

/** `if (!COLUMNS.includes(x)) throw …` and a switch whose default throws hold for what follows. */
function provenAfter(statement: ts.Statement, text: string, scope: Scope): HoleProvenance | undefined {
  if (ts.isIfStatement(statement) && leaves(statement.thenStatement))
    return proves(statement.expression, text, false, scope);
  if (!ts.isSwitchStatement(statement) || statement.expression.getText() !== text) return undefined;
  const throwing = statement.caseBlock.clauses.some(
    (clause) =>
      ts.isDefaultClause(clause) &&
      clause.statements.some((each) => ts.isThrowStatement(each) || ts.isReturnStatement(each)),
  );
  return throwing ? 'constant' : undefined;
}

function leaves(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return (
    last !== undefined &&
    (ts.isReturnStatement(last) ||
      ts.isThrowStatement(last) ||
      ts.isContinueStatement(last) ||
      ts.isBreakStatement(last))
  );
}

/** What a condition proves of `text` when it comes out as `holds`. */
function proves(condition: ts.Expression, text: string, holds: boolean, scope: Scope): HoleProvenance | undefined {
  const node = bare(condition);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return proves(node.operand, text, !holds, scope);
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.kind;
    const joins = holds ? ts.SyntaxKind.AmpersandAmpersandToken : ts.SyntaxKind.BarBarToken;
    if (operator === joins) return proves(node.left, text, holds, scope) ?? proves(node.right, text, holds, scope);
    const equal = equality.get(operator);
    if (equal !== undefined) return equal === holds ? provenByEquality(node, text, scope) : undefined;
    if (
      operator === ts.SyntaxKind.InKeyword &&
      holds &&
      bare(node.left).getText() === text &&
      isConstant(node.right, scope)
    )
      return 'constant';
    return undefined;
  }
  if (!holds || !ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const [argument] = node.arguments;
  if (!argument || bare(argument).getText() !== text) return undefined;
  const owner = bare(node.expression.expression);
  const method = node.expression.name.text;
  if (/^Number\.is(?:Safe)?Integer$|^Number\.isFinite$/.test(node.expression.getText())) return 'numeric';
  if (/^(?:includes|has|hasOwnProperty)$/.test(method) && isConstant(owner, scope)) return 'constant';
  if (
    method === 'test' &&
    ts.isRegularExpressionLiteral(owner) &&
    /^\/\^\[?[\w\\\-[\]{},+*?()]*\$\/[a-z]*$/.test(owner.text)
  )
    return 'quoted-identifier';
  return undefined;
}

const equality = new Map<ts.SyntaxKind, boolean>([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, true],
  [ts.SyntaxKind.EqualsEqualsToken, true],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, false],
  [ts.SyntaxKind.ExclamationEqualsToken, false],
]);

/** `x === 'asc'` and `typeof x === 'number'`, when the two are equal. */
function provenByEquality(node: ts.BinaryExpression, text: string, scope: Scope): HoleProvenance | undefined {
  const left = bare(node.left);
  if (left.getText() === text) return isConstant(node.right, scope) ? 'constant' : undefined;
  const right = bare(node.right);
  const narrows = ts.isTypeOfExpression(left) && bare(left.expression).getText() === text;
  return narrows && ts.isStringLiteralLike(right) && /^(?:number|bigint|boolean)$/.test(right.text)
    ? 'numeric'
    : undefined;
}

/** A literal, a list or map of them, a set of them, or a constant by its name. */
function isConstant(node: ts.Expression, scope: Scope): boolean {
  const target = bare(node);
  if (ts.isIdentifier(target) && /^_?[A-Z][A-Z0-9_]*$/.test(target.text)) return true;
  const value = evaluate(target, scope);
  if (value.kind === 'array' || value.kind === 'object') return value.complete;
  if (value.kind === 'text' || value.kind === 'known') return true;
  const made = ts.isIdentifier(target) ? initializerOf(target) : target;
  return (
    made !== undefined &&
    ts.isNewExpression(made) &&
    made.expression.getText() === 'Set' &&
    made.arguments?.[0] !== undefined &&
    isConstant(made.arguments[0], scope)
  );
}

function initializerOf(node: ts.Identifier): ts.Expression | undefined {
  const declaration = declarationOf(node.text, node);
  return declaration?.kind === 'variable' && declaration.constant && declaration.node.initializer
    ? bare(declaration.node.initializer)
    : undefined;
}
