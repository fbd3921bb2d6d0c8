import type { Identity, Name } from '../../../ir/index.js';
import { type Action, tableOption, unknownAction } from './action.js';
import { readColumn } from './column.js';
import { readDefault } from './default.js';
import { qualifiedAsWritten } from './keys.js';
import { base } from './shape.js';
import { readType } from './type.js';

/** MySQL's INVISIBLE, MariaDB's IGNORED. */
const visibility = /^(IN)?VISIBLE$|^IGNORED$/;

/** ALTER [COLUMN] of an ALTER TABLE, and MySQL's ALTER INDEX there. */
export function readAlterColumn(action: Action): void {
  const { cursor, shape, table, flags } = action;
  const common = { ...base(cursor.span(0, cursor.length)), ...flags, table };
  cursor.at++;
  if (cursor.is('CONSTRAINT') && cursor.isName(1) && cursor.length > 3) return readAlterConstraint(action);
  if ((cursor.is('INDEX') || cursor.is('KEY')) && visibility.test(cursor.wordAt(cursor.length - 1))) {
    cursor.at++;
    cursor.take('IF', 'EXISTS');
    const index = cursor.name();
    const visible = !(cursor.is('INVISIBLE') || cursor.is('IGNORED'));
    if (index) shape.operations.push({ kind: 'AlterIndexVisibility', ...common, index, visible });
    return;
  }
  if (cursor.is('CHECK') && cursor.wordAt(cursor.length - 1) === 'ENFORCED') return tableOption(action);
  if (cursor.is('COLUMN') && cursor.isName(1)) cursor.at++;
  cursor.take('IF', 'EXISTS');
  const start = cursor.at;
  const column = cursor.name();
  if (column === undefined) return unknownAction(action);
  if (cursor.take('TYPE') || cursor.take('SET', 'DATA', 'TYPE')) return readNewType(action, column);
  if (cursor.source.dialect === 'sqlite' && cursor.take('TO')) return readReplacement(action, column);
  if (cursor.take('SET', 'NOT', 'NULL')) shape.operations.push({ kind: 'SetNotNull', ...common, column });
  else if (cursor.take('DROP', 'NOT', 'NULL')) shape.operations.push({ kind: 'DropNotNull', ...common, column });
  else if (cursor.take('SET', 'DEFAULT')) {
    shape.operations.push({ kind: 'SetDefault', ...common, column, default: readDefault(cursor) });
  } else if (cursor.take('DROP', 'DEFAULT')) shape.operations.push({ kind: 'DropDefault', ...common, column });
  else if (readGenerated(action, column) || readStorage(action, column)) return;
  else if (['SET', 'RESET', 'RESTART', 'OPTIONS', 'ADD', 'DROP'].includes(cursor.word())) {
    // STATISTICS, attribute options, MASKED, ROWGUIDCOL.
    tableOption(action);
  } else readRedefinition(action, start);
}

/** libSQL: ALTER COLUMN name TO definition. */
function readReplacement(action: Action, column: Name): void {
  const { cursor, shape, table, flags } = action;
  const read = readColumn(cursor);
  if (read === undefined) return unknownAction(action);
  if (!read.complete) shape.partial = true;
  const common = { ...base(cursor.span(0, cursor.length)), ...flags, table };
  const { column: definition } = read;
  if (definition.name.value.toLowerCase() !== column.value.toLowerCase())
    shape.operations.push({ kind: 'RenameColumn', ...common, column, to: definition.name });
  shape.operations.push({ kind: 'ModifyColumn', ...common, column: definition.name, definition });
}

