import type { Constraint, QualifiedName } from '../../ir/index.js';
import { foldedInTable } from '../names.js';
import type { On } from '../operations.js';
import { dropFromPartitions } from './apply-partitions.js';
import { withRequired } from './apply-tables.js';
import type { Draft } from './draft.js';
import { withIndexedForeignKeys, withoutImplied } from './foreign-key-indexes.js';
import type { ConstraintState, IndexState, TableState } from './state.js';

/** An index comes, in place of one of the same name. */
export function createIndex(draft: Draft, { table: name, index }: On<'CreateIndex'>): void {
  const table = withoutImplied(
    draft.tableOrExternal(name),
    index.keys.map(({ column = '' }) => column),
  );
  // The same name again is the same index: an API call may carry it at the column and as a call of its own.
  const wanted = index.name && foldedInTable(index.name, draft.dialect);
  const others = wanted === undefined ? table.indexes : table.indexes.filter((each) => each.name !== wanted);
  draft.put({ ...table, indexes: [...others, draft.indexState(index, { ...table, indexes: others })] });
}

/** An index goes; of an index that no table here is known to have, nothing is known. */
export function dropIndex(draft: Draft, { index, table: name }: On<'DropIndex'>): void {
  const table = name ? draft.tableOrExternal(name) : ownerOf(draft, index);
  if (table === undefined) return;
  const kept = table.indexes.filter((each) => !isNamed(draft, each, index.name));
  // MySQL drops a unique constraint as the index that it is.
  const constraints =
    kept.length === table.indexes.length
      ? table.constraints.filter((each) => each.constraint.kind !== 'unique' || !isNamed(draft, each, index.name))
      : table.constraints;
  draft.put({ ...table, indexes: kept, constraints });
  dropFromPartitions(
    draft,
    table,
    table.indexes.filter((each) => !kept.includes(each)),
  );
}

/** An index gets another name within its table. */
export function renameIndex(draft: Draft, { index, table: name, to }: On<'RenameIndex'>): void {
  const table = name ? draft.tableOrExternal(name) : ownerOf(draft, index);
  if (table === undefined) return;
  draft.put({
    ...table,
    indexes: table.indexes.map((each) =>
      isNamed(draft, each, index.name)
        ? { ...each, name: foldedInTable(to, draft.dialect), index: { ...each.index, name: to } }
        : each,
    ),
    // The index of a key has the name of its constraint.
    constraints: table.constraints.map((each) =>
      (each.constraint.kind === 'primary' || each.constraint.kind === 'unique' || each.constraint.kind === 'exclude') &&
      isNamed(draft, each, index.name)
        ? { ...each, name: foldedInTable(to, draft.dialect), constraint: { ...each.constraint, name: to } }
        : each,
    ),
  });
}

function ownerOf(draft: Draft, index: QualifiedName): TableState | undefined {
  return draft.ownerOf(index);
}

function isNamed(draft: Draft, state: IndexState | ConstraintState, name: QualifiedName['name']): boolean {
  return state.name === foldedInTable(name, draft.dialect);
}

/** A constraint comes; with USING INDEX it takes the place of that index. */
export function addConstraint(draft: Draft, { table: name, constraint }: On<'AddConstraint'>): void {
  let table = draft.tableOrExternal(name);
  const using = 'usingIndex' in constraint ? constraint.usingIndex : undefined;
  const index = using && table.indexes.find((each) => isNamed(draft, each, using));
  let added: Constraint = constraint;
  if (index && 'usingIndex' in constraint) {
    table = { ...table, indexes: table.indexes.filter((each) => each !== index) };
    added = { ...constraint, columns: keyNames(index), name: constraint.name ?? constraint.usingIndex! };
  }
  if (added.kind === 'unique' || added.kind === 'primary')
    table = withoutImplied(
      table,
      added.columns.map(({ value }) => value),
    );
  table = { ...table, constraints: [...table.constraints, draft.constraintState(added, table)] };
  if (added.kind === 'primary') table = withRequired(table, added.columns);
  draft.put(withIndexedForeignKeys(draft, table, [added]));
}

function keyNames({ index }: IndexState): Extract<Constraint, { kind: 'unique' }>['columns'] {
  return index.keys.flatMap(({ column, quoted }) =>
    column === undefined ? [] : [{ value: column, quoted: quoted === true, span: index.span }],
  );
}

/** A constraint goes. Where it can't be told which one, those that it may be become uncertain. */
export function dropConstraint(draft: Draft, operation: On<'DropConstraint'>): void {
  const { constraint: name, constraintKind: kind } = operation;
  const table = draft.tableOrExternal(operation.table);
  const gone = table.constraints.filter(
    (each) =>
      (name !== undefined && isNamed(draft, each, name)) ||
      (name === undefined && kind === 'primary' && each.constraint.kind === 'primary'),
  );
  if (gone.length > 0 || table.external) {
    draft.put({ ...table, constraints: table.constraints.filter((each) => !gone.includes(each)) });
    dropFromPartitions(draft, table, gone);
  } else if (!operation.ifExists) {
    // Which one it drops can't be told: its name was left to a database whose names are not known here.
    const reason = 'a constraint is dropped whose name nothing here gives';
    draft.put({
      ...table,
      constraints: table.constraints.map((each) =>
        kind === undefined || each.constraint.kind === kind
          ? { ...each, uncertain: [...each.uncertain, { about: 'everything' as const, reason }] }
          : each,
      ),
    });
  }
}

/** Rows that were there before a NOT VALID constraint are checked too: it holds for all of them. */
export function validateConstraint(draft: Draft, { table, constraint }: On<'ValidateConstraint'>): void {
  changeConstraint(draft, table, constraint, (state) => {
    const validated = { ...state.constraint };
    delete validated.notValid;
    return { ...state, constraint: validated };
  });
}

/** A constraint is checked at another time from now on, or not at all. */
export function alterConstraint(
  draft: Draft,
  { table, constraint: name, deferrable, initiallyDeferred, enforced }: On<'AlterConstraint'>,
): void {
  const flag = (
    constraint: Constraint,
    key: 'deferrable' | 'initiallyDeferred' | 'notEnforced',
    set?: boolean,
  ): void => {
    if (set) constraint[key] = true;
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the key is one of three literals
    else if (set === false) delete constraint[key];
  };
  changeConstraint(draft, table, name, (state) => {
    const constraint = { ...state.constraint };
    flag(constraint, 'deferrable', deferrable);
    flag(constraint, 'initiallyDeferred', initiallyDeferred);
    flag(constraint, 'notEnforced', enforced === undefined ? undefined : !enforced);
    return { ...state, constraint };
  });
}

/** A constraint gets another name within its table. */
export function renameConstraint(draft: Draft, { table, constraint, to }: On<'RenameConstraint'>): void {
  changeConstraint(draft, table, constraint, (state) => ({
    ...state,
    name: foldedInTable(to, draft.dialect),
    constraint: { ...state.constraint, name: to },
  }));
}

function changeConstraint(
  draft: Draft,
  name: QualifiedName,
  constraint: QualifiedName['name'],
  change: (state: ConstraintState) => ConstraintState,
): void {
  const table = draft.tableOrExternal(name);
  draft.put({
    ...table,
    constraints: table.constraints.map((each) => (isNamed(draft, each, constraint) ? change(each) : each)),
  });
}
