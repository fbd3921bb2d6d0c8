import { ts } from 'ts-morph';
import type { Receiver } from '../drivers/driver.js';
import { callbackOf, exportedReceiver, isAwaitable, memberOf } from '../drivers/tables.js';
import { declarationOf, type Declaration } from '../values/bindings.js';
import { functionOf } from '../values/functions.js';
import { bare, decoratorsOf, nameText } from '../syntax.js';
import { returnsOf } from './flow.js';
import { exportOf } from './exports.js';
import { foreignReceiver } from './foreign.js';

const maxDepth = 12;

/**
 * What library object an expression is, by imports, annotations and initialisers; nothing for all else. A chain of calls
 * is walked down to its root and up again: builder chains are long.
 */
export function receiverOf(expression: ts.Expression, depth = 0): Receiver | undefined {
  if (depth > maxDepth) return undefined;
  const steps: { node: ts.Expression; member: string; awaited: boolean }[] = [];
  let at = expression;
  let node = bare(at);
  let root: Receiver | undefined;
  for (;;) {
    if (known.has(node)) {
      root = known.get(node);
      break;
    }
    const callee = ts.isCallExpression(node) ? bare(node.expression) : node;
    root = madeBy(node, callee) ?? (callee === node ? fieldOf(node, depth + 1) : undefined);
    if (root !== undefined) break;
    if (!ts.isPropertyAccessExpression(callee)) {
      if (callee !== node && !ts.isIdentifier(callee)) {
        steps.push({ node, member: '()', awaited: isAwaited(at) });
        at = callee;
        node = callee;
        continue;
      }
      root = rootOf(node, depth + 1);
      break;
    }
    steps.push({ node, member: callee.name.text, awaited: isAwaited(at) });
    at = callee.expression;
    node = bare(at);
  }
  if (isAwaited(at)) root = unlessRows(root);
  for (let step = steps.pop(); step; step = steps.pop()) {
    root = root && memberOf(root, step.member);
    // What was found at the limit of the depth may be known from elsewhere.
    if (depth === 0) known.set(step.node, root);
    if (step.awaited) root = unlessRows(root);
  }
  return root;
}

const known = new WeakMap<ts.Node, Receiver | undefined>();

/** A query that is awaited has become its rows. */
const unlessRows = (receiver: Receiver | undefined): Receiver | undefined =>
  receiver !== undefined && isAwaitable(receiver) ? undefined : receiver;

function isAwaited(expression: ts.Expression): boolean {
  let at = expression;
  while (ts.isParenthesizedExpression(at) || ts.isAsExpression(at) || ts.isNonNullExpression(at)) at = at.expression;
  return ts.isAwaitExpression(at);
}

/** An imported thing, or what a call of it makes: `sql`, `getRepository(User)`, `knex(config)`. */
function madeBy(node: ts.Expression, callee: ts.Expression): Receiver | undefined {
  const origin = exportOf(callee);
  if (!origin) return undefined;
  const exported = exportedReceiver(origin.module, origin.name) ?? foreignReceiver(callee, origin);
  if (exported !== undefined) return callee === node ? exported : (memberOf(exported, '()') ?? exported);
  return callee === node ? undefined : foreignReceiver(callee, { ...origin, name: `${origin.name}()` });
}

function rootOf(node: ts.Expression, depth: number): Receiver | undefined {
  if (ts.isNewExpression(node)) return receiverOf(node.expression, depth);
  if (node.kind === ts.SyntaxKind.ThisKeyword) return receiverOfThis(node, depth);
  if (ts.isCallExpression(node)) return called(node, depth);
  const declaration = ts.isIdentifier(node) ? declarationOf(node.text, node) : undefined;
  return declaration && declared(declaration, depth);
}

/** `knex('users')` of a knex instance, and `connect()` of a function of the file. */
function called(node: ts.CallExpression, depth: number): Receiver | undefined {
  const callee = bare(node.expression);
  const receiver = receiverOf(callee, depth);
  if (receiver !== undefined) return memberOf(receiver, '()');
  const made = functionOf(callee);
  return made && returned(made, depth);
}

function returned(made: ts.FunctionLikeDeclaration, depth: number): Receiver | undefined {
  const annotated = typed(made.type);
  if (annotated !== undefined || !made.body) return annotated;
  return returnsOf(made)
    .slice(0, 4)
    .map((each) => receiverOf(each, depth))
    .find((each) => each !== undefined);
}

/** What a variable holds, or an instance of a class is. */
export const receiverDeclared = (declaration: Declaration): Receiver | undefined => declared(declaration, 0);

/** What a call of a declared function gives. */
export function receiverReturned(declaration: Declaration): Receiver | undefined {
  if (declaration.kind === 'function') return returned(declaration.node, 0);
  const initializer =
    declaration.kind === 'variable' && declaration.node.initializer && bare(declaration.node.initializer);
  return initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
    ? returned(initializer, 0)
    : undefined;
}

