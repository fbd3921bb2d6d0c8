import type { EnumType, Guard, Name, QualifiedName } from '../../../ir/index.js';
import { isMysql } from '../names.js';
import { noteProcedure } from './called.js';
import { inSchema, readCreateIndex } from './create-index.js';
import { readCreateSchema } from './create-schema.js';
import { readCreateTable } from './create-table.js';
import type { Cursor } from './cursor.js';
import { readData } from './data.js';
import { readRoutineBody } from './routine.js';
import { base, ifNotExists, type Shape, type ShapeReader, type Surroundings } from './shape.js';
import { readText } from './text.js';

/** Words between CREATE and what is made. */
const modifiers = new Set([
  ...['OR', 'REPLACE', 'ALTER', 'GLOBAL', 'LOCAL', 'UNLOGGED', 'CONSTRAINT', 'RECURSIVE', 'TRUSTED', 'PROCEDURAL'],
  ...['CLUSTERED', 'NONCLUSTERED', 'COLUMNSTORE', 'FOREIGN', 'VIRTUAL', 'ONLINE', 'OFFLINE', 'EXTERNAL'],
]);

/** Objects that touch no table when made. */
const harmless = new Set([
  ...[
    'DATABASE',
    'ROLE',
    'USER',
    'GROUP',
    'OPERATOR',
    'CAST',
    'COLLATION',
    'CONVERSION',
    'SERVER',
    'TABLESPACE',
    'TEXT',
  ],
  ...[
    'PUBLICATION',
    'SUBSCRIPTION',
    'STATISTICS',
    'LANGUAGE',
    'ACCESS',
    'TRANSFORM',
    'LOGIN',
    'SYNONYM',
    'PARTITION',
    'FULLTEXT',
  ],
  ...['AGGREGATE', 'FOREIGN', 'MAPPING', 'DEFAULT', 'XML', 'CERTIFICATE', 'SECURITY', 'QUEUE', 'SERVICE'],
]);

/** CREATE of anything. */
export const readCreate: ShapeReader = (cursor, shape, surroundings) => {
  cursor.at++;
  let temporary = false;
  let foreign = false;
  let unique = false;
  let indexKind: string | undefined;
  const orReplace = cursor.is('OR', 'REPLACE');
  for (;;) {
    const word = cursor.word();
    if (word === 'TEMP' || word === 'TEMPORARY') temporary = true;
    else if (word === 'UNIQUE') unique = true;
    else if (/^(FULLTEXT|SPATIAL|VECTOR)$/.test(word) && cursor.word(1) === 'INDEX') indexKind = word.toLowerCase();
    else if (word === 'DEFINER' || word === 'ALGORITHM' || word === 'SQL') {
      skipOption(cursor);
      continue;
    } else if (!modifiers.has(word)) break;
    else if (word === 'FOREIGN') {
      if (cursor.word(1) !== 'TABLE') break;
      foreign = true;
    } else if (word === 'EXTERNAL') foreign = cursor.word(1) === 'TABLE';
    cursor.at++;
  }
  const object = cursor.word();
  shape.verb = `CREATE ${object}`.trim();
  cursor.at++;
  if (object === 'TABLE') return readCreateTable(cursor, shape, { temporary, foreign, orReplace });
  if (object === 'INDEX') return readCreateIndex(cursor, shape, unique, indexKind);
  // MySQL: a database is a schema.
  const read = objects[object === 'DATABASE' && isMysql(cursor.source.dialect) ? 'SCHEMA' : object];
  if (read) return read(cursor, shape, surroundings);
  if (!harmless.has(object)) shape.provenance = 'opaque';
};

/** `DEFINER = user@host`, `ALGORITHM = MERGE`, `SQL SECURITY DEFINER`. */
function skipOption(cursor: Cursor): void {
  if (cursor.take('SQL', 'SECURITY')) cursor.at++;
  else {
    cursor.at++;
    cursor.take('=');
    cursor.at++;
    if (cursor.is('(')) cursor.parenthesis();
    while (cursor.token?.kind === 'operator' || /^@./.test(cursor.word()))
      cursor.at += cursor.token?.kind === 'operator' ? 2 : 1;
  }
}

const objects: Readonly<Record<string, ShapeReader | undefined>> = {
  VIEW: (cursor, shape) => readView(cursor, shape, 'CreateView'),
  MATERIALIZED(cursor, shape) {
    cursor.take('VIEW');
    shape.verb = 'CREATE MATERIALIZED VIEW';
    readView(cursor, shape, 'CreateMaterializedView');
  },
  TYPE: readType,
  DOMAIN(cursor, shape) {
    const type = cursor.qualified();
    if (type) shape.operations.push({ kind: 'CreateType', ...base(whole(cursor)), type });
  },
  RULE: readRule,
  SEQUENCE(cursor, shape) {
    const flags = ifNotExists(cursor);
    const sequence = cursor.qualified();
    if (sequence)
      shape.operations.push({ kind: 'CreateSequence', ...base(whole(cursor)), ...flags, sequence, ...ownedBy(cursor) });
  },
  EXTENSION(cursor, shape) {
    const flags = ifNotExists(cursor);
    const name = cursor.name();
    if (name) shape.operations.push({ kind: 'CreateExtension', ...base(whole(cursor)), ...flags, name });
  },
  SCHEMA: readCreateSchema,
  FUNCTION: readRoutine,
  PROCEDURE: readRoutine,
  PROC: readRoutine,
  EVENT(cursor, shape, surroundings) {
    if (isMysql(cursor.source.dialect)) readRoutine(cursor, shape, surroundings);
  },
  TRIGGER: readTrigger,
  POLICY(cursor, shape) {
    const name = cursor.name();
    const table = cursor.take('ON') ? cursor.qualified() : undefined;
    if (table) shape.operations.push({ kind: 'CreatePolicy', ...base(whole(cursor)), table, ...(name && { name }) });
    else shape.partial = true;
  },
};

