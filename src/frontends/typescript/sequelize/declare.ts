import { ts } from 'ts-morph';
import type { Anchor, Text } from '../../../ir/index.js';
import { bare, docOf, indentAt, listOf, nameText, spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { declarationOf } from '../values/bindings.js';
import { bind, type Scope } from '../values/scope.js';
import { bindPattern, evaluate } from '../values/evaluate.js';
import { property, textOf, type Value } from '../values/values.js';
import type { AssociationDeclaration, AssociationKind, Declarations, ModelDeclaration } from './declarations.js';
import { modelRef } from './model-ref.js';
import { isConnection } from './modules.js';

/** What a file says of models; nothing for the many that say none. */
export function declarationsOf(unit: Unit): Declarations | undefined {
  if (!/sequelize|DataTypes/i.test(unit.text)) return undefined;
  const found: Declarations = { models: [], associations: [], connections: [] };
  for (const call of unit.calls) {
    if (ts.isNewExpression(call)) addConnection(call, unit, found);
    else if (ts.isCallExpression(call)) addCall(call, unit, found);
  }
  return found.models.length + found.associations.length + found.connections.length > 0 ? found : undefined;
}

const associationKinds = new Set(['belongsTo', 'hasOne', 'hasMany', 'belongsToMany']);

function addCall(call: ts.CallExpression, unit: Unit, found: Declarations): void {
  const callee = bare(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return;
  const method = callee.name.text;
  if (method === 'define') addDefine(call, callee, unit, found);
  else if (method === 'init') addInit(call, callee, unit, found);
  else if (method === 'removeAttribute') removeAttribute(call, callee, unit, found);
  else if (associationKinds.has(method)) addAssociation(call, callee, method as AssociationKind, unit, found);
}

function addDefine(
  call: ts.CallExpression,
  callee: ts.PropertyAccessExpression,
  unit: Unit,
  found: Declarations,
): void {
  const [name, attributes, options] = call.arguments;
  if (!name || !attributes) return;
  const { scope, bound } = scopeWith(callee.expression, unit);
  const connection = bound ? undefined : evaluate(callee.expression, scope);
  const holder = holderOf(call);
  const variable = holder && ts.isIdentifier(holder.name) ? holder.name.text : undefined;
  found.models.push({
    form: 'define',
    ...(variable !== undefined && { variable }),
    name: evaluate(name, scope),
    attributes: evaluate(attributes, scope),
    ...(options && { options: evaluate(options, scope) }),
    ...(connection && { connection }),
    removed: [],
    nameSpan: spanOf(name),
    ...docBefore(call),
    ...anchorsOf(call, attributes, options, unit),
  });
}

/** `User.init(attributes, { sequelize })`; `this.init` and `super.init` within the class. */
function addInit(call: ts.CallExpression, callee: ts.PropertyAccessExpression, unit: Unit, found: Declarations): void {
  const [attributes, options] = call.arguments;
  if (!attributes || !options) return;
  const connection = connectionOption(options);
  const { scope } = connection ? scopeWith(connection, unit) : { scope: unit.scope };
  const settings = evaluate(options, scope);
  if (!connection && !property(settings, 'sequelize') && settings.kind === 'object' && settings.complete) return;
  const node = classOf(callee.expression);
  const className = node?.name?.text ?? (ts.isIdentifier(callee.expression) ? callee.expression.text : undefined);
  if (className === undefined) return;
  const doc = node && docOf(node);
  found.models.push({
    form: 'init',
    className,
    attributes: evaluate(attributes, scope),
    options: settings,
    removed: [],
    nameSpan: spanOf(node?.name ?? callee.expression),
    ...(doc && { doc }),
    ...anchorsOf(call, attributes, options, unit),
  });
}

function classOf(expression: ts.Expression): ts.ClassLikeDeclaration | undefined {
  const node = bare(expression);
  if (node.kind === ts.SyntaxKind.ThisKeyword || node.kind === ts.SyntaxKind.SuperKeyword) {
    let owner: ts.Node = node;
    while (!ts.isClassLike(owner) && !ts.isSourceFile(owner)) owner = owner.parent;
    return ts.isClassLike(owner) ? owner : undefined;
  }
  const declaration = ts.isIdentifier(node) ? declarationOf(node.text, node) : undefined;
  return declaration?.kind === 'class' ? declaration.node : undefined;
}

/** What stands for `sequelize` in an options object that is written in place. */
function connectionOption(options: ts.Expression): ts.Expression | undefined {
  const node = bare(options);
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  for (const item of node.properties) {
    if (nameText(item.name) !== 'sequelize') continue;
    if (ts.isPropertyAssignment(item)) return item.initializer;
    if (ts.isShorthandPropertyAssignment(item)) return item.name;
  }
  return undefined;
}

/**
 * Inside of `(sequelize, DataTypes) => …` the first parameter is the connection and the one behind it the data types,
 * whatever their names.
 */
function scopeWith(connection: ts.Expression, unit: Unit): { scope: Scope; bound: boolean } {
  const node = bare(connection);
  const declaration = ts.isIdentifier(node) ? declarationOf(node.text, node) : undefined;
  if (declaration?.kind !== 'parameter' || declaration.path.length > 0) return { scope: unit.scope, bound: false };
  const parameters = declaration.node.parent.parameters;
  const next = parameters[parameters.indexOf(declaration.node) + 1];
  const bindings: [ts.Node, Value][] = [[declaration.name, packaged('Sequelize', node)]];
  if (next) bindings.push(...bindPattern(next.name, packaged('DataTypes', node), unit.scope));
  return { scope: bind(unit.scope, bindings), bound: true };
}

const packaged = (name: string, at: ts.Node): Value => ({
  kind: 'reference',
  module: 'sequelize',
  name,
  path: [],
  span: spanOf(at),
});

function holderOf(call: ts.Node): ts.VariableDeclaration | undefined {
  let node = call.parent;
  while (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) node = node.parent;
  return ts.isVariableDeclaration(node) ? node : undefined;
}

/** The JSDoc of the statement around a call. */
function docBefore(call: ts.Node): { doc?: Text } {
  let node = call;
  while (!ts.isStatement(node) && !ts.isSourceFile(node)) node = node.parent;
  const doc = docOf(node);
  return doc ? { doc } : {};
}

/** Roles of a table: `call`, `attributes`, `options`; of a column: `options`. */
function anchorsOf(
  call: ts.CallExpression,
  attributes: ts.Expression,
  options: ts.Expression | undefined,
  unit: Unit,
): Pick<ModelDeclaration, 'anchor' | 'anchors'> {
  const written = bare(attributes);
  const settings = options && bare(options);
  const anchors: { [attribute: string]: Anchor } = {};
  if (ts.isObjectLiteralExpression(written)) {
    for (const item of written.properties) {
      const key = nameText(item.name);
      if (key === undefined || !ts.isPropertyAssignment(item)) continue;
      anchors[key] = anchorOf(item, unit, { options: item.initializer });
    }
  }
  const anchor = anchorOf(call, unit, { attributes: written, options: settings });
  return { anchor: { ...anchor, lists: { ...anchor.lists, call: listOf(call) } }, anchors };
}

function anchorOf(node: ts.Node, unit: Unit, lists: { [role: string]: ts.Expression | undefined }): Anchor {
  const span = spanOf(node);
  const anchor: Anchor = { span, indent: indentAt(unit.text, span.start), lists: {}, points: {} };
  for (const [role, each] of Object.entries(lists)) {
    const list = each && bare(each);
    if (list && ts.isObjectLiteralExpression(list)) anchor.lists[role] = listOf(list);
    else if (each && role === 'options')
      Object.assign(anchor.points, { valueStart: spanOf(each).start, valueEnd: spanOf(each).end });
  }
  return anchor;
}

function removeAttribute(
  call: ts.CallExpression,
  callee: ts.PropertyAccessExpression,
  unit: Unit,
  found: Declarations,
): void {
  const target = modelRef(callee.expression);
  const name = call.arguments[0] && textOf(evaluate(call.arguments[0], unit.scope));
  const model = found.models.find(
    (each) => target?.local !== undefined && (each.variable === target.local || each.className === target.local),
  );
  if (name !== undefined) model?.removed.push(name);
}

function addAssociation(
  call: ts.CallExpression,
  callee: ts.PropertyAccessExpression,
  kind: AssociationKind,
  unit: Unit,
  found: Declarations,
): void {
  const [other, options] = call.arguments;
  const source = modelRef(callee.expression);
  const target = other && modelRef(other);
  if (!source || !target) return;
  const settings = options && bare(options);
  const through = settings && throughRef(settings);
  const association: AssociationDeclaration = {
    kind,
    source,
    target,
    ...(settings && { options: evaluate(settings, unit.scope) }),
    ...(through && { through }),
    ...docBefore(call),
    span: spanOf(call),
    anchor: anchorOf(call, unit, { options: settings }),
  };
  found.associations.push(association);
}

/** `through: Membership`, `through: { model: Membership }`. */
function throughRef(options: ts.Expression): AssociationDeclaration['through'] {
  const given = entryOf(options, 'through');
  if (!given) return undefined;
  const node = bare(given);
  if (ts.isObjectLiteralExpression(node)) {
    const model = entryOf(node, 'model');
    return model && modelRef(model);
  }
  return modelRef(node);
}

function entryOf(object: ts.Expression, key: string): ts.Expression | undefined {
  if (!ts.isObjectLiteralExpression(object)) return undefined;
  const item = object.properties.findLast((each) => nameText(each.name) === key);
  if (item && ts.isPropertyAssignment(item)) return item.initializer;
  return item && ts.isShorthandPropertyAssignment(item) ? item.name : undefined;
}

function addConnection(call: ts.NewExpression, unit: Unit, found: Declarations): void {
  const made = evaluate(call, unit.scope);
  if (!isConnection(made) || made.kind !== 'made') return;
  const options = made.args.findLast(({ kind }) => kind === 'object');
  const define = property(options, 'define');
  const models = call.arguments?.flatMap((each) => modelList(entryOf(bare(each), 'models'))) ?? [];
  if (define || models.length > 0) found.connections.push({ ...(define && { define }), models });
}

function modelList(given: ts.Expression | undefined): NonNullable<AssociationDeclaration['through']>[] {
  const node = given && bare(given);
  if (!node || !ts.isArrayLiteralExpression(node)) return [];
  return node.elements.flatMap((each) => (ts.isSpreadElement(each) ? [] : (modelRef(each) ?? [])));
}
