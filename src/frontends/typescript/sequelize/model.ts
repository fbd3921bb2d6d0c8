import type { Anchor, Annotation, Dialect, Relationship, Span, Text, Uncertainty } from '../../../ir/index.js';
import { isAbsent, property, scalarOf, textOf, type Value } from '../values/values.js';
import { pluralize, singularize, underscore } from './inflection.js';
import type { Options } from './options.js';
import { dataTypeOf } from './types.js';

/** A table as a foreign key names it. */
export interface TableRef {
  schema?: string;
  table: string;
}

export interface Reference {
  /** Absent where it is not known. */
  to?: TableRef;
  key?: string;
  deferrable?: 'deferred' | 'immediate';
}

/** An attribute while models are put together: what `rawAttributes` of the library holds. */
export interface Attribute {
  name: string;
  type?: Value;
  values?: Value;
  allowNull?: boolean | 'unknown';
  primaryKey?: boolean;
  autoIncrement?: boolean;
  identity?: boolean;
  /** `true`, or the name of a key that several attributes may share. */
  unique?: true | string;
  defaultValue?: Value;
  /** The column's name, where it is given or follows from the options. */
  field: string;
  fieldGiven?: Span;
  comment?: Value;
  references?: Reference;
  onDelete?: string;
  onUpdate?: string;
  /** Sequelize made it: `id`, timestamps, keys of associations. */
  generated?: true;
  /** Sequelize sets it to the present moment at each change of the row. */
  touched?: true;
  /** Nobody wrote its type: it follows from the annotation. */
  implied?: true;
  annotation?: Annotation;
  declaredAs?: string;
  nullGiven?: Span;
  from?: string;
  doc?: Text;
  anchor?: Anchor;
  nameSpan: Span;
  /** Where it stands in the file of its table. */
  span: Span;
  uncertain: Uncertainty[];
}

/** An index as it is declared, with the place of its declaration. */
export interface IndexDeclaration {
  fields: Value | undefined;
  options: Value | undefined;
  complete: boolean;
  span: Span;
  anchor?: Anchor;
}

/** A model while all of them are put together. */
export interface Model {
  path: string;
  dialect: Dialect;
  /** The name that Sequelize knows it by. */
  name: string;
  className?: string;
  variable?: string;
  role: 'table' | 'junction' | 'abstract';
  singular: string;
  plural: string;
  table: string;
  /** Where the table's name is written; absent where it follows from the model's. */
  tableGiven?: Span;
  tableUnknown?: true;
  schema?: string;
  underscored: boolean;
  options: Options;
  attributes: Map<string, Attribute>;
  indexes: IndexDeclaration[];
  relationships: Relationship[];
  comment?: Value;
  doc?: Text;
  nameSpan: Span;
  anchor?: Anchor;
  uncertain: Uncertainty[];
}

/** Databases that have no schemas keep the name of one before the table's. */
const hasSchemas = (dialect: Dialect): boolean => !['mysql', 'mariadb', 'sqlite'].includes(dialect);

export const tableRef = ({ schema, table }: Model): TableRef => ({ ...(schema !== undefined && { schema }), table });

export const primaryKeys = ({ attributes }: Model): Attribute[] =>
  [...attributes.values()].filter(({ primaryKey }) => primaryKey === true);

