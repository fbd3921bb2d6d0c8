import { readAdd } from './alter-add.js';
import { type Action, tableOption, unknownAction } from './action.js';
import { readColumn } from './column.js';
import type { Cursor } from './cursor.js';
import { isOnline } from './batch-online.js';
import { historyOf } from './batch-storage.js';
import { base, ifExists, notRead, type Shape } from './shape.js';

/** Reads ALTER TABLE of T-SQL, which does one thing to a list of objects, from the first word behind TABLE. */
export function readBatchAlterTable(cursor: Cursor, shape: Shape): void {
  const table = cursor.qualified();
  if (table === undefined) {
    notRead(shape, cursor.span(0, cursor.length), 'the altered table is not named', []);
    return;
  }
  shape.writes.push(table);
  // Whether rows that are there are looked at.
  const check = cursor.take('WITH', 'CHECK');
  const noCheck = !check && cursor.take('WITH', 'NOCHECK');
  const before = shape.operations.length;
  const action: Action = { cursor: cursor.within([cursor.at, cursor.length]), shape, table, flags: {} };
  const { cursor: rest } = action;
  const online = isOnline(rest);
  if (rest.is('ADD')) readAdditions(action);
  else if (rest.is('DROP')) readDrops(action);
  else if (rest.is('ALTER', 'COLUMN')) readAlteredColumn(action);
  else if (check && rest.take('CHECK', 'CONSTRAINT')) readValidated(action);
  else if (rest.is('ALTER', 'INDEX'))
    shape.operations.push({ kind: 'Reindex', ...base(rest.span(0, rest.length)), target: table });
  else if (rest.is('SET')) setOption(action);
  else if (options.has(rest.word())) tableOption(action);
  else unknownAction(action);
  for (const operation of shape.operations.slice(before)) {
    if (operation.kind === 'AddConstraint' && noCheck) operation.constraint.notValid = true;
    if (online) operation.online = true;
  }
}

/** Actions that change no column, key or index. */
const options = new Set('CHECK NOCHECK ENABLE DISABLE SWITCH REBUILD SPLIT MERGE'.split(' '));

/** SET (SYSTEM_VERSIONING = ON (HISTORY_TABLE = …)) and others. */
function setOption({ cursor, shape, table }: Action): void {
  const history = historyOf(cursor);
  const common = { ...base(cursor.span(0, cursor.length)), table, ...(history && { history }) };
  shape.operations.push({ kind: 'TableOption', ...common, text: cursor.between(0, cursor.length) });
}

/** Each element of ADD is read as though the word stood before it. */
function readAdditions(action: Action): void {
  const { cursor } = action;
  cursor.at = 1;
  const list = cursor.is('(') ? cursor.within(cursor.parenthesis()!) : cursor;
  for (const item of list.list()) {
    if (item.is('PERIOD', 'FOR')) tableOption({ ...action, cursor: item });
    else readAdd({ ...action, cursor: item }, 0);
  }
}

/** `DROP CONSTRAINT a, COLUMN b, c`: each word holds for the names behind it, and none means a constraint. */
function readDrops(action: Action): void {
  const { cursor, shape, table } = action;
  cursor.at = 1;
  if (cursor.is('PERIOD', 'FOR')) return tableOption(action);
  let object: 'COLUMN' | 'CONSTRAINT' = 'CONSTRAINT';
  let exists: { ifExists?: true } = {};
  for (const item of cursor.list()) {
    const written = item.isName(1) ? item.oneOf('COLUMN', 'CONSTRAINT') : undefined;
    if (written === 'COLUMN' || written === 'CONSTRAINT') {
      object = written;
      exists = ifExists(item);
    }
    const name = item.name();
    const common = { ...base(item.span(0, item.length)), ...exists, table };
    if (name === undefined) unknownAction({ ...action, cursor: item });
    else if (object === 'COLUMN') shape.operations.push({ kind: 'DropColumn', ...common, column: name });
    else shape.operations.push({ kind: 'DropConstraint', ...common, constraint: name });
  }
}

/** ALTER COLUMN: a column that is not said to be NOT NULL may be null afterwards. */
function readAlteredColumn(action: Action): void {
  const { cursor, shape, table } = action;
  cursor.at = 2;
  // ADD and DROP of PERSISTED, MASKED, ROWGUIDCOL, SPARSE.
  if (cursor.word(1) === 'ADD' || cursor.word(1) === 'DROP') return tableOption(action);
  const read = readColumn(cursor);
  if (read === undefined) return unknownAction(action);
  if (!read.complete) shape.partial = true;
  const { name: column, type, nullable } = read.column;
  const common = { ...base(cursor.span(0, cursor.length)), table, column };
  shape.operations.push({ kind: 'AlterColumnType', ...common, type });
  shape.operations.push({ kind: nullable === false ? 'SetNotNull' : 'DropNotNull', ...common });
}

function readValidated(action: Action): void {
  const { cursor, shape, table } = action;
  cursor.at = 2;
  if (cursor.is('ALL')) return tableOption(action);
  for (const item of cursor.list()) {
    const constraint = item.name();
    const span = item.span(0, item.length);
    if (constraint) shape.operations.push({ kind: 'ValidateConstraint', ...base(span), table, constraint });
  }
}
