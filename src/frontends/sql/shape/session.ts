import type { Guard, Operation, QualifiedName } from '../../../ir/index.js';
import type { Cursor } from './cursor.js';
import { onlyTable } from './create-table.js';
import { readData } from './data.js';
import { base, cascadeOf, type Shape, type ShapeReader } from './shape.js';
import { stringValue } from './text.js';

const whole = (cursor: Cursor) => cursor.span(0, cursor.length);

function setting(cursor: Cursor, shape: Shape, name: string, value: string, scope: 'session' | 'transaction'): void {
  shape.operations.push({ kind: 'SetSetting', ...base(whole(cursor)), name, value, scope });
}

/** A value to the end of the cursor: that of a string without its quotes, anything else as written. */
export function valueFrom(cursor: Cursor): string {
  const { token } = cursor;
  if (token?.kind === 'string' && cursor.at === cursor.length - 1)
    return stringValue(cursor.written(token), cursor.source.dialect);
  return cursor.between(cursor.at, cursor.length);
}

/** SET, SET LOCAL, SET SESSION, T-SQL's SET NOCOUNT ON. */
export const readSetting: ShapeReader = (cursor, shape) => {
  cursor.at++;
  // A variable of the batch is no setting.
  if (cursor.source.dialect === 'tsql' && cursor.word().startsWith('@')) return;
  let scope: 'session' | 'transaction' = 'session';
  if (cursor.is('LOCAL') && cursor.word(1) !== '=') {
    cursor.at++;
    scope = 'transaction';
  } else if (cursor.is('SESSION') && cursor.word(1) !== 'CHARACTERISTICS' && cursor.word(1) !== 'AUTHORIZATION')
    cursor.at++;
  if (cursor.is('SESSION', 'AUTHORIZATION')) {
    cursor.at += 2;
    return setting(cursor, shape, 'session_authorization', valueFrom(cursor), scope);
  }
  if (cursor.is('TRANSACTION') || cursor.is('SESSION') || cursor.is('CONSTRAINTS')) {
    setting(cursor, shape, cursor.word().toLowerCase(), cursor.between(cursor.at + 1, cursor.length), 'transaction');
    return;
  }
  if (cursor.take('TIME', 'ZONE')) return setting(cursor, shape, 'timezone', valueFrom(cursor), scope);
  const [item] = cursor.within([cursor.at, cursor.length]).list();
  const name = item?.qualified();
  if (item === undefined || name === undefined) return;
  if (!item.take('=') && !item.take('TO')) item.take(':=');
  const full = name.schema ? `${name.schema.value}.${name.name.value}` : name.name.value;
  // In PostgreSQL a comma goes on with the value: SET search_path = a, b.
  setting(cursor, shape, full.toLowerCase(), valueOf(cursor, item), scope);
};

/** The value with all its commas: from where the first item's value starts to the end. */
function valueOf(cursor: Cursor, item: Cursor): string {
  cursor.at += item.at;
  return valueFrom(cursor);
}

export const readReset: ShapeReader = (cursor, shape) => {
  cursor.at++;
  setting(cursor, shape, cursor.between(1, cursor.length).toLowerCase(), 'default', 'session');
};

/** Pragmas of SQLite that answer or work on what stands in the parenthesis, and set nothing. */
const asking = new Set(
  (
    'table_info table_xinfo table_list index_info index_xinfo index_list foreign_key_list foreign_key_check integrity_check ' +
    'quick_check incremental_vacuum optimize wal_checkpoint'
  ).split(' '),
);

/** SQLite: PRAGMA name = value, PRAGMA name(value). */
export const readPragma: ShapeReader = (cursor, shape) => {
  cursor.at++;
  const name = cursor.qualified();
  if (name === undefined || asking.has(name.name.value.toLowerCase())) return;
  const value = cursor.is('(') ? cursor.between(...cursor.parenthesis()!) : cursor.take('=') ? valueFrom(cursor) : '';
  if (value !== '') setting(cursor, shape, name.name.value.toLowerCase(), value.toLowerCase(), 'session');
};

