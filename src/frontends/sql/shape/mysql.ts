import type { Operation, QualifiedName } from '../../../ir/index.js';
import { readCalled } from './called.js';
import type { Cursor } from './cursor.js';
import { readDataStatement } from './data-statement.js';
import { type Manner, markManner, takeWait } from './online.js';
import { noteVariable, readExecute, readPrepare } from './prepared.js';
import { readAnonymousBody } from './routine.js';
import * as session from './session.js';
import { base, ifExists, nameList, type Shape, type ShapeReader } from './shape.js';

const whole = (cursor: Cursor) => cursor.span(0, cursor.length);

/** Variables of the session that routines set by their bare names; all other bare names are their own variables. */
const sessionVariable =
  /^(foreign_key_checks|unique_checks|autocommit|time_zone|(old_)?alter_(table|algorithm)|(sql|innodb|max|tx|transaction|character_set|collation)_\w+|\w+_timeout)$/;

/** Assignments of SET, one after another, each with a scope of its own. */
const readSet: ShapeReader = (cursor, shape, surroundings) => {
  cursor.at++;
  const own = /^(TRANSACTION|PASSWORD|ROLE|DEFAULT|RESOURCE)$/.test(cursor.word());
  if (own || cursor.is(cursor.word(), 'TRANSACTION')) {
    cursor.at = 0;
    return session.readSetting(cursor, shape, surroundings);
  }
  for (const item of cursor.within([cursor.at, cursor.length]).list()) assign(item, shape, surroundings.routine);
};

function assign(item: Cursor, shape: Shape, routine: boolean): void {
  const scope = item.oneOf('GLOBAL', 'SESSION', 'LOCAL', 'PERSIST', 'PERSIST_ONLY');
  if (item.is('CHARACTER', 'SET')) item.at++;
  const name = item.qualified();
  if (name === undefined) return;
  const { schema } = name;
  const word = name.name.value.toLowerCase();
  const prefix = schema?.value.toLowerCase();
  // SET NEW.a = 1 of a trigger, SET counter = 1 of a routine.
  if (prefix === 'new' || prefix === 'old') return;
  if (routine && scope === undefined && prefix === undefined && !word.startsWith('@') && !sessionVariable.test(word))
    return;
  if (!item.take('=')) item.take(':=');
  if (word.startsWith('@') && !word.startsWith('@@')) noteVariable(word, item.within([item.at, item.length]));
  const system = prefix?.startsWith('@@') ? prefix.slice(2) : '';
  const isGlobal = /^(global|persist)/i.test(scope ?? system);
  shape.operations.push({
    kind: 'SetSetting',
    ...base(whole(item)),
    name: nameOf(word, system === '' ? prefix : undefined),
    value: session.valueFrom(item),
    scope: isGlobal ? 'global' : 'session',
  });
}

function nameOf(word: string, prefix: string | undefined): string {
  if (word === 'set' || word === 'charset') return 'character set';
  return (prefix ? `${prefix}.` : '') + word.replace(/^@@/, '');
}

/** LOCK TABLES a READ, b AS c WRITE. */
const readLockTables: ShapeReader = (cursor, shape) => {
  cursor.at++;
  if (cursor.oneOf('TABLE', 'TABLES') === undefined) return;
  for (const item of cursor.within([cursor.at, cursor.length]).list()) {
    const table = item.qualified();
    if (table === undefined) continue;
    item.until('READ', 'WRITE', 'LOW_PRIORITY');
    item.take('LOW_PRIORITY');
    const mode = item.word();
    shape.operations.push({ kind: 'Lock', ...base(whole(item)), table, mode });
  }
};

/** OPTIMIZE TABLE writes tables anew. */
const readOptimize: ShapeReader = (cursor, shape) => {
  for (const table of maintained(cursor, shape))
    shape.operations.push({ kind: 'Vacuum', ...base(whole(cursor)), table, full: true });
};

const readMaintenance: ShapeReader = (cursor, shape) => {
  maintained(cursor, shape);
};

