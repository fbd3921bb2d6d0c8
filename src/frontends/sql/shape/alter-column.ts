import type { Name } from '../../../ir/index.js';
import { type Action, tableOption, unknownAction } from './alter-table.js';
import { readColumn, readDefault } from './column.js';
import { base } from './shape.js';
import { readType } from './type.js';

/** MySQL's INVISIBLE, MariaDB's IGNORED. */
const visibility = /^(IN)?VISIBLE$|^IGNORED$/;

/** ALTER [COLUMN] of an ALTER TABLE, and MySQL's ALTER INDEX there. */
export function readAlterColumn(action: Action): void {
  const { cursor, shape, table, flags } = action;
  const common = { ...base(cursor.span(0, cursor.length)), ...flags, table };
  cursor.at++;
  if (cursor.is('CONSTRAINT') && cursor.isName(1) && cursor.length > 3) return tableOption(action);
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
  else if (
    cursor.is('ADD', 'GENERATED') ||
    cursor.is('SET', 'GENERATED') ||
    cursor.is('DROP', 'IDENTITY') ||
    cursor.is('DROP', 'EXPRESSION') ||
    cursor.is('SET', 'EXPRESSION')
  ) {
    shape.operations.push({ kind: 'SetGenerated', ...common, column });
  } else if (
    cursor.is('SET') ||
    cursor.is('RESET') ||
    cursor.is('RESTART') ||
    cursor.is('OPTIONS') ||
    cursor.is('ADD') ||
    cursor.is('DROP')
  ) {
    // STATISTICS, STORAGE, COMPRESSION, attribute options, MASKED, ROWGUIDCOL.
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

function readNewType(action: Action, column: Name): void {
  const { cursor, shape, table, flags } = action;
  const type = readType(cursor);
  if (type === undefined) return unknownAction(action);
  if (cursor.take('COLLATE')) cursor.qualified();
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
