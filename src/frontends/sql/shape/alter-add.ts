import { type Action, tableOption, unknownAction } from './action.js';
import { readColumn } from './column.js';
import { isConstraint, readConstraint } from './constraint.js';
import type { Cursor } from './cursor.js';
import { isInlineIndex, readInlineIndex } from './inline-index.js';
import { base, hasPlainWords, ifNotExists } from './shape.js';

/**
 * ADD of a column, constraint, key or partition.
 * @param from words before what is added
 */
export function readAdd(action: Action, from: number): void {
  const { cursor, shape, table, flags } = action;
  cursor.at = from;
  const span = cursor.span(0, cursor.length);
  if (cursor.is('COLUMN') && cursor.isName(1)) {
    cursor.at++;
    addColumn(action, cursor);
    return;
  }
  if (cursor.is('PARTITION') && !hasPlainWords(cursor.source.dialect)) return addPartitions(action);
  if (cursor.is('(')) return addList(action, cursor.parenthesis()!);
  if (isInlineIndex(cursor)) {
    const index = readInlineIndex(cursor);
    const exists = index && isIfNotExists(cursor, from) ? ({ ifNotExists: true } as const) : {};
    if (index) shape.operations.push({ kind: 'CreateIndex', ...base(span), ...flags, ...exists, table, index });
    else unknownAction(action);
    return;
  }
  if (cursor.is('SYSTEM', 'VERSIONING') || cursor.is('PERIOD', 'FOR')) return tableOption(action);
  if (cursor.is('DEFAULT') || (cursor.is('CONSTRAINT') && cursor.word(2) === 'DEFAULT')) {
    addDefault(action);
    return;
  }
  if (isNotNull(cursor)) return addNotNull(action);
  if (isConstraint(cursor)) {
    const exists = cursor.is('CONSTRAINT', 'IF', 'NOT', 'EXISTS');
    if (exists) {
      // MariaDB: the name stands behind IF NOT EXISTS; a constraint reads on from it.
      cursor.at += 4;
      const name = cursor.name();
      addConstraint(action);
      const added = shape.operations.at(-1);
      if (name && added?.kind === 'AddConstraint') {
        added.constraint.name = name;
        added.ifNotExists = true;
      }
      return;
    }
    addConstraint(action);
    return;
  }
  addColumn(action, cursor);
}

/** PostgreSQL 18: ADD [CONSTRAINT name] NOT NULL column. */
const isNotNull = (cursor: Cursor): boolean =>
  cursor.is('NOT', 'NULL') || (cursor.is('CONSTRAINT') && cursor.word(2) === 'NOT' && cursor.word(3) === 'NULL');

function addNotNull({ cursor, shape, table, flags }: Action): void {
  const span = cursor.span(0, cursor.length);
  const constraint = cursor.take('CONSTRAINT') ? cursor.name() : undefined;
  cursor.at += 2;
  const column = cursor.name();
  if (column === undefined) return;
  const notValid = cursor.wordAt(cursor.length - 2) === 'NOT' && cursor.wordAt(cursor.length - 1) === 'VALID';
  shape.operations.push({
    kind: 'SetNotNull',
    ...base(span),
    ...flags,
    table,
    column,
    ...(constraint && { constraint }),
    ...(notValid && { notValid }),
  });
}

function addConstraint(action: Action): void {
  const { cursor, shape, table, flags } = action;
  const from = cursor.at;
  const exists = isIfNotExists(cursor, from) ? ({ ifNotExists: true } as const) : {};
  const constraint = readConstraint(cursor);
  if (constraint === undefined) {
    cursor.at = from;
    return unknownAction(action);
  }
  const span = cursor.span(0, cursor.length);
  shape.operations.push({ kind: 'AddConstraint', ...base(span), ...flags, ...exists, table, constraint });
  if (constraint.kind === 'foreign' && constraint.target) shape.reads.push(constraint.target);
}

function addColumn(action: Action, cursor: Cursor): void {
  const { shape, table, flags } = action;
  const exists = ifNotExists(cursor);
  if (cursor.is('(')) return addList(action, cursor.parenthesis()!);
  const read = readColumn(cursor);
  if (read === undefined) return unknownAction(action);
  if (!read.complete) {
    shape.partial = true;
    read.column.uncertain.push({ about: 'everything', reason: 'part of the column definition was not read' });
  }
  const { column, position } = read;
  const placed = position && { position };
  const span = cursor.span(0);
  shape.operations.push({ kind: 'AddColumn', ...base(span), ...flags, ...exists, table, column, ...placed });
  // T-SQL needs no comma before a key or index of the table.
  const rest = cursor.within([cursor.at, cursor.length]);
  if (isInlineIndex(rest) || isConstraint(rest)) readAdd({ ...action, cursor: rest }, 0);
  else if (!rest.done) shape.partial = true;
}

/** MariaDB: `INDEX IF NOT EXISTS name`, `FOREIGN KEY IF NOT EXISTS name`. */
function isIfNotExists(cursor: Cursor, from: number): boolean {
  const at = cursor.indexOf('IF', from);
  return at >= 0 && at < from + 4 && cursor.wordAt(at + 1) === 'NOT' && cursor.wordAt(at + 2) === 'EXISTS';
}

/** MySQL: ADD PARTITION (PARTITION a VALUES …, PARTITION b …), ADD PARTITION PARTITIONS 4. */
function addPartitions({ cursor, shape, table, flags }: Action): void {
  const span = cursor.span(0, cursor.length);
  cursor.at++;
  const exists = ifNotExists(cursor);
  const inside = cursor.parenthesis();
  const common = { kind: 'AddPartition', ...base(span), ...flags, ...exists, table } as const;
  const names = (inside ? cursor.within(inside).list() : []).flatMap((item) => {
    item.take('PARTITION');
    return item.name() ?? [];
  });
  for (const partition of names) shape.operations.push({ ...common, partition });
  if (names.length === 0) shape.operations.push(common);
}

/** MySQL and Oracle: ADD (a int, b int). */
function addList(action: Action, inside: [number, number]): void {
  // A list in a list is no SQL, and could be as deep as the text is long.
  if (action.listed) return unknownAction(action);
  for (const item of action.cursor.within(inside).list()) readAdd({ ...action, cursor: item, listed: true }, 0);
}

/** T-SQL: ADD [CONSTRAINT name] DEFAULT expression FOR column. */
function addDefault(action: Action): void {
  const { cursor, shape, table, flags } = action;
  const at = cursor.lastIndexOf('FOR');
  if (at < 0) return unknownAction(action);
  const from = cursor.indexOf('DEFAULT') + 1;
  cursor.at = at + 1;
  const column = cursor.name();
  if (column === undefined) return unknownAction(action);
  shape.operations.push({
    kind: 'SetDefault',
    ...base(cursor.span(0, cursor.length)),
    ...flags,
    table,
    column,
    default: { by: 'server', text: cursor.between(from, at), span: cursor.span(from, at) },
  });
}
