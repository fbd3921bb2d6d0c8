import type { Dialect, QualifiedName } from '../../../ir/index.js';
import { readAlterTable } from './alter-table.js';
import { isMysql } from '../names.js';
import { ownedBy, readView } from './create.js';
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
  if (object === 'VIEW' && redefining.has(cursor.source.dialect)) readView(cursor, shape, 'CreateView');
  else if (read) read(cursor, shape);
  else if (!harmless.has(object)) notRead(shape, whole(cursor), `ALTER ${object} is not read`, []);
};

/** Dialects whose ALTER VIEW is a CREATE VIEW of one that is there. */
const redefining: ReadonlySet<Dialect> = new Set(['mysql', 'mariadb', 'tsql']);

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
  ...['DEFAULT', 'POLICY', 'TRIGGER', 'EVENT', 'PUBLICATION', 'SUBSCRIPTION', 'OPERATOR', 'COLLATION', 'LANGUAGE'],
  ...['SERVER', 'TABLESPACE', 'TEXT', 'STATISTICS', 'LARGE', 'RULE', 'CONVERSION', 'LOGIN', 'AUTHORIZATION', 'SESSION'],
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
    if (sequence === undefined) return;
    const common = { ...base(whole(cursor)), ...flags, sequence };
    const to = renamed(cursor, sequence);
    if (to) shape.operations.push({ kind: 'RenameSequence', ...common, to });
    else shape.operations.push({ kind: 'AlterSequence', ...common, ...ownedBy(cursor) });
  },
  SCHEMA(cursor, shape) {
    const schema = cursor.name();
    const to = cursor.take('RENAME', 'TO') ? cursor.name() : undefined;
    if (schema && to) shape.operations.push({ kind: 'RenameSchema', ...base(whole(cursor)), schema, to });
  },
  VIEW: readAlterView,
  MATERIALIZED: readAlterView,
  DOMAIN: readAlterType,
};

function readAlterView(cursor: Cursor, shape: Shape): void {
  const flags = ifExists(cursor);
  const view = cursor.qualified();
  const to = view && renamed(cursor, view);
  if (to) shape.operations.push({ kind: 'RenameView', ...base(whole(cursor)), ...flags, view, to });
}

/** RENAME TO and SET SCHEMA: the whole name from then on. */
function renamed(cursor: Cursor, from: QualifiedName): QualifiedName | undefined {
  const to = cursor.take('RENAME', 'TO') ? cursor.name() : undefined;
  if (to) return { ...from, name: to };
  const schema = cursor.take('SET', 'SCHEMA') ? cursor.name() : undefined;
  return schema && { ...from, schema };
}

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
  } else if (!cursor.is('OWNER')) {
    const schema = cursor.take('SET', 'SCHEMA') ? cursor.name() : undefined;
    shape.operations.push({ kind: 'AlterType', ...common, type, ...(schema && { schema }) });
  }
}
