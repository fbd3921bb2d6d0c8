import type { Reading } from '../reading.js';
import type { Expr } from '../syntax/nodes.js';
import { canonical } from '../values/names.js';
import type { Scope } from '../values/scope.js';

/**
 * The dotted name of what tables are declared on, by an expression that leads there: `metadata`, `Base.metadata`,
 * `db.Model.metadata`, `mapper_registry.metadata`. A name of the same file stays what it is called there.
 */
export function collectionName(expr: Expr, scope: Scope, { interpreter }: Reading): string | undefined {
  const parts: string[] = [];
  let at = expr;
  while (at.kind === 'Attribute') {
    parts.unshift(at.attr);
    at = at.value;
  }
  if (at.kind !== 'Name') return undefined;
  if (parts.at(-1) === 'metadata') parts.pop();
  if (parts.at(-1) === 'Model') parts.pop();
  const [binding] = scope.bindings.get(at.id) ?? [];
  if (binding?.kind === 'value' || binding?.kind === 'class') return [interpreter.module, at.id, ...parts].join('.');
  const value = interpreter.name(at.id, scope);
  return value.kind === 'ref' ? canonical([value.name, ...parts].join('.')) : undefined;
}
