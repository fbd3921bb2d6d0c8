import type { Name, Operation, QualifiedName } from '../ir/index.js';
import { foldedInTable } from './names.js';
import type { RunOrder } from './run-order.js';

/** What takes over the old name of a renamed table: a table of its own, or a view through which old code still works. */
export function successorOfTable(table: QualifiedName, order: RunOrder, index: number): 'table' | 'view' | undefined {
  for (const { operation: each } of order.after(table, index)) {
    if (each.kind === 'CreateTable' || (each.kind === 'RenameTable' && order.same(each.to, table))) return 'table';
    if (each.kind === 'CreateView') return 'view';
  }
  return undefined;
}

/** Whether a name is that of a view which an earlier operation makes. */
export function isViewMadeBefore(name: QualifiedName, order: RunOrder, index: number): boolean {
  return order
    .before(name, index)
    .some(({ operation: { kind } }) => kind === 'CreateView' || kind === 'CreateMaterializedView');
}

/** Whether another column takes over the old name of a renamed one, so that old code still finds a column. */
export function hasColumnSuccessor(table: QualifiedName, column: Name, order: RunOrder, index: number): boolean {
  const old = foldedInTable(column, order.dialect);
  const taken = (each: Operation): Name | undefined =>
    each.kind === 'AddColumn' ? each.column.name : each.kind === 'RenameColumn' ? each.to : undefined;
  return order.after(table, index).some(({ operation }) => {
    const name = taken(operation);
    return name !== undefined && foldedInTable(name, order.dialect) === old;
  });
}

const retired = '(?:old|backup|bak|deprecated|unused|legacy|obsolete|archived?|retired|tmp|temp|delete(?:d|_me)?)';

/**
 * Whether a new name is the old one with a mark that says it is out of use: `visit` to `visit_old` or `_deprecated_visit`.
 * No code reads what is renamed so, or else somebody is to find out.
 */
export function putsOutOfUse(from: string, to: string): boolean {
  const [old, now] = [from.toLowerCase(), to.toLowerCase()];
  const at = now.indexOf(old);
  if (at < 0 || now === old) return false;
  const isMark = (text: string): boolean => new RegExp(`^_*(?:${retired}(?:[_0-9]*))?$`).test(text);
  return isMark(now.slice(0, at)) && isMark(now.slice(at + old.length));
}
