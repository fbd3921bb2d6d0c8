import type {
  Column,
  Constraint,
  Dialect,
  EnumType,
  Operation,
  QualifiedName,
  Span,
  Table,
} from '../../../ir/index.js';
import { isAbsent, itemsOf, property, scalarOf, textOf, type Value } from '../values/values.js';
import { predicateOf } from './conditions.js';
import { attributeFrom, deferrableOf, type Attribute, type Model } from './model.js';
import { Options } from './options.js';
import { nameOf, tableNameOf } from './table-names.js';
import { columnOf, tableOf } from './tables.js';

/** A model without anything that Sequelize adds to models. */
function bareModel(name: QualifiedName, dialect: Dialect, span: Span): Model {
  return {
    path: '',
    dialect,
    name: name.name.value,
    role: 'table',
    singular: '',
    plural: '',
    table: name.name.value,
    tableGiven: name.span,
    ...(name.name.unknown && { tableUnknown: true as const }),
    ...(name.schema && { schema: name.schema.value }),
    underscored: false,
    options: new Options([]),
    attributes: new Map(),
    indexes: [],
    relationships: [],
    nameSpan: span,
    uncertain: [],
  };
}

/** What an attribute of a migration says. Only `unique: true` is heard there: named keys are the models' own. */
function readAttribute(key: string, value: Value, span: Span, model: Model): Attribute {
  const attribute = attributeFrom(key, value, { nameSpan: span, span }, model, () => undefined);
  if (attribute.unique !== true) delete attribute.unique;
  return attribute;
}

interface Made {
  definition: Table;
  enums: EnumType[];
}

/** `createTable(name, attributes, options)`. */
export function readTable(
  name: QualifiedName,
  attributes: Value | undefined,
  options: Value | undefined,
  dialect: Dialect,
  at: Span,
): Made {
  const schema = property(options, 'schema');
  const own = schema && !name.schema && textOf(schema) !== undefined ? { ...name, schema: nameOf(schema, at) } : name;
  const model = bareModel(own, dialect, at);
  if (attributes?.kind === 'object') {
    for (const { key, span, value } of attributes.entries)
      model.attributes.set(key, readAttribute(key, value, span, model));
  }
  if (attributes?.kind !== 'object' || !attributes.complete)
    model.uncertain.push({ about: 'columns', reason: 'the columns are computed' });
  const comment = property(options, 'comment');
  if (comment) model.comment = comment;
  const { table, enums } = tableOf(model);
  delete table.className;
  return { definition: { ...table, constraints: [...table.constraints, ...uniqueKeys(options, at)] }, enums };
}

/** The option `uniqueKeys: { name: { fields: […] } }`. */
function uniqueKeys(options: Value | undefined, at: Span): Constraint[] {
  const given = property(options, 'uniqueKeys');
  if (given?.kind !== 'object') return [];
  return given.entries.map(({ value, span }) => ({
    kind: 'unique',
    columns: (itemsOf(property(value, 'fields')) ?? []).map((field) => nameOf(field, at)),
    span,
    uncertain: [],
  }));
}

/** A column by itself, with the keys that are written at it. */
export function readColumn(
  table: QualifiedName,
  key: Value | undefined,
  value: Value | undefined,
  dialect: Dialect,
  at: Span,
): { column: Column; enums: EnumType[]; attribute: Attribute } {
  const model = bareModel(table, dialect, at);
  const name = nameOf(key, at);
  const nothing: Value = { kind: 'unknown', why: 'the column is computed', span: at };
  const attribute = readAttribute(name.value, value ?? nothing, name.span, model);
  attribute.field = name.value;
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  const isKey = attribute.primaryKey === true;
  // PostgreSQL is told of no key where a column is added.
  if (!isMysql) delete attribute.primaryKey;
  model.attributes.set(name.value, attribute);
  const enums: EnumType[] = [];
  const found = columnOf(attribute, model, enums);
  const { constraints } = tableOf(model).table;
  const column: Column = found
    ? { ...found, name, constraints: constraints.map((each) => (isMysql ? namedKey(each, table, name.value) : each)) }
    : {
        name,
        type: { name: 'unknown', written: '', span: at },
        nullable: true,
        constraints: [],
        indexes: [],
        span: at,
        uncertain: [],
      };
  delete column.attribute;
  if (isKey && isMysql) column.nullable = false;
  return { column, enums, attribute };
}

