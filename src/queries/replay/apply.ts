import type { Column, Dialect, Guard, Operation, QualifiedName, Statement } from '../../ir/index.js';
import { folded, foldedInTable } from '../names.js';
import type { On, PlacedOperation } from '../operations.js';
import { addColumn, changeColumn, dropColumn, modifyColumn, renameColumn } from './apply-columns.js';
import {
  addConstraint,
  alterConstraint,
  createIndex,
  dropConstraint,
  dropIndex,
  renameConstraint,
  renameIndex,
  validateConstraint,
} from './apply-keys.js';
import { createTable, dropTable, moveTable } from './apply-tables.js';
import { createSchema, dropSchema, renameSchema } from './apply-namespaces.js';
import { onPartitions, withKeysOf } from './apply-partitions.js';
import { alterSequence, createSequence, dropSequence, renameSequence } from './apply-sequences.js';
import {
  addEnumValue,
  alterType,
  createEnumType,
  createType,
  dropType,
  renameEnumValue,
  renameType,
} from './apply-types.js';
import { createView, dropView, renameView } from './apply-views.js';
import type { Draft, Script } from './draft.js';
import { doubted, withColumn, withDefault } from './outcomes.js';
import { columnKey, type ViewState } from './state.js';

type Appliers = { [K in Operation['kind']]?: (draft: Draft, operation: On<K>, statement?: Statement) => void };

/** What each operation does to the schema. Kinds that are not listed leave it as it is. */
const appliers: Appliers = {
  CreateTable: createTable,
  DropTable: dropTable,
  RenameTable: (draft, { table, to }) => {
    // An unqualified new name stays in the schema of the old one.
    const { schema } = table;
    moveTable(draft, table, schema && !to.schema ? { ...to, schema } : to);
  },
  SetSchema: (draft, { table, schema }) => {
    moveTable(draft, table, { ...table, schema });
  },
  AddColumn: addColumn,
  DropColumn: dropColumn,
  RenameColumn: renameColumn,
  ModifyColumn: modifyColumn,
  AlterColumnType: (draft, operation) => {
    // Without COLLATE the column takes the collation of its new type.
    const { type, collation } = operation;
    const retyped = (column: Column): Column => ({
      ...without(column, 'collation'),
      type,
      ...(collation !== undefined && { collation }),
    });
    changeColumn(retyped)(draft, operation);
  },
  SetNotNull: changeColumn((column) => ({ ...column, nullable: false })),
  DropNotNull: changeColumn((column) => ({ ...column, nullable: true })),
  SetDefault: (draft, operation) => {
    changeColumn((column) => withDefault(column, operation.default), true)(draft, operation);
  },
  // What fills a serial column is a default like any other.
  DropDefault: changeColumn(
    (column) => without(column.generated === 'serial' ? without(column, 'generated') : column, 'default'),
    true,
  ),
  SetGenerated: (draft, operation) => {
    changeColumn((column) => regenerated(column, operation))(draft, operation);
  },
  SetStorage: (draft, operation) => {
    const { storage, compression } = operation;
    const set = { ...(storage !== undefined && { storage }), ...(compression !== undefined && { compression }) };
    changeColumn((column) => ({ ...column, ...set }))(draft, operation);
  },
  AddConstraint: addConstraint,
  DropConstraint: dropConstraint,
  ValidateConstraint: validateConstraint,
  AlterConstraint: alterConstraint,
  RenameConstraint: renameConstraint,
  CreateIndex: createIndex,
  DropIndex: dropIndex,
  RenameIndex: renameIndex,
  CreateEnumType: createEnumType,
  AddEnumValue: addEnumValue,
  RenameEnumValue: renameEnumValue,
  CreateType: createType,
  AlterType: alterType,
  RenameType: renameType,
  DropType: dropType,
  CreateView: createView,
  CreateMaterializedView: createView,
  DropView: dropView,
  DropMaterializedView: dropView,
  RenameView: renameView,
  CreateSequence: createSequence,
  AlterSequence: alterSequence,
  RenameSequence: renameSequence,
  DropSequence: dropSequence,
  CreateSchema: createSchema,
  DropSchema: dropSchema,
  RenameSchema: renameSchema,
  AttachPartition: (draft, { table, partition }) => {
    const own = { ...draft.tableOrExternal(partition), partitionOf: draft.key(table) };
    const parent = draft.table(table);
    draft.put(parent && !parent.external ? withKeysOf(draft, own, parent) : own);
  },
  DetachPartition: (draft, { partition }) => {
    const rest = { ...draft.tableOrExternal(partition) };
    delete rest.partitionOf;
    draft.put(rest);
  },
  CommentOn: commentOn,
  Opaque: (draft, { touches, anything, reason }) => {
    for (const name of touches) doubtObject(draft, name, reason);
    if (anything) draft.doubtEverything(reason);
  },
};

/** Whatever has this name; where nothing does, it is taken for a table made elsewhere. */
function doubtObject(draft: Draft, name: QualifiedName, reason: string): void {
  const { schema } = draft;
  const [type, view] = [schema.type(name), schema.view(name)];
  if (type) draft.putType(doubted(type, reason));
  else if (view) draft.putView(doubted(view, reason));
  else draft.doubt(draft.tableOrExternal(name), reason);
}

