import type { Name, QualifiedName, Table } from '../../../ir/index.js';
import { isMysql } from '../names.js';
import { readStorage } from './batch-storage.js';
import { isRowIdType, readColumn } from './column.js';
import { isConstraint, primaryColumns, readConstraint } from './constraint.js';
import type { Cursor } from './cursor.js';
import { readData } from './data.js';
import { isInlineIndex, readInlineIndex } from './inline-index.js';
import { base, ifNotExists, notRead, type Shape } from './shape.js';
import { readText } from './text.js';

/** Reads CREATE TABLE from the first word behind TABLE. */
export function readCreateTable(
  cursor: Cursor,
  shape: Shape,
  { temporary, foreign, orReplace }: { temporary: boolean; foreign: boolean; orReplace: boolean },
): void {
  const flags = ifNotExists(cursor);
  const name = cursor.qualified();
  if (name === undefined) {
    notRead(shape, cursor.span(0, cursor.length), 'the created table is not named', []);
    return;
  }
  const table: Table = {
    name,
    declaredBy: 'sql',
    role: 'table',
    columns: [],
    constraints: [],
    indexes: [],
    relationships: [],
    span: cursor.span(0, cursor.length),
    uncertain: [],
    ...flags,
  };
  // T-SQL: `#name` is a table of the session.
  if (temporary || (cursor.source.dialect === 'tsql' && name.name.value.startsWith('#'))) table.temporary = true;
  if (foreign) {
    for (const about of ['constraints', 'indexes'] as const) {
      table.uncertain.push({ about, reason: 'a foreign table has the keys and indexes of its server' });
    }
  }
  // T-SQL: no table is called so, and tools put their parameters into text in this way.
  if (cursor.source.dialect === 'tsql' && name.name.value.startsWith('@') && !name.name.quoted)
    name.name.unknown = true;
  if (name.name.unknown) table.uncertain.push({ about: 'name', reason: 'part of the table name is computed' });
  readSource(cursor, table, shape);
  if (cursor.is('(') && !['SELECT', 'WITH'].includes(cursor.word(1))) readElements(cursor, table, shape);
  readOptions(cursor, table, shape);
  markPrimary(table);
  if (cursor.source.dialect === 'sqlite') markRowId(cursor, table);
  // MariaDB: CREATE OR REPLACE TABLE drops the one that is there, with its rows.
  if (orReplace && isMysql(cursor.source.dialect)) {
    const gone = { ...base(table.span), ifExists: true, ...(temporary && { temporary }) } as const;
    shape.operations.push({ kind: 'DropTable', ...gone, table: name });
  }
  shape.operations.push({ kind: 'CreateTable', ...base(table.span), ...flags, table: name, definition: table });
  shape.writes.push(name);
}

/** PARTITION OF, OF and LIKE before the list of columns. */
function readSource(cursor: Cursor, table: Table, shape: Shape): void {
  if (cursor.take('PARTITION', 'OF')) {
    const parent = cursor.qualified();
    if (parent) table.partitionOf = parent;
    for (const about of ['columns', 'constraints', 'indexes'] as const) {
      table.uncertain.push({ about, reason: 'a partition takes them from its parent' });
    }
  } else if (cursor.take('OF')) {
    cursor.qualified();
    table.uncertain.push({ about: 'columns', reason: 'the columns are those of a type' });
  } else if (cursor.take('LIKE')) likeTable(cursor, table, shape);
  else if (cursor.is('USING') && cursor.source.dialect === 'sqlite') {
    // A virtual table: its module decides what the columns are.
    table.uncertain.push({ about: 'everything', reason: 'a virtual table has the columns that its module makes' });
  }
}

function likeTable(cursor: Cursor, table: Table, shape: Shape): void {
  const model = cursor.qualified();
  if (model) shape.reads.push(model);
  if (model && isMysql(cursor.source.dialect)) table.copyOf = model;
  table.asSelect = true;
  for (const about of ['columns', 'constraints', 'indexes'] as const) {
    table.uncertain.push({ about, reason: 'the table is made like another one' });
  }
}

function readElements(cursor: Cursor, table: Table, shape: Shape): void {
  const inside = cursor.parenthesis();
  if (inside === undefined) return;
  for (const item of cursor.within(inside).list()) readElement(item, table, shape);
}

