import { ts } from 'ts-morph';
import type { Span } from '../../../ir/index.js';
import { assignmentsTo, declarationOf, isMutated, type Declaration } from './bindings.js';
import { arrayMethod, type Apply } from './array-methods.js';
import { lastAssigned } from './assigned.js';
import { objectMethod } from './object-methods.js';
import { converted, negated, operated, truthOf } from './operators.js';
import { textMethod } from './text-methods.js';
import { mayBeOfProject, memberOrigin } from '../linking/imports.js';
import { bare, docOf, hasModifier, nameText, spanOf } from '../syntax.js';
import { applied } from './applied.js';
import { chained, placedAt } from './children.js';
import { joined, partsOf } from './text-parts.js';
import {
  isChainRoot,
  scalarOf,
  text,
  textOf,
  unknown,
  type Entry,
  type FunctionValue,
  type Link,
  type Origin,
  type ReferenceValue,
  type Spread,
  type TextPart,
  type Value,
} from './values.js';
import { appliedIn, functionOf, returnedBy } from './functions.js';
import { literalPart } from './literals.js';
import { bind, maxSteps, type Scope } from './scope.js';

const maxDepth = 30;
const minSteps = 100;
const maxParts = 2_000;

/** The value of an expression as far as it is known before the program runs. Never throws; gives up at a fixed depth. */
export function evaluate(expression: ts.Expression, outer: Scope): Value {
  if (outer.depth > 0) return evaluateWithin(expression, outer);
  const given = Math.max(minSteps, Math.min(maxSteps, outer.total.steps));
  const budget = { steps: given };
  const value = evaluateWithin(expression, { ...outer, budget });
  outer.total.steps -= given - budget.steps;
  return value;
}

function evaluateWithin(expression: ts.Expression, outer: Scope): Value {
  const node = bare(expression);
  const span = spanOf(node);
  const { budget } = outer;
  if (outer.depth > maxDepth || budget.steps <= 0) return unknown('too much to work out', span);
  budget.steps--;
  const scope = { ...outer, depth: outer.depth + 1 };
  if (ts.isStringLiteralLike(node)) return { kind: 'text', parts: [literalPart(node)], span };
  if (ts.isNumericLiteral(node)) return { kind: 'known', value: Number(node.text), span };
  switch (node.kind) {
    case ts.SyntaxKind.TrueKeyword:
      return { kind: 'known', value: true, span };
    case ts.SyntaxKind.FalseKeyword:
      return { kind: 'known', value: false, span };
    case ts.SyntaxKind.NullKeyword:
      return { kind: 'known', value: null, span };
  }
  if (ts.isTemplateExpression(node)) return evaluateTemplate(node, scope);
  if (ts.isTaggedTemplateExpression(node)) return evaluateTagged(node, scope);
  if (ts.isIdentifier(node)) return evaluateIdentifier(node, scope);
  if (ts.isObjectLiteralExpression(node)) return evaluateObject(node, scope);
  if (ts.isArrayLiteralExpression(node)) return evaluateArray(node, scope);
  if (ts.isBinaryExpression(node)) return evaluateBinary(node, scope);
  if (ts.isConditionalExpression(node)) return evaluateConditional(node, scope);
  if (ts.isPrefixUnaryExpression(node)) return negated(node.operator, evaluate(node.operand, scope), span);
  if (ts.isVoidExpression(node)) return { kind: 'undefined', span };
  if (ts.isPropertyAccessExpression(node)) return evaluateAccess(node, scope);
  if (ts.isElementAccessExpression(node)) return evaluateElement(node, scope);
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return functionValue(node, scope);
  if (ts.isCallExpression(node)) return evaluateCall(node, scope);
  if (ts.isNewExpression(node)) return evaluateNew(node, scope);
  return unknown('not a constant expression', span);
}

function evaluateTemplate(node: ts.TemplateExpression, scope: Scope): Value {
  const parts: TextPart[] = [literalPart(node.head)];
  for (const { expression, literal } of node.templateSpans) {
    parts.push(...partsOf(evaluate(expression, scope), spanOf(expression)), literalPart(literal));
  }
  return joined(parts, spanOf(node));
}

