import type { Column, Constraint, EnumType, Name, QualifiedName, Span, Table } from '../../../ir/index.js';
import { isAbsent, textOf } from '../values/values.js';
import { readDefault } from './defaults.js';
import { readIndex } from './indexes.js';
import { primaryKeys, type Attribute, type Model, type TableRef } from './model.js';
import { dataTypeOf, readType } from './types.js';
import { quoted } from '../quoted.js';

/** What a model says of the database. */
export interface ModelFacts {
  table: Table;
  enums: EnumType[];
}

const qualifiedName = ({ schema, table }: TableRef, span: Span): QualifiedName => ({
  ...(schema !== undefined && { schema: quoted(schema, span) }),
  name: quoted(table, span),
  span,
});

/** The table of a model once all associations are made. */
export function tableOf(model: Model): ModelFacts {
  const { name, nameSpan, tableGiven, role } = model;
  const span = tableGiven ?? nameSpan;
  const own = qualifiedName({ ...(model.schema !== undefined && { schema: model.schema }), table: model.table }, span);
  const enums: EnumType[] = [];
  const columns = [...model.attributes.values()].flatMap((each) => columnOf(each, model, enums) ?? []);
  const comment = textOf(model.comment);
  const uncertain = [...model.uncertain];
  if (model.comment && !isAbsent(model.comment) && comment === undefined)
    uncertain.push({ about: 'comment', reason: 'the comment is computed' });
  return {
    table: {
      name: {
        ...own,
        name: {
          ...own.name,
          ...(!tableGiven && { generated: true as const }),
          ...(model.tableUnknown && { unknown: true as const }),
        },
      },
      declaredBy: 'sequelize',
      className: model.className ?? name,
      role,
      columns,
      constraints: [...primaryKey(model), ...uniques(model), ...foreignKeys(model)],
      indexes: model.indexes.map((each) => readIndex(each, model.table, model.dialect)),
      relationships: model.relationships,
      ...(comment !== undefined && comment.trim() !== '' && { comment: { value: comment, span: model.comment!.span } }),
      ...(model.doc && { doc: model.doc }),
      span: nameSpan,
      ...(model.anchor && { anchor: model.anchor }),
      uncertain,
    },
    enums,
  };
}

const columnName = (attribute: Attribute): Name => quoted(attribute.field, attribute.fieldGiven ?? attribute.nameSpan);

export function columnOf(attribute: Attribute, model: Model, enums: EnumType[]): Column | undefined {
  const { dialect } = model;
  const { name, type: given, values, comment } = attribute;
  const enumName = `enum_${model.table}_${attribute.field}`;
  const qualified = model.schema === undefined ? enumName : `${model.schema}.${enumName}`;
  const read = readType(given, values, dialect, qualified, attribute.span);
  if (read.virtual) return undefined;
  const uncertain = [...attribute.uncertain];
  if (read.type.name === 'unknown') uncertain.push({ about: 'type', reason: 'the column type is not known' });
  if (read.isEnum && (dialect === 'postgresql' || dialect === 'cockroachdb'))
    enums.push(enumFact(enumName, read.labels, model, attribute.span));
  const fallback = readDefault(attribute.defaultValue, dataTypeOf(given), dialect);
  if (fallback === 'unknown') uncertain.push({ about: 'default', reason: 'the default is computed' });
  const text = textOf(comment);
  if (comment && !isAbsent(comment) && text === undefined)
    uncertain.push({ about: 'comment', reason: 'the comment is computed' });
  const isKey = attribute.primaryKey === true;
  // SQLite's own row number: Sequelize makes any whole number INTEGER that is the only key.
  const isRowid = dialect === 'sqlite' && isKey && primaryKeys(model).length === 1 && /int/.test(read.type.name);
  const generated = isRowid ? 'rowid' : attribute.autoIncrement ? generatedBy(attribute, dialect) : undefined;
  const { annotation, nullGiven, allowNull } = attribute;
  return {
    name: columnName(attribute),
    ...(name !== attribute.field && { attribute: name }),
    type: { ...read.type, ...(isRowid && { name: 'integer' }), ...(attribute.implied && { implied: true as const }) },
    nullable: isKey || isSerial(attribute, model) ? false : (allowNull ?? true),
    ...(nullGiven && { nullableGiven: { value: allowNull ?? 'unknown', span: nullGiven } }),
    ...(annotation && { annotation }),
    ...(attribute.declaredAs !== undefined && { declaredAs: attribute.declaredAs }),
    ...(typeof fallback === 'object' && { default: fallback.is }),
    ...(generated && { generated }),
    ...(attribute.touched && { onChange: { by: 'client' as const, text: 'timestamps', span: attribute.span } }),
    constraints: [],
    indexes: [],
    ...(text !== undefined && text.trim() !== '' && { comment: { value: text, span: comment!.span } }),
    ...(attribute.doc && { doc: attribute.doc }),
    ...(attribute.from !== undefined && { from: attribute.from }),
    span: attribute.span,
    ...(attribute.anchor && { anchor: attribute.anchor }),
    uncertain,
  };
}

