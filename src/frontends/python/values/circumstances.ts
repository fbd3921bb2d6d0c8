import type { Guard, Span, TransactionState } from '../../../ir/index.js';
import { testOf } from './tests.js';
import type { Value } from './value.js';

/** Under which circumstances a statement runs. */
export interface Circumstances {
  guard?: Guard;
  inTransaction: TransactionState;
  repeated: boolean;
}

/** The guard that a condition puts on what stands under it. */
export function guardFor(test: Value, span: Span): Guard {
  const found = testOf(test);
  if (found === undefined) return { kind: 'unknown', span };
  return found.kind === 'dialect' ? { kind: 'dialect', dialects: found.dialects, span } : { kind: 'existence', span };
}

/** The guard that says least: an unknown condition hides whatever else an operation stands under, but not its dialects. */
export function strongest(outer: Guard | undefined, inner: Guard): Guard {
  if (outer === undefined) return inner;
  const order: Guard['kind'][] = ['dialect', 'existence', 'idempotent', 'unknown'];
  const guard = order.indexOf(outer.kind) > order.indexOf(inner.kind) ? outer : inner;
  const [one, other] = [outer.dialects, inner.dialects];
  const dialects = one && other ? one.filter((dialect) => other.includes(dialect)) : (one ?? other);
  return dialects ? { ...guard, dialects } : guard;
}
