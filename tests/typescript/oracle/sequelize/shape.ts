import type { Constraint, Dialect, EnumType, FileFacts, Name, Operation, Table } from '../../../../src/ir/index.js';
import { readEmbedded } from '../../../../src/frontends/sql/embedded.js';
import { folded, foldedInTable } from '../../../../src/queries/names.js';
import { apply } from '../../../../src/queries/replay/apply.js';
import { Draft } from '../../../../src/queries/replay/draft.js';
import type { ColumnState, IndexState, Schema, TableState } from '../../../../src/queries/replay/state.js';

/** A table in lines that can be compared; the order of columns, keys and indexes does not count. */
export interface TableShape {
  columns: string[];
  keys: string[];
  indexes: string[];
  comment?: string;
}

export interface Shape {
  tables: { [name: string]: TableShape };
  /** `name(label, …)`. */
  enums: string[];
}

/** What SQL makes of an empty database. */
export function shapeOfSql(sql: readonly string[], dialect: Dialect): Shape {
  const statements = sql.flatMap((text) =>
    readEmbedded([{ value: text, offsets: [[0, 0]] }], { dialect, inTransaction: 'no' }),
  );
  return {
    tables: tablesOf(
      schemaOf(
        statements.flatMap((statement) => statement.operations),
        dialect,
      ),
    ),
    enums: sql.flatMap((text) => madeEnum(text) ?? []).sort(),
  };
}

/** What models say. */
export function shapeOfModels(files: readonly FileFacts[], dialect: Dialect): Shape {
  const tables = files.flatMap((facts) => facts.tables).filter(({ role }) => role === 'table' || role === 'junction');
  const operations = tables.flatMap((table): Operation[] => [
    { kind: 'CreateTable', table: table.name, definition: table, span: table.span, provenance: 'api' },
  ]);
  return {
    tables: tablesOf(schemaOf(operations, dialect)),
    enums: files
      .flatMap((facts) => facts.enums)
      .map(enumLine)
      .sort(),
  };
}

/** All that is left open in tables: none of it in projects that are clear. */
export const doubts = (tables: readonly Table[]): string[] =>
  tables.flatMap((table) =>
    [table, ...table.columns, ...table.constraints, ...table.indexes, ...table.relationships].flatMap(({ uncertain }) =>
      uncertain.map(({ about, reason }) => `${table.name.name.value}: ${about}, ${reason}`),
    ),
  );

function schemaOf(operations: readonly Operation[], dialect: Dialect): Schema {
  const draft = new Draft(dialect);
  const facts = { path: 'models', dialect } as FileFacts;
  for (const operation of operations) {
    const [once, indexes] = apart(operation);
    for (const each of [once, ...indexes])
      apply(draft, { facts }, { operation: each, inTransaction: 'no', section: 'none' });
  }
  return draft.schema;
}

/** A table and its indexes, each as an operation of its own. */
function apart(operation: Operation): [Operation, Operation[]] {
  if (operation.kind !== 'CreateTable') return [operation, []];
  const { definition, table, span } = operation;
  return [
    { ...operation, definition: { ...definition, indexes: [] } },
    definition.indexes.map((index) => ({ kind: 'CreateIndex', table, index, span, provenance: 'api' })),
  ];
}

const tablesOf = (schema: Schema): Shape['tables'] =>
  Object.fromEntries(
    [...schema.tables()].map((table) => [
      qualified(table.name.schema, table.name.name, schema.dialect),
      shapeOfTable(table, schema.dialect),
    ]),
  );

/** MySQL knows no difference between a unique key and a unique index, and SQLite keeps no comments. */
function shapeOfTable({ columns, constraints, indexes, comment }: TableState, dialect: Dialect): TableShape {
  const isUnique = (line: string): boolean => dialect === 'mysql' && line.startsWith('unique');
  const keys = constraints.map(({ name, constraint }) => keyLine(name, constraint, dialect));
  return {
    columns: [...columns.values()].map((column) => columnLine(column, dialect)).sort(),
    keys: keys.filter((line) => !isUnique(line)).sort(),
    indexes: [...indexes.map((index) => indexLine(index, dialect)), ...keys.filter(isUnique)].sort(),
    ...(comment && dialect !== 'sqlite' && { comment: comment.value }),
  };
}

