import type {
  Column,
  Constraint,
  Dialect,
  EnumType,
  QualifiedName,
  Span,
  Table,
  Uncertainty,
} from '../../../ir/index.js';
import { itemsOf, property, scalarOf, type Value } from '../values/values.js';
import { textFact } from './columns.js';
import { primaryKeyName, uniqueName } from './names.js';
import { readSchemaColumn, type SchemaColumn } from './schema-columns.js';
import { madeName, optionsOf, tableOf } from './schema-names.js';
import { schemaConstraint, schemaIndex } from './schema-objects.js';

/** A table that the schema API makes, and the enum types that come before it. */
export interface SchemaTable {
  table: Table;
  enums: EnumType[];
}

/**
 * `new Table({ name, columns, indices, uniques, foreignKeys, checks, exclusions })`.
 * @param without parts that the call leaves out: `createTable(table, ifNotExist, createForeignKeys, createIndices)`
 */
export function readSchemaTable(
  value: Value | undefined,
  at: Span,
  dialect: Dialect,
  without: { foreignKeys: boolean; indices: boolean },
): SchemaTable {
  const options = optionsOf(value);
  const name = tableOf(property(options, 'name'), at);
  const span = value?.span ?? at;
  const uncertain: Uncertainty[] = [];
  if (name.name.unknown) uncertain.push({ about: 'name', reason: 'the table name is computed' });
  if (options?.kind !== 'object' || !options.complete)
    uncertain.push({ about: 'everything', reason: 'the table is computed' });
  const list = (key: string, about: Uncertainty['about']): Value[] => {
    const items = property(options, key);
    if (items && (items.kind !== 'array' || !items.complete)) uncertain.push({ about, reason: `${key} are computed` });
    return itemsOf(items) ?? [];
  };
  const columns = list('columns', 'columns').map((each) => readSchemaColumn(optionsOf(each), each.span, name, dialect));
  const constraints = (key: string, kind: Constraint['kind']): Constraint[] =>
    list(key, 'constraints').map((each) => schemaConstraint(kind, optionsOf(each), each.span, name, dialect));
  const comment = textFact(property(options, 'comment'), 'comment', uncertain);
  const uniques = constraints('uniques', 'unique');
  const table: Table = {
    name,
    declaredBy: 'typeorm',
    role: 'table',
    columns: columns.map(({ column }) => column),
    constraints: [
      ...primaryKey(columns, name, span),
      ...uniques,
      ...uniqueColumns(columns, uniques, name, dialect),
      ...(without.foreignKeys ? [] : constraints('foreignKeys', 'foreign')),
      ...constraints('checks', 'check'),
      ...constraints('exclusions', 'exclude'),
    ],
    indexes: without.indices
      ? []
      : list('indices', 'indexes').map((each) => schemaIndex(optionsOf(each), each.span, name)),
    relationships: [],
    ...(comment && { comment }),
    span,
    uncertain,
  };
  return { table, enums: columns.flatMap(({ enumType }) => enumType ?? []) };
}

function primaryKey(all: readonly SchemaColumn[], table: QualifiedName, span: Span): Constraint[] {
  const parts = all.filter(({ primary }) => primary);
  if (parts.length === 0) return [];
  const columns = parts.map(({ column }) => column.name);
  const given = parts[0]!.primaryName;
  const value =
    given ??
    primaryKeyName(
      table.name.value,
      columns.map((each) => each.value),
    );
  const name = given === undefined ? madeName(value, span) : { value, quoted: true, span };
  const isKnown = !table.name.unknown && !columns.some(({ unknown }) => unknown);
  return [{ kind: 'primary', ...(isKnown && { name }), columns, span: parts[0]!.column.span, uncertain: [] }];
}

/** `isUnique` of columns that no unique constraint of the table names alone. */
function uniqueColumns(
  all: readonly SchemaColumn[],
  uniques: readonly Constraint[],
  table: QualifiedName,
  dialect: Dialect,
): Constraint[] {
  const isNamed = ({ name }: Column): boolean =>
    uniques.some(
      (each) => each.kind === 'unique' && each.columns.length === 1 && each.columns[0]!.value === name.value,
    );
  return all.flatMap(({ column, unique }) => (unique && !isNamed(column) ? [uniqueOf(column, table, dialect)] : []));
}

/** The constraint of a column that `isUnique` alone makes unique. */
export function uniqueOf({ name, span }: Column, table: QualifiedName, dialect: Dialect): Constraint {
  const isKnown = !table.name.unknown && !name.unknown;
  const made = madeName(uniqueName(table.name.value, [name.value], dialect), span);
  return { kind: 'unique', ...(isKnown && { name: made }), columns: [name], span, uncertain: [] };
}

export const isFalse = (value: Value | undefined): boolean => scalarOf(value) === false;
