import type { Constraint, Dialect, Index, IndexKey, Name, QualifiedName, Runner, Uncertainty } from '../../ir/index.js';
import { cut, folded, foldedInTable } from '../../queries/names.js';
import type { Schema, TableState } from '../../queries/replay.js';
import type { History } from '../../queries/revision-graph.js';

/** A replayed schema as `ddlint schema --format json` prints it: names as the database has them, all lists in a fixed order. */
export interface SchemaDescription {
  history: string;
  runner: Runner;
  dialect: Dialect;
  /** The migration that it is the schema after; absent where there is none. */
  revision?: string;
  tables: TableDescription[];
  types: TypeDescription[];
  views: ViewDescription[];
  sequences: string[];
  /** Why any object may be otherwise: something that could not be read ran before. */
  uncertain?: string;
}

export interface TableDescription {
  name: string;
  comment?: string;
  columns: ColumnDescription[];
  constraints: ConstraintDescription[];
  indexes: IndexDescription[];
  partitionOf?: string;
  /** Made outside of the migrations: what is listed is what they say of it. */
  external?: true;
  uncertain?: string[];
}

/** An enum type; without `values` a domain, a composite or a range. */
export interface TypeDescription {
  name: string;
  values?: string[];
}

export interface ViewDescription {
  name: string;
  materialized?: true;
  /** The tables and views that its query names. */
  reads: string[];
}

export interface ColumnDescription {
  name: string;
  type: string;
  nullable: boolean | 'unknown';
  default?: string;
  generated?: string;
  comment?: string;
  uncertain?: string[];
}

export interface ConstraintDescription {
  name?: string;
  kind: Constraint['kind'];
  columns?: string[];
  expression?: string;
  references?: { table: string; columns: string[] };
  onDelete?: string;
  onUpdate?: string;
  deferrable?: true;
  notValid?: true;
}

export interface IndexDescription {
  name?: string;
  keys: string[];
  unique?: true;
  method?: string;
  include?: string[];
  where?: string;
}

/** Describes the schema that a history leaves behind, or that it has after one of its migrations. */
export function described(schema: Schema, { folder, runner, ordered }: History): SchemaDescription {
  const revision = ordered.at(-1)?.migration.id;
  return {
    history: folder,
    runner,
    dialect: schema.dialect,
    ...(revision !== undefined && { revision }),
    tables: tablesOf(schema).map((table) => describedTable(table, schema.dialect)),
    types: byKey(schema.types()).map(({ name, values }) => ({
      name: databaseName(name, schema.dialect),
      ...(values && { values: values.map(({ value }) => value) }),
    })),
    views: byKey(schema.views()).map(({ name, materialized, reads }) => ({
      name: databaseName(name, schema.dialect),
      ...(materialized && { materialized: true }),
      reads: reads.map(({ key }) => key),
    })),
    sequences: byKey(schema.sequences()).map(({ name }) => databaseName(name, schema.dialect)),
    ...(schema.doubt !== undefined && { uncertain: schema.doubt }),
  };
}

/** The tables of a schema that stay, in the order of their names; views are none, though one may have indexes. */
export function tablesOf(schema: Schema): TableState[] {
  return byKey([...schema.tables()].filter(({ temporary, key }) => !temporary && schema.viewByKey(key) === undefined));
}

/** Objects of a schema in the order of their names. */
export function byKey<T extends { key: string }>(objects: Iterable<T>): T[] {
  return [...objects].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

function describedTable(table: TableState, dialect: Dialect): TableDescription {
  const within = (name: Name): string => foldedInTable(name, dialect);
  return {
    name: databaseName(table.name, dialect),
    ...(table.comment && { comment: table.comment.value }),
    columns: [...table.columns.values()].map(({ column, uncertain }) => ({
      name: within(column.name),
      type: typeText(column.type),
      nullable: column.nullable,
      ...(column.default?.by === 'server' && { default: column.default.text }),
      ...(column.generated !== undefined && { generated: column.generated }),
      ...(column.comment && { comment: column.comment.value }),
      ...reasons(uncertain),
    })),
    constraints: table.constraints.map(({ constraint, name }) => describedConstraint(constraint, name, dialect)),
    indexes: table.indexes.map(({ index, name }) => describedIndex(index, name, dialect)),
    ...(table.partitionOf !== undefined && { partitionOf: table.partitionOf }),
    ...(table.external && { external: true }),
    ...reasons(table.uncertain),
  };
}

/** A type as the database has it; where that is not known, as the author wrote it. */
export const typeText = ({ name, written }: { name: string; written: string }): string =>
  name === 'unknown' ? written : name;

/** The name of a table with its schema, as the database has it. */
const databaseName = ({ schema, name }: QualifiedName, dialect: Dialect): string =>
  (schema ? `${folded(schema, dialect)}.` : '') + folded(name, dialect);

function reasons(uncertain: readonly Uncertainty[]): { uncertain?: string[] } {
  const all = [...new Set(uncertain.map(({ reason }) => reason))];
  return all.length > 0 ? { uncertain: all } : {};
}

function describedConstraint(
  constraint: Constraint,
  name: string | undefined,
  dialect: Dialect,
): ConstraintDescription {
  const names = (columns: readonly Name[]): string[] => columns.map((column) => foldedInTable(column, dialect));
  const described: ConstraintDescription = {
    ...(name !== undefined && { name: dialect === 'postgresql' ? cut(name) : name }),
    kind: constraint.kind,
    ...('columns' in constraint && { columns: names(constraint.columns) }),
    ...('expression' in constraint && { expression: constraint.expression }),
    ...(constraint.deferrable && { deferrable: true }),
    ...(constraint.notValid && { notValid: true }),
  };
  if (constraint.kind !== 'foreign') return described;
  const { target, targetColumns, onDelete, onUpdate } = constraint;
  return {
    ...described,
    ...(target && { references: { table: databaseName(target, dialect), columns: names(targetColumns) } }),
    ...(onDelete !== undefined && { onDelete }),
    ...(onUpdate !== undefined && { onUpdate }),
  };
}

function describedIndex(index: Index, name: string | undefined, dialect: Dialect): IndexDescription {
  return {
    ...(name !== undefined && { name }),
    keys: index.keys.map((key) => keyText(key, dialect)),
    ...(index.unique && { unique: true }),
    ...(index.method !== undefined && { method: index.method }),
    ...(index.include.length > 0 && { include: index.include }),
    ...(index.where !== undefined && { where: index.where }),
  };
}

function keyText({ column, quoted = false, expression, direction, nulls, length }: IndexKey, dialect: Dialect): string {
  const what = column === undefined ? `(${expression ?? '…'})` : foldedInTable({ value: column, quoted }, dialect);
  const prefix = length === undefined ? '' : `(${String(length)})`;
  return [what + prefix, direction === 'desc' ? 'DESC' : '', nulls ? `NULLS ${nulls.toUpperCase()}` : '']
    .filter(Boolean)
    .join(' ');
}
