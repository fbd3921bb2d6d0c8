import type { Column, Constraint, Name } from '../../../ir/index.js';
import { type Action, tableOption, unknownAction } from './action.js';
import { readAdd } from './alter-add.js';
import { readAlterColumn } from './alter-column.js';
import { readDropAction, readPartition } from './alter-drop.js';
import { readColumn } from './column.js';
import { isMysql } from '../names.js';
import type { Cursor } from './cursor.js';
import { type Manner, markManner, takeManner, takeWait } from './online.js';
import { base, ifExists, notRead, type Shape } from './shape.js';
import { readConvert, readPartitions, readTableOptions } from './table-options.js';

/** Reads ALTER TABLE from the first word behind TABLE. */
export function readAlterTable(cursor: Cursor, shape: Shape): void {
  if (cursor.take('ALL', 'IN', 'TABLESPACE')) return;
  const flags = ifExists(cursor);
  cursor.take('ONLY');
  const table = cursor.qualified();
  if (table === undefined) {
    shape.partial = true;
    notRead(shape, cursor.span(0, cursor.length), 'the altered table is not named', []);
    return;
  }
  cursor.take('*');
  shape.writes.push(table);
  const manner: Manner = {};
  takeWait(cursor, manner);
  const rest = cursor.within([cursor.at, cursor.length]);
  // T-SQL: whether rows that are there are checked.
  const noCheck = rest.take('WITH', 'NOCHECK');
  if (!noCheck) rest.take('WITH', 'CHECK');
  let verb: readonly string[] = [];
  for (const item of rest.list()) {
    if (takeManner(item, manner) && item.done) continue;
    item.at = 0;
    const action: Action = { cursor: item, shape, table, flags };
    const before = shape.operations.length;
    // `ADD a int, b int`, `DROP COLUMN a, b`: what follows a comma repeats the verb.
    if (!actions[item.word()] && verb.length > 0) repeated(action, verb);
    else {
      verb = repeatable(item);
      readAction(action);
    }
    if (noCheck) markUnchecked(shape, before);
  }
  markManner(shape, manner);
}

function markUnchecked(shape: Shape, from: number): void {
  for (const operation of shape.operations.slice(from)) {
    if (operation.kind === 'AddConstraint') operation.constraint.notValid = true;
  }
}

function repeatable(item: Cursor): readonly string[] {
  if (item.is('ADD')) return item.is('ADD', 'COLUMN') ? ['ADD', 'COLUMN'] : ['ADD'];
  if (item.is('DROP', 'COLUMN') || item.is('DROP', 'CONSTRAINT') || item.word(1) === 'PARTITION' || item.is('ORDER'))
    return [item.word(), item.word(1)];
  return [];
}

/** Reads an action as though the verb stood before it. */
function repeated(action: Action, verb: readonly string[]): void {
  if (verb[0] === 'ADD') readAdd(action, 0);
  else if (verb[1] === 'PARTITION') readPartition(action, verb[0]!);
  // ORDER BY a, b.
  else if (verb[0] === 'ORDER') return;
  else if (action.cursor.is('COLUMN') || action.cursor.is('CONSTRAINT'))
    readDropAction(action, action.cursor.word(), 1);
  else readDropAction(action, verb[1]!, 0);
}

function readAction(action: Action): void {
  const { cursor } = action;
  const read = actions[cursor.word()];
  if (read) read(action);
  // MySQL, and MariaDB's options of its engines: a name and a value.
  else if (isMysql(cursor.source.dialect) && (cursor.word(1) === '=' || mysqlOptions.has(cursor.word())))
    readTableOptions(action);
  else unknownAction(action);
}

/** Options that MySQL takes without an equals sign too. */
const mysqlOptions = new Set(
  (
    'AUTOEXTEND_SIZE AVG_ROW_LENGTH CHECKSUM COMPRESSION CONNECTION DATA DELAY_KEY_WRITE ENCRYPTION ENGINE_ATTRIBUTE INDEX ' +
    'INSERT_METHOD MAX_ROWS MIN_ROWS PACK_KEYS PASSWORD SECONDARY_ENGINE SECONDARY_LOAD SECONDARY_UNLOAD START STATS_AUTO_RECALC ' +
    'STATS_PERSISTENT STATS_SAMPLE_PAGES TRANSACTIONAL TYPE UNION'
  ).split(' '),
);

const spanOf = (cursor: Cursor) => cursor.span(0, cursor.length);