const transaction =
  (action: Extract<Operation, { kind: 'Transaction' }>['action']): ShapeReader =>
  (cursor, shape) => {
    shape.operations.push({ kind: 'Transaction', ...base(whole(cursor)), action });
  };

export const readBegin = transaction('begin');
export const readSavepoint = transaction('savepoint');

/** The end of a transaction: `AND CHAIN` begins the next one, `PREPARED` is about another one. */
const ending =
  (action: 'commit' | 'rollback'): ShapeReader =>
  (cursor, shape, surroundings) => {
    if (cursor.word(1) === 'PREPARED') return;
    transaction(action)(cursor, shape, surroundings);
    if (cursor.wordAt(cursor.indexOf('CHAIN') - 1) === 'AND') readBegin(cursor, shape, surroundings);
  };

export const readCommit = ending('commit');

/** ROLLBACK TO keeps the transaction open. */
export const readRollback: ShapeReader = (cursor, shape, surroundings) => {
  const partly = cursor.indexOf('TO') >= 0 || cursor.indexOf('SAVEPOINT') >= 0;
  (partly ? readSavepoint : ending('rollback'))(cursor, shape, surroundings);
};

/** PREPARE of a statement for later, or of the transaction, which the session leaves by it. */
export const readPrepare: ShapeReader = (cursor, shape, surroundings) => {
  cursor.at++;
  if (cursor.is('TRANSACTION')) {
    if (cursor.length === 3 && cursor.word(1) === '') transaction('commit')(cursor, shape, surroundings);
    return;
  }
  cursor.name();
  if (cursor.is('(')) cursor.parenthesis();
  // MySQL: PREPARE name FROM a text.
  if (!cursor.take('AS') || cursor.done) return;
  const guard: Guard = { kind: 'unknown', span: cursor.span(0) };
  const place = { surroundings, guard, inTransaction: 'unknown' as const };
  shape.children.push(surroundings.read(cursor, cursor.at, cursor.length, place));
};

export const readLock: ShapeReader = (cursor, shape) => {
  cursor.at++;
  cursor.oneOf('TABLE', 'TABLES');
  const start = shape.writes.length;
  do {
    const table = onlyTable(cursor);
    if (table === undefined) break;
    shape.writes.push(table);
    if (cursor.word() === 'AS') cursor.at += 2;
  } while (!cursor.is('IN') && cursor.take(','));
  const inside = cursor.take('IN') ? modeOf(cursor) : cursor.between(cursor.at, cursor.length);
  const mode = inside === '' ? 'ACCESS EXCLUSIVE' : inside.toUpperCase();
  for (const table of shape.writes.slice(start))
    shape.operations.push({ kind: 'Lock', ...base(whole(cursor)), table, mode });
};

function modeOf(cursor: Cursor): string {
  const from = cursor.at;
  cursor.until('MODE');
  return cursor.between(from, cursor.at);
}

export const readTruncate: ShapeReader = (cursor, shape) => {
  cursor.at++;
  cursor.take('TABLE');
  const cascade = cascadeOf(cursor, 1);
  const tables: QualifiedName[] = [];
  do {
    const table = onlyTable(cursor);
    if (table === undefined) break;
    tables.push(table);
    shape.writes.push(table);
  } while (cursor.take(','));
  for (const table of tables) {
    const span = tables.length > 1 ? table.span : whole(cursor);
    shape.operations.push({ kind: 'Truncate', ...base(span), ...cascade, table });
  }
};

export const readReindex: ShapeReader = (cursor, shape) => {
  cursor.at++;
  const options = cursor.is('(') ? cursor.between(...cursor.parenthesis()!) : '';
  const object = reindexed[cursor.oneOf('INDEX', 'TABLE', 'SCHEMA', 'DATABASE', 'SYSTEM') ?? ''];
  const concurrently =
    cursor.take('CONCURRENTLY') || /\bCONCURRENTLY\b(?!\s+(false|off|0))/i.test(options)
      ? ({ concurrently: true } as const)
      : {};
  const target = cursor.qualified();
  shape.operations.push({
    kind: 'Reindex',
    ...base(whole(cursor)),
    ...(object && { object }),
    ...(target && { target }),
    ...concurrently,
  });
};

