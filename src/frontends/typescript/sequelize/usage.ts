import { ts } from 'ts-morph';
import type { FileFacts, Usage } from '../../../ir/index.js';
import { receiverOf } from '../injection/receivers.js';
import { isProjectModule } from '../linking/imports.js';
import { bare, spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { declarationOf } from '../values/bindings.js';
import { evaluate } from '../values/evaluate.js';
import { property, scalarOf, type Value } from '../values/values.js';
import { dataTypeOf } from './types.js';
import { contextOf } from '../use-context.js';

/** What code does through Sequelize past its migrations and conditions: `sync()`, a delete or update of every row. */
export function sequelizeUsages(unit: Unit, facts: FileFacts): void {
  const context = contextOf(facts);
  for (const node of unit.calls) {
    if (!ts.isCallExpression(node)) continue;
    const callee = bare(node.expression);
    if (!ts.isPropertyAccessExpression(callee)) continue;
    const method = callee.name.text;
    if (method === 'sync') addSync(node, callee, unit, context, facts);
    else if (method === 'destroy' || method === 'update') addUnfiltered(node, callee, method, unit, context, facts);
  }
}

/** `sequelize.sync({ force: true })`, `User.sync()`. */
function addSync(
  node: ts.CallExpression,
  callee: ts.PropertyAccessExpression,
  unit: Unit,
  context: Usage['context'],
  facts: FileFacts,
): void {
  const isAll = receiverOf(callee.expression) === 'sequelize#Sequelize' || isHandedOn(callee.expression);
  if (!isAll && !isModel(callee.expression, unit)) return;
  const options = node.arguments[0] && evaluate(node.arguments[0], unit.scope);
  const force = property(options, 'force');
  const effect = isOn(force) ? 'recreate' : isOn(property(options, 'alter')) ? 'alter' : 'create';
  const words = { recreate: '{ force: true }', alter: '{ alter: true }', create: '' }[effect];
  const owner = isAll ? 'sequelize' : callee.expression.getText();
  const forced = scalarOf(force) === true && { forced: force!.span };
  const api = `${owner}.sync(${words})`;
  facts.usages.push({ kind: 'schema-sync', api, effect, ...forced, context, span: spanOf(node) });
}

/** `models.sequelize`, where `models` is a file of the project: the collection that sequelize-cli makes. */
function isHandedOn(expression: ts.Expression): boolean {
  const node = bare(expression);
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== 'sequelize') return false;
  const owner = bare(node.expression);
  const declaration = ts.isIdentifier(owner) ? declarationOf(owner.text, owner) : undefined;
  return declaration?.kind === 'import' && isProjectModule(declaration.origin.module);
}

const isOn = (value: Value | undefined): boolean => value?.kind === 'object' || scalarOf(value) === true;

/** `User.destroy({ where: {} })`: without `where` the library refuses. */
function addUnfiltered(
  node: ts.CallExpression,
  callee: ts.PropertyAccessExpression,
  method: 'destroy' | 'update',
  unit: Unit,
  context: Usage['context'],
  facts: FileFacts,
): void {
  const options = node.arguments[method === 'destroy' ? 0 : 1];
  if (!options || !ts.isObjectLiteralExpression(bare(options)) || !isModel(callee.expression, unit)) return;
  const where = property(evaluate(options, unit.scope), 'where');
  if (where?.kind !== 'object' || !where.complete || where.entries.length > 0) return;
  facts.usages.push({
    kind: method === 'destroy' ? 'unfiltered-delete' : 'unfiltered-update',
    api: `Model.${method}()`,
    target: callee.expression.getText(),
    context,
    span: spanOf(node),
  });
}

/** A class of the file that is given to `init`, or what `define` gave. */
function isModel(expression: ts.Expression, { calls, scope }: Unit): boolean {
  const node = bare(expression);
  if (!ts.isIdentifier(node)) return false;
  return calls.some((call) => {
    if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return false;
    const { name, expression: owner } = call.expression;
    if (name.text === 'init')
      return ts.isIdentifier(owner) && owner.text === node.text && hasTypes(call.arguments[0], scope);
    const holder = call.parent;
    const isHeld = ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name) && holder.name.text === node.text;
    return name.text === 'define' && isHeld && receiverOf(owner) === 'sequelize#Sequelize';
  });
}

function hasTypes(attributes: ts.Expression | undefined, scope: Unit['scope']): boolean {
  const value = attributes && evaluate(attributes, scope);
  return (
    value?.kind === 'object' &&
    value.entries.some(({ value: each }) => dataTypeOf(each) ?? dataTypeOf(property(each, 'type')))
  );
}
