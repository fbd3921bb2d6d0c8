import { ts } from 'ts-morph';
import { originOf } from './linking/imports.js';
import { bare, nameText } from './syntax.js';
import { declarationOf } from './values/bindings.js';
import type { OutsideFunction, Scope } from './values/scope.js';

/** Classes extend each other this far, at most. */
const maxBases = 8;

/** A method of a class, also one that is written as a property holding a function. */
export function memberFunction(owner: ts.ClassLikeDeclaration, name: string): ts.FunctionLikeDeclaration | undefined {
  const member = owner.members.find(
    (each) => nameText(each.name) === name && (ts.isMethodDeclaration(each) || ts.isPropertyDeclaration(each)),
  );
  if (!member || ts.isMethodDeclaration(member)) return member;
  const initializer = ts.isPropertyDeclaration(member) && member.initializer ? bare(member.initializer) : undefined;
  return initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
    ? initializer
    : undefined;
}

/** A method of a class or of the classes that it extends, in other files too. */
export function methodIn(owner: ts.ClassLikeDeclaration, name: string, scope: Scope): OutsideFunction | undefined {
  let at: ts.ClassLikeDeclaration | undefined = owner;
  for (let hops = 0; at && hops < maxBases; hops++) {
    const node = memberFunction(at, name);
    // An abstract method has no body: the one that counts is further down.
    if (node?.body) return { node, scope };
    const base = baseOf(at);
    if (!base || !ts.isClassLike(base)) return base && outsideMethod(base, name, scope);
    at = base;
  }
  return undefined;
}

/** A method of the classes that a class extends. */
export function inheritedMethod(
  owner: ts.ClassLikeDeclaration,
  name: string,
  scope: Scope,
): OutsideFunction | undefined {
  const base = baseOf(owner);
  if (!base) return undefined;
  return ts.isClassLike(base) ? methodIn(base, name, scope) : outsideMethod(base, name, scope);
}

/** The class that a class extends, where it is of the same file; else the expression that names it. */
function baseOf(owner: ts.ClassLikeDeclaration): ts.ClassLikeDeclaration | ts.Expression | undefined {
  const clause = owner.heritageClauses?.find((each) => each.token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  const expression = clause && bare(clause.expression);
  const declaration =
    expression && ts.isIdentifier(expression) ? declarationOf(expression.text, expression) : undefined;
  return declaration?.kind === 'class' ? declaration.node : expression;
}

function outsideMethod(base: ts.Expression, name: string, scope: Scope): OutsideFunction | undefined {
  const origin = originOf(base);
  return origin && scope.functions(origin, name);
}

/** The class around a node. */
export function classAround(node: ts.Node): ts.ClassLikeDeclaration | undefined {
  let at: ts.Node | undefined = node;
  while (at && !ts.isClassLike(at)) at = at.parent;
  return at;
}

/** The method that `this.name(…)` calls in its own class. */
export function methodOf(callee: ts.Expression): ts.FunctionLikeDeclaration | undefined {
  if (!ts.isPropertyAccessExpression(callee) || callee.expression.kind !== ts.SyntaxKind.ThisKeyword) return undefined;
  const owner = classAround(callee);
  return owner && memberFunction(owner, callee.name.text);
}
