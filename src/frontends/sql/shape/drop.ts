import type { QualifiedName } from '../../../ir/index.js';
import type { Cursor } from './cursor.js';
import { base, cascadeOf, ifExists, nameList, type Shape, type ShapeReader } from './shape.js';

/** DROP of anything. */
export const readDrop: ShapeReader = (cursor, shape) => {
  cursor.at++;
  const kind = cursor.oneOf('TEMPORARY', 'TEMP', 'FOREIGN', 'PROCEDURAL', 'ONLINE');
  const temporary = kind === 'TEMPORARY' || kind === 'TEMP';
  const object = cursor.word();
  cursor.at++;
  const materialized = object === 'MATERIALIZED' && cursor.take('VIEW');
  shape.verb = materialized ? 'DROP MATERIALIZED VIEW' : `DROP ${object}`;
  const cascade = cascadeOf(cursor, materialized ? 3 : 2);
  if (object === 'INDEX') return readDropIndex(cursor, shape, cascade);
  if (object === 'TRIGGER' || object === 'POLICY' || object === 'RULE')
    return readDropOnTable(cursor, shape, object, cascade);
  const exists = ifExists(cursor);
  const common: Common = { ...base(cursor.span(0, cursor.length)), ...exists, ...cascade };
  if (temporary) common.temporary = true;
  if (kind === 'FOREIGN') common.foreign = true;
  for (const name of droppedNames(cursor)) drop(shape, object, name, common);
};

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
    case 'FUNCTION':
    case 'PROCEDURE':
    case 'PROC':
    case 'ROUTINE':
    case 'AGGREGATE':
      shape.operations.push({ kind: 'DropRoutine', ...common, routine: name });
      return;
    case 'DATABASE':
    case 'EXTENSION':
      shape.partial = true;
      shape.operations.push({
        kind: 'Opaque',
        ...common,
        provenance: 'target',
        reason: `what depends on the ${object.toLowerCase()} is not known`,
        touches: [],
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
  const names = nameList(cursor);
  // MySQL and T-SQL name the table too.
  const table = cursor.take('ON') ? cursor.qualified() : undefined;
  const span = cursor.span(0, cursor.length);
  for (const index of names) {
    shape.operations.push({
      kind: 'DropIndex',
      ...base(span),
      ...exists,
      ...cascade,
      ...concurrently,
      index,
      ...(table && { table }),
    });
  }
}

function readDropOnTable(cursor: Cursor, shape: Shape, object: string, cascade: { cascade?: true }): void {
  const exists = ifExists(cursor);
  const name = cursor.qualified();
  const table = cursor.take('ON') ? cursor.qualified() : undefined;
  // A policy or a rule has no operation of its own.
  if (object !== 'TRIGGER') return;
  shape.operations.push({
    kind: 'DropTrigger',
    ...base(cursor.span(0, cursor.length)),
    ...exists,
    ...cascade,
    ...(table && { table }),
    ...(name && { name: name.name }),
  });
}
