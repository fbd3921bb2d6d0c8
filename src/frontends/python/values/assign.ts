import type { Expr } from '../syntax/nodes.js';
import type { Evaluator } from './evaluator.js';
import type { Scope } from './scope.js';
import { itemsOf, unknown, type Value } from './value.js';

/** Binds the names of a target: a name, a tuple of them, an entry of a dict. */
export function assign(ev: Evaluator, target: Expr, value: Value, scope: Scope): void {
  if (target.kind === 'Name') scope.values.set(target.id, value);
  else if (target.kind === 'Tuple' || target.kind === 'List') {
    const items = itemsOf(value);
    target.items.forEach((item, at) => {
      const inner = item.kind === 'Starred' ? item.value : item;
      const found = item.kind === 'Starred' || value.kind === 'dict' ? undefined : items?.[at];
      assign(ev, inner, found ?? unknown('part of a value that is not known'), scope);
    });
  } else if (target.kind === 'Subscript' && target.slices[0] !== undefined) {
    const container = ev.evaluate(target.value, scope);
    if (container.kind === 'dict') container.entries.push([ev.evaluate(target.slices[0], scope), value]);
  }
}