/** What a model is before its attributes are read. */
export function newModel(
  about: Pick<Model, 'path' | 'dialect' | 'name' | 'role' | 'nameSpan'> & Partial<Model>,
  options: Options,
): Model {
  const { name, dialect } = about;
  const underscored = options.flag('underscored', false);
  const given = options.get('tableName');
  const text = textOf(given);
  const isGiven = given !== undefined && !isAbsent(given);
  const frozen = options.flag('freezeTableName', false);
  const derived = frozen ? name : underscored ? underscore(pluralize(name)) : pluralize(name);
  const names = options.get('name');
  const schema = options.text('schema');
  const table = text ?? derived;
  const inName = schema !== undefined && schema !== '' && !hasSchemas(dialect);
  const uncertain: Uncertainty[] = [];
  if (isGiven && text === undefined) uncertain.push({ about: 'name', reason: 'the table name is computed' });
  if (options.isIncomplete) uncertain.push({ about: 'everything', reason: 'options of the model are not known' });
  const comment = options.get('comment');
  return {
    ...about,
    singular: textOf(property(names, 'singular')) ?? singularize(name),
    plural: textOf(property(names, 'plural')) ?? pluralize(name),
    table: inName ? `${schema}${options.text('schemaDelimiter') || '.'}${table}` : table,
    ...(text !== undefined && { tableGiven: given!.span }),
    ...(isGiven && text === undefined && { tableUnknown: true as const }),
    ...(schema !== undefined && schema !== '' && !inName && { schema }),
    underscored,
    options,
    attributes: new Map(),
    indexes: [],
    relationships: [],
    ...(comment && { comment }),
    uncertain: [...(about.uncertain ?? []), ...uncertain],
  };
}

export const fieldOf = (name: string, model: Pick<Model, 'underscored'>): string =>
  model.underscored ? underscore(name) : name;

/** Finds the table that `references: { model }` names by something other than text. */
export type FindTable = (value: Value) => TableRef | undefined;

/** Adds what an attribute's definition says: a data type alone, or an object with options. */
export function attributeFrom(
  name: string,
  value: Value,
  place: Pick<Attribute, 'nameSpan' | 'span'> & Partial<Attribute>,
  model: Pick<Model, 'underscored'>,
  find: FindTable,
): Attribute {
  const attribute: Attribute = { field: fieldOf(name, model), uncertain: [], ...place, name };
  const unsure = (about: Uncertainty['about'], reason: string): void =>
    void attribute.uncertain.push({ about, reason });
  if (value.kind !== 'object') {
    if (dataTypeOf(value) || textOf(value) !== undefined) attribute.type = value;
    else unsure('everything', 'its definition is computed');
    return attribute;
  }
  if (!value.complete) unsure('everything', 'its options are computed');
  const flag = (key: string, about: Uncertainty['about']): boolean | undefined => {
    const given = property(value, key);
    if (!given || isAbsent(given)) return undefined;
    const known = scalarOf(given);
    if (known === undefined) unsure(about, `its option ${key} is computed`);
    return known === undefined ? undefined : Boolean(known);
  };
  const copy = <K extends 'type' | 'values' | 'defaultValue' | 'comment'>(key: K): void => {
    const given = property(value, key);
    if (given && given.kind !== 'undefined') attribute[key] = given;
  };
  for (const key of ['type', 'values', 'defaultValue', 'comment'] as const) copy(key);
  const nullable = property(value, 'allowNull');
  if (nullable && nullable.kind !== 'undefined') {
    const known = scalarOf(nullable);
    attribute.allowNull = known === undefined ? 'unknown' : Boolean(known);
    attribute.nullGiven = nullable.span;
  }
  const marks = { primaryKey: flag('primaryKey', 'constraints'), autoIncrement: flag('autoIncrement', 'default') };
  for (const [key, known] of Object.entries(marks)) if (known !== undefined) Object.assign(attribute, { [key]: known });
  if (flag('autoIncrementIdentity', 'default')) attribute.identity = true;
  const field = property(value, 'field');
  if (textOf(field) !== undefined) Object.assign(attribute, { field: textOf(field), fieldGiven: field!.span });
  else if (field && !isAbsent(field)) unsure('name', 'the name is computed');
  addUnique(attribute, property(value, 'unique'));
  addReference(attribute, value, find);
  return attribute;
}

function addUnique(attribute: Attribute, given: Value | undefined): void {
  if (!given || isAbsent(given)) return;
  const name = textOf(given) ?? textOf(property(given, 'name'));
  const known = scalarOf(given);
  if (name !== undefined && name !== '') attribute.unique = name;
  else if (known === true || given.kind === 'object') attribute.unique = true;
  else if (known === undefined)
    attribute.uncertain.push({ about: 'constraints', reason: 'whether it is unique is computed' });
}

