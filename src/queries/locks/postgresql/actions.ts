import type { Operation } from '../../../ir/index.js';
import type { Circumstances } from '../circumstances.js';
import type { Effect } from '../effect.js';
import { isPostgresqlMode } from '../modes.js';
import { addColumn, alterColumnType, dropColumn, dropNotNull, setGenerated, setNotNull } from './columns.js';
import { addConstraint, alterConstraint, dropConstraint, validateConstraint } from './constraints.js';
import { tableOption } from './options.js';
import { alone, nothing, type On, type Read, type Reader } from './reading.js';
import { attachPartition, createTable, dropTable, ofView, refreshView, truncate, writeRows } from './tables.js';
import { createIndex, dropIndex, reindex } from './indexes.js';

type Readers = { [K in Operation['kind']]?: Reader<K> };

const free = (): Read => nothing;

/** What hangs on it can be any table. */
const unlessCascading = ({ cascade }: { cascade?: true }): Read | undefined => (cascade ? undefined : nothing);

const ofSequence = ({ ownedBy }: On<'CreateSequence' | 'AlterSequence'>): Read =>
  ownedBy ? { actions: [{ name: 'read rows', others: [ownedBy.table] }] } : nothing;

const readers: Readers = {
  AddColumn: addColumn,
  DropColumn: dropColumn,
  RenameColumn: alone('rename column'),
  AlterColumnType: alterColumnType,
  SetNotNull: setNotNull,
  DropNotNull: dropNotNull,
  SetDefault: alone('set default'),
  DropDefault: alone('set default'),
  SetGenerated: setGenerated,
  SetStorage: alone('set storage'),
  AddConstraint: addConstraint,
  DropConstraint: dropConstraint,
  ValidateConstraint: validateConstraint,
  AlterConstraint: alterConstraint,
  RenameConstraint: alone('rename constraint'),
  CreateIndex: createIndex,
  DropIndex: dropIndex,
  RenameIndex: () => ({ actions: [{ name: 'rename index' }] }),
  Reindex: reindex,
  CreateTable: createTable,
  DropTable: dropTable,
  RenameTable: alone('rename table'),
  SetSchema: alone('rename table'),
  TableOption: tableOption,
  AttachPartition: attachPartition,
  DetachPartition: ({ table, partition, concurrently }) => ({
    actions: [
      { name: concurrently ? 'detach partition concurrently' : 'detach partition', table, others: [partition] },
    ],
  }),
  CreateTrigger: alone('create trigger'),
  DropTrigger: ({ table }) => table && { actions: [{ name: 'drop trigger', table }] },
  CreatePolicy: alone('create policy'),
  SetRowSecurity: alone('create policy'),
  CommentOn: ({ table }) => table && { actions: [{ name: 'comment on table', table }] },
  Truncate: truncate,
  Insert: writeRows,
  Update: writeRows,
  Delete: writeRows,
  Merge: writeRows,
  CreateView: ofView('create view'),
  CreateMaterializedView: ofView('create view'),
  DropView: ofView('drop view'),
  DropMaterializedView: ofView('drop view'),
  RenameView: ({ view }) => ({ actions: [{ name: 'rename view', table: view }] }),
  RefreshMaterializedView: refreshView,
  Vacuum: ({ table, full }) => table && { actions: [{ name: full ? 'vacuum full' : 'vacuum', table }] },
  Cluster: ({ table }) => table && { actions: [{ name: 'cluster', table }] },
  CreateSequence: ofSequence,
  AlterSequence: ofSequence,
  RenameSequence: free,
  CreateEnumType: free,
  AddEnumValue: free,
  RenameEnumValue: free,
  CreateType: free,
  RenameType: free,
  DropType: unlessCascading,
  DropSequence: unlessCascading,
  DropRoutine: unlessCascading,
  CreateRoutine: free,
  CreateSchema: free,
  RenameSchema: free,
  SetSetting: free,
  Transaction: free,
  Anonymous: free,
};

/** An operation as the actions that the lock table of PostgreSQL has; undefined where that is not known. */
export function postgresqlActions(operation: Operation, circumstances: Circumstances): Read | undefined {
  const read = readers[operation.kind] as ((operation: Operation, circumstances: Circumstances) => Read) | undefined;
  return read?.(operation, circumstances);
}

/** What LOCK TABLE does, which says so itself. */
export function lockTable({ table, mode }: Extract<Operation, { kind: 'Lock' }>): Effect | undefined {
  if (!isPostgresqlMode(mode)) return undefined;
  return { locks: [{ table, mode }], mode, rewrite: false, scans: [], buildsIndexes: false, validates: false };
}
