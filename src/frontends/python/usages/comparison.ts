import { spanOf } from '../source.js';
import type { Expr } from '../syntax/nodes.js';
import type { Place } from './code.js';
import type { Desk } from './desk.js';
import { modelName } from './legacy-query.js';

/** The constants that a linter would rather see compared with `is`. */
const constantOf = (expr: Expr): 'True' | 'False' | 'None' | undefined =>
  expr.kind === 'None' ? 'None' : expr.kind === 'Bool' ? (expr.value ? 'True' : 'False') : undefined;

/** `User.active == True`, `None != users.c.deleted_at`: another step tells whether it is a column. */
export function comparisons(desk: Desk): void {
  for (const place of desk.code.comparisons) {
    const { left, ops, comparators } = place.node;
    const [operator] = ops;
    const [right] = comparators;
    if (right === undefined || comparators.length > 1 || (operator !== '==' && operator !== '!=')) continue;
    const [constant, column] = constantOf(right) === undefined ? [left, right] : [right, left];
    const value = constantOf(constant);
    if (value === undefined || column.kind !== 'Attribute' || isCondition(place)) continue;
    const owner =
      column.value.kind === 'Attribute' && /^(?:c|columns)$/.test(column.value.attr) ? column.value : column;
    const model = modelName(aliasTarget(owner.value, place, desk) ?? owner.value, place, desk);
    if (model === undefined) continue;
    desk.asked.push({
      usage: {
        kind: 'column-comparison',
        api: desk.written(place.node),
        column: desk.written(column),
        operator,
        value,
        operand: spanOf(column),
        constant: spanOf(constant),
        context: desk.context,
        span: spanOf(place.node),
      },
      model,
      column: column.attr,
    });
  }
}

/** What `alias = aliased(User)` stands for. */
function aliasTarget(expr: Expr, { around, node }: Place, desk: Desk): Expr | undefined {
  if (expr.kind !== 'Name') return undefined;
  for (let names = around.names as typeof around.names | undefined; names !== undefined; names = names.parent) {
    const bound = names.bound.get(expr.id)?.findLast(({ at }) => at < node.start);
    if (bound === undefined) continue;
    const call = bound.how === 'value' && bound.value.kind === 'Call' ? bound.value : undefined;
    const isAlias = call && /^sqlalchemy\.(?:aliased|alias)$/.test(desk.receivers.nameOf(call.func, names, bound.at));
    return isAlias === true ? call?.args[0] : undefined;
  }
  return undefined;
}

/** Whether Python itself asks for the truth of an expression. */
function isCondition({ stmt, node, within }: Place): boolean {
  const test = stmt.kind === 'If' || stmt.kind === 'While' || stmt.kind === 'Assert' ? stmt.test : undefined;
  if (test === undefined || node.start < test.start || node.end > test.end) return false;
  for (let at = within; at !== undefined; at = at.parent) if (at.node.kind === 'Call') return false;
  return true;
}
