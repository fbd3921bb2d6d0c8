import { ts } from 'ts-morph';
import { topLevel, type Declaration } from '../values/bindings.js';
import { enumValue, evaluate, functionValue, namespaceValue, staticsOf } from '../values/evaluate.js';
import { promiseOf } from '../values/promises.js';
import { classRecords } from '../records.js';
import { exportedReceivers } from '../injection/exported-receivers.js';
import { libraries } from '../libraries.js';
import { hasModifier, nameText } from '../syntax.js';
import { mayBeOfProject } from './imports.js';
import { enumType, typeOf } from '../values/types.js';
import type { Unit } from '../unit.js';
import { isForProgramAlone } from './validators.js';
import type { Origin, Value } from '../values/values.js';
import type { FileSymbols } from './file-symbols.js';

/** Longer constants name no table and no column. */
const maxInitializer = 8_000;

export function symbolsOf(unit: Unit): FileSymbols | undefined {
  const symbols: FileSymbols = {
    // What an object says of a class of the same name comes first: the class itself says nothing then.
    classes: [...libraries.flatMap((library) => library.classes?.(unit) ?? []), ...classRecords(unit)],
    exports: {},
    stars: [],
    values: {},
    statics: {},
    promises: {},
    types: {},
    declared: declaredIn(unit),
    ...helpersIn(unit),
  };
  for (const statement of unit.source.statements) addExports(statement, symbols, unit);
  const exported = new Set(
    Object.values(symbols.exports).flatMap(({ name, module }) => (module === undefined ? [name] : [])),
  );
  for (const [name, declaration] of topLevel(unit.source)) {
    if (exported.has(name)) addDeclaration(name, declaration, unit, symbols);
  }
  const receivers = exportedReceivers(unit.source, symbols.exports);
  if (Object.keys(receivers).length > 0) symbols.receivers = receivers;
  const empty =
    symbols.classes.length + symbols.stars.length === 0 &&
    Object.keys(symbols.exports).length + Object.keys(symbols.declared).length === 0;
  return empty ? undefined : symbols;
}

/** What the connection of a migration is called, or is of. */
const runners = /\b(?:queryRunner|queryInterface|knex|trx|db)\b|QueryRunner|QueryInterface|\bKnex\b|\bKysely\b/;
const maxHelpers = 200_000;

/** The text of a file that exports functions or classes which may work on the connection of a migration. */
function helpersIn({ source, text }: Unit): Pick<FileSymbols, 'helpers'> {
  if (text.length > maxHelpers || !runners.test(text)) return {};
  const imports: Origin[] = [];
  let helps = false;
  for (const [, declaration] of topLevel(source)) {
    if (declaration.kind === 'import') imports.push(declaration.origin);
    else helps ||= declaration.kind === 'function' || (declaration.kind === 'class' && !isWhole(declaration.node));
    if (declaration.kind !== 'variable') continue;
    const { initializer } = declaration.node;
    helps ||=
      initializer !== undefined &&
      (ts.isFunctionLike(initializer) || ts.isObjectLiteralExpression(initializer) || ts.isClassLike(initializer));
  }
  helps ||= source.statements.some((each) => ts.isExportAssignment(each) || ts.isExpressionStatement(each));
  return helps ? { helpers: { text, imports: imports.filter(({ module }) => mayBeOfProject(module)) } } : {};
}

/** A migration needs no other to be run. */
const isWhole = (node: ts.ClassLikeDeclaration): boolean =>
  !hasModifier(node, ts.SyntaxKind.AbstractKeyword) &&
  node.members.some((each) => nameText(each.name) === 'up') &&
  node.members.some((each) => nameText(each.name) === 'down');

function declaredIn(unit: Unit): FileSymbols['declared'] {
  const declared: FileSymbols['declared'] = {};
  for (const { name, declare } of libraries) {
    const own = declare?.(unit);
    if (own !== undefined) declared[name] = own;
  }
  return declared;
}

