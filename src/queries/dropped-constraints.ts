import type { Constraint, Dialect, FileFacts, Name, Operation, Project, QualifiedName } from '../ir/index.js';
import { foldedInTable, isTemporaryName, objectKey, spoken } from './names.js';
import type { PlacedOperation } from './operations.js';
import { columnOf, isNewIn, schemaAt, type Schema } from './replay.js';
import { heldColumns, holds, isReplaced } from './replaced-constraints.js';
import type { ConstraintState } from './replay/state.js';

/** A constraint that a statement or call of its own drops. */
export interface DroppedConstraint {
  placed: PlacedOperation;
  table: QualifiedName;
  /** Absent where it is found by what it is: a table has one primary key. */
  name?: Name;
  /** Absent where neither the call nor the migrations tell. */
  kind?: Constraint['kind'];
  /** Absent where the migrations do not make it. */
  state?: ConstraintState;
}

/**
 * The constraints that changes drop. Left out are those of new and temporary tables, and those that were added in the same
 * file or reach the database together with it.
 */
export function* droppedConstraints(
  project: Project,
  facts: FileFacts,
  changes: readonly PlacedOperation[],
): Generator<DroppedConstraint> {
  for (const placed of changes) {
    const { operation } = placed;
    const schema = schemaAt(project, operation);
    const dropped = droppedBy(operation, schema, facts.dialect);
    if (dropped === undefined || isTemporaryName(dropped.table, facts.dialect)) continue;
    const { table, state } = dropped;
    if (schema?.table(table)?.temporary || isNewIn(project, { table }, operation)) continue;
    if (state && changes.some(({ operation: each }) => each === state.origin.operation)) continue;
    yield { ...dropped, placed };
  }
}

function droppedBy(
  operation: Operation,
  schema: Schema | undefined,
  dialect: Dialect,
): Omit<DroppedConstraint, 'placed'> | undefined {
  if (operation.kind === 'DropConstraint') {
    const { table, constraint: name, constraintKind } = operation;
    const state = schema?.table(table)?.constraints.find(({ name: own, constraint }) => {
      return name === undefined ? constraintKind === constraint.kind : own === foldedInTable(name, schema.dialect);
    });
    const kind = constraintKind ?? state?.constraint.kind ?? (isKeyName(name) ? 'primary' : undefined);
    return { table, ...(name && { name }), ...(kind && { kind }), ...(state && { state }) };
  }
  // MySQL drops a unique constraint as the index that it is.
  if (operation.kind !== 'DropIndex' || (dialect !== 'mysql' && dialect !== 'mariadb')) return undefined;
  const { index, table } = operation;
  if (table === undefined) return undefined;
  const wanted = foldedInTable(index.name, dialect);
  const state = schema?.table(table)?.constraints.find(({ name }) => name === wanted);
  return state?.constraint.kind === 'unique' ? { table, name: index.name, kind: 'unique', state } : undefined;
}

/** PostgreSQL's own name of a primary key, and MySQL's. */
const isKeyName = (name: Name | undefined): boolean => name !== undefined && /_pkey$|^primary$/i.test(name.value);

/** Whether what it held goes too, or gets another constraint. */
export function isMoot(
  project: Project,
  { placed, table, kind, name, state }: DroppedConstraint,
  changes: readonly PlacedOperation[],
  dialect: Dialect,
): boolean {
  const key = objectKey(table, dialect);
  const target =
    state?.constraint.kind === 'foreign' && state.constraint.target && objectKey(state.constraint.target, dialect);
  const gone = changes.some(({ operation }) => {
    if (operation.kind === 'DropTable') return [key, target].includes(objectKey(operation.table, dialect));
    if (operation.kind !== 'DropColumn' || objectKey(operation.table, dialect) !== key) return false;
    const column = operation.column.value;
    return state ? holds(state, column) : name?.value.toLowerCase().includes(column.toLowerCase()) === true;
  });
  const own = schemaAt(project, placed.operation)?.table(table);
  const columns = own && state && heldColumns(own, state);
  return gone || isReplaced({ table, kind, name: name?.value, columns }, changes, dialect);
}

/** Whether the table refuses the same rows still: by another constraint, or because the column takes no NULL. */
export function isKeptElsewhere(project: Project, { placed, table, state }: DroppedConstraint): boolean {
  const schema = schemaAt(project, placed.operation);
  const own = schema?.table(table);
  if (schema === undefined || own === undefined || state === undefined) return false;
  const { constraint } = state;
  if (constraint.kind === 'check') {
    const [only, ...others] = constraint.notNull ?? [];
    if (only === undefined || others.length > 0 || !/\bis\s+not\s+null\W*$/i.test(constraint.expression)) return false;
    return columnOf(schema, table, only)?.column.nullable === false;
  }
  const columns = heldColumns(own, state);
  return own.constraints.some(({ constraint: other }) => {
    if (other === constraint || other.uncertain.length > 0 || !('columns' in other)) return false;
    const isKey = constraint.kind === 'unique' && (other.kind === 'unique' || other.kind === 'primary');
    const isSame =
      isKey || (other.kind === 'foreign' && constraint.kind === 'foreign' && sameTarget(other, constraint));
    return (
      isSame &&
      other.columns.every(({ value }) => columns.includes(value)) &&
      (isKey || other.columns.length === columns.length)
    );
  });
}

type ForeignKey = Extract<Constraint, { kind: 'foreign' }>;

const sameTarget = (a: ForeignKey, b: ForeignKey): boolean =>
  a.target !== undefined && b.target !== undefined && spoken(a.target) === spoken(b.target);
