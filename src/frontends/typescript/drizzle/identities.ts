import { ts } from 'ts-morph';
import { mayBeOfProject, originOf } from '../linking/imports.js';
import { bare, spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { declarationOf, topLevel } from '../values/bindings.js';
import { functionOf, returnedBy } from '../values/functions.js';
import type { ReferenceValue } from '../values/values.js';
import { makerOf, memberMaker, type Maker } from './modules.js';

const maxDepth = 4;

/** The constants at the top of a file that hold a table or a view, or may hold one that a function of another file makes. */
export function tableDeclarations({ source, text }: Unit): { node: ts.VariableDeclaration; name: ts.Identifier }[] {
  if (!text.includes('drizzle-orm')) return [];
  const found: { node: ts.VariableDeclaration; name: ts.Identifier }[] = [];
  for (const declaration of topLevel(source).values()) {
    if (declaration.kind !== 'variable' || declaration.path.length > 0 || !declaration.constant) continue;
    const { node, name } = declaration;
    const made = node.initializer && makerIn(node.initializer);
    if (made === 'table' || made === 'view') found.push({ node, name });
  }
  return found;
}

/** What the name of each stands for wherever it is used: the table, not a copy of it. */
export function* identities(unit: Unit): Generator<readonly [ts.Node, ReferenceValue]> {
  for (const { name } of tableDeclarations(unit))
    yield [name, { kind: 'reference', name: name.text, path: [], span: spanOf(name) }];
}

/** What an expression makes, told without working it out. */
export const makerIn = (expression: ts.Expression): Maker | undefined => madeIn(expression, 0);

/** What an expression makes, seen by what it calls first: `pgTable(…).enableRLS()`. */
function madeIn(expression: ts.Expression, depth: number): Maker | undefined {
  let call: ts.Expression = bare(expression);
  for (;;) {
    if (!ts.isCallExpression(call)) return undefined;
    const callee = bare(call.expression);
    const owner = ts.isPropertyAccessExpression(callee) ? bare(callee.expression) : undefined;
    if (!owner || !ts.isCallExpression(owner)) return madeBy(callee, call, depth);
    const made = madeBy(callee, call, depth);
    if (made) return made;
    call = owner;
  }
}

/** What a call of something makes. */
function madeBy(callee: ts.Expression, call: ts.CallExpression, depth: number): Maker | undefined {
  if (depth > maxDepth) return undefined;
  const origin = originOf(callee);
  const direct = origin && makerOf(origin);
  if (direct) return direct;
  if (origin && mayBeOfProject(origin.module)) return looksLikeTable(call) ? 'table' : undefined;
  if (ts.isPropertyAccessExpression(callee)) {
    const member = memberMaker(callee.name.text);
    return member && isSchema(bare(callee.expression), call, depth) ? member : undefined;
  }
  if (ts.isCallExpression(callee)) return madeIn(callee, depth + 1) === 'creator' ? 'table' : undefined;
  const declared = functionOf(callee);
  const returned = declared && returnedBy(declared);
  if (returned) return madeIn(returned, depth + 1);
  const value = initializerOf(callee);
  return value && madeIn(value, depth + 1) === 'creator' ? 'table' : undefined;
}

/** A schema of PostgreSQL or MySQL, or a name of another file that may be one. */
function isSchema(owner: ts.Expression, call: ts.CallExpression, depth: number): boolean {
  const origin = originOf(owner);
  if (origin) return mayBeOfProject(origin.module) && looksLikeTable(call);
  const value = ts.isCallExpression(owner) ? owner : initializerOf(owner);
  return value !== undefined && madeIn(value, depth + 1) === 'schema';
}

/** A call with a name and columns, as tables are made: `createTable('users', { … })`. */
function looksLikeTable({ arguments: [name, columns] }: ts.CallExpression): boolean {
  if (!name || !columns) return false;
  const given = bare(columns);
  return (
    !ts.isObjectLiteralExpression(bare(name)) && (ts.isObjectLiteralExpression(given) || ts.isArrowFunction(given))
  );
}

function initializerOf(node: ts.Expression): ts.Expression | undefined {
  if (!ts.isIdentifier(node)) return undefined;
  const found = declarationOf(node.text, node);
  return found?.kind === 'variable' && found.constant && found.path.length === 0 ? found.node.initializer : undefined;
}