/** ADD GENERATED, SET GENERATED, SET EXPRESSION, DROP IDENTITY, DROP EXPRESSION. */
function readGenerated({ cursor, shape, table, flags }: Action, column: Name): boolean {
  const common = { ...base(cursor.span(0, cursor.length)), ...flags, table, column };
  if (cursor.take('DROP', 'IDENTITY') || cursor.take('DROP', 'EXPRESSION')) {
    shape.operations.push({ kind: 'SetGenerated', ...common, dropped: true });
    return true;
  }
  if (cursor.take('SET', 'EXPRESSION')) {
    cursor.take('AS');
    const inside = cursor.parenthesis();
    shape.operations.push({
      kind: 'SetGenerated',
      ...common,
      ...(inside && { expression: cursor.between(...inside) }),
    });
    return true;
  }
  if (!cursor.take('ADD', 'GENERATED') && !cursor.take('SET', 'GENERATED')) return false;
  const identity: Identity = { always: cursor.take('ALWAYS') };
  cursor.take('BY', 'DEFAULT');
  cursor.take('AS', 'IDENTITY');
  if (cursor.is('(')) identity.options = cursor.between(...cursor.parenthesis()!);
  shape.operations.push({ kind: 'SetGenerated', ...common, identity });
  return true;
}

function readStorage({ cursor, shape, table, flags }: Action, column: Name): boolean {
  if (cursor.word() !== 'SET' || !['STORAGE', 'COMPRESSION'].includes(cursor.word(1))) return false;
  const value = cursor.word(2).toLowerCase();
  shape.operations.push({
    kind: 'SetStorage',
    ...base(cursor.span(0, cursor.length)),
    ...flags,
    table,
    column,
    ...(cursor.word(1) === 'STORAGE' ? { storage: value } : { compression: value }),
  });
  return true;
}

/** ALTER CONSTRAINT: when it is checked, and whether at all. */
function readAlterConstraint(action: Action): void {
  const { cursor, shape, table, flags } = action;
  cursor.at++;
  const constraint = cursor.name();
  const words = cursor.between(cursor.at, cursor.length).toUpperCase();
  if (constraint === undefined || !/DEFERRABLE|INITIALLY|ENFORCED/.test(words)) return tableOption(action);
  const deferrable = /(?:NOT\s+)?DEFERRABLE/.exec(words)?.[0];
  const initially = /INITIALLY\s+(DEFERRED|IMMEDIATE)/.exec(words)?.[1];
  const enforced = /(?:NOT\s+)?ENFORCED/.exec(words)?.[0];
  shape.operations.push({
    kind: 'AlterConstraint',
    ...base(cursor.span(0, cursor.length)),
    ...flags,
    table,
    constraint,
    ...((deferrable ?? initially) !== undefined && {
      deferrable: deferrable === undefined ? initially === 'DEFERRED' : !deferrable.startsWith('NOT'),
      initiallyDeferred: initially === 'DEFERRED',
    }),
    ...(enforced !== undefined && { enforced: enforced === 'ENFORCED' }),
  });
}

function readNewType(action: Action, column: Name): void {
  const { cursor, shape, table, flags } = action;
  const type = readType(cursor);
  if (type === undefined) return unknownAction(action);
  const collation = cursor.take('COLLATE') ? qualifiedAsWritten(cursor) : undefined;
  let using: string | undefined;
  if (cursor.take('USING')) {
    using = cursor.between(cursor.at, cursor.length);
    cursor.at = cursor.length;
  }
  shape.operations.push({
    kind: 'AlterColumnType',
    ...base(cursor.span(0, cursor.length)),
    ...flags,
    table,
    column,
    type,
    ...(collation !== undefined && { collation }),
    ...(using !== undefined && { using }),
  });
}

/** T-SQL: ALTER COLUMN name type [NULL | NOT NULL]. */
function readRedefinition(action: Action, start: number): void {
  const { cursor, shape, table, flags } = action;
  if (cursor.source.dialect === 'postgresql' || cursor.source.dialect === 'cockroachdb') return unknownAction(action);
  cursor.at = start;
  const read = readColumn(cursor);
  if (read === undefined) return unknownAction(action);
  if (!read.complete) shape.partial = true;
  const definition = read.column;
  shape.operations.push({
    kind: 'ModifyColumn',
    ...base(cursor.span(0, cursor.length)),
    ...flags,
    table,
    column: definition.name,
    definition,
  });
}
