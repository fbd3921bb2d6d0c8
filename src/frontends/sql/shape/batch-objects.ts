import { readAlter } from './alter.js';
import { readBatchAlterTable } from './batch-alter-table.js';
import { readCreate } from './create.js';
import { readCreateIndex } from './create-index.js';
import type { Cursor } from './cursor.js';
import { readData } from './data.js';
import { readDrop } from './drop.js';
import { isOnline } from './batch-online.js';
import { readRoutineBody } from './routine.js';
import { base, ifExists, notRead, type Shape, type ShapeReader, type Surroundings } from './shape.js';

const whole = (cursor: Cursor) => cursor.span(0, cursor.length);

/** Objects of a server or database of T-SQL that hold no table. */
const serverObjects = new Set(
  (
    'APPLICATION ASSEMBLY ASYMMETRIC AUTHORIZATION AVAILABILITY BROKER CERTIFICATE COLUMN CONTRACT CREDENTIAL CRYPTOGRAPHIC DATA ' +
    'DATABASE ENDPOINT EVENT EXTERNAL FILE FULLTEXT LIBRARY LOGIN MASTER MESSAGE MODEL PARTITION QUEUE REMOTE RESOURCE ROLE ROUTE RULE ' +
    'SEARCH SECURITY SELECTIVE SERVER SERVICE STATISTICS SYMMETRIC SYNONYM USER WORKLOAD XML'
  ).split(' '),
);

type ObjectReader = (cursor: Cursor, shape: Shape, surroundings: Surroundings) => void;

/** What CREATE and ALTER of T-SQL define in the same way. */
const definitions: Readonly<Record<string, ObjectReader | undefined>> = {
  PROCEDURE: readRoutine,
  PROC: readRoutine,
  FUNCTION: readRoutine,
  TRIGGER: readTrigger,
};

/** CREATE of T-SQL. */
export const readBatchCreate: ShapeReader = (cursor, shape, surroundings) => {
  cursor.at++;
  cursor.take('OR', 'ALTER');
  const first = cursor.at;
  const read = definitions[cursor.word()];
  if (read) return define(read, 'CREATE', cursor, shape, surroundings);
  cursor.oneOf('PRIMARY', 'EXTERNAL');
  const object = cursor.word();
  if (object === 'XML' && cursor.word(1) === 'INDEX') {
    cursor.at += 2;
    shape.verb = 'CREATE INDEX';
    return readCreateIndex(cursor, shape, false, 'xml');
  }
  const storage = cursor.indexOf('COLUMNSTORE');
  if (storage > 0 && storage < first + 2 && cursor.wordAt(storage + 1) === 'INDEX') {
    cursor.at = storage + 2;
    shape.verb = 'CREATE INDEX';
    return readCreateIndex(cursor, shape, false, 'columnstore');
  }
  if (serverObjects.has(object) && !(object === 'FULLTEXT' && cursor.word(1) === 'INDEX')) {
    shape.verb = `CREATE ${object}`;
    return;
  }
  cursor.at = 0;
  readCreate(cursor, shape, surroundings);
};

/** ALTER of T-SQL. */
export const readBatchAlter: ShapeReader = (cursor, shape, surroundings) => {
  cursor.at++;
  const object = cursor.word();
  const read = definitions[object] ?? alterations[object];
  if (read) return define(read, 'ALTER', cursor, shape, surroundings);
  if (serverObjects.has(object)) {
    shape.verb = `ALTER ${object}`;
    return;
  }
  cursor.at = 0;
  readAlter(cursor, shape, surroundings);
};

function define(read: ObjectReader, verb: string, cursor: Cursor, shape: Shape, surroundings: Surroundings): void {
  shape.verb = `${verb} ${cursor.word()}`;
  cursor.at++;
  read(cursor, shape, surroundings);
}

const alterations: Readonly<Record<string, ObjectReader | undefined>> = {
  TABLE: readBatchAlterTable,
  VIEW(cursor, shape) {
    const view = cursor.qualified();
    if (view) shape.writes.push(view);
    cursor.until('AS');
    cursor.take('AS');
    for (const each of readData(cursor.within([cursor.at, cursor.length])).reads) shape.reads.push(each);
  },
  SCHEMA(cursor, shape) {
    const schema = cursor.name();
    if (!schema || !cursor.take('TRANSFER')) return;
    if (cursor.tokenAt(cursor.at + 1)?.kind === 'operator') {
      // A type or a collection of XML schemas.
      if (!cursor.is('OBJECT')) return;
      cursor.at += 2;
    }
    const table = cursor.qualified();
    if (table) shape.operations.push({ kind: 'SetSchema', ...base(whole(cursor)), table, schema });
  },
  INDEX(cursor, shape) {
    // REBUILD, REORGANIZE, DISABLE, SET.
    if (!cursor.take('ALL')) cursor.name();
    const target = cursor.take('ON') ? cursor.qualified() : undefined;
    shape.operations.push({
      kind: 'Reindex',
      ...base(whole(cursor)),
      ...(target && { target }),
      ...(isOnline(cursor) && { concurrently: true as const }),
    });
  },
};

function readRoutine(cursor: Cursor, shape: Shape, surroundings: Surroundings): void {
  const routine = cursor.qualified();
  if (routine) shape.operations.push({ kind: 'CreateRoutine', ...base(whole(cursor)), routine });
  else shape.partial = true;
  for (const each of readRoutineBody(cursor, surroundings)) shape.children.push(each);
}

function readTrigger(cursor: Cursor, shape: Shape, surroundings: Surroundings): void {
  const name = cursor.qualified();
  const ofServer = cursor.is('ON', 'DATABASE') || cursor.is('ON', 'ALL', 'SERVER');
  const table = !ofServer && cursor.take('ON') ? cursor.qualified() : undefined;
  const common = base(whole(cursor));
  if (table) shape.operations.push({ kind: 'CreateTrigger', ...common, table, ...(name && { name: name.name }) });
  else if (name) shape.operations.push({ kind: 'CreateRoutine', ...common, routine: name });
  for (const each of readRoutineBody(cursor, surroundings)) shape.children.push(each);
}

/** DROP of T-SQL. */
export const readBatchDrop: ShapeReader = (cursor, shape, surroundings) => {
  if (!cursor.is('DROP', 'INDEX')) return readDrop(cursor, shape, surroundings);
  shape.verb = 'DROP INDEX';
  cursor.at += 2;
  const exists = ifExists(cursor);
  const online = isOnline(cursor) ? ({ concurrently: true } as const) : {};
  const common = { ...base(whole(cursor)), ...exists, ...online };
  // Each index with its table, behind ON or before a dot.
  for (const item of cursor.within([cursor.at, cursor.length]).list()) {
    const from = item.at;
    let index = item.qualified();
    if (index === undefined) {
      notRead(shape, whole(cursor), 'the dropped index is not named', []);
      continue;
    }
    let table = item.take('ON') ? item.qualified() : undefined;
    if (table === undefined && index.schema) {
      const until = item.lastIndexOf('.');
      const owner = item.within([from, until]);
      table = owner.qualified();
      index = { name: index.name, span: index.name.span };
    }
    shape.operations.push({ kind: 'DropIndex', ...common, index, ...(table && { table }) });
  }
};
