import { type Action, unknownAction } from './alter-table.js';
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
  if (cursor.is('PARTITION') && !hasPlainWords(cursor.source.dialect)) {
    cursor.at++;
    shape.operations.push({ kind: 'AddPartition', ...base(span), ...flags, table });
    return;
  }
  if (cursor.is('(')) return addList(action, cursor.parenthesis()!);
  if (isInlineIndex(cursor)) {
    const index = readInlineIndex(cursor);
    if (index) shape.operations.push({ kind: 'CreateIndex', ...base(span), ...flags, table, index });
    else unknownAction(action);
    return;
  }
  if (cursor.is('DEFAULT') || (cursor.is('CONSTRAINT') && cursor.word(2) === 'DEFAULT')) {
    addDefault(action);
    return;
  }
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

function addConstraint(action: Action): void {
  const { cursor, shape, table, flags } = action;
  const from = cursor.at;
  // PostgreSQL 18: ADD CONSTRAINT name NOT NULL column.
  if (cursor.is('CONSTRAINT') && cursor.is('CONSTRAINT', cursor.word(1), 'NOT', 'NULL')) {
    cursor.at += 4;
    const column = cursor.name();
    if (column)
      shape.operations.push({
        kind: 'SetNotNull',
        ...base(cursor.span(0, cursor.length)),
        ...flags,
        table,
        column,
      });
    return;
  }
  const constraint = readConstraint(cursor);
  if (constraint === undefined) {
    cursor.at = from;
    return unknownAction(action);
  }
  const span = cursor.span(0, cursor.length);
  shape.operations.push({ kind: 'AddConstraint', ...base(span), ...flags, table, constraint });
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
  const span = cursor.span(0, cursor.length);
  shape.operations.push({ kind: 'AddColumn', ...base(span), ...flags, ...exists, table, column: read.column });
}

/** MySQL and Oracle: ADD (a int, b int). */
function addList(action: Action, inside: [number, number]): void {
  for (const item of action.cursor.within(inside).list()) readAdd({ ...action, cursor: item }, 0);
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
