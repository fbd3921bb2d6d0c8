import type { Dialect, Name, Operation, QualifiedName } from '../ir/index.js';
import { foldedInTable, objectKey } from './names.js';
import type { PlacedOperation } from './operations.js';

type Rename<K extends 'RenameTable' | 'RenameColumn'> = Extract<Operation, { kind: K }>;

/** What has the old name of a renamed table in the end: a table of its own, or a view through which old code still works. */
export function successorOfTable(
  { table }: Rename<'RenameTable'>,
  later: readonly PlacedOperation[],
  dialect: Dialect,
): 'table' | 'view' | undefined {
  const key = objectKey(table, dialect);
  const is = (name: QualifiedName): boolean => objectKey(name, dialect) === key;
  for (const { operation: each } of later) {
    switch (each.kind) {
      case 'CreateTable':
        if (is(each.table)) return 'table';
        break;
      case 'RenameTable':
        if (is(each.to)) return 'table';
        break;
      case 'CreateView':
        if (is(each.view)) return 'view';
        break;
      default:
    }
  }
  return undefined;
}

/** Whether a name is that of a view which an earlier operation makes. */
export function isViewMadeBefore(name: QualifiedName, earlier: readonly PlacedOperation[], dialect: Dialect): boolean {
  const key = objectKey(name, dialect);
  return earlier.some(
    ({ operation: each }) =>
      (each.kind === 'CreateView' || each.kind === 'CreateMaterializedView') && objectKey(each.view, dialect) === key,
  );
}

/** Whether a renamed column's old name is that of another column in the end, so that old code still finds one. */
export function hasColumnSuccessor(
  table: QualifiedName,
  column: Name,
  later: readonly PlacedOperation[],
  dialect: Dialect,
): boolean {
  const [tableKey, columnName] = [objectKey(table, dialect), foldedInTable(column, dialect)];
  return later.some(({ operation: each }) => {
    const name = each.kind === 'AddColumn' ? each.column.name : each.kind === 'RenameColumn' ? each.to : undefined;
    return (
      name !== undefined &&
      'table' in each &&
      each.table !== undefined &&
      objectKey(each.table, dialect) === tableKey &&
      foldedInTable(name, dialect) === columnName
    );
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
  const [before, after] = [now.slice(0, at), now.slice(at + old.length)];
  const isMark = (text: string): boolean => new RegExp(`^_*(?:${retired}(?:[_0-9]*))?$`).test(text);
  return isMark(before) && isMark(after);
}
