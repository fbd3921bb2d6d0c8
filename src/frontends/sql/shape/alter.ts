import { readAlterTable } from './alter-table.js';
import { isMysql } from '../names.js';
import { readView } from './create.js';
import type { Cursor } from './cursor.js';
import { base, ifExists, ifNotExists, notRead, type Shape, type ShapeReader } from './shape.js';
import { readText } from './text.js';

/** ALTER of anything. */
export const readAlter: ShapeReader = (cursor, shape) => {
  cursor.at++;
  while (cursor.oneOf('ONLINE', 'OFFLINE', 'IGNORE', 'FOREIGN'));
  if (isMysql(cursor.source.dialect) && mysqlView.has(cursor.word()))
    cursor.until('VIEW', 'EVENT', 'PROCEDURE', 'FUNCTION');
  const object = cursor.word();
  if (object === 'MATERIALIZED') cursor.at++;
  cursor.at++;
  shape.verb = object === 'MATERIALIZED' ? 'ALTER MATERIALIZED VIEW' : `ALTER ${object}`;
  const read = objects[object];
  if (object === 'VIEW' && isMysql(cursor.source.dialect)) readView(cursor, shape, 'CreateView');
  else if (read) read(cursor, shape);
  else if (!harmless.has(object)) notRead(shape, whole(cursor), `ALTER ${object} is not read`, []);
};

/** What may stand before VIEW or EVENT: MySQL says of a view anew what it is. */
const mysqlView = new Set(['ALGORITHM', 'DEFINER', 'SQL']);

const whole = (cursor: Cursor) => cursor.span(0, cursor.length);

/** Objects whose change touches no table. */
const harmless = new Set([
  ...[
    'SYSTEM',
    'ROLE',
    'USER',
    'GROUP',
    'DATABASE',
    'EXTENSION',
    'FUNCTION',
    'PROCEDURE',
    'PROC',
    'ROUTINE',
    'AGGREGATE',
  ],
  ...[
    'DEFAULT',
    'SCHEMA',
    'POLICY',
    'TRIGGER',
    'EVENT',
    'PUBLICATION',
    'SUBSCRIPTION',
    'OPERATOR',
    'COLLATION',
    'LANGUAGE',
  ],
  ...[
    'SERVER',
    'TABLESPACE',
    'TEXT',
    'STATISTICS',
    'LARGE',
    'RULE',
    'CONVERSION',
    'LOGIN',
    'AUTHORIZATION',
    'SESSION',
    'VIEW',
  ],
  ...[
    'ASSEMBLY',
    'DEFINER',
    'ALGORITHM',
    'SQL',
    'FULLTEXT',
    'QUEUE',
    'SERVICE',
    'PARTITION',
    'SEARCH',
    'SECURITY',
    'DATA',
  ],
]);

const objects: Readonly<Record<string, ((cursor: Cursor, shape: Shape) => void) | undefined>> = {
  TABLE: readAlterTable,
  INDEX: readAlterIndex,
  TYPE: readAlterType,
  SEQUENCE(cursor, shape) {
    const flags = ifExists(cursor);
    const sequence = cursor.qualified();
    if (sequence) shape.operations.push({ kind: 'AlterSequence', ...base(whole(cursor)), ...flags, sequence });
  },
  MATERIALIZED: () => undefined,
  DOMAIN: readAlterType,
};

function readAlterIndex(cursor: Cursor, shape: Shape): void {
  const flags = ifExists(cursor);
  const index = cursor.qualified();
  if (index === undefined) return;
  if (cursor.take('RENAME', 'TO')) {
    const to = cursor.name();
    if (to) shape.operations.push({ kind: 'RenameIndex', ...base(whole(cursor)), ...flags, index, to });
  } else if (cursor.take('ON') && cursor.source.dialect === 'tsql') {
    // T-SQL: REBUILD, REORGANIZE, DISABLE.
    const target = cursor.qualified();
    shape.operations.push({ kind: 'Reindex', ...base(whole(cursor)), ...(target && { target }) });
  }
}

function readAlterType(cursor: Cursor, shape: Shape): void {
  const type = cursor.qualified();
  if (type === undefined) return;
  const common = base(whole(cursor));
  if (cursor.take('ADD', 'VALUE')) {
    const flags = ifNotExists(cursor);
    const value = readText(cursor)?.value;
    const place = cursor.take('BEFORE') ? 'before' : cursor.take('AFTER') ? 'after' : undefined;
    const beside = place && readText(cursor)?.value;
    if (value === undefined) return notRead(shape, whole(cursor), 'the added label is computed', [type]);
    const position = place && beside !== undefined ? { [place]: beside } : {};
    shape.operations.push({ kind: 'AddEnumValue', ...common, ...flags, type, value, ...position });
  } else if (cursor.take('RENAME', 'VALUE')) {
    const value = readText(cursor)?.value;
    const to = cursor.take('TO') ? readText(cursor)?.value : undefined;
    if (value !== undefined && to !== undefined)
      shape.operations.push({ kind: 'RenameEnumValue', ...common, type, value, to });
    else notRead(shape, whole(cursor), 'the renamed label is computed', [type]);
  } else if (cursor.take('RENAME', 'TO')) {
    const to = cursor.name();
    if (to) shape.operations.push({ kind: 'RenameType', ...common, type, to });
  } else if (!cursor.is('OWNER')) shape.operations.push({ kind: 'AlterType', ...common, type });
}