function commentOn(draft: Draft, { object, table: name, column, comment }: On<'CommentOn'>): void {
  if (name === undefined || object === 'other') return;
  const table = draft.tableOrExternal(name);
  if (object === 'table') {
    draft.put(comment ? { ...table, comment } : without(table, 'comment'));
    return;
  }
  const state = column && table.columns.get(columnKey(column.value));
  if (column && state) {
    const changed = comment ? { ...state.column, comment } : without(state.column, 'comment');
    draft.put(withColumn(table, column.value, { ...state, column: changed }));
  }
}

function regenerated(column: Column, { identity, expression, dropped }: On<'SetGenerated'>): Column {
  if (expression !== undefined) return { ...column, expression };
  if (dropped) return without(without(without(column, 'generated'), 'identity'), 'expression');
  const options = identity?.options ?? column.identity?.options;
  return {
    ...column,
    generated: 'identity',
    nullable: false,
    ...(identity && { identity: { always: identity.always, ...(options !== undefined && { options }) } }),
  };
}

function without<T extends object, K extends keyof T>(value: T, key: K): T {
  const copy = { ...value };
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the key is one of two literals
  delete copy[key];
  return copy;
}

/** Replays one operation. */
export function apply(draft: Draft, script: Script, { operation, guard, statement }: PlacedOperation): void {
  const effect = effectOf(guard, draft.dialect);
  if (effect === 'skipped') return;
  draft.begin(script, operation, effect === 'possible' ? 'it stands under a condition' : undefined);
  if (hasUnknownName(operation)) {
    draft.doubtEverything('an object is named at run time');
    if (!isInUnknownSchema(operation)) return;
  }
  const view =
    operation.kind !== 'CreateTable' && 'table' in operation && operation.table && viewNamed(draft, operation.table);
  if (view) {
    changeView(draft, view, operation);
    return;
  }
  const existence = effect === 'if-needed';
  const drops = isDrop(operation);
  if (!drops && (operation.ifNotExists || existence) && isThere(draft, operation) === true) return;
  if (drops && (operation.ifExists || existence) && isThere(draft, operation) === false) return;
  const applier = appliers[operation.kind] as
    ((draft: Draft, operation: Operation, statement?: Statement) => void) | undefined;
  applier?.(draft, operation, statement);
  for (const each of onPartitions(draft, operation)) applier?.(draft, each, statement);
}

/** A view that an operation on a table is about in truth. */
const viewNamed = (draft: Draft, name: QualifiedName): ViewState | undefined =>
  draft.table(name) ? undefined : draft.schema.view(name);

/** What ALTER TABLE does to a view; indexes of a materialized one are no part of the schema here. */
function changeView(draft: Draft, { name }: ViewState, operation: Operation): void {
  const { span, provenance } = operation;
  const moved = (to: QualifiedName): void => {
    renameView(draft, { kind: 'RenameView', view: name, to, span, provenance });
  };
  if (operation.kind === 'RenameTable') moved({ ...name, name: operation.to.name });
  else if (operation.kind === 'SetSchema') moved({ ...name, schema: operation.schema });
}

/** Whether an operation under a guard runs on this dialect. */
function effectOf(guard: Guard | undefined, dialect: Dialect): 'sure' | 'skipped' | 'if-needed' | 'possible' {
  if (guard?.dialects && dialect !== 'unknown' && !guard.dialects.includes(dialect)) return 'skipped';
  switch (guard?.kind) {
    case undefined:
      return 'sure';
    case 'existence':
    case 'idempotent':
      return 'if-needed';
    case 'dialect':
      return guard.dialects === undefined || dialect === 'unknown' ? 'possible' : 'sure';
    case 'unknown':
      return 'possible';
  }
}

/** Whether what an operation makes or removes is known to be there; nothing where the question doesn't arise. */
function isThere(draft: Draft, operation: Operation): boolean | undefined {
  switch (operation.kind) {
    case 'CreateTable': {
      const table = draft.table(operation.table);
      return table !== undefined && !table.external;
    }
    // One that was made elsewhere goes as well.
    case 'DropTable':
      return draft.table(operation.table) !== undefined;
    case 'AddColumn':
      return draft.table(operation.table)?.columns.has(columnKey(operation.column.name.value)) === true;
    case 'CreateIndex':
      return operation.index.name !== undefined && draft.hasIndex(operation.table, operation.index.name);
    case 'AddConstraint': {
      const name = operation.constraint.name && foldedInTable(operation.constraint.name, draft.dialect);
      return (
        draft.table(operation.table)?.constraints.some((each) => name !== undefined && each.name === name) === true
      );
    }
    case 'CreateEnumType':
      return draft.schema.type(operation.type.name) !== undefined;
    case 'CreateType':
      return draft.schema.type(operation.type) !== undefined;
    case 'CreateView':
    case 'CreateMaterializedView':
      return draft.schema.view(operation.view) !== undefined;
    case 'CreateSequence':
      return draft.schema.sequence(operation.sequence) !== undefined;
    case 'CreateSchema':
      return draft.schema.namespace(folded(operation.schema, draft.dialect)) !== undefined;
    default:
      return undefined;
  }
}

function isDrop(operation: Operation): boolean {
  return operation.kind === 'DropTable';
}

/** Whether only the schema is computed: what is written the same way in a file is then the same table. */
function isInUnknownSchema(operation: Operation): boolean {
  return 'table' in operation && operation.table !== undefined && operation.table.name.unknown !== true;
}

/** Whether the name of the object itself is computed, so that it can be any. */
function hasUnknownName(operation: Operation): boolean {
  if ('table' in operation && operation.table) {
    return operation.table.name.unknown === true || operation.table.schema?.unknown === true;
  }
  return operation.kind === 'DropIndex' && operation.index.name.unknown === true;
}
