import { ts } from 'ts-morph';
import type { FileFacts, Usage } from '../../../ir/index.js';
import { receiverOf } from '../injection/receivers.js';
import { bare, spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { dataSourcesOf } from './typeorm-data-source.js';

/** What code does through TypeORM past its migrations and conditions: `synchronize: true`, a delete or update of every row. */
export function typeormUsages(unit: Unit, facts: FileFacts): void {
  const context: Usage['context'] =
    facts.migrations.length > 0 ? 'migration' : facts.scope === 'test' ? 'test' : 'application';
  for (const { synchronize } of dataSourcesOf(unit)) {
    if (synchronize) facts.usages.push({ kind: 'schema-sync', api: 'synchronize: true', context, span: synchronize });
  }
  for (const node of unit.calls) {
    const usage = ts.isCallExpression(node) ? unfiltered(node) : undefined;
    if (usage) facts.usages.push({ ...usage, context, span: spanOf(node) });
  }
}

function unfiltered(node: ts.CallExpression): Pick<Usage, 'kind' | 'api' | 'target'> | undefined {
  const callee = bare(node.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const method = callee.name.text;
  if (method === 'execute') return builderWithoutWhere(callee.expression);
  if (method === 'delete' || method === 'update') return emptyCriteria(callee, method, node.arguments);
  return undefined;
}

/** `repository.delete({})`, `manager.update(User, {}, …)`. */
function emptyCriteria(
  callee: ts.PropertyAccessExpression,
  method: 'delete' | 'update',
  args: readonly ts.Expression[],
): Pick<Usage, 'kind' | 'api' | 'target'> | undefined {
  const receiver = receiverOf(callee.expression);
  const isManager = receiver === 'typeorm#EntityManager';
  if (!isManager && receiver !== 'typeorm#Repository') return undefined;
  const criteria = args[isManager ? 1 : 0];
  const node = criteria && bare(criteria);
  if (!node || !ts.isObjectLiteralExpression(node) || node.properties.length > 0) return undefined;
  const target = isManager ? args[0]?.getText() : undefined;
  return {
    kind: `unfiltered-${method}`,
    api: `${isManager ? 'EntityManager' : 'Repository'}.${method}()`,
    ...(target !== undefined && { target }),
  };
}

const filtering = /^(?:where|andWhere|orWhere|whereInIds|whereExists|whereEntity|limit)$/;

/** `createQueryBuilder().delete().from(User).execute()`: the whole chain is one expression, so a missing condition shows. */
function builderWithoutWhere(chain: ts.Expression): Pick<Usage, 'kind' | 'api' | 'target'> | undefined {
  let verb: 'delete' | 'update' | undefined;
  let target: string | undefined;
  let at = bare(chain);
  if (receiverOf(at) !== 'typeorm#QueryBuilder') return undefined;
  while (ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression)) {
    const method = at.expression.name.text;
    if (filtering.test(method)) return undefined;
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
  return { kind: `unfiltered-${verb}`, api: `createQueryBuilder().${verb}()`, ...(target !== undefined && { target }) };
}
