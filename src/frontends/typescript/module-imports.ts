import { posix } from 'node:path';
import { ts } from 'ts-morph';
import type { ModuleImport } from '../../ir/index.js';
import { visit } from './syntax.js';

/**
 * What a file takes from other modules when it runs, by `import` and by `require` at its top, in order. Names that stand
 * for types alone are left out, as TypeScript leaves them out.
 */
export function importsOf(source: ts.SourceFile, path: string): ModuleImport[] {
  const used = valuesIn(source);
  return source.statements.flatMap((statement): ModuleImport[] => {
    const span = { start: statement.getStart(source), end: statement.end };
    if (ts.isImportDeclaration(statement)) {
      const { importClause: clause, moduleSpecifier: specifier } = statement;
      if (clause === undefined || clause.isTypeOnly || !ts.isStringLiteral(specifier)) return [];
      const names = namesOf(clause).filter(({ as }) => used.has(as));
      return [{ module: resolved(specifier.text, path), names, span }];
    }
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name, initializer }) => {
      const module = requiredBy(initializer);
      return module === undefined ? [] : [{ module: resolved(module, path), names: boundBy(name), span }];
    });
  });
}

/** The names that stand in expressions anywhere in a file. */
function valuesIn(source: ts.SourceFile): ReadonlySet<string> {
  const found = new Set<string>();
  visit(source, (node) => {
    if (ts.isImportDeclaration(node)) return false;
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return false;
    if (ts.isIdentifier(node)) found.add(node.text);
    return true;
  });
  return found;
}

/** Relative to the project where it is relative to the file; without its ending. */
function resolved(module: string, path: string): string {
  const place = module.startsWith('.') ? posix.join(posix.dirname(path), module) : module;
  return place.replace(/\.[cm]?[jt]sx?$/, '');
}

function namesOf({ name, namedBindings }: ts.ImportClause): ModuleImport['names'] {
  const own = name ? [{ name: 'default', as: name.text }] : [];
  if (namedBindings === undefined) return own;
  if (ts.isNamespaceImport(namedBindings)) return [...own, { name: '*', as: namedBindings.name.text }];
  const named = namedBindings.elements.filter(({ isTypeOnly }) => !isTypeOnly);
  return [...own, ...named.map((each) => ({ name: (each.propertyName ?? each.name).text, as: each.name.text }))];
}

/** The module of `require('…')`, also where one of its names is taken at once: `require('…').User`. */
function requiredBy(expression: ts.Expression | undefined): string | undefined {
  let at = expression;
  while (at && ts.isPropertyAccessExpression(at)) at = at.expression;
  if (!at || !ts.isCallExpression(at) || !ts.isIdentifier(at.expression) || at.expression.text !== 'require')
    return undefined;
  const [module] = at.arguments;
  return module && ts.isStringLiteralLike(module) ? module.text : undefined;
}

function boundBy(name: ts.BindingName): ModuleImport['names'] {
  if (ts.isIdentifier(name)) return [{ name: 'default', as: name.text }];
  return name.elements.flatMap((each) => {
    if (!ts.isBindingElement(each) || !ts.isIdentifier(each.name)) return [];
    const from = each.propertyName && ts.isIdentifier(each.propertyName) ? each.propertyName.text : each.name.text;
    return [{ name: from, as: each.name.text }];
  });
}
