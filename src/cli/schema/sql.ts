import type { Column, ColumnType, Constraint, Dialect, IndexKey, Name, QualifiedName } from '../../ir/index.js';
import { constraintText, identityText, indexText } from '../../frontends/sql/definitions.js';
import { inQuotes, isMysql } from '../../frontends/sql/names.js';
import { folded, foldedInTable } from '../../queries/names.js';
import type { Schema, TableState, TypeState } from '../../queries/replay.js';
import { isReserved } from '../../queries/reserved-words.js';
import { byKey, tablesOf, typeText } from './description.js';

const serials: { readonly [type: string]: string | undefined } = {
  smallint: 'smallserial',
  integer: 'serial',
  bigint: 'bigserial',
};

/**
 * A schema as statements that make it anew: types, tables, indexes, the foreign keys that SQL can add later, comments.
 * What the replay does not keep is named in a comment: the queries of views, types that are no enum, bounds of partitions.
 */
export function sql(schema: Schema): string {
  const { dialect } = schema;
  const tables = tablesOf(schema);
  const parts = [
    ...(schema.doubt === undefined ? [] : [note(`Any of it may be otherwise: ${schema.doubt}.`)]),
    ...byKey(schema.namespaces()).map(({ name }) => `CREATE SCHEMA ${bare(folded(name.name, dialect), dialect)};`),
    ...byKey(schema.types()).map((type) => typeDefinition(type, dialect)),
    ...byKey(schema.sequences()).map(({ name }) => `CREATE SEQUENCE ${qualified(name, dialect)};`),
    ...tables.map((table) => tableText(table, schema)),
    ...tables.flatMap((table) => indexTexts(table, dialect)),
    ...tables.flatMap((table) => laterKeys(table, dialect)),
    ...tables.flatMap((table) => commentTexts(table, dialect)),
    ...byKey(schema.views()).map(({ key, materialized, reads }) => {
      const read = reads.length > 0 ? reads.map((source) => source.key).join(', ') : 'what is not known';
      return note(`${materialized ? 'Materialized view' : 'View'} ${key} reads ${read}.`);
    }),
  ];
  return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`;
}

function typeDefinition({ name, values }: TypeState, dialect: Dialect): string {
  const type = qualified(name, dialect);
  if (values === undefined) return note(`Type ${type} is made here.`);
  return `CREATE TYPE ${type} AS ENUM (${values.map(({ value }) => literal(value, dialect)).join(', ')});`;
}

const note = (text: string): string => `-- ${text.replace(/\s*[\r\n]\s*/g, ' ')}`;

/** A name bare where it means the same that way. */
const bare = (name: string, dialect: Dialect): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) && !isReserved(name, dialect) ? name : inQuotes(name, dialect);

/** A table, type or sequence with its schema. */
const qualified = ({ schema, name }: QualifiedName, dialect: Dialect): string =>
  (schema ? `${bare(folded(schema, dialect), dialect)}.` : '') + bare(folded(name, dialect), dialect);

const tableName = ({ name }: TableState, dialect: Dialect): string => qualified(name, dialect);

/** A name that is quoted only where it must be. */
const plain = (name: Name, dialect: Dialect): Name => {
  const value = foldedInTable(name, dialect);
  return { ...name, value, quoted: bare(value, dialect) !== value };
};

function tableText(table: TableState, schema: Schema): string {
  const { dialect } = schema;
  if (table.external) return note(`Table ${tableName(table, dialect)} is made outside of the migrations.`);
  const lines = [
    ...[...table.columns.values()].map(({ column }) => columnLine(column, schema)),
    ...table.constraints
      .filter(({ constraint }) => dialect === 'sqlite' || constraint.kind !== 'foreign')
      .flatMap(({ constraint, name }) => constraintText(named(constraint, name, dialect), dialect) ?? []),
  ];
  const remarks = [
    ...(table.partitioned ? ['It is split into partitions.'] : []),
    ...(table.partitionOf === undefined ? [] : [`It is a partition of ${table.partitionOf}.`]),
    ...new Set(table.uncertain.map(({ reason }) => `It may be otherwise: ${reason}.`)),
  ].map(note);
  const comment = table.comment && isMysql(dialect) ? ` COMMENT=${literal(table.comment.value, dialect)}` : '';
  const body = lines.length > 0 ? `(\n  ${lines.join(',\n  ')}\n)` : '()';
  return [...remarks, `CREATE TABLE ${tableName(table, dialect)} ${body}${comment};`].join('\n');
}

/** The constraint with the name that the database gave it, its names quoted only where they must be. */
function named(constraint: Constraint, name: string | undefined, dialect: Dialect): Constraint {
  const own =
    constraint.name ?? (name === undefined ? undefined : { value: name, quoted: true, span: constraint.span });
  const all = (names: readonly Name[]): Name[] => names.map((each) => plain(each, dialect));
  const common = { ...constraint, ...(own && { name: plain(own, dialect) }) };
  if (common.kind === 'check' || common.kind === 'exclude') return common;
  if (common.kind !== 'foreign') {
    const { usingIndex, ...key } = common;
    return { ...(usingIndex && key.columns.length === 0 ? common : key), columns: all(key.columns) };
  }
  const { target, columns, targetColumns } = common;
  const { schema } = target ?? {};
  return {
    ...common,
    columns: all(columns),
    targetColumns: all(targetColumns),
    ...(target && {
      target: { ...target, ...(schema && { schema: plain(schema, dialect) }), name: plain(target.name, dialect) },
    }),
  };
}

function columnLine(column: Column, schema: Schema): string {
  const { dialect } = schema;
  const { name, type, generated, expression, identity, nullable, collation, charset, comment } = column;
  const serial = generated === 'serial' && dialect === 'postgresql' ? serials[type.name] : undefined;
  const parts = [columnName(name, dialect), serial ?? columnType(type, schema)];
  if (charset !== undefined) parts.push(`CHARACTER SET ${charset}`);
  if (collation !== undefined) parts.push(`COLLATE ${collation}`);
  if ((generated === 'stored' || generated === 'virtual') && expression !== undefined)
    parts.push(`GENERATED ALWAYS AS (${expression}) ${generated.toUpperCase()}`);
  if (generated === 'identity' && dialect === 'postgresql') parts.push(identityText(identity ?? { always: false }));
  if (nullable === false) parts.push('NOT NULL');
  if (column.default?.by === 'server' && serial === undefined) parts.push(`DEFAULT ${column.default.text}`);
  if (generated === 'serial' && isMysql(dialect)) parts.push('AUTO_INCREMENT');
  if (column.onUpdate !== undefined) parts.push(`ON UPDATE ${column.onUpdate}`);
  if (comment && isMysql(dialect)) parts.push(`COMMENT ${literal(comment.value, dialect)}`);
  return parts.join(' ');
}

/** A type of the user's own with the quotes that it needs: the names of types are kept without. */
function columnType(type: ColumnType, schema: Schema): string {
  const name = typeText(type);
  const [, bareName = name, array = ''] = /^(.*?)((?:\[\])*)$/s.exec(name)!;
  const own = schema.typeByKey(bareName.replace(/^public\./, ''));
  return own === undefined ? name : qualified(own.name, schema.dialect) + array;
}

const columnName = (name: Name, dialect: Dialect): string => bare(foldedInTable(name, dialect), dialect);

function plainKey(key: IndexKey, dialect: Dialect): IndexKey {
  if (key.column === undefined) return key;
  const column = foldedInTable({ value: key.column, quoted: key.quoted ?? false }, dialect);
  return { ...key, column, quoted: bare(column, dialect) !== column };
}

function indexTexts(table: TableState, dialect: Dialect): string[] {
  return table.indexes.flatMap(({ index, name, implied }) => {
    const keys = indexText({ ...index, keys: index.keys.map((key) => plainKey(key, dialect)) }, dialect);
    const called = index.name ? foldedInTable(index.name, dialect) : name;
    if (implied || keys === undefined || called === undefined) return [];
    const kind = index.unique ? 'UNIQUE INDEX' : 'INDEX';
    return `CREATE ${kind} ${bare(called, dialect)} ON ${tableName(table, dialect)} ${keys};`;
  });
}

/** Foreign keys once all tables are there, as they may point at each other. SQLite has them in the table alone. */
function laterKeys(table: TableState, dialect: Dialect): string[] {
  if (dialect === 'sqlite') return [];
  return table.constraints.flatMap(({ constraint, name }) => {
    const text = constraint.kind === 'foreign' ? constraintText(named(constraint, name, dialect), dialect) : undefined;
    return text === undefined ? [] : `ALTER TABLE ${tableName(table, dialect)} ADD ${text};`;
  });
}

function commentTexts(table: TableState, dialect: Dialect): string[] {
  if (dialect !== 'postgresql' && dialect !== 'cockroachdb') return [];
  const on = tableName(table, dialect);
  const ofTable = table.comment ? [`COMMENT ON TABLE ${on} IS ${literal(table.comment.value, dialect)};`] : [];
  const ofColumns = [...table.columns.values()].flatMap(({ column: { name, comment } }) =>
    comment ? `COMMENT ON COLUMN ${on}.${columnName(name, dialect)} IS ${literal(comment.value, dialect)};` : [],
  );
  return [...ofTable, ...ofColumns];
}

const literal = (text: string, dialect: Dialect): string =>
  `'${(isMysql(dialect) ? text.replaceAll('\\', '\\\\') : text).replaceAll("'", "''")}'`;
