import { ts } from 'ts-morph';
import { declarationOf } from './values/bindings.js';
import { bare, hasModifier, nameText } from './syntax.js';

/** What a file exports under a name: a function, or the expression that gives the value. */
export type Exported = ts.FunctionLikeDeclaration | ts.Expression;

/**
 * The exports of a file in whatever shape they are written: `export function up`, `export const up =`, `export { up }`,
 * `export default { up }`, `exports.up = exports.run =`, `module.exports = { up }`. The last one of a name counts.
 */
export function exportsOf(source: ts.SourceFile): ReadonlyMap<string, Exported> {
  const found = new Map<string, Exported>();
  for (const statement of source.statements) addStatement(statement, found);
  return found;
}

/** An exported function, followed through the name of a constant or function of the file. */
export function exportedFunction(exported: Exported | undefined): ts.FunctionLikeDeclaration | undefined {
  if (!exported || !ts.isExpression(exported)) return exported;
  const node = bare(exported);
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return node;
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = declarationOf(node.text, node);
  if (declaration?.kind === 'function') return declaration.node;
  const initializer = declaration?.kind === 'variable' && declaration.node.initializer;
  if (!initializer || declaration.path.length > 0) return undefined;
  const value = bare(initializer);
  return ts.isArrowFunction(value) || ts.isFunctionExpression(value) ? value : undefined;
}

/** A function that stands in an object under a name. */
export function propertyFunction(
  object: ts.ObjectLiteralExpression,
  name: string,
): ts.FunctionLikeDeclaration | undefined {
  for (const property of object.properties) {
    if (!property.name || nameText(property.name) !== name) continue;
    if (ts.isMethodDeclaration(property)) return property;
    if (ts.isPropertyAssignment(property)) return exportedFunction(property.initializer);
    if (ts.isShorthandPropertyAssignment(property)) return exportedFunction(property.name);
  }
  return undefined;
}

function addStatement(statement: ts.Statement, found: Map<string, Exported>): void {
  if (ts.isFunctionDeclaration(statement)) {
    if (!hasModifier(statement, ts.SyntaxKind.ExportKeyword)) return;
    const isDefault = hasModifier(statement, ts.SyntaxKind.DefaultKeyword);
    const name = isDefault ? 'default' : statement.name?.text;
    if (name !== undefined) found.set(name, statement);
  } else if (ts.isVariableStatement(statement) && hasModifier(statement, ts.SyntaxKind.ExportKeyword)) {
    for (const { name, initializer } of statement.declarationList.declarations)
      if (ts.isIdentifier(name) && initializer) found.set(name.text, initializer);
  } else if (ts.isExportDeclaration(statement)) {
    const clause = statement.exportClause;
    if (statement.moduleSpecifier || !clause || !ts.isNamedExports(clause)) return;
    for (const { name, propertyName } of clause.elements) {
      const local = propertyName ?? name;
      if (ts.isIdentifier(local)) found.set(name.text, local);
    }
  } else if (ts.isExportAssignment(statement)) {
    found.set('default', statement.expression);
    addObject(statement.expression, found);
  } else if (ts.isExpressionStatement(statement)) addAssignment(statement.expression, found);
}

/** `exports.up = value`, where the value may be an assignment itself. */
function addAssignment(expression: ts.Expression, found: Map<string, Exported>): void {
  const names: string[] = [];
  let at = bare(expression);
  while (ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const target = bare(at.left);
    if (isExports(target)) names.push('');
    else if (ts.isPropertyAccessExpression(target) && isExports(bare(target.expression))) names.push(target.name.text);
    at = bare(at.right);
  }
  for (const name of names) {
    found.set(name === '' ? 'default' : name, at);
    if (name === '') addObject(at, found);
  }
}

/** `exports`, or `module.exports`. */
const isExports = (node: ts.Expression): boolean =>
  ts.isIdentifier(node)
    ? node.text === 'exports' && !declarationOf('exports', node)
    : ts.isPropertyAccessExpression(node) &&
      node.name.text === 'exports' &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === 'module' &&
      !declarationOf('module', node);

/** The entries of an object that is exported as a whole. */
function addObject(expression: ts.Expression, found: Map<string, Exported>): void {
  const object = objectBehind(bare(expression));
  for (const property of object?.properties ?? []) {
    const name = property.name && nameText(property.name);
    if (name === undefined) continue;
    if (ts.isPropertyAssignment(property)) found.set(name, property.initializer);
    else if (ts.isShorthandPropertyAssignment(property)) found.set(name, property.name);
    else if (ts.isMethodDeclaration(property)) found.set(name, property);
  }
}

function objectBehind(node: ts.Expression): ts.ObjectLiteralExpression | undefined {
  if (ts.isObjectLiteralExpression(node)) return node;
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = declarationOf(node.text, node);
  const initializer = declaration?.kind === 'variable' && declaration.node.initializer;
  if (!initializer || declaration.path.length > 0) return undefined;
  const value = bare(initializer);
  return ts.isObjectLiteralExpression(value) ? value : undefined;
}