const reindexed: { readonly [word: string]: 'index' | 'table' | 'schema' | 'database' | 'system' } = {
  INDEX: 'index',
  TABLE: 'table',
  SCHEMA: 'schema',
  DATABASE: 'database',
  SYSTEM: 'system',
};

export const readVacuum: ShapeReader = (cursor, shape) => {
  cursor.at++;
  const options = cursor.is('(') ? cursor.between(...cursor.parenthesis()!) : '';
  let full = /\bFULL\b(?!\s+(false|off|0))/i.test(options);
  for (
    let word = cursor.oneOf('FULL', 'FREEZE', 'VERBOSE', 'ANALYZE', 'ANALYSE');
    word;
    word = cursor.oneOf('FULL', 'FREEZE', 'VERBOSE', 'ANALYZE', 'ANALYSE')
  ) {
    if (word === 'FULL') full = true;
  }
  const flags = full ? ({ full: true } as const) : {};
  // SQLite names a schema there.
  const tables = cursor.source.dialect === 'sqlite' ? [] : tablesOf(cursor);
  if (tables.length === 0) shape.operations.push({ kind: 'Vacuum', ...base(whole(cursor)), ...flags });
  for (const table of tables) shape.operations.push({ kind: 'Vacuum', ...base(whole(cursor)), table, ...flags });
};

/** Tables with the columns to look at passed over. */
function tablesOf(cursor: Cursor) {
  const names = [];
  do {
    const name = onlyTable(cursor);
    if (name === undefined) break;
    names.push(name);
    if (cursor.is('(')) cursor.parenthesis();
  } while (cursor.take(','));
  return names;
}

export const readCluster: ShapeReader = (cursor, shape) => {
  cursor.at++;
  if (cursor.is('(')) cursor.parenthesis();
  cursor.take('VERBOSE');
  const table = cursor.qualified();
  shape.operations.push({ kind: 'Cluster', ...base(whole(cursor)), ...(table && { table }) });
};

export const readRefresh: ShapeReader = (cursor, shape) => {
  cursor.at++;
  cursor.take('MATERIALIZED');
  cursor.take('VIEW');
  shape.verb = 'REFRESH MATERIALIZED VIEW';
  const concurrently = cursor.take('CONCURRENTLY') ? ({ concurrently: true } as const) : {};
  const view = cursor.qualified();
  if (view) shape.operations.push({ kind: 'RefreshMaterializedView', ...base(whole(cursor)), view, ...concurrently });
};

/** MySQL: RENAME TABLE a TO b, c TO d. */
export const readRenameTables: ShapeReader = (cursor, shape) => {
  cursor.at++;
  cursor.oneOf('TABLE', 'TABLES');
  do {
    const table = cursor.qualified();
    const to = cursor.take('TO') ? cursor.qualified() : undefined;
    if (table === undefined || to === undefined) break;
    shape.operations.push({ kind: 'RenameTable', ...base(whole(cursor)), table, to });
    shape.writes.push(table);
  } while (cursor.take(','));
};

export const readCopy: ShapeReader = (cursor, shape) => {
  cursor.at++;
  if (cursor.is('(')) {
    const { operations, reads, writes } = readData(cursor.within(cursor.parenthesis()!));
    shape.operations.push(
      { kind: 'Copy', ...base(whole(cursor)) },
      ...operations.filter((operation) => operation.kind !== 'Select'),
    );
    for (const each of reads) shape.reads.push(each);
    for (const each of writes) shape.writes.push(each);
    return;
  }
  const table = cursor.qualified();
  if (cursor.is('(')) cursor.parenthesis();
  if (table) (cursor.is('FROM') ? shape.writes : shape.reads).push(table);
  shape.operations.push({ kind: 'Copy', ...base(whole(cursor)) });
};

/** A verb that changes no schema and no row that could be told here. */
export const readNothing: ShapeReader = () => undefined;

export const readGrant: ShapeReader = (cursor, shape) => {
  const kind = cursor.word() === 'REVOKE' ? 'Revoke' : 'Grant';
  shape.operations.push({ kind, ...base(whole(cursor)) });
};