/** `references: { model, key }`, `onDelete` and `onUpdate`. */
function addReference(attribute: Attribute, value: Value, find: FindTable): void {
  for (const key of ['onDelete', 'onUpdate'] as const) {
    const action = textOf(property(value, key));
    if (action !== undefined && action !== '') attribute[key] = action;
  }
  const given = property(value, 'references');
  if (!given || isAbsent(given)) return;
  const target = property(given, 'model');
  const name = textOf(target) ?? textOf(property(target, 'tableName'));
  const schema = textOf(property(target, 'schema'));
  const to = name === undefined ? target && find(target) : { table: name, ...(schema !== undefined && { schema }) };
  const key = textOf(property(given, 'key'));
  const deferrable = deferrableOf(property(given, 'deferrable'));
  attribute.references = { ...(to && { to }), ...(key !== undefined && { key }), ...(deferrable && { deferrable }) };
  if (!to) attribute.uncertain.push({ about: 'target', reason: 'the table that it refers to is not known' });
}

/** `Deferrable.INITIALLY_DEFERRED`, called or not. */
export function deferrableOf(value: Value | undefined): Reference['deferrable'] {
  const root = value?.kind === 'chain' ? value.of : value;
  const names = [
    ...(root?.kind === 'reference' ? [root.name, ...root.path] : root?.kind === 'made' ? [root.origin.name] : []),
    ...(value?.kind === 'chain' ? value.links.map(({ name }) => name ?? '') : []),
  ];
  if (names.includes('INITIALLY_DEFERRED')) return 'deferred';
  return names.includes('INITIALLY_IMMEDIATE') ? 'immediate' : undefined;
}

const typed = (name: string, span: Span): Value => ({
  kind: 'reference',
  module: 'sequelize',
  name: 'DataTypes',
  path: [name],
  span,
});

/** Adds the columns that Sequelize adds by itself: `id` where there is no key, timestamps, the version. */
export function addDefaults(model: Model): void {
  const { options, attributes, nameSpan: span } = model;
  const made = (name: string, type: string, rest: Partial<Attribute>): Attribute => ({
    name,
    type: typed(type, span),
    field: fieldOf(name, model),
    generated: true,
    nameSpan: span,
    span,
    uncertain: [],
    ...rest,
  });
  const isOpen = options.isIncomplete || model.uncertain.some(({ about }) => about === 'columns');
  if (primaryKeys(model).length === 0 && !isOpen && ![...attributes.values()].some(mayBeKey)) {
    const own = [...attributes];
    attributes.clear();
    attributes.set('id', made('id', 'INTEGER', { allowNull: false, primaryKey: true, autoIncrement: true }));
    for (const [name, attribute] of own) attributes.set(name, attribute);
  }
  const add = (name: string, type: string, rest: Partial<Attribute>): void => {
    if (!attributes.has(name)) attributes.set(name, made(name, type, rest));
  };
  const touch = (name: string): void => {
    const attribute = attributes.get(name);
    if (attribute) attribute.touched = true;
  };
  if (options.flag('timestamps', true)) {
    for (const key of ['createdAt', 'updatedAt'])
      if (options.flag(key, true)) add(options.text(key) ?? key, 'DATE', { allowNull: false, declaredAs: key });
    if (options.flag('updatedAt', true)) touch(options.text('updatedAt') ?? 'updatedAt');
    if (options.flag('paranoid', false) && options.flag('deletedAt', true))
      add(options.text('deletedAt') ?? 'deletedAt', 'DATE', { declaredAs: 'deletedAt' });
  }
  if (options.flag('version', false)) {
    const zero: Value = { kind: 'known', value: 0, span };
    add(options.text('version') ?? 'version', 'INTEGER', { allowNull: false, defaultValue: zero });
  }
}

const mayBeKey = ({ uncertain }: Attribute): boolean =>
  uncertain.some(({ about }) => about === 'everything' || about === 'constraints');
