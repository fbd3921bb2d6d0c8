import { ts } from 'ts-morph';
import type { Receiver } from '../drivers/driver.js';
import { topLevel } from '../values/bindings.js';
import { bare, nameText } from '../syntax.js';
import { receiverDeclared, receiverOf, receiverReturned } from './receivers.js';

/**
 * What a file's exports are to database libraries, by local name: `db` for a constant or a class, `connect()` for what a
 * function returns; the properties of an object that is exported as a whole, too.
 */
export function exportedReceivers(
  source: ts.SourceFile,
  exports: { readonly [name: string]: { name: string; module?: string } },
): { [name: string]: Receiver } {
  const found: { [name: string]: Receiver } = {};
  const keep = (name: string, receiver: Receiver | undefined): void => {
    if (receiver !== undefined) found[name] ??= receiver;
  };
  const declarations = topLevel(source);
  for (const { name, module } of Object.values(exports)) {
    const declaration = module === undefined ? declarations.get(name) : undefined;
    if (declaration) {
      keep(name, receiverDeclared(declaration));
      keep(`${name}()`, receiverReturned(declaration));
    }
  }
  for (const statement of source.statements) {
    const whole = wholeOf(statement);
    if (!whole) continue;
    keep('default', receiverOf(whole));
    if (!ts.isObjectLiteralExpression(whole)) continue;
    for (const property of whole.properties) {
      const name = nameText(property.name);
      if (name === undefined) continue;
      if (ts.isPropertyAssignment(property)) keep(name, receiverOf(property.initializer));
      else if (ts.isShorthandPropertyAssignment(property)) keep(name, receiverOf(property.name));
    }
  }
  return found;
}

/** What `export default …` or `module.exports = …` exports as a whole. */
function wholeOf(statement: ts.Statement): ts.Expression | undefined {
  if (ts.isExportAssignment(statement)) return bare(statement.expression);
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return undefined;
  const { left, right } = statement.expression;
  return ts.isPropertyAccessExpression(left) && left.getText() === 'module.exports' ? bare(right) : undefined;
}