function addExports(statement: ts.Statement, symbols: FileSymbols, unit: Unit): void {
  if (ts.isExportDeclaration(statement)) {
    const module =
      statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier)
        ? statement.moduleSpecifier.text
        : undefined;
    if (!statement.exportClause) {
      if (module !== undefined) symbols.stars.push(module);
    } else if (ts.isNamedExports(statement.exportClause)) {
      for (const element of statement.exportClause.elements) {
        const target = { name: (element.propertyName ?? element.name).text, ...(module !== undefined && { module }) };
        symbols.exports[element.name.text] = target;
      }
    }
  } else if (ts.isExportAssignment(statement)) {
    const { expression } = statement;
    symbols.exports['default'] = { name: ts.isIdentifier(expression) ? expression.text : 'default' };
    if (!ts.isIdentifier(expression)) addValue('default', expression, unit, symbols);
  } else if (ts.isExpressionStatement(statement)) {
    addCommonExport(statement.expression, symbols, unit);
  } else if (hasModifier(statement, ts.SyntaxKind.ExportKeyword)) {
    for (const name of declaredNames(statement)) symbols.exports[name] = { name };
    const [only] = declaredNames(statement);
    if (hasModifier(statement, ts.SyntaxKind.DefaultKeyword)) symbols.exports['default'] = { name: only ?? 'default' };
  }
}

/** `module.exports = …` is what `require` gives as a whole; `exports.name = …` is one name of it. */
function addCommonExport(expression: ts.Expression, symbols: FileSymbols, unit: Unit): void {
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return;
  const { left, right } = expression;
  if (!ts.isPropertyAccessExpression(left)) return;
  const owner = left.expression.getText();
  const whole = owner === 'module' && left.name.text === 'exports';
  if (!whole && owner !== 'exports' && owner !== 'module.exports') return;
  const local = ts.isIdentifier(right) ? right.text : whole ? 'default' : left.name.text;
  for (const name of whole ? ['default', '*'] : [left.name.text]) symbols.exports[name] = { name: local };
  if (!ts.isIdentifier(right)) addValue(local, right, unit, symbols);
  if (whole && ts.isObjectLiteralExpression(right)) addNamesIn(right, symbols);
}

/** `module.exports = { Model, User: Person }` exports what the file declares under those names. */
function addNamesIn({ properties }: ts.ObjectLiteralExpression, symbols: FileSymbols): void {
  for (const property of properties) {
    const value = ts.isShorthandPropertyAssignment(property)
      ? property.name
      : ts.isPropertyAssignment(property)
        ? property.initializer
        : undefined;
    const name = property.name && nameText(property.name);
    if (name !== undefined && value && ts.isIdentifier(value)) symbols.exports[name] = { name: value.text };
  }
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  }
  const { name } = statement as { name?: ts.Node };
  return name && ts.isIdentifier(name) ? [name.text] : [];
}

function addDeclaration(name: string, declaration: Declaration, unit: Unit, symbols: FileSymbols): void {
  switch (declaration.kind) {
    case 'import':
      symbols.exports[name] = { ...declaration.origin };
      break;
    case 'enum':
      symbols.values[name] = enumValue(declaration.node, unit.scope);
      symbols.types[name] = enumType(declaration.node);
      symbols.promises[name] = { is: 'constant' };
      break;
    case 'namespace':
      symbols.values[name] = namespaceValue(declaration.node, unit.scope);
      break;
    case 'type': {
      const promise = promiseOf(declaration.node);
      if (promise) symbols.promises[name] = promise;
      symbols.types[name] = ts.isInterfaceDeclaration(declaration.node) ? 'object' : typeOf(declaration.node.type).is;
      break;
    }
    case 'function': {
      if (declaration.node.getFullWidth() > maxInitializer) break;
      const value = functionValue(declaration.node, unit.scope);
      if (isWorthKeeping(value)) symbols.values[name] = value;
      break;
    }
    case 'class': {
      const statics = staticsOf(declaration.node, unit.scope);
      if (statics.kind === 'object' && statics.entries.length > 0) symbols.statics[name] = statics;
      break;
    }
    case 'variable': {
      const { initializer } = declaration.node;
      if (unit.scope.bound.has(declaration.name)) break;
      if (declaration.constant && initializer && declaration.path.length === 0)
        addValue(name, initializer, unit, symbols);
      break;
    }
  }
}

/** Constants, those that are only another name for one of another file included. */
function addValue(name: string, initializer: ts.Expression, unit: Unit, symbols: FileSymbols): void {
  if (initializer.getFullWidth() > maxInitializer || isForProgramAlone(initializer)) return;
  const value = evaluate(initializer, unit.scope);
  if (isWorthKeeping(value)) symbols.values[name] = value;
}

const keptKinds = new Set<Value['kind']>(['text', 'known', 'array', 'object', 'made', 'chain', 'tagged', 'oneOf']);

function isWorthKeeping(value: Value): boolean {
  if (value.kind === 'reference') return value.module !== undefined;
  if (value.kind === 'function') return value.returns !== undefined && value.returns.kind !== 'unknown';
  return keptKinds.has(value.kind);
}
