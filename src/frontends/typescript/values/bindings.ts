import { ts } from 'ts-morph';
import { ownCodeAt } from '../own-code.js';
import { nameText } from '../syntax.js';
import type { Origin } from './values.js';

/** What a name means where it is used. */
export type Declaration =
  | { kind: 'import'; origin: Origin; name: ts.Identifier }
  | {
      kind: 'variable';
      node: ts.VariableDeclaration;
      name: ts.Identifier;
      /** The way into the initialiser for destructuring; numbers are array positions. */
      path: (string | number)[];
      constant: boolean;
    }
  | { kind: 'parameter'; node: ts.ParameterDeclaration; name: ts.Identifier; path: (string | number)[] }
  | { kind: 'function'; node: ts.FunctionDeclaration }
  | { kind: 'class'; node: ts.ClassLikeDeclaration }
  | { kind: 'enum'; node: ts.EnumDeclaration }
  | { kind: 'namespace'; node: ts.ModuleDeclaration }
  | { kind: 'type'; node: ts.TypeAliasDeclaration | ts.InterfaceDeclaration };

type Scope = Map<string, Declaration>;

const scopes = new WeakMap<ts.Node, Scope>();

/** The innermost declaration of a name that is visible at a node. */
export function declarationOf(name: string, at: ts.Node): Declaration | undefined {
  for (let node: ts.Node | undefined = at; node; node = node.parent) {
    if (!scopeKinds.has(node.kind)) continue;
    let scope = scopes.get(node);
    if (!scope) scopes.set(node, (scope = scopeOf(node)));
    const found = scope.get(name);
    if (found) return found;
  }
  return undefined;
}

/** The names that a file declares at its top level, imports included. */
export function topLevel(source: ts.SourceFile): ReadonlyMap<string, Declaration> {
  let scope = scopes.get(source);
  if (!scope) scopes.set(source, (scope = scopeOf(source)));
  return scope;
}

const scopeKinds = new Set([
  ts.SyntaxKind.Block,
  ts.SyntaxKind.SourceFile,
  ts.SyntaxKind.ModuleBlock,
  ts.SyntaxKind.ForStatement,
  ts.SyntaxKind.ForOfStatement,
  ts.SyntaxKind.ForInStatement,
  ts.SyntaxKind.CaseBlock,
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.FunctionExpression,
  ts.SyntaxKind.ArrowFunction,
  ts.SyntaxKind.MethodDeclaration,
  ts.SyntaxKind.Constructor,
  ts.SyntaxKind.GetAccessor,
  ts.SyntaxKind.SetAccessor,
]);

function scopeOf(node: ts.Node): Scope {
  const scope: Scope = new Map();
  if (ts.isSourceFile(node) || ts.isBlock(node) || ts.isModuleBlock(node)) addStatements(node.statements, scope);
  else if (ts.isCaseBlock(node)) for (const clause of node.clauses) addStatements(clause.statements, scope);
  else if (ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node)) {
    if (node.initializer && ts.isVariableDeclarationList(node.initializer)) addVariables(node.initializer, scope);
  } else if (ts.isFunctionLike(node)) {
    for (const parameter of node.parameters) {
      if (ts.isParameter(parameter))
        addPattern(parameter.name, [], scope, (name, path) => ({ kind: 'parameter', node: parameter, name, path }));
    }
  }
  return scope;
}

function addStatements(statements: readonly ts.Statement[], scope: Scope): void {
  for (const statement of statements) {
    if (ts.isVariableStatement(statement)) addVariables(statement.declarationList, scope);
    else if (ts.isFunctionDeclaration(statement) && statement.name)
      scope.set(statement.name.text, { kind: 'function', node: statement });
    else if (ts.isClassDeclaration(statement) && statement.name)
      scope.set(statement.name.text, { kind: 'class', node: statement });
    else if (ts.isEnumDeclaration(statement)) scope.set(statement.name.text, { kind: 'enum', node: statement });
    else if (ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name)) {
      // It may add to a class, a function or an enum of its name.
      if (!scope.has(statement.name.text)) scope.set(statement.name.text, { kind: 'namespace', node: statement });
    } else if (ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)) {
      if (!scope.has(statement.name.text)) scope.set(statement.name.text, { kind: 'type', node: statement });
    } else if (ts.isImportDeclaration(statement)) addImport(statement, scope);
    else if (ts.isImportEqualsDeclaration(statement)) addImportEquals(statement, scope);
  }
}

function addVariables(list: ts.VariableDeclarationList, scope: Scope): void {
  const constant = (list.flags & ts.NodeFlags.Const) !== 0;
  for (const node of list.declarations) {
    const required = node.initializer && requiredModule(node.initializer);
    addPattern(node.name, [], scope, (name, path) => {
      if (required !== undefined) return { kind: 'import', origin: readAs(requireOrigin(required, path), node), name };
      return { kind: 'variable', node, name, path, constant };
    });
  }
}

function addPattern(
  pattern: ts.BindingName,
  path: (string | number)[],
  scope: Scope,
  declare: (name: ts.Identifier, path: (string | number)[]) => Declaration,
): void {
  if (ts.isIdentifier(pattern)) {
    scope.set(pattern.text, declare(pattern, path));
    return;
  }
  pattern.elements.forEach((element, index) => {
    if (!ts.isBindingElement(element)) return;
    const key = ts.isArrayBindingPattern(pattern) ? index : nameText(element.propertyName ?? element.name);
    addPattern(
      element.name,
      key === undefined || element.dotDotDotToken ? [...path, '…'] : [...path, key],
      scope,
      declare,
    );
  });
}