/** `String.raw` and the tags that only strip indentation leave the text as it is for us. */
function evaluateTagged(node: ts.TaggedTemplateExpression, scope: Scope): Value {
  const { tag } = node;
  const span = spanOf(node);
  const plain = ts.isPropertyAccessExpression(tag) && tag.getText() === 'String.raw';
  const stripping = ts.isIdentifier(tag) && /^(?:dedent|outdent|stripIndent)$/.test(tag.text);
  if (plain || stripping) return evaluate(node.template, scope);
  const by = evaluate(tag, scope);
  const text = isChainRoot(by) || by.kind === 'chain' ? evaluate(node.template, scope) : undefined;
  return text?.kind === 'text' ? { kind: 'tagged', tag: by, text, span } : unknown('a tagged template', span);
}

function evaluateIdentifier(node: ts.Identifier, scope: Scope): Value {
  const span = spanOf(node);
  const declaration = declarationOf(node.text, node);
  if (!declaration) {
    if (node.text === 'undefined') return { kind: 'undefined', span };
    return constructors.has(node.text)
      ? imported({ module: globals, name: node.text }, span)
      : unknown(`${node.text} is not declared here`, span);
  }
  switch (declaration.kind) {
    case 'import':
      return external(declaration.origin, span, scope);
    case 'class':
    case 'function':
      return { kind: 'reference', name: declaration.node.name?.text ?? 'default', path: [], span };
    case 'enum':
      return enumValue(declaration.node, scope);
    case 'namespace':
      return namespaceValue(declaration.node, scope);
    case 'type':
      return unknown('a type', span);
    default:
      return evaluateBinding(declaration, scope, node);
  }
}

/** Constructors of the language that libraries take for types, and the module that they are said to come from. */
const constructors = new Set(['String', 'Number', 'Boolean', 'Date', 'Buffer']);
export const globals = 'node:global';

/** A value of another file stands where it is named in this one. */
function external(written: Origin, span: { start: number; end: number }, scope: Scope): Value {
  const origin = scope.own?.read(written) ?? written;
  const value = scope.externals(origin);
  return value ? placedAt(value, span) : imported(origin, span);
}

const imported = (origin: Origin, span: { start: number; end: number }): Value => ({
  kind: 'reference',
  name: origin.name,
  module: origin.module,
  path: [],
  span,
});

function evaluateBinding(
  declaration: Extract<Declaration, { kind: 'variable' | 'parameter' }>,
  scope: Scope,
  at: ts.Identifier,
): Value {
  const span = spanOf(at);
  const bound = scope.bound.get(declaration.name);
  if (bound) return bound;
  if (declaration.kind === 'parameter') return unknown(`${declaration.name.text} is a parameter`, span);
  if (!declaration.constant) {
    const assigned = assignmentsTo(declaration);
    if (assigned.length > 0) return reassigned(declaration, assigned, scope, at);
  }
  const { initializer } = declaration.node;
  if (!initializer) return unknown(`${declaration.name.text} has no value here`, span);
  const value = evaluate(initializer, scope);
  if ((value.kind === 'array' || value.kind === 'object') && isMutated(declaration.name)) {
    return unknown(`${declaration.name.text} is changed later`, span);
  }
  return declaration.path.length === 0 ? value : takenApart(declaration.name.parent, value, scope, span);
}

/** What a variable holds where it is used: what was last put into it, else one of all that is ever put into it. */
function reassigned(
  { node, name, path }: Extract<Declaration, { kind: 'variable' }>,
  assignments: readonly ts.Node[],
  scope: Scope,
  at: ts.Identifier,
): Value {
  const span = spanOf(at);
  const plain = assignments.every(
    (each): each is ts.BinaryExpression =>
      ts.isBinaryExpression(each) && each.operatorToken.kind === ts.SyntaxKind.EqualsToken,
  );
  if (!plain || path.length > 0) return unknown(`${name.text} is reassigned`, span);
  const last = lastAssigned(node, assignments, at);
  if (last) return evaluate(last, scope);
  const given = assignments.map((each) => (each as ts.BinaryExpression).right);
  const values = [...(node.initializer ? [node.initializer] : []), ...given].map((each) => evaluate(each, scope));
  return values.every((value) => scalarOf(value) !== undefined || value.kind === 'undefined')
    ? { kind: 'oneOf', values, span }
    : unknown(`${name.text} is reassigned`, span);
}

