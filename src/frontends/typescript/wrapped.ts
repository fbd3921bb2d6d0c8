import { ts } from 'ts-morph';
import { originOf } from './linking/imports.js';
import { bare } from './syntax.js';
import type { Scope } from './values/scope.js';

/**
 * The call of the runner's own method that a call of a function stands for, where the configuration says so:
 * `addColumns(runner, 'users')` as `runner.addColumns('users')`. It stands where the written call does.
 */
export function unwrapped(node: ts.CallExpression, { own }: Scope): ts.CallExpression | undefined {
  const callee = bare(node.expression);
  const origin = own && originOf(callee);
  const method = origin && own.runnerMethod(origin);
  const [runner, ...args] = node.arguments;
  if (method === undefined || !runner) return undefined;
  const name = placed(ts.factory.createIdentifier(method), callee);
  const access = placed(ts.factory.createPropertyAccessExpression(runner, name), callee);
  const call = placed(ts.factory.createCallExpression(access, undefined, args), node);
  parented(name, access);
  parented(access, call);
  parented(call, node.parent);
  return call;
}

const placed = <T extends ts.Node>(node: T, at: ts.Node): T => ts.setTextRange(node, { pos: at.pos, end: at.end });

/** Nodes that are made know no parent, and names are looked up through the parents. */
function parented(node: ts.Node, parent: ts.Node): void {
  (node as { parent: ts.Node }).parent = parent;
}
