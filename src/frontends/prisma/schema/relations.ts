import type { Constraint, ForeignKey, Name, Relationship, Uncertainty } from '../../../ir/index.js';
import type { Attribute, Block, Member } from '../syntax/tree.js';
import { argumentOf, attributeOf, namesIn, textOf } from './arguments.js';
import { fieldAnchor } from './columns.js';
import { columnName, generated, madeName, objectName, pinned, quoted } from './names.js';
import type { Declared, Schema } from './schema.js';

/** A field whose type is a model. */
export interface RelationField {
  member: Member;
  block: Block;
  target: Declared;
  attribute?: Attribute;
  /** The field of the other side. */
  opposite?: Member;
}

/** Whether a field leads to a model. */
export const isRelation = ({ type }: Member, { models }: Schema): boolean =>
  type !== undefined && models.has(type.name);

const relationName = (member: Member): string | undefined =>
  textOf(argumentOf(attributeOf(member, 'relation'), 'name', true));

const isOwner = (member: Member): boolean => argumentOf(attributeOf(member, 'relation'), 'fields') !== undefined;

/** A field of a relation together with its other side: the field there that leads back under the same name. */
export function relationField(member: Member, block: Block, schema: Schema): RelationField {
  const target = schema.models.get(member.type!.name)!;
  const attribute = attributeOf(member, 'relation');
  const name = relationName(member);
  const back = target.block.members.filter(
    (each) => each !== member && each.type?.name === block.name.value && relationName(each) === name,
  );
  return { member, block, target, ...(attribute && { attribute }), ...(back.length === 1 && { opposite: back[0]! }) };
}

/** Whether neither side has a key, so that Prisma makes a table between the two. */
export const isImplicit = ({ member, opposite }: RelationField): boolean =>
  member.type!.list && opposite?.type?.list === true && !isOwner(member) && !isOwner(opposite);

/** The table behind an implicit relation of many to many, cut to what the database keeps. */
export function joinTableName({ member, block, target }: RelationField, { dialect }: Schema): string {
  const name = relationName(member) ?? [block.name.value, target.block.name.value].sort(byCodePoint).join('To');
  return madeName([`_${name}`], '', dialect);
}

/** The order in which Prisma takes names. */
export const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

function kindOf({ member, opposite }: RelationField): Relationship['kind'] {
  if (opposite === undefined) return 'unknown';
  if (member.type!.list) return opposite.type!.list ? 'many-to-many' : 'one-to-many';
  return opposite.type!.list ? 'many-to-one' : 'one-to-one';
}

export function relationshipOf(field: RelationField, schema: Schema): Relationship {
  const { member, target, attribute, opposite } = field;
  const { type, name, span, doc } = member;
  const keys = namesIn(argumentOf(attribute, 'fields'));
  const table = isImplicit(field) ? joinTableName(field, schema) : undefined;
  const written = `${type!.name}${type!.list ? '[]' : ''}${type!.optional ? '?' : ''}`;
  return {
    attribute: quoted(name.value, name.span),
    kind: kindOf(field),
    target: target.block.name.value,
    ...(table !== undefined && { through: { name: generated(table, name.span), span: name.span } }),
    ...(opposite && { inverse: opposite.name.value }),
    annotation: {
      written,
      nullable: type!.optional,
      ...(type!.list && { collection: true as const }),
      span: type!.span,
    },
    collection: type!.list,
    ...(keys.length > 0 && { keyedBy: keys }),
    ...(doc && { doc }),
    span,
    anchor: fieldAnchor(member),
    uncertain: [],
  };
}

const actions: { readonly [action: string]: string } = {
  Cascade: 'cascade',
  Restrict: 'restrict',
  NoAction: 'no action',
  SetNull: 'set null',
  SetDefault: 'set default',
};

function actionOf(attribute: Attribute | undefined, name: string): string | undefined {
  const value = argumentOf(attribute, name);
  return value?.kind === 'name' ? actions[value.value] : undefined;
}

/** The columns of fields by name; nothing where one is not there. */
function columnsOf(names: readonly string[], block: Block, span: Name['span']): Name[] | undefined {
  const members = names.map((name) => block.members.find((member) => member.name.value === name));
  return members.every((member) => member !== undefined)
    ? members.map((member) => quoted(columnName(member).value, span))
    : undefined;
}

/** The foreign key of the side that names its fields. */
export function foreignKeyOf(field: RelationField, schema: Schema): Constraint | undefined {
  const { member, block, target, attribute } = field;
  const { span } = member.name;
  const names = namesIn(argumentOf(attribute, 'fields'));
  const columns = columnsOf(names, block, span);
  if (!schema.foreignKeys || names.length === 0 || columns === undefined || target.block.keyword === 'view')
    return undefined;
  const targetColumns = columnsOf(namesIn(argumentOf(attribute, 'references')), target.block, span);
  const uncertain: Uncertainty[] =
    targetColumns === undefined
      ? [{ about: 'target', reason: `a field of ${target.block.name.value} is not there` }]
      : [];
  const given = argumentOf(attribute, 'map');
  const { dialect } = schema;
  const stem = [objectName(block).name.value, ...columns.map(({ value }) => value)];
  // The key is required as soon as one of its fields is.
  const isRequired = names.some(
    (name) => block.members.find((each) => each.name.value === name)?.type?.optional === false,
  );
  const byDefault = isRequired ? (dialect === 'tsql' ? 'no action' : 'restrict') : 'set null';
  const key: ForeignKey = {
    kind: 'foreign',
    name: given?.kind === 'text' ? quoted(given.value, given.span) : generated(madeName(stem, '_fkey', dialect), span),
    columns,
    target: pinned(objectName(target.block), span),
    targetColumns: targetColumns ?? [],
    onDelete: actionOf(attribute, 'onDelete') ?? byDefault,
    onUpdate: actionOf(attribute, 'onUpdate') ?? 'cascade',
    span,
    anchor: fieldAnchor(member),
    uncertain,
  };
  return key;
}