/** The part of a value that a name in a pattern stands for, its defaults included. */
function takenApart(element: ts.Node, whole: Value, scope: Scope, span: Span): Value {
  if (!ts.isBindingElement(element)) return whole;
  const pattern = element.parent;
  const value = partOf(pattern, element, takenApart(pattern.parent, whole, scope, span), scope, span);
  return value.kind === 'undefined' && element.initializer ? evaluate(element.initializer, scope) : value;
}

function partOf(pattern: ts.BindingPattern, element: ts.BindingElement, value: Value, scope: Scope, span: Span): Value {
  const index = (pattern.elements as readonly ts.Node[]).indexOf(element);
  if (element.dotDotDotToken) return remainder(pattern, index, value, span);
  const key = ts.isArrayBindingPattern(pattern) ? String(index) : nameText(element.propertyName ?? element.name);
  return key === undefined ? unknown('a computed property', span) : readProperty(value, key, span, scope);
}

/** What `...rest` holds. */
function remainder(pattern: ts.BindingPattern, index: number, value: Value, span: Span): Value {
  if (value.kind === 'array' && value.complete && ts.isArrayBindingPattern(pattern))
    return { ...value, items: value.items.slice(index) };
  if (value.kind !== 'object' || !value.complete || !ts.isObjectBindingPattern(pattern))
    return unknown('the rest of something', span);
  const taken = pattern.elements.slice(0, index).map((each) => nameText(each.propertyName ?? each.name));
  if (taken.includes(undefined)) return unknown('the rest of something', span);
  return { ...value, entries: value.entries.filter(({ key }) => !taken.includes(key)) };
}

function evaluateObject(node: ts.ObjectLiteralExpression, scope: Scope): Value {
  const entries: Entry[] = [];
  const spreads: Spread[] = [];
  for (const item of node.properties) {
    const span = spanOf(item);
    if (ts.isSpreadAssignment(item)) {
      const spread = evaluate(item.expression, scope);
      const inner = spread.kind === 'object' ? (spread.spreads ?? []) : [spread].map((value) => ({ at: 0, value }));
      if (truthOf(spread) === false) continue;
      const from = spreadName(item.expression);
      spreads.push(...inner.map((each) => ({ ...from, ...each, at: entries.length + each.at })));
      if (spread.kind === 'object') entries.push(...spread.entries.map((entry) => ({ ...from, ...entry, span })));
      continue;
    }
    const key = ts.isComputedPropertyName(item.name!)
      ? keyText(evaluate(item.name.expression, scope))
      : nameText(item.name);
    const value = key === undefined ? undefined : propertyValue(item, scope);
    if (key === undefined || !value) {
      spreads.push({ at: entries.length, value: unknown('a computed property', span) });
      continue;
    }
    const doc = item.getFullWidth() - (span.end - span.start) > 5 ? docOf(item) : undefined;
    entries.push({ key, span, value, ...(doc && { doc }) });
  }
  const complete = spreads.length === 0;
  return { kind: 'object', entries, complete, ...(!complete && { spreads }), span: spanOf(node) };
}

/** The last name of what is spread, called or not. */
function spreadName(expression: ts.Expression): { from?: string } {
  let node = bare(expression);
  while (ts.isCallExpression(node)) node = bare(node.expression);
  if (ts.isPropertyAccessExpression(node)) return { from: node.name.text };
  return ts.isIdentifier(node) ? { from: node.text } : {};
}

/** A symbol of a library is a key by its name: `[Op.gt]`. */
function keyText(key: Value): string | undefined {
  const isSymbol = key.kind === 'reference' && key.module !== undefined && !mayBeOfProject(key.module);
  return isSymbol ? `[${[key.name, ...key.path].join('.')}]` : textOf(key);
}

function propertyValue(item: ts.ObjectLiteralElementLike, scope: Scope): Value | undefined {
  if (ts.isPropertyAssignment(item)) return evaluate(item.initializer, scope);
  if (ts.isShorthandPropertyAssignment(item)) return evaluateIdentifier(item.name, scope);
  if (ts.isGetAccessorDeclaration(item)) {
    const result = returnedBy(item);
    return result && evaluate(result, scope);
  }
  return ts.isMethodDeclaration(item) ? functionValue(item, scope) : undefined;
}

