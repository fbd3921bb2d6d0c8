import type { Column, Constraint, Name, Operation, Project, QualifiedName } from '../ir/index.js';
import type { PlacedOperation } from './operations.js';
import { schemaAfter } from './replay.js';

/** A constraint that an operation adds to a table that is there. */
export interface AddedConstraint {
  table: QualifiedName;
  constraint: Constraint;
  /** The added column that it is written at. */
  column?: Column;
}

/** The constraints that an operation adds to a table that is there, those written at an added column included. */
export function addedConstraints(operation: Operation): AddedConstraint[] {
  if (operation.kind === 'AddConstraint') return [{ table: operation.table, constraint: operation.constraint }];
  if (operation.kind !== 'AddColumn') return [];
  const { table, column } = operation;
  return column.constraints.map((constraint) => ({ table, constraint, column }));
}

/** The name of a constraint once its migration has run, PostgreSQL's own for it included; nothing where it is not known. */
export function nameInTheEnd(
  project: Project,
  { migration }: PlacedOperation,
  { table, constraint }: AddedConstraint,
): Name | undefined {
  if (constraint.name !== undefined) return constraint.name;
  const after = migration && schemaAfter(project, migration)?.table(table);
  const name = after?.constraints.find((each) => each.constraint === constraint)?.name;
  return name === undefined ? undefined : { value: name, quoted: true, span: constraint.span };
}
