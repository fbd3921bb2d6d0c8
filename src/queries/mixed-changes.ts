import type { FileFacts, Migration, Operation, Project, QualifiedName } from '../ir/index.js';
import { changesIn } from './changes.js';
import { isFrameworkTable } from './framework-tables.js';
import { effectOf } from './locks.js';
import { isTemporaryName } from './names.js';
import type { PlacedOperation } from './operations.js';
import { isNewIn } from './replay.js';

type RowChange = Extract<Operation, { kind: 'Insert' | 'Update' | 'Delete' | 'Merge' }>;

/** An operation of one migration on a table that was there before. */
export interface MigrationStep<O extends Operation = Operation> {
  placed: PlacedOperation;
  operation: O;
  table: QualifiedName;
}

/** What a migration changes of the schema of tables that were there before, and of their rows, each in order. */
export interface MixedChanges {
  migration: Migration;
  schema: MigrationStep[];
  rows: MigrationStep<RowChange>[];
}

const schemaChanges: ReadonlySet<Operation['kind']> = new Set<Operation['kind']>([
  'AddColumn',
  'DropColumn',
  'RenameColumn',
  'AlterColumnType',
  'SetNotNull',
  'DropNotNull',
  'SetDefault',
  'DropDefault',
  'SetGenerated',
  'ModifyColumn',
  'AddConstraint',
  'DropConstraint',
  'CreateIndex',
]);

/** The changes of schema and of rows of each migration of a file; new tables, and those of migration tools, left out. */
export function mixedChangesIn(project: Project, facts: FileFacts): MixedChanges[] {
  const found = new Map<Migration, MixedChanges>();
  for (const placed of changesIn(project, facts)) {
    const { operation, migration } = placed;
    if (migration === undefined || !('table' in operation) || operation.table === undefined) continue;
    const { table } = operation;
    if (isFrameworkTable(table.name.value) || isTemporaryName(table, facts.dialect)) continue;
    if (isNewIn(project, { table }, operation)) continue;
    let changes = found.get(migration);
    if (changes === undefined) found.set(migration, (changes = { migration, schema: [], rows: [] }));
    if (isRowChange(operation)) changes.rows.push({ placed, operation, table });
    else if (schemaChanges.has(operation.kind) && !isBrief(project, placed))
      changes.schema.push({ placed, operation, table });
  }
  return [...found.values()];
}

const isRowChange = (operation: Operation): operation is RowChange =>
  ['Insert', 'Update', 'Delete', 'Merge'].includes(operation.kind);

/** Whether a change lets others write to the table meanwhile, such as an index that is built concurrently. */
function isBrief(project: Project, placed: PlacedOperation): boolean {
  const locks = effectOf(project, placed)?.locks;
  return locks?.every(({ mode }) => mode === 'SHARE UPDATE EXCLUSIVE' || mode === 'ACCESS SHARE') === true;
}