function evaluateArray(node: ts.ArrayLiteralExpression, scope: Scope): Value {
  const items: Value[] = [];
  const spreads: Spread[] = [];
  for (const element of node.elements) {
    if (!ts.isSpreadElement(element)) {
      items.push(evaluate(element, scope));
      continue;
    }
    const spread = evaluate(element.expression, scope);
    if (items.length > maxParts) return unknown('too many items', spanOf(node));
    const inner = spread.kind === 'array' ? (spread.spreads ?? []) : [{ at: 0, value: spread }];
    spreads.push(...inner.map(({ at, value }) => ({ at: items.length + at, value })));
    if (spread.kind === 'array') items.push(...spread.items);
  }
  const complete = spreads.length === 0;
  return { kind: 'array', items, complete, ...(!complete && { spreads }), span: spanOf(node) };
}

function evaluateBinary(node: ts.BinaryExpression, scope: Scope): Value {
  const span = spanOf(node);
  const operator = node.operatorToken.kind;
  if (operator === ts.SyntaxKind.PlusToken) return evaluateSum(node, scope);
  const left = evaluate(node.left, scope);
  const takesLeft = leftDecides(operator, left);
  if (takesLeft === 'either') return { kind: 'oneOf', values: [left, evaluate(node.right, scope)], span };
  if (takesLeft === true) return left;
  const right = evaluate(node.right, scope);
  return takesLeft === false ? right : operated(operator, left, right, span);
}

/** Whether `a || b`, `a ?? b` and `a && b` are their left side; nothing for other operators. */
function leftDecides(operator: ts.SyntaxKind, left: Value): boolean | 'either' | undefined {
  switch (operator) {
    case ts.SyntaxKind.QuestionQuestionToken:
      if (left.kind === 'undefined' || (left.kind === 'known' && left.value === null)) return false;
      return left.kind === 'unknown' ? 'either' : true;
    case ts.SyntaxKind.BarBarToken:
      // What is imported or made is there.
      return truthOf(left) ?? (left.kind === 'unknown' || left.kind === 'oneOf' ? 'either' : true);
    case ts.SyntaxKind.AmpersandAmpersandToken: {
      const truth = truthOf(left);
      return truth === undefined ? 'either' : !truth;
    }
    default:
      return undefined;
  }
}

/** `a + b + c` nests to the left, as deep as it is long: it is read as a list. */
function evaluateSum(node: ts.BinaryExpression, scope: Scope): Value {
  const operands: ts.Expression[] = [];
  let left: ts.Expression = node;
  for (;;) {
    const inner = bare(left);
    if (!ts.isBinaryExpression(inner) || inner.operatorToken.kind !== ts.SyntaxKind.PlusToken) break;
    operands.unshift(inner.right);
    left = inner.left;
  }
  operands.unshift(left);
  if (operands.length > maxParts) return unknown('too many parts', spanOf(node));
  const values = operands.map((operand) => evaluate(operand, scope));
  const span = spanOf(node);
  if (values.every((value) => value.kind === 'known' && typeof value.value === 'number')) {
    const sum = values.reduce((total, value) => total + (value.kind === 'known' ? Number(value.value) : 0), 0);
    return { kind: 'known', value: sum, span };
  }
  if (!values.some((value) => value.kind === 'text')) return unknown('computed', span);
  return joined(
    values.flatMap((value, index) => partsOf(value, spanOf(operands[index]!))),
    span,
  );
}

function evaluateConditional(node: ts.ConditionalExpression, scope: Scope): Value {
  const truth = truthOf(evaluate(node.condition, scope));
  if (truth !== undefined) return evaluate(truth ? node.whenTrue : node.whenFalse, scope);
  return {
    kind: 'oneOf',
    values: [evaluate(node.whenTrue, scope), evaluate(node.whenFalse, scope)],
    span: spanOf(node),
  };
}

