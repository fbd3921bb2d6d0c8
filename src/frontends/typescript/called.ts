import { ts } from 'ts-morph';
import { propertyFunction } from './exported-functions.js';
import { originOf } from './linking/imports.js';
import { classAround, inheritedMethod, methodIn } from './methods.js';
import { bare } from './syntax.js';
import { declarationOf } from './values/bindings.js';
import { functionOf } from './values/functions.js';
import type { OutsideFunction, Scope } from './values/scope.js';

/** A function that a call leads to, and the scope that its body is read in: the caller's where it is of the same file. */
export type Called = OutsideFunction;

/** What `this` is in the method that is read, and in those that it inherits. */
export interface Self {
  node: ts.ClassLikeDeclaration;
  /** That of the class's own file. */
  scope: Scope;
}

/**
 * The function that a call names: one of the file, of another file, or a method of a class or an object.
 * @param self what `this` is, where a method that it inherits is being read
 */
export function calledFunction(callee: ts.Expression, scope: Scope, self: Self | undefined): Called | undefined {
  const own = functionOf(callee);
  if (own) return { node: own, scope };
  if (ts.isIdentifier(callee)) return imported(callee, scope);
  return ts.isPropertyAccessExpression(callee) ? member(callee, scope, self) : undefined;
}

function imported(callee: ts.Expression, scope: Scope): Called | undefined {
  const origin = originOf(callee);
  return origin && scope.functions(origin);
}

function member(callee: ts.PropertyAccessExpression, scope: Scope, self: Self | undefined): Called | undefined {
  const owner = bare(callee.expression);
  const name = callee.name.text;
  const around = classAround(callee);
  if (owner.kind === ts.SyntaxKind.SuperKeyword) return around && inheritedMethod(around, name, scope);
  if (owner.kind === ts.SyntaxKind.ThisKeyword) {
    if (self) return methodIn(self.node, name, self.scope);
    return around && methodIn(around, name, scope);
  }
  if (!ts.isIdentifier(owner)) return undefined;
  const declaration = declarationOf(owner.text, owner);
  if (declaration?.kind === 'class') return methodIn(declaration.node, name, scope);
  if (declaration?.kind === 'import') {
    const whole = imported(callee, scope);
    return whole ?? scope.functions(declaration.origin, name);
  }
  const initializer = declaration?.kind === 'variable' && declaration.node.initializer;
  const object = initializer && declaration.path.length === 0 ? bare(initializer) : undefined;
  const node = object && ts.isObjectLiteralExpression(object) ? propertyFunction(object, name) : undefined;
  return node && { node, scope };
}
