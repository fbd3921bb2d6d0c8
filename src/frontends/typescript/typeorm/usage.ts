import { ts } from 'ts-morph';
import type { FileFacts, SchemaDrop, UnfilteredChange } from '../../../ir/index.js';
import { readEmbedded } from '../../sql/embedded.js';
import { evaluate } from '../values/evaluate.js';
import { receiverOf } from '../injection/receivers.js';
import { bare, spanOf, visit } from '../syntax.js';
import type { Unit } from '../unit.js';
import { textOf } from '../values/values.js';
import { dataSourcesOf } from './data-source.js';
import { contextOf } from '../use-context.js';

/** What code does through TypeORM past its migrations and conditions: `synchronize: true`, a delete or update of every row. */
export function typeormUsages(unit: Unit, facts: FileFacts): void {
  const context = contextOf(facts);
  for (const { synchronize } of dataSourcesOf(unit)) {
    if (synchronize) facts.usages.push({ kind: 'schema-sync', api: 'synchronize: true', context, span: synchronize });
  }
  for (const node of unit.calls) {
    const usage = ts.isCallExpression(node) ? (dropped(node) ?? unfiltered(node, unit)) : undefined;
    if (usage) facts.usages.push({ ...usage, context, span: spanOf(node) });
  }
}

/** `dataSource.dropDatabase()`, `dataSource.synchronize(true)`, which drops all tables first. */
function dropped(node: ts.CallExpression): Pick<SchemaDrop, 'kind' | 'api'> | undefined {
  const callee = bare(node.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const method = callee.name.text;
  const isForced = method === 'synchronize' && node.arguments[0]?.kind === ts.SyntaxKind.TrueKeyword;
  if (!(isForced || method === 'dropDatabase') || receiverOf(callee.expression) !== 'typeorm#DataSource')
    return undefined;
  return { kind: 'schema-drop', api: `DataSource.${method}(${isForced ? 'true' : ''})` };
}

function unfiltered(node: ts.CallExpression, unit: Unit): Omit<UnfilteredChange, 'context' | 'span'> | undefined {
  const callee = bare(node.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const method = callee.name.text;
  if (method === 'execute') return builderWithoutWhere(callee.expression, unit);
  if (method === 'delete' || method === 'update') return emptyCriteria(callee, method, node.arguments, unit);
  return undefined;
}

/** `repository.delete({})`, `manager.update(User, {}, …)`. */
function emptyCriteria(
  callee: ts.PropertyAccessExpression,
  method: 'delete' | 'update',
  args: readonly ts.Expression[],
  unit: Unit,
): Omit<UnfilteredChange, 'context' | 'span'> | undefined {
  const receiver = receiverOf(callee.expression);
  const isManager = receiver === 'typeorm#EntityManager';
  if (!isManager && receiver !== 'typeorm#Repository') return undefined;
  const criteria = args[isManager ? 1 : 0];
  if (!criteria || !isEmptyObject(bare(criteria), unit)) return undefined;
  const target = isManager ? args[0]?.getText() : undefined;
  return {
    kind: `unfiltered-${method}`,
    api: `${isManager ? 'EntityManager' : 'Repository'}.${method}()`,
    ...(target !== undefined && { target }),
  };
}

/** `{}`, also by the name of a variable that nothing but deletes and updates gets to see. */
function isEmptyObject(node: ts.Expression, { scope, source }: Unit): boolean {
  if (ts.isObjectLiteralExpression(node)) return node.properties.length === 0;
  if (!ts.isIdentifier(node)) return false;
  const value = evaluate(node, scope);
  if (value.kind !== 'object' || !value.complete || value.entries.length > 0) return false;
  return !otherwiseUsed(source).has(node.text);
}

const namesUsed = new WeakMap<ts.SourceFile, ReadonlySet<string>>();

/** Names that stand anywhere but in their declaration and as criteria of a delete or update. */
function otherwiseUsed(source: ts.SourceFile): ReadonlySet<string> {
  const known = namesUsed.get(source);
  if (known) return known;
  const names = new Set<string>();
  visit(source, (each) => {
    if (ts.isIdentifier(each) && !isDeclared(each) && !isCriteria(each)) names.add(each.text);
    return true;
  });
  namesUsed.set(source, names);
  return names;
}

const isDeclared = ({ parent }: ts.Identifier): boolean => ts.isVariableDeclaration(parent);

const isCriteria = ({ parent }: ts.Identifier): boolean =>
  ts.isCallExpression(parent) &&
  ts.isPropertyAccessExpression(parent.expression) &&
  /^(?:delete|update)$/.test(parent.expression.name.text);

const filtering = /^(?:whereInIds|whereExists|whereEntity|limit)$/;

/** A condition that is written out and always true; the statement that it would stand in is read. */
function isTautology(call: ts.CallExpression, { scope, context }: Unit): boolean {
  const text = call.arguments[0] && textOf(evaluate(call.arguments[0], scope));
  if (text === undefined || text.length > maxTautology) return false;
  const value = `DELETE FROM t WHERE ${text}`;
  const read = readEmbedded([{ value, offsets: [[0, 0]] }], { dialect: context.dialect, inTransaction: 'unknown' });
  const [operation] = read.length === 1 ? read[0]!.operations : [];
  return operation?.kind === 'Delete' && operation.where === 'tautology';
}

const maxTautology = 80;

/** `createQueryBuilder().delete().from(User).execute()`: the whole chain is one expression, so a missing condition shows. */
function builderWithoutWhere(chain: ts.Expression, unit: Unit): Omit<UnfilteredChange, 'context' | 'span'> | undefined {
  let verb: 'delete' | 'update' | undefined;
  let target: string | undefined;
  let isTrue = false;
  let at = bare(chain);
  if (receiverOf(at) !== 'typeorm#QueryBuilder') return undefined;
  while (ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression)) {
    const method = at.expression.name.text;
    if (filtering.test(method)) return undefined;
    // What AND and OR make of several conditions is left to whoever reads the chain: each must be true by itself.
    if (/^(?:where|andWhere|orWhere)$/.test(method)) {
      if (!isTautology(at, unit)) return undefined;
      isTrue = true;
    }
    if (method === 'delete' || method === 'update') {
      verb = method;
      if (method === 'update') target ??= at.arguments[0]?.getText();
    }
    if (method === 'from' || (method === 'createQueryBuilder' && at.arguments.length > 1))
      target ??= at.arguments[0]?.getText();
    at = bare(at.expression.expression);
  }
  // A builder kept in a variable may have its condition elsewhere.
  if (!verb || receiverOf(at) === 'typeorm#QueryBuilder') return undefined;
  return {
    kind: `unfiltered-${verb}`,
    api: `createQueryBuilder().${verb}()`,
    ...(target !== undefined && { target }),
    ...(isTrue && { where: 'tautology' as const }),
  };
}