function evaluateAccess(node: ts.PropertyAccessExpression, scope: Scope): Value {
  const span = spanOf(node);
  const owner = bare(node.expression);
  const declaration = ts.isIdentifier(owner) ? declarationOf(owner.text, owner) : undefined;
  if (declaration?.kind === 'class') {
    const known = readProperty(staticsOf(declaration.node, scope), node.name.text, span, scope);
    if (known.kind !== 'unknown') return known;
  }
  if (owner.kind === ts.SyntaxKind.ThisKeyword) return evaluateField(node, scope);
  return readProperty(evaluate(owner, scope), node.name.text, span, scope);
}

/** `this.name` of a `readonly` field that has its value where it is declared. */
function evaluateField(node: ts.PropertyAccessExpression, scope: Scope): Value {
  let owner: ts.Node = node;
  while (!ts.isClassLike(owner) && !ts.isSourceFile(owner)) owner = owner.parent;
  const members: readonly ts.ClassElement[] = ts.isClassLike(owner) ? owner.members : [];
  const field = members.find((member) => ts.isPropertyDeclaration(member) && nameText(member.name) === node.name.text);
  if (
    field &&
    ts.isPropertyDeclaration(field) &&
    field.initializer &&
    hasModifier(field, ts.SyntaxKind.ReadonlyKeyword)
  ) {
    return evaluate(field.initializer, scope);
  }
  return unknown('a field', spanOf(node));
}

/** The `static readonly` constants of a class and its static getters, those that it inherits in its file before its own. */
export function staticsOf(node: ts.ClassLikeDeclaration, scope: Scope, hops = 0): Value {
  const clause = node.heritageClauses?.find((each) => each.token === ts.SyntaxKind.ExtendsKeyword);
  const base = clause?.types[0]?.expression;
  const declaration = base && ts.isIdentifier(base) ? declarationOf(base.text, base) : undefined;
  const inherited =
    declaration?.kind === 'class' && hops < maxBases ? staticsOf(declaration.node, scope, hops + 1) : undefined;
  const entries = node.members.flatMap((member): Entry[] => {
    const value = staticExpression(member);
    const key = nameText(member.name);
    return value && key !== undefined ? [{ key, span: spanOf(member), value: evaluate(value, scope) }] : [];
  });
  if (inherited?.kind === 'object') entries.unshift(...inherited.entries);
  const spreads = [{ at: entries.length, value: unknown('the other members of a class', spanOf(node)) }];
  return { kind: 'object', entries, complete: false, spreads, span: spanOf(node) };
}

const maxBases = 8;

function staticExpression(member: ts.ClassElement): ts.Expression | undefined {
  if (!hasModifier(member, ts.SyntaxKind.StaticKeyword)) return undefined;
  if (ts.isGetAccessorDeclaration(member)) return returnedBy(member);
  const constant = ts.isPropertyDeclaration(member) && hasModifier(member, ts.SyntaxKind.ReadonlyKeyword);
  return constant ? member.initializer : undefined;
}

function evaluateElement(node: ts.ElementAccessExpression, scope: Scope): Value {
  const key = evaluate(node.argumentExpression, scope);
  const name = key.kind === 'known' ? String(key.value) : textOf(key);
  const target = evaluate(node.expression, scope);
  const span = spanOf(node);
  if (name !== undefined) return readProperty(target, name, span, scope);
  if (target.kind === 'object' && target.complete)
    return { kind: 'oneOf', values: target.entries.map((entry) => entry.value), span };
  return unknown('a computed property', span);
}

