import type { Anchor, Column, ColumnType } from '../../../ir/index.js';
import type { Attribute, Block, Member } from '../syntax/tree.js';
import { argumentOf, attributeOf } from './arguments.js';
import { clientDefault, defaultOf } from './defaults.js';
import { keyFields, keysOfField } from './keys.js';
import { columnName, objectName } from './names.js';
import { defaultType, isScalar, nativeType, typeInSql } from './native-types.js';
import type { Schema } from './schema.js';

/** Whether a field is kept in a column: its type is a scalar, an enum or unsupported. */
export const isColumn = ({ type }: Member, { enums }: Schema): boolean =>
  type !== undefined && (isScalar(type.name) || type.unsupported !== undefined || enums.has(type.name));

/** Where the pen may write at a field: behind its last attribute. */
export const fieldAnchor = ({ span, indent }: Member): Anchor => ({
  span,
  indent,
  lists: {},
  points: { end: span.end },
});

/** The column of a field, with what is written at it. */
export function columnOf(member: Member, block: Block, schema: Schema): Column {
  const name = columnName(member);
  const type = typeOf(member, schema);
  const isKey = block.keyword === 'model' && keyFields(block).has(member.name.value);
  const { optional = false, list = false } = member.type ?? {};
  const column: Column = {
    name,
    ...(name.value !== member.name.value && { attribute: member.name.value }),
    type,
    // Migrations leave lists without NOT NULL.
    nullable: (optional || list) && !isKey,
    ...keysOfField(member, block, schema),
    ...(member.doc && { doc: member.doc }),
    span: member.span,
    anchor: fieldAnchor(member),
    uncertain: type.name === 'unknown' ? [{ about: 'type', reason: `${type.written} is not known here` }] : [],
  };
  fill(column, member, block, schema);
  return column;
}

/** `@db.VarChar(20)`: an attribute of the datasource, whatever that is called. */
const nativeOf = ({ attributes }: Member): Attribute | undefined => attributes.find(({ name }) => name.includes('.'));

function typeOf(member: Member, schema: Schema): ColumnType {
  const { dialect } = schema;
  const type = member.type!;
  const array = type.list ? '[]' : '';
  const native = nativeOf(member);
  if (native) {
    const args = (native.args?.entries ?? []).flatMap(({ value }) => ('value' in value ? [value.value] : []));
    const name = nativeType(native.name.slice(native.name.indexOf('.') + 1), args, dialect) + array;
    return { name, written: type.name, span: native.span };
  }
  const implied = { written: type.name, implied: true, span: type.span } as const;
  if (type.unsupported !== undefined)
    return { name: typeInSql(type.unsupported, dialect) + array, written: type.unsupported, span: type.span };
  if (isScalar(type.name)) return { name: (defaultType(type.name, dialect) ?? 'unknown') + array, ...implied };
  return { name: enumType(schema.enums.get(type.name)!.block, schema) + array, ...implied };
}

/** How a column of an enum is typed: by the enum's name, by its labels, or as text. */
function enumType(block: Block, { dialect }: Schema): string {
  const { schema, name } = objectName(block);
  switch (dialect) {
    case 'postgresql':
    case 'cockroachdb':
      return schema === undefined || schema.value === 'public' ? name.value : `${schema.value}.${name.value}`;
    case 'mysql':
    case 'mariadb':
      return `enum(${block.members.map((label) => `'${columnName(label).value.replaceAll("'", "''")}'`).join(',')})`;
    default:
      return defaultType('String', dialect) ?? 'unknown';
  }
}

/** What fills the column where a statement does not. */
function fill(column: Column, member: Member, block: Block, schema: Schema): void {
  const { dialect } = schema;
  const value = argumentOf(attributeOf(member, 'default'), 'value', true);
  const called = value?.kind === 'name' && value.args !== undefined ? value.value : undefined;
  // SQLite numbers the rows of such a table by themselves.
  const isRowId = dialect === 'sqlite' && column.type.name === 'integer' && attributeOf(member, 'id') !== undefined;
  if (isRowId) column.generated = 'rowid';
  if (called === 'autoincrement' || called === 'sequence') increment(column, called, value!.span, schema);
  else if (called === 'dbgenerated' && argumentOf(value as Attribute | undefined, 'value', true) === undefined) {
    column.uncertain.push({ about: 'default', reason: 'dbgenerated() does not say what the database fills in' });
  } else if (value) {
    const labels = schema.enums.get(member.type?.name ?? '')?.block;
    const scalar = member.type?.name;
    const given = defaultOf(value, {
      dialect,
      type: column.type.name,
      ...(labels && { labels }),
      ...(scalar !== undefined && { scalar }),
    });
    if (given) column.default = given;
    else column.uncertain.push({ about: 'default', reason: 'the default is not read' });
  }
  const updated = attributeOf(member, 'updatedAt');
  if (updated && block.keyword === 'model') {
    column.onChange = clientDefault(undefined, 'now', updated.span);
    column.default ??= clientDefault(undefined, 'now', updated.span);
  }
}

function increment(column: Column, called: string, span: Column['span'], { dialect }: Schema): void {
  if (column.generated === 'rowid') return;
  if (dialect === 'postgresql') column.generated = 'serial';
  else if (dialect === 'cockroachdb' && called === 'autoincrement') {
    column.default = { by: 'server', text: 'unique_rowid()', volatility: 'volatile', span };
  } else column.generated = 'identity';
}
