import type { Constraint, ForeignKey, Name, Project, QualifiedName } from '../../ir/index.js';
import { foldedInTable, objectKey } from '../names.js';
import type { PlacedOperation } from '../operations.js';
import type { Schema, TableState } from '../replay.js';
import { columnKey } from '../replay/state.js';
import { isCertain } from '../tables.js';

/** What an operation runs in, as far as its locks hang on it. */
export interface Circumstances {
  project: Project;
  placed: PlacedOperation;
  /** Absent where nothing is known of what ran before. */
  schema?: Schema;
  /** The time zone that the session was given before, as written. */
  timeZone?: string;
}

/** The constraint of that name, where the table is known to have one. */
export function constraintNamed(
  schema: Schema | undefined,
  table: QualifiedName,
  name: Name | undefined,
): Constraint | undefined {
  if (schema === undefined || name === undefined) return undefined;
  const folded = foldedInTable(name, schema.dialect);
  return schema.table(table)?.constraints.find((each) => each.name === folded)?.constraint;
}

/** The foreign keys of a table that hold the column. */
export function foreignKeysWith(table: TableState | undefined, column: string): ForeignKey[] {
  return foreignKeys(table).filter(({ columns }) =>
    columns.some(({ value }) => columnKey(value) === columnKey(column)),
  );
}

/** The foreign keys of a table. */
export const foreignKeys = (table: TableState | undefined): ForeignKey[] =>
  (table?.constraints ?? []).flatMap(({ constraint }) => (constraint.kind === 'foreign' ? [constraint] : []));

/** A foreign key of another table, and that table. */
interface Referring {
  table: QualifiedName;
  key: ForeignKey;
}

/**
 * The foreign keys of other tables that refer to one.
 * @param columns those that a key must refer to in part; absent for any
 */
export function keysReferringTo(
  schema: Schema | undefined,
  name: QualifiedName,
  columns?: readonly string[],
): Referring[] {
  const target = schema?.table(name);
  if (schema === undefined || target === undefined) return [];
  const wanted = columns?.map(columnKey);
  const primary = primaryColumns(target);
  return schema
    .referrersOf(target.key)
    .filter(({ key }) => key !== target.key)
    .flatMap((table) =>
      foreignKeys(table)
        .filter((key) => key.target && objectKey(key.target, schema.dialect) === target.key)
        .filter(({ targetColumns }) => {
          const referred = targetColumns.length > 0 ? targetColumns.map(({ value }) => columnKey(value)) : primary;
          return wanted === undefined || referred.some((each) => wanted.includes(each));
        })
        .map((key) => ({ table: table.name, key })),
    );
}

function primaryColumns({ constraints }: TableState): string[] {
  return constraints.flatMap(({ constraint }) =>
    constraint.kind === 'primary' ? constraint.columns.map(({ value }) => columnKey(value)) : [],
  );
}

/** Whether all of a table's indexes are known. */
const isWhollyKnown = (table: TableState | undefined): table is TableState =>
  table !== undefined && !table.external && isCertain(table, 'everything');

/** Whether a table, or a partition of it, may have an index. */
export function mayHaveIndexes(schema: Schema | undefined, name: QualifiedName | undefined): boolean {
  const table = name && schema?.table(name);
  if (!isWhollyKnown(table)) return true;
  const holders = table.partitioned ? schema!.partitionsOf(table.key) : [table];
  return holders.some(
    (each) =>
      each.indexes.length > 0 ||
      each.constraints.some(({ constraint }) => /^(?:primary|unique|exclude)$/.test(constraint.kind)),
  );
}