function readProperty(target: Value, key: string, span: { start: number; end: number }, scope: Scope): Value {
  switch (target.kind) {
    case 'object': {
      const entry = target.entries.findLast((each) => each.key === key);
      if (entry) return entry.value;
      const named = target.reverse
        ? target.entries.findLast(({ value }) => value.kind === 'known' && String(value.value) === key)
        : undefined;
      if (named) return text(named.key, span);
      return target.complete ? { kind: 'undefined', span } : unknown(`${key} is not known`, span);
    }
    case 'array': {
      if (key === 'length' && target.complete) return { kind: 'known', value: target.items.length, span };
      return target.items[Number(key)] ?? unknown(`${key} is not known`, span);
    }
    case 'text': {
      const known = textOf(target);
      if (known !== undefined && key === 'length') return { kind: 'known', value: known.length, span };
      const character = known?.[Number(key)];
      return character === undefined ? unknown('computed', span) : text(character, span);
    }
    case 'parameter':
      return { ...target, path: [...target.path, key], span };
    case 'reference': {
      if (target.module === undefined) return { ...target, path: [...target.path, key], span };
      const origin =
        target.path.length === 0 ? memberOrigin({ module: target.module, name: target.name }, [key]) : undefined;
      if (origin) return external(origin, span, scope);
      return { ...target, path: [...target.path, key], span };
    }
    case 'oneOf':
      return { kind: 'oneOf', values: target.values.map((value) => readProperty(value, key, span, scope)), span };
    case 'made':
    case 'tagged':
    case 'chain':
      return chained(target, [{ name: key, span }], span);
    default:
      return unknown(`${key} of something unknown`, span);
  }
}

/** An enum as an object of its members. */
export function enumValue(node: ts.EnumDeclaration, scope: Scope): Value {
  const entries: Entry[] = [];
  let next: number | undefined = 0;
  for (const member of node.members) {
    const key = nameText(member.name);
    const span = spanOf(member);
    if (key === undefined) continue;
    let value: Value;
    if (member.initializer) value = evaluate(member.initializer, scope);
    else value = next === undefined ? unknown('computed', span) : { kind: 'known', value: next, span };
    next = value.kind === 'known' && typeof value.value === 'number' ? value.value + 1 : undefined;
    entries.push({ key, span, value });
  }
  const reverse = entries.some(({ value }) => value.kind === 'known');
  return { kind: 'object', entries, complete: true, ...(reverse && { reverse }), span: spanOf(node) };
}

/** What a namespace exports: constants, enums, functions of one expression and namespaces. */
export function namespaceValue(node: ts.ModuleDeclaration, scope: Scope): Value {
  const entries: Entry[] = [];
  const { body } = node;
  if (body && ts.isModuleDeclaration(body) && ts.isIdentifier(body.name)) {
    entries.push({ key: body.name.text, span: spanOf(body), value: namespaceValue(body, scope) });
  }
  for (const statement of body && ts.isModuleBlock(body) ? body.statements : []) {
    if (!hasModifier(statement, ts.SyntaxKind.ExportKeyword)) continue;
    const span = spanOf(statement);
    if (ts.isEnumDeclaration(statement))
      entries.push({ key: statement.name.text, span, value: enumValue(statement, scope) });
    else if (ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name))
      entries.push({ key: statement.name.text, span, value: namespaceValue(statement, scope) });
    else if (ts.isFunctionDeclaration(statement) && statement.name)
      entries.push({ key: statement.name.text, span, value: functionValue(statement, scope) });
    else if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) {
        if (ts.isIdentifier(name))
          entries.push({ key: name.text, span: spanOf(name), value: evaluateIdentifier(name, scope) });
      }
    }
  }
  const spreads = [{ at: entries.length, value: unknown('the other members of a namespace', spanOf(node)) }];
  return { kind: 'object', entries, complete: false, spreads, span: spanOf(node) };
}

/** A function as what it returns, its parameters left open. */
export function functionValue(node: ts.FunctionLikeDeclaration, scope: Scope): FunctionValue {
  const span = spanOf(node);
  const id = `${node.getSourceFile().fileName}#${span.start}`;
  const result = returnedBy(node);
  const calls = result ? undefined : appliedIn(node);
  if (!result && !calls) return { kind: 'function', id, span };
  const defaults: [string, Value][] = [];
  const open = node.parameters.flatMap((parameter, index): [ts.Node, Value][] => {
    if (parameter.initializer) defaults.push([String(index), evaluate(parameter.initializer, scope)]);
    if (parameter.dotDotDotToken) return [];
    return bindPattern(parameter.name, { kind: 'parameter', index, of: id, path: [], span: spanOf(parameter) }, scope);
  });
  const inner = bind(scope, open);
  return {
    kind: 'function',
    id,
    ...(result && { returns: evaluate(result, inner) }),
    ...(calls && { does: calls.map((call) => evaluate(call, inner)) }),
    ...(defaults.length > 0 && { defaults: Object.fromEntries(defaults) }),
    span,
  };
}

