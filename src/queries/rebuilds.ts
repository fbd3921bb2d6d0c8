import type { Name, Operation, Project, QualifiedName } from '../ir/index.js';
import { objectKey } from './names.js';
import type { PlacedOperation } from './operations.js';
import { schemaAt } from './replay.js';
import { columnKey } from './replay/state.js';

/** A table that is made anew under its old name with its rows copied over: SQLite's way to alter a table. */
export interface Rebuild {
  table: QualifiedName;
  /** The operation that drops the old copy, or the rebuilding operation itself. */
  at: Operation;
  /** Columns that are gone; empty where the old table is not known, or where others came that may hold their data. */
  lost: string[];
}

/**
 * The rebuilds among operations that run one after another: create, copy, drop and rename, with the rename of the old
 * table or of the new one; or one RebuildTable. Without a copy of the rows it is no rebuild.
 */
export function rebuildsIn(project: Project, operations: readonly PlacedOperation[]): Rebuild[] {
  const rebuilds: Rebuild[] = [];
  const made = new Map<string, { operation: Extract<Operation, { kind: 'CreateTable' }>; filled: boolean }>();
  /** New name to old name of tables renamed out of the way. */
  const aside = new Map<string, QualifiedName>();
  const dropped = new Map<string, Extract<Operation, { kind: 'DropTable' }>>();
  for (const { operation, statement } of operations) {
    const key = (name: QualifiedName): string => objectKey(name, statement?.dialect ?? 'unknown');
    switch (operation.kind) {
      case 'CreateTable':
        made.set(key(operation.table), { operation, filled: false });
        break;
      case 'Insert': {
        const target = made.get(key(operation.table));
        if (target) target.filled = true;
        break;
      }
      case 'DropTable': {
        const old = aside.get(key(operation.table));
        const replacement = old && made.get(key(old));
        if (old && replacement?.filled) {
          rebuilds.push(rebuild(project, old, operation, operation.table, replacement.operation.definition));
        }
        dropped.set(key(operation.table), operation);
        break;
      }
      case 'RenameTable': {
        const source = made.get(key(operation.table));
        const drop = dropped.get(key(operation.to));
        if (source?.filled && drop) {
          rebuilds.push(rebuild(project, operation.to, drop, operation.to, source.operation.definition));
        } else if (!source) aside.set(key(operation.to), operation.table);
        break;
      }
      case 'RebuildTable':
        rebuilds.push({
          table: operation.table,
          at: operation,
          lost: operation.dropped.map((name: Name) => name.value),
        });
        break;
      default:
    }
  }
  return rebuilds;
}

function rebuild(
  project: Project,
  table: QualifiedName,
  at: Operation,
  old: QualifiedName,
  definition: Extract<Operation, { kind: 'CreateTable' }>['definition'],
): Rebuild {
  const before = schemaAt(project, at)?.table(old);
  const now = new Set(definition.columns.map((column) => columnKey(column.name.value)));
  if (!before || definition.uncertain.length > 0) return { table, at, lost: [] };
  const came = [...now].some((column) => !before.columns.has(column));
  const gone = [...before.columns].filter(([key]) => !now.has(key)).map(([, { column }]) => column.name.value);
  const lost = came ? [] : gone;
  return { table, at, lost };
}
