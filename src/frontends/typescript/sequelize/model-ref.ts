import { ts } from 'ts-morph';
import { originOf } from '../linking/imports.js';
import { bare, nameText } from '../syntax.js';
import { declarationOf, type Declaration } from '../values/bindings.js';
import type { ModelRef } from './declarations.js';

const maxHops = 5;

/** The model that an expression names; nothing where it says none. */
export function modelRef(expression: ts.Expression, hops = 0): ModelRef | undefined {
  const node = bare(expression);
  if (node.kind === ts.SyntaxKind.ThisKeyword) return enclosingClass(node);
  if (ts.isIdentifier(node)) return identifierRef(node, hops);
  if (ts.isPropertyAccessExpression(node)) {
    const origin = originOf(node);
    return { ...(origin && { origin }), named: node.name.text };
  }
  if (ts.isElementAccessExpression(node)) {
    const key = bare(node.argumentExpression);
    return ts.isStringLiteralLike(key) ? { named: key.text } : undefined;
  }
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return modelRef(node.body, hops);
  return ts.isCallExpression(node) ? callRef(node) : undefined;
}

function enclosingClass(node: ts.Node): ModelRef | undefined {
  let owner: ts.Node = node;
  while (!ts.isClassLike(owner) && !ts.isSourceFile(owner)) owner = owner.parent;
  return ts.isClassLike(owner) && owner.name ? { local: owner.name.text } : undefined;
}

function identifierRef(node: ts.Identifier, hops: number): ModelRef | undefined {
  const declaration = declarationOf(node.text, node);
  switch (declaration?.kind) {
    case 'class':
      return { local: node.text };
    case 'import':
      return { origin: declaration.origin, named: node.text };
    case 'variable':
      return variableRef(declaration, node, hops);
    case 'parameter': {
      const last = declaration.path.at(-1);
      return typeof last === 'string' ? { named: last } : undefined;
    }
    default:
      return undefined;
  }
}

/** `const { User } = models`, `const Post = require('./post')(sequelize, DataTypes)`, `const Post = sequelize.define(…)`. */
function variableRef(
  { node, path }: Extract<Declaration, { kind: 'variable' }>,
  name: ts.Identifier,
  hops: number,
): ModelRef | undefined {
  const last = path.at(-1);
  if (last !== undefined) {
    const origin = originOf(name);
    return typeof last === 'string' ? { ...(origin && { origin }), named: last } : undefined;
  }
  const initializer = node.initializer && bare(node.initializer);
  if (!initializer || hops > maxHops) return { local: name.text };
  if (ts.isClassExpression(initializer)) return { local: name.text };
  const inner = ts.isCallExpression(initializer) ? callRef(initializer) : modelRef(initializer, hops + 1);
  return { local: name.text, ...inner };
}

/** Calls that give a model of elsewhere: a factory of another file, `sequelize.model('User')`. */
function callRef(node: ts.CallExpression): ModelRef | undefined {
  const callee = bare(node.expression);
  const origin = ts.isCallExpression(callee)
    ? requiredBy(callee)
    : ts.isIdentifier(callee)
      ? originOf(callee)
      : undefined;
  if (origin) return { origin };
  const [first] = node.arguments;
  const isLookup = ts.isPropertyAccessExpression(callee) && /^(?:model|import)$/.test(callee.name.text);
  if (!isLookup || !first || !ts.isStringLiteralLike(bare(first))) return undefined;
  const given = nameText(bare(first))!;
  return callee.name.text === 'model' ? { named: given } : { origin: { module: given, name: 'default' } };
}

function requiredBy(node: ts.CallExpression): ModelRef['origin'] {
  const [first] = node.arguments;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
  return isRequire && first && ts.isStringLiteralLike(first) ? { module: first.text, name: 'default' } : undefined;
}
