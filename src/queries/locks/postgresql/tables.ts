import type { QualifiedName } from '../../../ir/index.js';
import { objectKey } from '../../names.js';
import { viewsOver } from '../../replay.js';
import { foreignKeysOf, isCertain } from '../../tables.js';
import { foreignKeys, keysReferringTo } from '../circumstances.js';
import type { PostgresqlAction } from '../postgresql.js';
import { nothing, reads, toOthers, type Read, type Reader } from './reading.js';

/** A table comes, with its foreign keys and as a partition of another one. */
export const createTable: Reader<'CreateTable'> = (operation, circumstances) => {
  const { table, definition } = operation;
  const { schema } = circumstances;
  const own = objectKey(table, 'postgresql');
  const before = schema?.table(table);
  if (operation.ifNotExists && before && !before.external && isCertain(before, 'everything')) return nothing;
  const targets = foreignKeysOf(definition).flatMap(({ target }) => target ?? []);
  return {
    actions: [
      { name: 'create table', table },
      ...toOthers(
        'refer from new table',
        targets.filter((each) => objectKey(each, 'postgresql') !== own),
      ),
      ...toOthers('create partition', [definition.partitionOf]),
      ...toOthers('copy definition', [definition.copyOf]),
      ...(definition.asSelect ? reads(circumstances) : []),
    ],
  };
};

/** A table goes, and with it its foreign keys; with CASCADE also what refers to it. */
export const dropTable: Reader<'DropTable'> = ({ table, cascade }, { schema }) => {
  const state = schema?.table(table);
  const targets = foreignKeys(state).flatMap(({ target }) => target ?? []);
  const referring = cascade ? keysReferringTo(schema, table).map((each) => each.table) : [];
  const parent = state?.partitionOf === undefined ? undefined : schema?.tableByKey(state.partitionOf)?.name;
  return {
    actions: [
      { name: 'drop table', table },
      ...toOthers('drop foreign keys with table', [
        ...targets.filter((each) => objectKey(each, 'postgresql') !== state?.key),
        ...referring,
      ]),
      ...toOthers('drop partition', [parent]),
      ...toOthers('drop dependent views', cascade && schema ? viewsOver(schema, table).map(({ name }) => name) : []),
    ],
  };
};

/** With CASCADE the tables that refer to this one are emptied too, and those that refer to them. */
export const truncate: Reader<'Truncate'> = ({ table, cascade }, { schema }) => {
  const emptied = new Map<string, QualifiedName>([[objectKey(table, 'postgresql'), table]]);
  if (cascade) {
    for (const each of emptied.values()) {
      for (const { table: next } of keysReferringTo(schema, each)) emptied.set(objectKey(next, 'postgresql'), next);
    }
  }
  return {
    actions: [{ name: 'truncate', table }, ...toOthers('truncate referring tables', [...emptied.values()].slice(1))],
  };
};

/** A CHECK may say already that each row belongs there; which one does is not looked into. */
export const attachPartition: Reader<'AttachPartition'> = ({ table, partition }, { schema }) => {
  const checked = schema
    ?.table(partition)
    ?.constraints.some(({ constraint }) => constraint.kind === 'check' && !constraint.notValid);
  const others = [partition];
  return {
    actions: [
      { name: 'attach partition', table, others },
      ...(checked ? [] : [{ name: 'check rows of partition' as const, others }]),
    ],
  };
};

/** Of a view, and of the tables that its query reads. */
export const ofView =
  (name: PostgresqlAction) =>
  ({ view }: { view: QualifiedName }, circumstances: Parameters<typeof reads>[0]): Read => ({
    actions: [{ name, table: view }, ...reads(circumstances)],
  });

/** A materialized view is filled anew from the tables that it reads. */
export const refreshView: Reader<'RefreshMaterializedView'> = ({ view, concurrently }, { schema }) => {
  const sources = schema?.view(view)?.reads.map(({ key }) => (schema.tableByKey(key) ?? schema.viewByKey(key))?.name);
  return {
    actions: [
      { name: concurrently ? 'refresh view concurrently' : 'refresh view', table: view },
      ...toOthers('read rows', sources ?? []),
    ],
  };
};

/** Rows of a table are written, and those of others are read. */
export const writeRows = ({ table }: { table: QualifiedName }, circumstances: Parameters<typeof reads>[0]): Read => ({
  actions: [{ name: 'write rows', table }, ...reads(circumstances)],
});