function declared(declaration: Declaration, depth: number): Receiver | undefined {
  if (declaration.kind === 'class') return extendedBy(declaration.node);
  if (declaration.kind !== 'variable' && declaration.kind !== 'parameter') return undefined;
  const { node, path } = declaration;
  if (path.length > 0) {
    if (!node.initializer || path.length > 1) return undefined;
    const owner = receiverOf(node.initializer, depth);
    return owner && memberOf(owner, String(path[0]));
  }
  const annotated = typed(node.type);
  if (annotated) return annotated;
  if (node.initializer) return receiverOf(node.initializer, depth);
  return declaration.kind === 'parameter' && ts.isFunctionLike(node.parent)
    ? callbackParameter(node as ts.ParameterDeclaration, depth)
    : undefined;
}

function typed(type: ts.TypeNode | undefined): Receiver | undefined {
  if (!type) return undefined;
  if (ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type))
    return type.types.map(typed).find((each) => each !== undefined);
  if (ts.isParenthesizedTypeNode(type)) return typed(type.type);
  if (!ts.isTypeReferenceNode(type)) return undefined;
  const origin = exportOf(type.typeName);
  if (origin) return exportedReceiver(origin.module, origin.name) ?? foreignReceiver(type, origin);
  const declaration = ts.isIdentifier(type.typeName) ? declarationOf(type.typeName.text, type) : undefined;
  return declaration?.kind === 'type' && ts.isTypeAliasDeclaration(declaration.node) && declaration.node.type !== type
    ? typed(declaration.node.type)
    : undefined;
}

/** The first parameter of a function that is handed to a library: `dataSource.transaction(async (manager) => …)`. */
function callbackParameter(parameter: ts.ParameterDeclaration, depth: number): Receiver | undefined {
  return parameter.parent.parameters.indexOf(parameter) > 0 ? undefined : handedTo(parameter.parent, depth);
}

function handedTo(callback: ts.Node, depth: number): Receiver | undefined {
  const call = callback.parent as ts.Node | undefined;
  if (!call || !(ts.isCallExpression(call) || ts.isNewExpression(call)) || call.expression === callback)
    return undefined;
  const callee = bare(call.expression);
  if (ts.isNewExpression(call)) {
    const made = receiverOf(callee, depth);
    return made && callbackOf(made, 'new');
  }
  const receiver = ts.isPropertyAccessExpression(callee) ? receiverOf(callee.expression, depth) : undefined;
  return receiver && callbackOf(receiver, (callee as ts.PropertyAccessExpression).name.text);
}

/** `this.field`: by the field's annotation or initialiser, or by that of a constructor parameter which makes the field. */
function fieldOf(node: ts.Expression, depth: number): Receiver | undefined {
  if (!ts.isPropertyAccessExpression(node) || node.expression.kind !== ts.SyntaxKind.ThisKeyword) return undefined;
  const declaration = fieldDeclaration(node);
  if (!declaration) return undefined;
  const injected = decoratorsOf(declaration).some((each) => /^@InjectRepository\b/.test(each.getText()));
  const found = typed(declaration.type) ?? (declaration.initializer && receiverOf(declaration.initializer, depth));
  return found ?? (injected ? 'typeorm#Repository' : undefined);
}

/** The declaration of `this.name` in the class around it. */
export function fieldDeclaration(
  node: ts.PropertyAccessExpression,
): ts.PropertyDeclaration | ts.ParameterDeclaration | undefined {
  const owner = classAround(node);
  for (const member of owner?.members ?? []) {
    if (ts.isPropertyDeclaration(member) && nameText(member.name) === node.name.text) return member;
    if (!ts.isConstructorDeclaration(member)) continue;
    const parameter = member.parameters.find(
      (each) => nameText(each.name) === node.name.text && ts.isParameterPropertyDeclaration(each, member),
    );
    if (parameter) return parameter;
  }
  return undefined;
}

function classAround(node: ts.Node): ts.ClassLikeDeclaration | undefined {
  let at: ts.Node | undefined = node;
  while (at && !ts.isClassLike(at)) at = at.parent;
  return at;
}

/** A query builder calls `function () { this.whereRaw(…) }` on itself; elsewhere `this` is what its class extends. */
function receiverOfThis(node: ts.Node, depth: number): Receiver | undefined {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionExpression(at)) return handedTo(at, depth);
    if (ts.isClassLike(at)) return extendedBy(at);
    if (ts.isFunctionDeclaration(at)) return undefined;
  }
  return undefined;
}

function extendedBy(owner: ts.ClassLikeDeclaration): Receiver | undefined {
  const base = owner.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  const origin = base && exportOf(base.expression);
  return origin && (exportedReceiver(origin.module, origin.name) ?? foreignReceiver(base, origin));
}
