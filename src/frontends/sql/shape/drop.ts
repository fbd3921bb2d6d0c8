import type { QualifiedName, Span } from '../../../ir/index.js';
import { isMysql } from '../names.js';
import { isPrimary } from './alter-drop.js';
import type { Cursor } from './cursor.js';
import { type Manner, markManner, takeManner, takeWait } from './online.js';
import { base, cascadeOf, ifExists, type Shape, type ShapeReader } from './shape.js';

/** DROP of anything. */
export const readDrop: ShapeReader = (cursor, shape) => {
  cursor.at++;
  const kind = cursor.is('EXTERNAL', 'TABLE')
    ? cursor.oneOf('EXTERNAL')
    : cursor.oneOf('TEMPORARY', 'TEMP', 'FOREIGN', 'PROCEDURAL', 'ONLINE');
  const temporary = kind === 'TEMPORARY' || kind === 'TEMP';
  const object = objectOf(cursor);
  cursor.at++;
  const materialized = object === 'MATERIALIZED' && cursor.take('VIEW');
  shape.verb = materialized ? 'DROP MATERIALIZED VIEW' : `DROP ${cursor.word(-1)}`;
  const cascade = cascadeOf(cursor, materialized ? 3 : 2);
  if (object === 'INDEX') return readDropIndex(cursor, shape, cascade);
  if (object === 'TRIGGER' || object === 'POLICY' || object === 'RULE')
    return readDropOnTable(cursor, shape, object, cascade);
  const exists = ifExists(cursor);
  if (object === 'OWNED') cursor.take('BY');
  const common: Common = { ...base(cursor.span(0, cursor.length)), ...exists, ...cascade };
  if (temporary) common.temporary = true;
  if (kind === 'FOREIGN' || kind === 'EXTERNAL') common.foreign = true;
  const names = droppedNames(cursor);
  const manner: Manner = {};
  takeWait(cursor, manner);
  for (const name of names) drop(shape, object, name, { ...common, span: ownSpan(names, name.span, common.span) });
  markManner(shape, manner);
};

/** What other dialects call the objects of MySQL: its databases are schemas, its events routines that a clock calls. */
const mysqlObjects: Readonly<Record<string, string | undefined>> = {
  DATABASE: 'SCHEMA',
  TABLES: 'TABLE',
  EVENT: 'ROUTINE',
  PACKAGE: 'ROUTINE',
};

const objectOf = (cursor: Cursor): string =>
  (isMysql(cursor.source.dialect) ? mysqlObjects[cursor.word()] : undefined) ?? cursor.word();

/** Of several objects each stands for itself, so that what is said of one is not said of all; one for the statement. */
const ownSpan = (all: readonly unknown[], own: Span, whole: Span): Span => (all.length > 1 ? own : whole);

interface Common {
  span: { start: number; end: number };
  provenance: 'shape';
  ifExists?: true;
  cascade?: true;
  temporary?: true;
  foreign?: true;
}

function drop(shape: Shape, object: string, name: QualifiedName, common: Common): void {
  switch (object) {
    case 'TABLE':
      shape.operations.push({ kind: 'DropTable', ...common, table: name });
      shape.writes.push(name);
      return;
    case 'VIEW':
      shape.operations.push({ kind: 'DropView', ...common, view: name });
      return;
    case 'MATERIALIZED':
      shape.operations.push({ kind: 'DropMaterializedView', ...common, view: name });
      return;
    case 'TYPE':
    case 'DOMAIN':
      shape.operations.push({ kind: 'DropType', ...common, type: name });
      return;
    case 'SEQUENCE':
      shape.operations.push({ kind: 'DropSequence', ...common, sequence: name });
      return;
    case 'SCHEMA':
      shape.operations.push({ kind: 'DropSchema', ...common, schema: name.name });
      return;
    case 'DATABASE':
      shape.operations.push({ kind: 'DropDatabase', ...common, database: name.name });
      return;
    case 'FUNCTION':
    case 'PROCEDURE':
    case 'PROC':
    case 'ROUTINE':
    case 'AGGREGATE':
      shape.operations.push({ kind: 'DropRoutine', ...common, routine: name });
      return;
    case 'EXTENSION':
    case 'OWNED':
      shape.partial = true;
      // Without CASCADE an extension stays where anything depends on it.
      if (object === 'EXTENSION' && !common.cascade) {
        const reason = 'what the extension holds is not known';
        shape.operations.push({ kind: 'Opaque', span: common.span, provenance: 'target', reason, touches: [] });
        return;
      }
      shape.operations.push({
        kind: 'Opaque',
        span: common.span,
        provenance: 'target',
        reason:
          object === 'OWNED'
            ? 'what the role owns is not known'
            : `what depends on the ${object.toLowerCase()} is not known`,
        touches: [name],
        anything: true,
      });
  }
}

/** The names of a list, argument lists of functions passed over. */
function droppedNames(cursor: Cursor): QualifiedName[] {
  const names: QualifiedName[] = [];
  do {
    const name = cursor.qualified();
    if (name === undefined) break;
    names.push(name);
    if (cursor.is('(')) cursor.parenthesis();
  } while (cursor.take(','));
  return names;
}

function readDropIndex(cursor: Cursor, shape: Shape, cascade: { cascade?: true }): void {
  const concurrently = cursor.take('CONCURRENTLY') ? ({ concurrently: true } as const) : {};
  const exists = ifExists(cursor);
  const dropped = indexesWithTables(cursor);
  const manner: Manner = {};
  while (takeManner(cursor, manner) || takeWait(cursor, manner));
  for (const { index, table } of dropped) {
    const span = ownSpan(dropped, index.span, cursor.span(0, cursor.length));
    const common = { ...base(span), ...exists, ...cascade };
    if (table && isPrimary(index.name, cursor))
      shape.operations.push({ kind: 'DropConstraint', ...common, table, constraintKind: 'primary' });
    else shape.operations.push({ kind: 'DropIndex', ...common, ...concurrently, index, ...(table && { table }) });
  }
  markManner(shape, manner);
}

/** A list of indexes; MySQL and T-SQL name the table of each. */
function indexesWithTables(cursor: Cursor): { index: QualifiedName; table?: QualifiedName }[] {
  const found: { index: QualifiedName; table?: QualifiedName }[] = [];
  do {
    const index = cursor.qualified();
    if (index === undefined) break;
    const table = cursor.take('ON') ? cursor.qualified() : undefined;
    found.push({ index, ...(table && { table }) });
  } while (cursor.take(','));
  return found;
}

function readDropOnTable(cursor: Cursor, shape: Shape, object: string, cascade: { cascade?: true }): void {
  const exists = ifExists(cursor);
  const names = droppedNames(cursor);
  const table = cursor.take('ON') ? cursor.qualified() : undefined;
  // A policy or a rule has no operation of its own.
  if (object !== 'TRIGGER') return;
  for (const name of names) {
    shape.operations.push({
      kind: 'DropTrigger',
      ...base(ownSpan(names, name.span, cursor.span(0, cursor.length))),
      ...exists,
      ...cascade,
      ...(table && { table }),
      name: name.name,
    });
  }
}
