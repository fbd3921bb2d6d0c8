import type { FileFacts, Name, Operation, Project, QualifiedName } from '../ir/index.js';
import { changesIn } from './changes.js';
import { lostTables } from './dropped-tables.js';
import { folded, objectKey } from './names.js';
import type { PlacedOperation } from './operations.js';
import { finalSchema, isNewIn, replaysOf, schemaAt, type Schema } from './replay.js';
import { columnKey } from './replay/state.js';
import { historyOfMigration } from './revision-graph.js';

/** A table or a column that is not there under its name any more once its history has run. */
export interface Removal {
  placed: PlacedOperation;
  table: QualifiedName;
  /** Absent where the whole table goes. */
  column?: Name;
  /** The new name; absent for what is dropped. */
  to?: string;
  /** The schema before it, and that at the end of its history. */
  before: Schema;
  final: Schema;
}

type Change = Omit<Removal, 'before' | 'final'>;

/**
 * The tables and columns that new migrations drop or rename for good: nothing brings the name back later, and no other
 * history or script of the project has a table or column of that name.
 */
export function removalsIn(project: Project, facts: FileFacts): Removal[] {
  const changes = [...changesIn(project, facts)].filter(({ section }) => section === 'up');
  const lost = new Set<Operation>([...lostTables(project, facts, changes)].map(({ operation }) => operation));
  return changes.flatMap((placed): Removal[] => {
    const change = removalBy(placed, lost);
    const schemas = change && around(project, change);
    return change && schemas && isGone(project, change, schemas, facts) ? [{ ...change, ...schemas }] : [];
  });
}

function removalBy(placed: PlacedOperation, lost: ReadonlySet<Operation>): Change | undefined {
  const { operation } = placed;
  switch (operation.kind) {
    case 'DropTable':
      return lost.has(operation) ? { placed, table: operation.table } : undefined;
    case 'RenameTable':
      return { placed, table: operation.table, to: operation.to.name.value };
    case 'DropColumn':
      return { placed, table: operation.table, column: operation.column };
    case 'RenameColumn':
      return { placed, table: operation.table, column: operation.column, to: operation.to.value };
    case 'ModifyColumn': {
      const { table, column, definition } = operation;
      const isSame = columnKey(column.value) === columnKey(definition.name.value);
      return isSame ? undefined : { placed, table, column, to: definition.name.value };
    }
    default:
      return undefined;
  }
}

function around(project: Project, { placed }: Change): Pick<Removal, 'before' | 'final'> | undefined {
  const { operation, migration } = placed;
  const before = schemaAt(project, operation);
  const final = migration && finalSchema(project, historyOfMigration(project, migration));
  return before && final && { before, final };
}

function isGone(
  project: Project,
  { placed: { operation }, table, column }: Change,
  { before, final }: Pick<Removal, 'before' | 'final'>,
  { dialect }: FileFacts,
): boolean {
  if (table.name.unknown || column?.unknown) return false;
  if (isNewIn(project, { table, ...(column && { column: column.value }) }, operation)) return false;
  // Something that can't be read may bring it back.
  if (final.doubt !== undefined && before.doubt === undefined) return false;
  const key = objectKey(table, dialect);
  return replaysOf(project).every(({ final: each }) => !has(each, key, column, each === final));
}

/**
 * Whether a schema has the table, or a view of its name, or the column.
 * @param whole whether it is all that the history of the removal makes
 */
function has(schema: Schema, key: string, column: Name | undefined, whole: boolean): boolean {
  if (schema.viewByKey(key)) return true;
  const table = schema.tableByKey(key);
  if (table === undefined || column === undefined) return table !== undefined && (whole || !table.external);
  return [...table.columns.values()].some(
    ({ column: { name } }) => folded(name, schema.dialect) === folded(column, schema.dialect),
  );
}