/** One step of `a.b(x).c(y)`. */
interface Step {
  callee: ts.PropertyAccessExpression;
  call: ts.CallExpression;
}

/** A chain of calls nests to the left, as deep as it is long: it is read as a list. */
function evaluateCall(node: ts.CallExpression, scope: Scope): Value {
  const steps: Step[] = [];
  let base: ts.Expression = node;
  while (ts.isCallExpression(base)) {
    const callee = bare(base.expression);
    if (!ts.isPropertyAccessExpression(callee)) break;
    steps.unshift({ callee, call: base });
    base = bare(callee.expression);
  }
  const [first, ...rest] = steps;
  if (!first) return evaluateDirectCall(node, scope);
  const whole = ts.isIdentifier(base) ? builtIn(base, first, scope) : undefined;
  let value = whole ?? evaluate(base, scope);
  const links: Link[] = [];
  for (const step of whole ? rest : steps) {
    const name = step.callee.name.text;
    const span = spanOf(step.call);
    if (links.length > 0 || isLinkable(value, name)) {
      links.push({ name, args: argumentsOf(step.call, scope), span });
      continue;
    }
    value = calledMethod(value, step, scope);
  }
  return links.length > 0 ? chained(value, links, spanOf(node)) : value;
}

/** Whether a call of a method is kept as a link, rather than worked out. */
function isLinkable(value: Value, name: string): boolean {
  if (value.kind !== 'reference') return isChainRoot(value) || value.kind === 'chain';
  const { module, path } = value;
  return module === undefined || path.length > 0 || !memberOrigin({ module, name: value.name }, [name]);
}

/** `Object.keys(…)` and the like, where no other `Object` is declared. */
function builtIn(base: ts.Identifier, { callee, call }: Step, scope: Scope): Value | undefined {
  if (!/^(?:Object|Array)$/.test(base.text) || declarationOf(base.text, base)) return undefined;
  return objectMethod(`${base.text}.${callee.name.text}`, argumentsOf(call, scope), spanOf(call));
}

function calledMethod(target: Value, { callee, call }: Step, scope: Scope): Value {
  const name = callee.name.text;
  const span = spanOf(call);
  const computed = methodResult(target, name, call, scope);
  if (computed) return computed;
  if (target.kind !== 'object' && target.kind !== 'reference') return unknown('the result of a call', span);
  return calledValue(readProperty(target, name, spanOf(callee), scope), call, scope);
}

/** The result of a method of texts, numbers and arrays on a value that is known; nothing for all others. */
function methodResult(target: Value, method: string, call: ts.CallExpression, scope: Scope): Value | undefined {
  const span = spanOf(call);
  if (target.kind === 'text') return textMethod(target, method, argumentsOf(call, scope), span);
  if (target.kind === 'known' && method === 'toString' && call.arguments.length === 0)
    return converted('String', target, span);
  if (target.kind !== 'array') return undefined;
  const [callback] = call.arguments;
  const apply: Apply = (values) => callback && appliedTo(bare(callback), values, scope, span);
  const isCallback = callback && ts.isFunctionLike(bare(callback));
  const args = isCallback
    ? [unknown('a function', span), ...argumentValues(call.arguments.slice(1), scope)]
    : argumentsOf(call, scope);
  return arrayMethod(target, method, { args, apply, span });
}

/** What a function that is handed over gives for values. */
function appliedTo(callback: ts.Expression, values: readonly Value[], scope: Scope, span: Span): Value | undefined {
  const declared = ts.isArrowFunction(callback) || ts.isFunctionExpression(callback) ? callback : functionOf(callback);
  if (declared) {
    const result = returnedBy(declared);
    const bindings = declared.parameters.flatMap(({ name }, index) => {
      const value = values[index];
      return value ? bindPattern(name, value, scope) : [];
    });
    return result && evaluate(result, bind(scope, bindings));
  }
  const target = evaluate(callback, scope);
  if (target.kind === 'function') return applied(target, values, span);
  return target.kind === 'reference' && target.module === globals
    ? converted(target.name, values[0] ?? { kind: 'undefined', span }, span)
    : undefined;
}