function columnLine({ column }: ColumnState, dialect: Dialect): string {
  const fallback = column.default?.by === 'server' ? column.default.text : undefined;
  return [
    foldedInTable(column.name, dialect),
    column.type.name.replace(/^public\./, '').replaceAll("\\'", "''"),
    column.nullable === false ? 'not null' : column.nullable === 'unknown' ? 'null?' : '',
    column.generated ?? '',
    fallback === undefined ? '' : `= ${valueLine(fallback)}`,
    column.comment && dialect !== 'sqlite' ? `-- ${column.comment.value}` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** A number in quotes is the number, and `\'` is `''`. */
const valueLine = (sql: string): string =>
  sql
    .replaceAll("\\'", "''")
    .replace(/^'(-?[\d.]+)'$/, '$1')
    .trim();

const names = (list: readonly Name[], dialect: Dialect): string =>
  `(${list.map((name) => foldedInTable(name, dialect)).join(', ')})`;

/** Only MySQL is told the names of uniques. */
function keyLine(name: string | undefined, constraint: Constraint, dialect: Dialect): string {
  if (constraint.kind === 'check' || constraint.kind === 'exclude') return constraint.kind;
  const begin = `${constraint.kind}${dialect === 'mysql' && constraint.kind === 'unique' ? ` ${name ?? '-'}` : ''}`;
  const line = begin + names(constraint.columns, dialect);
  if (constraint.kind !== 'foreign') return line;
  const { target, targetColumns, onDelete, onUpdate, initiallyDeferred } = constraint;
  const to = target ? qualified(target.schema, target.name, dialect) : '?';
  const actions = `delete ${(onDelete ?? '-').toLowerCase()} update ${(onUpdate ?? '-').toLowerCase()}`;
  return `${line} -> ${to}${names(targetColumns, dialect)} ${actions}${initiallyDeferred ? ' deferred' : ''}`;
}

function indexLine({ name, index }: IndexState, dialect: Dialect): string {
  const keys = index.keys.map(({ column, quoted = false, expression, direction }) => {
    const key = column === undefined ? `<${expression ?? ''}>` : foldedInTable({ value: column, quoted }, dialect);
    // The order of a unique index of MySQL is left out where its key is read.
    return direction === 'desc' && dialect !== 'mysql' ? `${key} desc` : key;
  });
  const method = index.method === undefined || index.method === 'btree' ? '' : ` using ${index.method}`;
  const where = index.where === undefined ? '' : ` where ${index.where.replaceAll('`', '"')}`;
  const marks = (index.concurrently ? ' concurrently' : '') + where;
  return `${index.unique ? 'unique ' : ''}${name ?? '-'}(${keys.join(', ')})${method}${marks}`;
}

const qualified = (schema: Name | undefined, name: Name, dialect: Dialect): string =>
  `${schema && schema.value !== 'public' ? `${folded(schema, dialect)}.` : ''}${folded(name, dialect)}`;

const enumLine = ({ name, labels }: EnumType): string =>
  `${qualified(name.schema, name.name, 'postgresql')}(${labels.join(', ')})`;

/** `DO 'BEGIN CREATE TYPE "public"."enum_users_role" AS ENUM(''a'', ''b''); …'`. */
function madeEnum(sql: string): string | undefined {
  const made = /CREATE TYPE (?:"(\w+)"\.)?"(\w+)" AS ENUM\((.*?)\);/.exec(sql.replaceAll("''", "'"));
  if (!made) return undefined;
  const [, schema, name, list] = made;
  const labels = list!.split(', ').map((label) => label.slice(1, -1).replaceAll("''", "'"));
  return `${schema === undefined || schema === 'public' ? '' : `${schema}.`}${name!}(${labels.join(', ')})`;
}