function addImport(statement: ts.ImportDeclaration, scope: Scope): void {
  const clause = statement.importClause;
  if (!clause || !ts.isStringLiteral(statement.moduleSpecifier)) return;
  const module = statement.moduleSpecifier.text;
  if (clause.name)
    scope.set(clause.name.text, {
      kind: 'import',
      origin: readAs({ module, name: 'default' }, statement),
      name: clause.name,
    });
  const bindings = clause.namedBindings;
  if (!bindings) return;
  if (ts.isNamespaceImport(bindings)) {
    scope.set(bindings.name.text, { kind: 'import', origin: { module, name: '*' }, name: bindings.name });
    return;
  }
  for (const element of bindings.elements) {
    const origin = readAs({ module, name: (element.propertyName ?? element.name).text }, statement);
    scope.set(element.name.text, { kind: 'import', origin, name: element.name });
  }
}

/** The configuration may say what an import stands for. */
const readAs = (origin: Origin, at: ts.Node): Origin => ownCodeAt(at)?.read(origin) ?? origin;

function addImportEquals(statement: ts.ImportEqualsDeclaration, scope: Scope): void {
  const reference = statement.moduleReference;
  if (!ts.isExternalModuleReference(reference) || !ts.isStringLiteralLike(reference.expression)) return;
  const origin = { module: reference.expression.text, name: '*' };
  scope.set(statement.name.text, { kind: 'import', origin, name: statement.name });
}

/** The module of `require('m')`, also of `require('m').name`, which is told by its callers' path. */
function requiredModule(initializer: ts.Expression): { module: string; name?: string } | undefined {
  if (ts.isPropertyAccessExpression(initializer)) {
    const inner = requiredModule(initializer.expression);
    return inner && inner.name === undefined ? { module: inner.module, name: initializer.name.text } : undefined;
  }
  if (!ts.isCallExpression(initializer) || !ts.isIdentifier(initializer.expression)) return undefined;
  const argument = initializer.arguments[0];
  if (initializer.expression.text !== 'require' || !argument || !ts.isStringLiteralLike(argument)) return undefined;
  return { module: argument.text };
}

function requireOrigin(required: { module: string; name?: string }, path: (string | number)[]): Origin {
  return { module: required.module, name: required.name ?? (path.length > 0 ? String(path[0]) : '*') };
}

/** Where a variable is given a value after its declaration, by `=`, `+=`, `++` or a loop, in source order. */
export function assignmentsTo(declaration: Extract<Declaration, { kind: 'variable' | 'parameter' }>): ts.Node[] {
  const targets = assignmentsIn(declaration.name.getSourceFile()).targets.get(declaration.name.text) ?? [];
  return targets.filter((target) => declares(target, declaration.name)).map((target) => target.parent);
}

function declares(use: ts.Identifier, name: ts.Identifier): boolean {
  const found = declarationOf(use.text, use);
  return (found?.kind === 'variable' || found?.kind === 'parameter') && found.name === name;
}

/** Whether something is added to or changed in what a name holds, anywhere in its file. Shadowing names count too. */
export function isMutated(name: ts.Identifier): boolean {
  return assignmentsIn(name.getSourceFile()).mutated.has(name.text);
}

interface Assignments {
  /** Identifiers on the left of an assignment, by name, in source order. */
  targets: ReadonlyMap<string, ts.Identifier[]>;
  /** Names whose content is changed: `list.push(…)`, `map.key = …`. */
  mutated: ReadonlySet<string>;
}

const assigned = new WeakMap<ts.SourceFile, Assignments>();

/** Found once per file, and only when a variable is asked for. */
function assignmentsIn(source: ts.SourceFile): Assignments {
  const known = assigned.get(source);
  if (known) return known;
  const targets: ts.Identifier[] = [];
  const mutated = new Set<string>();
  const stack: ts.Node[] = [source];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const target = assignedBy(node);
    if (target && ts.isIdentifier(target)) targets.push(target);
    const owner = target ? ownerOf(target) : mutatedBy(node);
    if (owner !== undefined) mutated.add(owner);
    ts.forEachChild(node, (child) => void stack.push(child));
  }
  targets.sort((left, right) => left.pos - right.pos);
  const byName = new Map<string, ts.Identifier[]>();
  for (const target of targets) {
    const list = byName.get(target.text);
    if (list) list.push(target);
    else byName.set(target.text, [target]);
  }
  const result = { targets: byName, mutated };
  assigned.set(source, result);
  return result;
}

function assignedBy(node: ts.Node): ts.Expression | undefined {
  if (ts.isBinaryExpression(node)) return isAssignment(node.operatorToken.kind) ? node.left : undefined;
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const steps = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
    return steps ? node.operand : undefined;
  }
  if (ts.isDeleteExpression(node)) return node.expression;
  return ts.isForOfStatement(node) && ts.isIdentifier(node.initializer) ? node.initializer : undefined;
}

/** The name whose content changes when a property of it is assigned. */
function ownerOf(target: ts.Expression): string | undefined {
  let at = target;
  while (ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at)) at = at.expression;
  return at !== target && ts.isIdentifier(at) ? at.text : undefined;
}

const mutating = /^(?:push|unshift|splice|pop|shift|sort|reverse|fill|copyWithin|assign|defineProperty)$/;

function mutatedBy(node: ts.Node): string | undefined {
  if (
    !ts.isCallExpression(node) ||
    !ts.isPropertyAccessExpression(node.expression) ||
    !mutating.test(node.expression.name.text)
  )
    return undefined;
  const { expression } = node.expression;
  const changed = ts.isIdentifier(expression) && expression.text === 'Object' ? node.arguments[0] : expression;
  return changed && ts.isIdentifier(changed) ? changed.text : undefined;
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