const whole = (cursor: Cursor) => cursor.span(0, cursor.length);

/** OWNED BY of a sequence: the column that it goes with, or none. */
export function ownedBy(cursor: Cursor): { ownedBy?: { table: QualifiedName; column: Name } | null } {
  cursor.until('OWNED');
  if (!cursor.take('OWNED', 'BY')) return {};
  if (cursor.is('NONE')) return { ownedBy: null };
  const names: Name[] = [];
  do {
    const name = cursor.name();
    if (name) names.push(name);
  } while (cursor.take('.'));
  const [column, table, schema] = names.reverse();
  if (column === undefined || table === undefined) return {};
  const span = { start: (schema ?? table).span.start, end: table.span.end };
  return { ownedBy: { table: { ...(schema && { schema }), name: table, span }, column } };
}

/** Reads a view from its name on. */
export function readView(cursor: Cursor, shape: Shape, kind: 'CreateView' | 'CreateMaterializedView'): void {
  const flags = ifNotExists(cursor);
  const view = cursor.qualified();
  if (view === undefined) {
    shape.partial = true;
    return;
  }
  shape.operations.push({ kind, ...base(whole(cursor)), ...flags, view });
  shape.writes.push(view);
  cursor.until('AS');
  cursor.take('AS');
  shape.reads = readData(cursor.within([cursor.at, cursor.length])).reads;
}

function readType(cursor: Cursor, shape: Shape): void {
  const name = cursor.qualified();
  if (name === undefined) return;
  if (!cursor.take('AS', 'ENUM')) {
    shape.operations.push({ kind: 'CreateType', ...base(whole(cursor)), type: name });
    return;
  }
  const type: EnumType = { name, labels: [], span: whole(cursor), uncertain: [] };
  const inside = cursor.parenthesis();
  for (const item of inside ? cursor.within(inside).list() : []) {
    const label = readText(item);
    if (label) type.labels.push(label.value);
    else type.uncertain.push({ about: 'everything', reason: 'a label is computed' });
  }
  shape.operations.push({ kind: 'CreateEnumType', ...base(whole(cursor)), type });
}

/** The actions of a rule run in place of, or beside, statements on its table. */
function readRule(cursor: Cursor, shape: Shape, surroundings: Surroundings): void {
  cursor.until('TO');
  const table = cursor.take('TO') ? cursor.qualified() : undefined;
  if (table) shape.writes.push(table);
  cursor.until('DO');
  const guard: Guard = { kind: 'unknown', span: cursor.span(0, Math.max(1, cursor.at)) };
  cursor.take('DO');
  cursor.oneOf('ALSO', 'INSTEAD');
  if (cursor.done || cursor.is('NOTHING')) return;
  const inside = cursor.is('(') ? cursor.parenthesis()! : ([cursor.at, cursor.length] as const);
  cursor.at = inside[0];
  while (cursor.at < inside[1]) {
    const from = cursor.at;
    cursor.until(';');
    const to = Math.min(cursor.at, inside[1]);
    if (to > from) shape.children.push(surroundings.read(cursor, from, to, { surroundings, guard }));
    cursor.at = to + 1;
  }
}

function readRoutine(cursor: Cursor, shape: Shape, surroundings: Surroundings): void {
  ifNotExists(cursor);
  const routine = cursor.qualified();
  if (routine === undefined) {
    shape.partial = true;
    return;
  }
  shape.operations.push({ kind: 'CreateRoutine', ...base(whole(cursor)), routine });
  if (shape.verb === 'CREATE PROCEDURE') noteProcedure(routine.name.value, cursor);
  shape.children = readRoutineBody(cursor, surroundings);
}

function readTrigger(cursor: Cursor, shape: Shape, surroundings: Surroundings): void {
  const flags = ifNotExists(cursor);
  const name = cursor.qualified();
  // The table stands behind ON, after the events (UPDATE OF a, b) of PostgreSQL, MySQL and SQLite.
  cursor.until('ON', 'BEGIN');
  const table = cursor.take('ON') ? inSchema(cursor.qualified(), name, cursor) : undefined;
  if (table === undefined) return;
  shape.operations.push({
    kind: 'CreateTrigger',
    ...base(whole(cursor)),
    ...flags,
    table,
    ...(name && { name: name.name }),
  });
  shape.children = readRoutineBody(cursor, surroundings);
}
