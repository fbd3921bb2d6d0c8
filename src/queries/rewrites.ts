import type { Operation, Project, Statement } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { effectOf } from './locks.js';
import type { PlacedOperation } from './operations.js';

/** What is known so far: a statement of many parts is asked about for each of them. */
const known = defineQuery((): Map<Statement, boolean> => new Map());

/**
 * Whether the statement of an operation writes all rows of its table anew, by this or another part of it: then they are
 * checked and indexed on the way.
 */
export function isRewrittenAlong(project: Project, placed: PlacedOperation): boolean {
  const { statement } = placed;
  if (statement === undefined) return effectOf(project, placed)?.rewrite === true;
  const cache = known(project);
  let rewritten = cache.get(statement);
  if (rewritten === undefined) {
    rewritten = statement.operations.some((operation) => {
      const rewrite = effectOf(project, { ...placed, operation })?.rewrite;
      // Of another type it is often not known what it was before.
      return operation.kind === 'AlterColumnType' ? rewrite !== false : rewrite === true;
    });
    cache.set(statement, rewritten);
  }
  return rewritten;
}

const costs: readonly unknown[] = ['instant', 'nocopy', 'inplace', 'copy'];

/**
 * Whether an operation is the part of its statement that MySQL's way of working hangs on: the first of those that ask for
 * the most. The whole statement goes that way.
 */
export function decidesCopy(project: Project, placed: PlacedOperation): boolean {
  const { statement } = placed;
  if (statement === undefined) return true;
  const cost = (operation: Operation): number => {
    const algorithm = effectOf(project, { ...placed, operation })?.algorithm;
    // What is not known may ask for more than all others.
    return algorithm === undefined ? Infinity : costs.indexOf(algorithm);
  };
  const own = cost(placed.operation);
  const place = statement.operations.indexOf(placed.operation);
  return statement.operations.every((each, at) => each === placed.operation || cost(each) < own + (at > place ? 1 : 0));
}
