import { ts } from 'ts-morph';
import { declarationOf } from '../values/bindings.js';
import { bare, nameText } from '../syntax.js';
import type { Origin } from '../values/values.js';

/**
 * The export that an expression or a type's name is, with the way into it: `Prisma.raw`, `Knex.Transaction`, `default`
 * for the default export and for the whole module.
 */
export function exportOf(node: ts.Expression | ts.EntityName): Origin | undefined {
  const names: string[] = [];
  let at: ts.Node = ts.isQualifiedName(node) ? node : bare(node as ts.Expression);
  for (;;) {
    if (ts.isPropertyAccessExpression(at)) {
      names.unshift(at.name.text);
      at = bare(at.expression);
    } else if (ts.isQualifiedName(at)) {
      names.unshift(at.right.text);
      at = at.left;
    } else break;
  }
  const root = ts.isIdentifier(at) ? rootOf(at) : required(at);
  if (!root) return undefined;
  const isWhole = root.name === '*' || root.name === 'default';
  const path = isWhole ? names : [root.name, ...names];
  if (path[0] === 'default') path.shift();
  return { module: root.module, name: path.length === 0 ? 'default' : path.join('.') };
}

function rootOf(name: ts.Identifier): Origin | undefined {
  const declaration = declarationOf(name.text, name);
  if (declaration?.kind === 'import') return declaration.origin;
  if (declaration?.kind !== 'variable' || !declaration.constant || declaration.path.length !== 1) return undefined;
  // `const { Pool } = pg` where `pg` is imported.
  const from = declaration.node.initializer && bare(declaration.node.initializer);
  const inner = from && ts.isIdentifier(from) ? declarationOf(from.text, from) : undefined;
  if (inner?.kind !== 'import' || !/^(?:\*|default)$/.test(inner.origin.name)) return undefined;
  return { module: inner.origin.module, name: String(declaration.path[0]) };
}

/** `require('knex')` where it stands in an expression. */
function required(node: ts.Node): Origin | undefined {
  if (!ts.isCallExpression(node) || nameText(node.expression) !== 'require') return undefined;
  const [argument] = node.arguments;
  return argument && ts.isStringLiteralLike(argument) ? { module: argument.text, name: '*' } : undefined;
}