function generatedBy({ identity }: Attribute, dialect: Model['dialect']): NonNullable<Column['generated']> {
  const isSerial = (dialect === 'postgresql' || dialect === 'cockroachdb' || dialect === 'unknown') && !identity;
  return isSerial ? 'serial' : dialect === 'sqlite' ? 'rowid' : 'identity';
}

/** PostgreSQL's SERIAL takes no NULL. */
const isSerial = ({ autoIncrement, identity }: Attribute, { dialect }: Model): boolean =>
  autoIncrement === true && !identity && (dialect === 'postgresql' || dialect === 'cockroachdb');

const enumFact = (name: string, labels: string[] | undefined, model: Model, span: Span): EnumType => ({
  name: qualifiedName({ ...(model.schema !== undefined && { schema: model.schema }), table: name }, span),
  labels: labels ?? [],
  span,
  uncertain: labels ? [] : [{ about: 'everything', reason: 'the labels are computed' }],
});

function primaryKey({ attributes }: Model): Constraint[] {
  const columns = [...attributes.values()].filter(({ primaryKey }) => primaryKey === true).map(columnName);
  const [first] = columns;
  return first ? [{ kind: 'primary', columns, span: first.span, uncertain: [] }] : [];
}

/** Attributes that name the same key are unique together. */
function uniques(model: Model): Constraint[] {
  const named = new Map<string, Attribute[]>();
  const alone: Attribute[] = [];
  for (const attribute of model.attributes.values()) {
    if (attribute.unique === true) alone.push(attribute);
    else if (attribute.unique !== undefined)
      named.set(attribute.unique, [...(named.get(attribute.unique) ?? []), attribute]);
  }
  const isMysql = model.dialect === 'mysql' || model.dialect === 'mariadb';
  return [
    ...alone.map((each): Constraint => uniqueOf([each])),
    ...[...named].map(([name, attributes]): Constraint => {
      const constraint = uniqueOf(attributes);
      return isMysql ? { ...constraint, name: quoted(name, constraint.span) } : constraint;
    }),
  ];
}

function uniqueOf(attributes: readonly Attribute[]): Extract<Constraint, { kind: 'unique' }> {
  const [first] = attributes;
  return { kind: 'unique', columns: attributes.map(columnName), span: first!.span, uncertain: [] };
}

function foreignKeys({ attributes }: Model): Constraint[] {
  return [...attributes.values()].flatMap((attribute): Constraint[] => {
    const { references, onDelete, onUpdate, span, anchor } = attribute;
    if (!references) return [];
    const { to, key, deferrable } = references;
    return [
      {
        kind: 'foreign',
        columns: [columnName(attribute)],
        ...(to && { target: qualifiedName(to, span) }),
        targetColumns: [quoted(key ?? 'id', span)],
        ...(onDelete !== undefined && { onDelete: onDelete.toLowerCase() }),
        ...(onUpdate !== undefined && { onUpdate: onUpdate.toLowerCase() }),
        ...(deferrable && { deferrable: true as const }),
        ...(deferrable === 'deferred' && { initiallyDeferred: true as const }),
        span,
        ...(anchor && { anchor }),
        uncertain: to ? [] : [{ about: 'target', reason: 'the table that it refers to is not known' }],
      },
    ];
  });
}
