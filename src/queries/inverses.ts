import type { Migration, Operation } from '../ir/index.js';
import { spoken } from './names.js';
import { operationsOf } from './operations.js';

type On<K extends Operation['kind']> = Extract<Operation, { kind: K }>;

/** What undoes an operation, in words. */
const inverses: { [K in Operation['kind']]?: (operation: On<K>) => string } = {
  CreateTable: ({ table }) => `drop table ${spoken(table)}`,
  DropTable: ({ table }) => `create table ${spoken(table)} again`,
  RenameTable: ({ table, to }) => `rename table ${spoken(to)} to ${spoken(table)}`,
  AddColumn: ({ table, column }) => `drop column ${spoken(table)}.${column.name.value}`,
  DropColumn: ({ table, column }) => `add column ${spoken(table)}.${column.unknown ? '…' : column.value} again`,
  RenameColumn: ({ table, column, to }) => `rename column ${spoken(table)}.${to.value} to ${column.value}`,
  AlterColumnType: ({ table, column }) => `give ${spoken(table)}.${column.value} its former type`,
  SetNotNull: ({ table, column }) => `let ${spoken(table)}.${column.value} take NULL`,
  CreateIndex: ({ table, index }) => `drop index ${index.name?.value ?? `of ${spoken(table)}`}`,
  DropIndex: ({ index }) => `create index ${spoken(index)} again`,
  AddConstraint: ({ table, constraint }) => `drop constraint ${constraint.name?.value ?? ''} of ${spoken(table)}`,
  DropConstraint: ({ table, constraint }) => `add constraint ${constraint?.value ?? ''} to ${spoken(table)} again`,
};

/** The tables that a migration makes for itself and leaves nothing of: temporary ones, and those that it drops again. */
function passingTables(operations: readonly Operation[]): ReadonlySet<string> {
  const made = new Set<string>();
  const passing = new Set<string>();
  for (const operation of operations) {
    if (operation.kind === 'CreateTable')
      (operation.definition.temporary ? passing : made).add(spoken(operation.table));
    if (operation.kind === 'DropTable' && made.has(spoken(operation.table))) passing.add(spoken(operation.table));
  }
  return passing;
}

/** The first steps that would undo a migration, last operation first: "drop index a, drop table b and 2 more". */
export function inverseOf(migration: Migration): string {
  const steps: string[] = [];
  let others = 0;
  const up = [...operationsOf(migration, 'up')].filter(({ inRoutine }) => !inRoutine).map(({ operation }) => operation);
  const passing = passingTables(up);
  for (const operation of up.reverse()) {
    const inverse = inverses[operation.kind] as ((operation: Operation) => string) | undefined;
    if (inverse === undefined) continue;
    if ('table' in operation && operation.table && passing.has(spoken(operation.table))) continue;
    if (steps.length < 3) steps.push(inverse(operation).replace(/ {2,}/g, ' '));
    else others++;
  }
  if (steps.length === 0) return 'the inverse of each step, last step first';
  return `its inverse (${steps.join(', ')}${others > 0 ? ` and ${String(others)} more` : ''})`;
}
