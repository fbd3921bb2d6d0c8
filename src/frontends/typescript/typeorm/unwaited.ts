import { ts } from 'ts-morph';
import type { FileFacts } from '../../../ir/index.js';
import { isAwaited } from '../awaited.js';
import { receiverOf } from '../injection/receivers.js';
import { bare, spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { schemaCalls } from './schema-api.js';
import { contextOf } from '../use-context.js';

/** Methods that give a promise of work done in the database. */
const promised: { [receiver: string]: (method: string) => boolean } = {
  'typeorm#QueryRunner': (method) =>
    Object.hasOwn(schemaCalls, method) ||
    /^(?:query|connect|release|(?:start|commit|rollback)Transaction)$/.test(method),
  'typeorm#EntityManager': (method) => writes.test(method),
  'typeorm#Repository': (method) => writes.test(method),
};

const writes =
  /^(?:save|insert|update|upsert|delete|remove|softDelete|softRemove|restore|recover|increment|decrement|query|clear|transaction)$/;

/** Promises of TypeORM that nothing waits for, and builders of queries that nothing runs. */
export function unwaited(unit: Unit, facts: FileFacts): void {
  const context = contextOf(facts);
  for (const node of unit.calls) {
    if (!ts.isCallExpression(node) || !isStatement(node)) continue;
    const callee = bare(node.expression);
    if (!ts.isPropertyAccessExpression(callee)) continue;
    const use = { api: `${callee.getText()}()`, context, span: spanOf(node) };
    const receiver = receiverOf(callee.expression);
    const isPromise =
      receiver !== undefined && Object.hasOwn(promised, receiver) && promised[receiver]!(callee.name.text);
    if (isPromise && !isAwaited(node)) facts.usages.push({ kind: 'missing-await', ...use });
    else if (isUnrunBuilder(node))
      facts.usages.push({ kind: 'unexecuted-builder', ...use, api: 'createQueryBuilder()' });
  }
}

/** Whether a call is all of a statement, awaited or not. `void` says that nothing is to wait. */
function isStatement(node: ts.Expression): boolean {
  let { parent }: ts.Node = node;
  while (ts.isAwaitExpression(parent) || ts.isParenthesizedExpression(parent)) parent = parent.parent;
  return ts.isExpressionStatement(parent);
}

/** Methods that give the builder back, whatever it builds. */
const building =
  /^(?:createQueryBuilder|select|addSelect|from|delete|update|insert|into|values|softDelete|restore|where|andWhere|orWhere|whereInIds|(?:left|inner)Join\w*|orderBy|addOrderBy|groupBy|having|take|skip|limit|offset|setParameters?|returning|orIgnore|orUpdate|withDeleted|cache)$/;

/** `repository.createQueryBuilder().delete().where(…)` and no more. A builder that has a name may be run later. */
function isUnrunBuilder(node: ts.CallExpression): boolean {
  const callee = bare(node.expression);
  if (!ts.isPropertyAccessExpression(callee) || !building.test(callee.name.text)) return false;
  let at: ts.Expression = node;
  while (ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression)) {
    if (at.expression.name.text === 'createQueryBuilder')
      return receiverOf(bare(at.expression.expression))?.startsWith('typeorm#') === true;
    at = bare(at.expression.expression);
  }
  return false;
}