const actions: Readonly<Record<string, ((action: Action) => void) | undefined>> = {
  ADD: (action) => readAdd(action, 1),
  DROP: (action) => readDropAction(action, action.cursor.word(1), 1),
  ALTER: readAlterColumn,
  MODIFY: readModify,
  CHANGE: readChange,
  RENAME: readRename,
  SET: readSet,
  VALIDATE({ cursor, shape, table, flags }) {
    cursor.at++;
    cursor.take('CONSTRAINT');
    const constraint = cursor.name();
    if (constraint)
      shape.operations.push({ kind: 'ValidateConstraint', ...base(spanOf(cursor)), ...flags, table, constraint });
  },
  MERGE: readRearranged,
  SPLIT: readRearranged,
  ATTACH: readAttach,
  DETACH: readDetach,
  ENABLE: readSwitch,
  DISABLE: readSwitch,
  FORCE: readSwitch,
  NO: readSwitch,
  CHECK: readCheckSwitch,
  NOCHECK: tableOption,
  CONVERT: readConvert,
  COMMENT: readTableOptions,
  OWNER: tableOption,
  RESET: tableOption,
  INHERIT: tableOption,
  REPLICA: tableOption,
  CLUSTER: tableOption,
  WITHOUT: tableOption,
  OPTIONS: tableOption,
  OF: tableOption,
  NOT: tableOption,
  ENGINE: readTableOptions,
  AUTO_INCREMENT: readTableOptions,
  DEFAULT: readTableOptions,
  CHARSET: readTableOptions,
  CHARACTER: readTableOptions,
  COLLATE: readTableOptions,
  ROW_FORMAT: readTableOptions,
  ORDER: tableOption,
  PARTITION: tableOption,
  REORGANIZE: readPartitions,
  COALESCE: readPartitions,
  OPTIMIZE: readPartitions,
  ANALYZE: readPartitions,
  REBUILD: readPartitions,
  REMOVE: tableOption,
  KEY_BLOCK_SIZE: readTableOptions,
  TABLESPACE: readTableOptions,
  SWITCH: tableOption,
  TRUNCATE: readPartitions,
  EXCHANGE: readPartitions,
  REPAIR: readPartitions,
  IMPORT: tableOption,
  WITH: tableOption,
};

function readModify(action: Action): void {
  const { cursor, shape, table, flags } = action;
  cursor.at++;
  cursor.take('COLUMN');
  const exists = ifExists(cursor);
  // Oracle: MODIFY (a varchar2(20), b number).
  if (cursor.is('(')) return unknownAction(action);
  const read = readColumn(cursor);
  if (read === undefined) return unknownAction(action);
  if (!read.complete) shape.partial = true;
  const { column: definition, position } = read;
  shape.operations.push({
    kind: 'ModifyColumn',
    ...base(spanOf(cursor)),
    ...flags,
    ...exists,
    table,
    column: definition.name,
    definition,
    ...(position && { position }),
  });
  addKeys(action, definition);
}

/** `MODIFY a int PRIMARY KEY`, `UNIQUE` there: no part of what the column is anew, but a key that comes to it. */
function addKeys({ cursor, shape, table, flags }: Action, definition: Column): void {
  const isKey = ({ kind }: Constraint): boolean => kind === 'primary' || kind === 'unique';
  const keys = definition.constraints.filter(isKey);
  definition.constraints = definition.constraints.filter((constraint) => !isKey(constraint));
  for (const constraint of keys)
    shape.operations.push({ kind: 'AddConstraint', ...base(spanOf(cursor)), ...flags, table, constraint });
}

/** MySQL's CHANGE renames and defines anew: two operations, the second one on the new name. */
function readChange(action: Action): void {
  const { cursor, shape, table, flags } = action;
  cursor.at++;
  cursor.take('COLUMN');
  const exists = ifExists(cursor);
  const old = cursor.name();
  const read = readColumn(cursor);
  if (old === undefined || read === undefined) return unknownAction(action);
  if (!read.complete) shape.partial = true;
  const { column: definition, position } = read;
  const common = { ...base(spanOf(cursor)), ...flags, ...exists, table };
  if (old.value.toLowerCase() !== definition.name.value.toLowerCase()) {
    shape.operations.push({ kind: 'RenameColumn', ...common, column: old, to: definition.name });
  }
  const placed = position && { position };
  shape.operations.push({ kind: 'ModifyColumn', ...common, column: definition.name, definition, ...placed });
  addKeys(action, definition);
}

