import type { Anchor, Relationship, Span, Text } from '../../../ir/index.js';
import { placedAt } from '../values/children.js';
import { isAbsent, property, textOf, type Value } from '../values/values.js';
import type { AssociationKind } from './declarations.js';
import { camelize } from './inflection.js';
import { attributeFrom, fieldOf, primaryKeys, type Attribute, type Model } from './model.js';

/** One association with both models at hand. */
export interface Association {
  kind: AssociationKind;
  source: Model;
  target: Model;
  options: Value | undefined;
  /** The model of the join table, where `through` names one. */
  through?: Model;
  /** The file in which it is written, and where. */
  path: string;
  span: Span;
  /** The attribute of a class that stands for it: `@BelongsTo`. */
  attribute?: { name: string; span: Span };
  doc?: Text;
  anchor?: Anchor;
}

/** A text among options, if it says anything. */
export const nameIn = (options: Value | undefined, key: string): string | undefined =>
  textOf(property(options, key)) || undefined;

/** The attribute that holds the key: given as text or as an object, else the usual name; nothing where it is computed. */
export function keyName(options: Value | undefined, usual: string, key = 'foreignKey'): string | undefined {
  if (options && (options.kind !== 'object' || !options.complete)) return undefined;
  const given = property(options, key);
  if (!given || isAbsent(given)) return usual;
  if (given.kind === 'object') return textOf(property(given, 'name') ?? property(given, 'fieldName')) ?? usual;
  return textOf(given);
}

/** Notes that an association brings a column that is not known. */
export function unsure(model: Model, { kind }: Association): void {
  const reason = `the key of an association (${kind}) is not known`;
  if (!model.uncertain.some((each) => each.reason === reason)) model.uncertain.push({ about: 'columns', reason });
}

/** What `foreignKey: { … }` says of the attribute besides its name. */
export const keyOptions = (options: Value | undefined, key = 'foreignKey'): Value | undefined => {
  const given = property(options, key);
  return given?.kind === 'object' ? given : undefined;
};

const placeIn = (model: Model, { path, span }: Pick<Association, 'path' | 'span'>): Span =>
  path === model.path ? span : model.nameSpan;

/** An attribute that an association makes, before it meets one that is there. */
export function keyAttribute(
  name: string,
  to: Attribute,
  given: Value | undefined,
  model: Model,
  association: Pick<Association, 'path' | 'span'>,
): Attribute {
  const span = placeIn(model, association);
  const own = given
    ? attributeFrom(name, placedAt(given, span), { nameSpan: span, span }, model, () => undefined)
    : { name, field: fieldOf(name, model), nameSpan: span, span, uncertain: [] };
  const type = to.type && placedAt(to.type, span);
  const values = to.values && placedAt(to.values, span);
  return {
    ...(type && { type }),
    ...(values && { values }),
    ...(to.implied && { implied: to.implied }),
    allowNull: true,
    ...own,
    generated: true,
  };
}

/** The relation as the models see it. */
export function relate(association: Association, as: string, kind: Relationship['kind'], through?: Model): void {
  const { source, target, options, attribute, doc, anchor, path } = association;
  const span = attribute?.span ?? placeIn(source, association);
  const isHere = path === source.path;
  const keys =
    kind === 'many-to-one' ? keyName(options, camelize(`${as}_${primaryKeys(target)[0]?.name ?? ''}`)) : undefined;
  source.relationships.push({
    attribute: { value: attribute?.name ?? as, quoted: true, span },
    kind,
    target: target.className ?? target.name,
    ...(through && {
      through: { name: { value: through.table, quoted: true, span }, span },
    }),
    ...(keys !== undefined && { keyedBy: [keys] }),
    ...(doc && { doc: isHere ? doc : { ...doc, span } }),
    span,
    ...(anchor && isHere && { anchor }),
    uncertain: [],
  });
}