/** MySQL gets a name for the foreign key of an added column. */
const namedKey = (constraint: Constraint, table: QualifiedName, column: string): Constraint =>
  constraint.kind === 'foreign'
    ? {
        ...constraint,
        name: {
          value: `${table.name.value}_${column}_foreign_idx`,
          quoted: true,
          generated: true,
          span: constraint.span,
        },
      }
    : constraint;

const endings: { [type: string]: string } = { unique: 'uk', check: 'ck', 'primary key': 'pk' };

/** `addConstraint(table, { fields, type, … })`; the older form has the fields before the options. */
export function readConstraint(
  table: QualifiedName,
  fields: Value | undefined,
  options: Value | undefined,
  at: Span,
): Constraint | undefined {
  const type = textOf(property(options, 'type'))?.toLowerCase();
  const list = itemsOf(fields);
  const columns = list?.map((each) =>
    nameOf(each.kind === 'object' ? (property(each, 'attribute') ?? property(each, 'name')) : each, at),
  );
  const given = property(options, 'name');
  const known =
    columns && columns.every(({ unknown }) => !unknown) && (fields as { complete?: boolean }).complete !== false;
  const uncertain: Constraint['uncertain'] = known ? [] : [{ about: 'columns', reason: 'the columns are computed' }];
  const references = property(options, 'references');
  const target = references && tableNameOf(property(references, 'table'), at);
  const ending = type === 'foreign key' ? `${target?.name.value ?? ''}_fk` : endings[type ?? ''];
  const usual = [table.name.value, ...(columns ?? []).map(({ value }) => value), ending].join('_');
  const name =
    given && !isAbsent(given)
      ? nameOf(given, at)
      : known
        ? { value: usual, quoted: true, generated: true as const, span: at }
        : undefined;
  const deferrable = deferrableOf(property(options, 'deferrable'));
  const base = {
    ...(name && { name }),
    span: at,
    uncertain,
    ...(deferrable && { deferrable: true as const }),
    ...(deferrable === 'deferred' && { initiallyDeferred: true as const }),
  };
  switch (type) {
    case 'unique':
      return { kind: 'unique', columns: columns ?? [], ...base };
    case 'primary key':
      return { kind: 'primary', columns: columns ?? [], ...base };
    case 'check': {
      const expression = predicateOf(property(options, 'where'));
      const open =
        typeof expression === 'string' ? [] : [{ about: 'everything' as const, reason: 'its expression is computed' }];
      return { kind: 'check', expression: expression ?? '', ...base, uncertain: open };
    }
    case 'foreign key': {
      const field = property(references, 'field');
      const targets = field
        ? [nameOf(field, at)]
        : (itemsOf(property(references, 'fields')) ?? []).map((each) => nameOf(each, at));
      return {
        kind: 'foreign',
        columns: columns ?? [],
        ...(target && !target.name.unknown && { target }),
        targetColumns: targets,
        ...actionsOf(options),
        ...base,
      };
    }
    default:
      return undefined;
  }
}

function actionsOf(options: Value | undefined): { onDelete?: string; onUpdate?: string } {
  const [onDelete, onUpdate] = ['onDelete', 'onUpdate'].map((key) => textOf(property(options, key))?.toLowerCase());
  return { ...(onDelete && { onDelete }), ...(onUpdate && { onUpdate }) };
}

/** Types that come with a column or table in PostgreSQL; one that is there already is left as it is. */
export const typeOperations = (enums: readonly EnumType[], span: Span): Operation[] =>
  enums.map((type) => ({
    kind: 'CreateEnumType',
    type,
    span,
    provenance: 'api',
    guard: { kind: 'idempotent', span },
  }));

/** Whether an option is set. */
export const isSet = (options: Value | undefined, key: string): boolean => scalarOf(property(options, key)) === true;