function readRename(action: Action): void {
  const { cursor, shape, table, flags } = action;
  const common = { ...base(spanOf(cursor)), ...flags, table };
  cursor.at++;
  if (cursor.take('TO') || cursor.take('AS') || cursor.take('=')) {
    const to = cursor.qualified();
    if (to) shape.operations.push({ kind: 'RenameTable', ...common, to });
    return;
  }
  if (cursor.is('CONSTRAINT') && cursor.word(2) === 'TO') {
    cursor.at++;
    const [constraint, to] = renamed(cursor);
    if (constraint && to) shape.operations.push({ kind: 'RenameConstraint', ...common, constraint, to });
    return;
  }
  if ((cursor.is('INDEX') || cursor.is('KEY')) && (cursor.word(2) === 'TO' || cursor.word(2) === 'EXISTS')) {
    cursor.at++;
    const exists = ifExists(cursor);
    const [name, to] = renamed(cursor);
    if (name && to) {
      const index = { name, span: name.span };
      shape.operations.push({ kind: 'RenameIndex', ...common, ...exists, index, to });
    } else unknownAction(action);
    return;
  }
  if (cursor.is('COLUMN') && cursor.word(1) !== 'TO') cursor.at++;
  const exists = ifExists(cursor);
  const from = cursor.at;
  const [column, to] = renamed(cursor);
  if (column && to) shape.operations.push({ kind: 'RenameColumn', ...common, ...exists, column, to });
  else if (column) {
    // MySQL: RENAME new_name.
    cursor.at = from;
    shape.operations.push({ kind: 'RenameTable', ...common, to: cursor.qualified()! });
  } else unknownAction(action);
}

function renamed(cursor: Cursor): [Name | undefined, Name | undefined] {
  const from = cursor.name();
  return [from, cursor.take('TO') ? cursor.name() : undefined];
}

function readSet(action: Action): void {
  const { cursor, shape, table, flags } = action;
  if (!cursor.is('SET', 'SCHEMA')) return tableOption(action);
  cursor.at += 2;
  const schema = cursor.name();
  if (schema) shape.operations.push({ kind: 'SetSchema', ...base(spanOf(cursor)), ...flags, table, schema });
}

function readAttach(action: Action): void {
  const { cursor, shape, table, flags } = action;
  cursor.at++;
  if (!cursor.take('PARTITION')) return unknownAction(action);
  const partition = cursor.qualified();
  if (partition)
    shape.operations.push({ kind: 'AttachPartition', ...base(spanOf(cursor)), ...flags, table, partition });
}

function readDetach(action: Action): void {
  const { cursor, shape, table, flags } = action;
  cursor.at++;
  if (!cursor.take('PARTITION')) return unknownAction(action);
  const partition = cursor.qualified();
  if (partition === undefined) return unknownAction(action);
  const concurrently = cursor.take('CONCURRENTLY') ? ({ concurrently: true } as const) : {};
  shape.operations.push({
    kind: 'DetachPartition',
    ...base(spanOf(cursor)),
    ...flags,
    table,
    partition,
    ...concurrently,
  });
}

/** MERGE PARTITIONS and SPLIT PARTITION (PostgreSQL 19): rows move between tables that come and go. */
function readRearranged(action: Action): void {
  const { cursor, shape, table } = action;
  const touched = [table];
  const verb = cursor.word();
  cursor.at++;
  if (cursor.oneOf('PARTITION', 'PARTITIONS') === undefined) return unknownAction(action);
  do {
    const names = cursor.is('(') ? cursor.within(cursor.parenthesis()!).list() : [cursor];
    for (const each of names) {
      each.take('PARTITION');
      const name = each.qualified();
      if (name) touched.push(name);
    }
  } while (cursor.take('INTO'));
  notRead(shape, spanOf(cursor), `what ${verb} of partitions makes is not followed`, touched);
}

/** ENABLE, DISABLE, FORCE, NO FORCE: row security is read, triggers and rules are options. */
function readSwitch(action: Action): void {
  const { cursor, shape, table, flags } = action;
  const word = cursor.word();
  const security = cursor.is(word, 'ROW', 'LEVEL', 'SECURITY');
  if (security && (word === 'ENABLE' || word === 'DISABLE')) {
    shape.operations.push({
      kind: 'SetRowSecurity',
      ...base(spanOf(cursor)),
      ...flags,
      table,
      enabled: word === 'ENABLE',
    });
  } else tableOption(action);
}

function readCheckSwitch(action: Action): void {
  const { cursor, shape, table, flags } = action;
  cursor.at++;
  if (!cursor.take('CONSTRAINT')) return tableOption(action);
  const constraint = cursor.is('ALL') ? undefined : cursor.name();
  if (constraint)
    shape.operations.push({ kind: 'ValidateConstraint', ...base(spanOf(cursor)), ...flags, table, constraint });
  else tableOption(action);
}
