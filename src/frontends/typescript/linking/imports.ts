import { ts } from 'ts-morph';
import { declarationOf, type Declaration } from '../values/bindings.js';
import { bare } from '../syntax.js';
import type { Origin } from '../values/values.js';

/**
 * Where an expression such as `Column`, `orm.Column` or a type name comes from: resolved through this file's imports,
 * never by its bare name. Re-exports of project files are followed when files are linked.
 */
export function originOf(node: ts.Expression | ts.EntityName): Origin | undefined {
  const names: string[] = [];
  let at: ts.Node = ts.isQualifiedName(node) || ts.isIdentifier(node) ? node : bare(node as ts.Expression);
  for (;;) {
    if (ts.isPropertyAccessExpression(at)) {
      names.unshift(at.name.text);
      at = bare(at.expression);
    } else if (ts.isQualifiedName(at)) {
      names.unshift(at.right.text);
      at = at.left;
    } else break;
  }
  if (!ts.isIdentifier(at)) return undefined;
  const declaration = declarationOf(at.text, at);
  if (declaration?.kind === 'import') return memberOrigin(declaration.origin, names);
  return declaration?.kind === 'variable' ? destructuredOrigin(declaration, names) : undefined;
}

/** `const { Pool } = pg` where `pg` is imported. */
function destructuredOrigin(
  { node, path, constant }: Extract<Declaration, { kind: 'variable' }>,
  names: readonly string[],
): Origin | undefined {
  const from = node.initializer && bare(node.initializer);
  if (!constant || path.length === 0 || !from || !ts.isIdentifier(from)) return undefined;
  const declaration = declarationOf(from.text, from);
  return declaration?.kind === 'import' ? memberOrigin(declaration.origin, [...path.map(String), ...names]) : undefined;
}

/** The origin of `a.b` where `a` is imported: `import * as orm` and CommonJS defaults make `orm.Column` the export `Column`. */
export function memberOrigin(origin: Origin, names: readonly string[]): Origin | undefined {
  if (names.length === 0) return origin;
  const [first, ...rest] = names;
  if (origin.name !== '*' && origin.name !== 'default') return undefined;
  return rest.length === 0 ? { module: origin.module, name: first! } : undefined;
}

export const isFrom = (origin: Origin | undefined, module: string, ...names: string[]): boolean =>
  origin?.module === module && (names.length === 0 || names.includes(origin.name));

/** Whether a module specifier names a file of the project rather than a package. */
export const isProjectModule = (module: string): boolean => /^(?:\.|\/|@\/|~\/|src\/|#)/.test(module);