function readElement(item: Cursor, table: Table, shape: Shape): void {
  if (item.is('LIKE') && item.isName(1) && item.word(1) !== '(') {
    item.at++;
    likeTable(item, table, shape);
    return;
  }
  if (item.is('PERIOD', 'FOR')) return;
  if (item.take('NOT', 'NULL') || (item.is('CONSTRAINT') && item.is('CONSTRAINT', item.word(1), 'NOT', 'NULL'))) {
    if (item.is('CONSTRAINT')) item.at += 4;
    const name = item.name();
    const column = table.columns.find((each) => each.name.value === name?.value);
    if (column) column.nullable = false;
    return;
  }
  if (isInlineIndex(item)) {
    const index = readInlineIndex(item);
    if (index) table.indexes.push(index);
    else shape.partial = true;
    return;
  }
  if (isConstraint(item)) {
    do {
      const constraint = readConstraint(item);
      if (constraint) table.constraints.push(constraint);
      else {
        shape.partial = true;
        table.uncertain.push({ about: 'constraints', reason: 'a constraint could not be read' });
      }
      // SQLite and T-SQL take them with no comma between.
    } while ((item.source.dialect === 'sqlite' || item.source.dialect === 'tsql') && isConstraint(item));
    return;
  }
  const first = item.token;
  const read = readColumn(item);
  if (read === undefined || (first?.kind === 'hole' && item.length === 1)) {
    shape.partial = true;
    table.uncertain.push({ about: 'everything', reason: 'part of the column list is computed' });
    return;
  }
  table.columns.push(read.column);
  if (!read.complete) {
    shape.partial = true;
    read.column.uncertain.push({ about: 'everything', reason: 'part of the column definition was not read' });
  }
  // T-SQL needs no comma before a key or index of the table.
  const rest = item.within([item.at, item.length]);
  if (isInlineIndex(rest) || isConstraint(rest)) readElement(rest, table, shape);
  else if (!rest.done) shape.partial = true;
}

/** What stands behind the list: partitioning, storage options, a comment, a query. */
function readOptions(cursor: Cursor, table: Table, shape: Shape): void {
  while (!cursor.done) {
    if (cursor.take('PARTITION', 'BY')) {
      table.partitioned = true;
      skipWords(cursor);
    } else if (cursor.take('INHERITS')) {
      cursor.parenthesis();
      for (const about of ['columns', 'constraints'] as const) {
        table.uncertain.push({ about, reason: 'the table inherits from another one' });
      }
    } else if (cursor.take('COMMENT')) {
      cursor.take('=');
      const comment = readText(cursor);
      if (comment) table.comment = comment;
    } else if (cursor.take('ORDER', 'BY') || cursor.take('PRIMARY', 'KEY')) {
      // ClickHouse: the order is the primary key where no other one is written.
      table.uncertain.push({ about: 'constraints', reason: 'the rows are kept in the order of a key' });
    } else if (cursor.take('LIKE')) likeTable(cursor, table, shape);
    else if (cursor.source.dialect === 'tsql' && readStorage(cursor, table)) continue;
    else if (isQuery(cursor)) readQuery(cursor, table, shape);
    else if (cursor.is('(')) cursor.parenthesis();
    else cursor.at++;
  }
}

/** `BY RANGE (a)`: the words and the parenthesis. */
function skipWords(cursor: Cursor): void {
  while (!cursor.done && !cursor.is('(')) cursor.at++;
  if (cursor.is('(')) cursor.parenthesis();
}

const isQuery = (cursor: Cursor): boolean =>
  cursor.is('AS') || cursor.is('SELECT') || cursor.is('(', 'SELECT') || cursor.is('(', 'WITH');

function readQuery(cursor: Cursor, table: Table, shape: Shape): void {
  cursor.take('AS');
  table.asSelect = true;
  // The result of a query brings no keys and no indexes in any dialect: what is not written is not there.
  table.uncertain.push({ about: 'columns', reason: 'the columns are those of a query' });
  const { reads } = readData(cursor.within([cursor.at, cursor.length]));
  for (const each of reads) shape.reads.push(each);
  cursor.at = cursor.length;
}

function markPrimary(table: Table): void {
  const names = new Set(primaryColumns(table.constraints).map((name: Name) => name.value.toLowerCase()));
  for (const column of table.columns) if (names.has(column.name.value.toLowerCase())) column.nullable = false;
}

/** An INTEGER column that is the whole primary key is SQLite's row id, unless the table has none. */
function markRowId(cursor: Cursor, table: Table): void {
  // It stands behind the columns, of which one may be called so.
  const last = cursor.lastIndexOf('ROWID');
  if (last > 0 && cursor.wordAt(last - 1) === 'WITHOUT') {
    for (const column of table.columns) if (column.generated === 'rowid') delete column.generated;
    return;
  }
  const key = table.constraints.find(({ kind }) => kind === 'primary');
  const [only, ...others] = key ? primaryColumns([key]) : [];
  if (only === undefined || others.length > 0) return;
  const column = table.columns.find(({ name }) => name.value.toLowerCase() === only.value.toLowerCase());
  if (column && isRowIdType(column)) column.generated = 'rowid';
}

/** The table behind a name list such as `ONLY a`. */
export function onlyTable(cursor: Cursor): QualifiedName | undefined {
  cursor.take('ONLY');
  const name = cursor.qualified();
  cursor.take('*');
  return name;
}