function evaluateDirectCall(node: ts.CallExpression, scope: Scope): Value {
  const callee = bare(node.expression);
  const declared = functionOf(callee);
  if (!declared) return calledValue(evaluate(callee, scope), node, scope);
  const result = returnedBy(declared);
  if (!result) return unknown('the result of a function', spanOf(node));
  return evaluate(result, bind(scope, boundArguments(declared, node.arguments, scope)));
}

/** The result of calling a value. */
function calledValue(target: Value, node: ts.CallExpression, scope: Scope): Value {
  const span = spanOf(node);
  if (target.kind === 'function') return applied(target, argumentsOf(node, scope), span);
  if (target.kind === 'reference' && target.module === globals) {
    const [value] = argumentsOf(node, scope);
    const result = value && converted(target.name, value, span);
    if (result) return result;
  }
  if (target.kind === 'reference' && target.module !== undefined)
    return calledReference(target, argumentsOf(node, scope), span);
  if (target.kind === 'made' || target.kind === 'chain' || target.kind === 'parameter')
    return chained(target, [{ args: argumentsOf(node, scope), span }], span);
  return unknown('the result of a call', span);
}

const argumentsOf = (node: ts.CallExpression, scope: Scope): Value[] => argumentValues(node.arguments, scope);

/** The values of arguments. A list that is spread among them is taken apart; where it waits for other files it stays one. */
const argumentValues = (args: readonly ts.Expression[], scope: Scope): Value[] =>
  args.flatMap((argument) => {
    if (!ts.isSpreadElement(argument)) return [evaluate(argument, scope)];
    const value = evaluate(argument.expression, scope);
    if (value.kind === 'array' && value.complete) return value.items;
    return [{ kind: 'array', items: [], complete: false, spreads: [{ at: 0, value }], span: spanOf(argument) }];
  });

function evaluateNew(node: ts.NewExpression, scope: Scope): Value {
  const target = evaluate(node.expression, scope);
  const span = spanOf(node);
  if (target.kind !== 'reference' || target.module === undefined) return unknown('an object', span);
  return calledReference(target, argumentValues(node.arguments ?? [], scope), span);
}

/** A call of something imported, or of a property of it: `const { STRING } = DataTypes; STRING(20)`. */
function calledReference(target: ReferenceValue, args: Value[], span: Span): Value {
  const { module, name, path } = target;
  const last = path.at(-1);
  if (last !== undefined) return chained({ ...target, path: path.slice(0, -1) }, [{ name: last, args, span }], span);
  return module === undefined
    ? unknown('the result of a call', span)
    : { kind: 'made', origin: { module, name }, args, span };
}

/** Parameters of a function with the values that a call gives them. */
export function boundArguments(
  declared: ts.FunctionLikeDeclaration,
  args: readonly ts.Expression[],
  scope: Scope,
): [ts.Node, Value][] {
  const bindings: [ts.Node, Value][] = [];
  declared.parameters.forEach((parameter, index) => {
    const argument = args[index];
    const given = argument && !ts.isSpreadElement(argument) ? evaluate(argument, scope) : undefined;
    const fallback = parameter.initializer && !argument ? evaluate(parameter.initializer, scope) : undefined;
    const rest = parameter.dotDotDotToken ? argumentValues(args.slice(index), scope) : undefined;
    const value: Value | undefined = rest
      ? { kind: 'array', items: rest, complete: !args.some(ts.isSpreadElement), span: spanOf(parameter) }
      : (given ?? fallback);
    if (value) bindings.push(...bindPattern(parameter.name, value, scope));
  });
  return bindings;
}

/** Binds the names of a pattern to the parts of a value. */
export function bindPattern(pattern: ts.BindingName, value: Value, scope: Scope): [ts.Node, Value][] {
  if (ts.isIdentifier(pattern)) return [[pattern, value]];
  return pattern.elements.flatMap((element) => {
    if (!ts.isBindingElement(element)) return [];
    const part = partOf(pattern, element, value, scope, spanOf(element));
    const given = part.kind === 'undefined' && element.initializer ? evaluate(element.initializer, scope) : part;
    return bindPattern(element.name, given, scope);
  });
}