function maintained(cursor: Cursor, shape: Shape): QualifiedName[] {
  const verb = cursor.word();
  cursor.at++;
  cursor.oneOf('NO_WRITE_TO_BINLOG', 'LOCAL');
  if (cursor.oneOf('TABLE', 'TABLES') === undefined) return [];
  shape.verb = `${verb} TABLE`;
  const tables = nameList(cursor);
  (verb === 'CHECK' || verb === 'CHECKSUM' ? shape.reads : shape.writes).push(...tables);
  return tables;
}

/** MariaDB: ANALYZE of a statement runs it. */
const readAnalyze: ShapeReader = (cursor, shape, surroundings) => {
  let at = 1;
  if (cursor.word(1) === 'FORMAT') at = 4;
  if (!/^(SELECT|INSERT|REPLACE|UPDATE|DELETE|WITH)$/.test(cursor.word(at)))
    return readMaintenance(cursor, shape, surroundings);
  readDataStatement(cursor.within([at, cursor.length]), shape, surroundings);
};

/** LOAD DATA INFILE … INTO TABLE t. */
const readLoad: ShapeReader = (cursor, shape) => {
  if (cursor.word(1) !== 'DATA' && cursor.word(1) !== 'XML') return;
  cursor.until('INTO');
  cursor.take('INTO', 'TABLE');
  const table = cursor.qualified();
  if (table) shape.writes.push(table);
  shape.operations.push({ kind: 'Copy', ...base(whole(cursor)) });
};

/** RENAME TABLE a TO b, c TO d; RENAME USER touches no table. */
const readRename: ShapeReader = (cursor, shape) => {
  cursor.at++;
  if (cursor.oneOf('TABLE', 'TABLES') === undefined) return;
  shape.verb = 'RENAME TABLE';
  const exists = ifExists(cursor);
  const manner: Manner = {};
  const renamed: Extract<Operation, { kind: 'RenameTable' }>[] = [];
  const items = cursor.within([cursor.at, cursor.length]).list();
  for (const item of items) {
    const table = item.qualified();
    takeWait(item, manner);
    const to = item.take('TO') ? item.qualified() : undefined;
    if (table === undefined || to === undefined) {
      shape.partial = true;
      continue;
    }
    const span = items.length > 1 ? whole(item) : whole(cursor);
    renamed.push({ kind: 'RenameTable', ...base(span), ...exists, table, to });
  }
  for (const each of renamed) shape.operations.push(each);
  markManner(shape, manner);
};

const readDo: ShapeReader = (cursor, shape) => {
  shape.operations.push({ kind: 'Call', ...base(whole(cursor)) });
};

/** MariaDB: BEGIN NOT ATOMIC … END runs at once. */
const readBegin: ShapeReader = (cursor, shape, surroundings) => {
  if (!cursor.is('BEGIN', 'NOT', 'ATOMIC')) return session.readBegin(cursor, shape, surroundings);
  shape.operations.push({ kind: 'Anonymous', ...base(whole(cursor)) });
  for (const each of readAnonymousBody(cursor, surroundings)) shape.children.push(each);
};

const readStart: ShapeReader = (cursor, shape, surroundings) => {
  if (cursor.word(1) === 'TRANSACTION') session.readBegin(cursor, shape, surroundings);
};

/** What MySQL and MariaDB mean by words that others use otherwise or not at all. */
export const mysqlReaders: Readonly<Record<string, ShapeReader | undefined>> = {
  SET: readSet,
  LOCK: readLockTables,
  OPTIMIZE: readOptimize,
  ANALYZE: readAnalyze,
  CHECK: readMaintenance,
  CHECKSUM: readMaintenance,
  REPAIR: readMaintenance,
  LOAD: readLoad,
  RENAME: readRename,
  DO: readDo,
  BEGIN: readBegin,
  START: readStart,
  CALL: readCalled,
  PREPARE: readPrepare,
  EXECUTE: readExecute,
  RESET: session.readNothing,
};
