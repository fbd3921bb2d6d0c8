import type { Anchor, Relationship, Span, Text } from '../../../ir/index.js';
import { isAbsent, property, scalarOf, textOf, type Value } from '../values/values.js';
import type { AssociationKind } from './declarations.js';
import { camelize, singularize } from './inflection.js';
import {
  addDefaults,
  attributeFrom,
  fieldOf,
  moved,
  newModel,
  primaryKeys,
  tableRef,
  type Attribute,
  type Model,
} from './model.js';

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

/** Associations bring columns to tables, in the order in which they are made. */
export class Associations {
  readonly #made: Joined[] = [];

  /** @param findModel a model by its name */
  constructor(
    private readonly findModel: (name: string, path: string) => Model | undefined,
    private readonly addModel: (model: Model) => void,
  ) {}

  add(association: Association): void {
    if (association.kind === 'belongsTo') this.#belongsTo(association);
    else if (association.kind === 'belongsToMany') this.#belongsToMany(association);
    else this.#has(association);
  }

  #belongsTo(association: Association): void {
    const { source, target, options } = association;
    const as = nameIn(options, 'as') ?? target.singular;
    relate(association, as, 'many-to-one');
    const [primary] = primaryKeys(target);
    const name = keyName(options, camelize(`${as}_${primary?.name ?? ''}`));
    const key = nameIn(options, 'targetKey') ?? primary?.name;
    const to = key === undefined ? undefined : target.attributes.get(key);
    if (name === undefined || !to) return unsure(source, association);
    inject(source, name, to, target, association, { set: 'SET NULL', other: 'NO ACTION' });
  }

  #has(association: Association): void {
    const { kind, source, target, options } = association;
    const given = nameIn(options, 'as');
    const isOne = kind === 'hasOne';
    relate(association, given ?? (isOne ? target.singular : target.plural), isOne ? 'one-to-one' : 'one-to-many');
    const [primary] = primaryKeys(source);
    const owner = isOne ? singularize(given ?? source.name) : source.singular;
    const name = keyName(options, camelize(`${owner}_${primary?.name ?? ''}`));
    const key = nameIn(options, 'sourceKey') ?? primary?.name;
    const to = key === undefined ? undefined : source.attributes.get(key);
    if (name === undefined || !to) return unsure(target, association);
    inject(target, name, to, source, association, { set: 'SET NULL', other: 'CASCADE' });
  }

  #belongsToMany(association: Association): void {
    const { source, target, options } = association;
    const as = nameIn(options, 'as') ?? textOf(property(property(options, 'as'), 'plural')) ?? target.plural;
    const through = this.#through(association);
    relate(association, as, 'many-to-many', through);
    const joined = through && joinedBy(association, as, through);
    if (!joined) return unsure(through ?? source, association);
    const paired = this.#made.find(
      (each) => each.source === target && each.target === source && each.through === joined.through,
    );
    if (paired) pair(joined, paired);
    this.#made.push(joined);
    injectBoth(joined);
  }

  /** The model of the join table: one that is there, or a new one by the name that is given. */
  #through({ source, target, options, through, path, span }: Association): Model | undefined {
    if (through) return through;
    const given = property(options, 'through');
    const inner = given?.kind === 'object' ? property(given, 'model') : given;
    const name = textOf(inner);
    if (name === undefined) return undefined;
    const known = this.findModel(name, source.path);
    if (known) return known;
    const at = path === source.path ? span : source.nameSpan;
    const nothing: Value = { kind: 'array', items: [], complete: true, span: at };
    const no: Value = { kind: 'known', value: false, span: at };
    const paranoid = given?.kind === 'object' ? (property(given, 'paranoid') ?? no) : no;
    const own: Value = {
      kind: 'object',
      entries: [
        { key: 'tableName', span: at, value: moved(inner, at)! },
        { key: 'indexes', span: at, value: nothing },
        { key: 'paranoid', span: at, value: paranoid },
      ],
      complete: true,
      span: at,
    };
    const inherited = source.options.without('timestamps', 'name', 'tableName', 'modelName', 'sequelize');
    const timestamps = property(options, 'timestamps');
    const model = newModel(
      { path: source.path, dialect: source.dialect, name, role: 'junction', nameSpan: at },
      inherited.over(own).over(timestamps && withTimestamps(timestamps)),
    );
    addDefaults(model);
    if (source.uncertain.length + target.uncertain.length > 0)
      model.uncertain.push({ about: 'everything', reason: 'a model that it joins is not wholly known' });
    this.addModel(model);
    return model;
  }
}

const withTimestamps = (value: Value): Value => ({
  kind: 'object',
  entries: [{ key: 'timestamps', span: value.span, value }],
  complete: true,
  span: value.span,
});

const nameIn = (options: Value | undefined, key: string): string | undefined =>
  textOf(property(options, key)) || undefined;

/** The attribute that holds the key: given as text or as an object, else the usual name; nothing where it is computed. */
function keyName(options: Value | undefined, usual: string, key = 'foreignKey'): string | undefined {
  if (options && (options.kind !== 'object' || !options.complete)) return undefined;
  const given = property(options, key);
  if (!given || isAbsent(given)) return usual;
  if (given.kind === 'object') return textOf(property(given, 'name') ?? property(given, 'fieldName')) ?? usual;
  return textOf(given);
}

function unsure(model: Model, { kind }: Association): void {
  const reason = `the key of an association (${kind}) is not known`;
  if (!model.uncertain.some((each) => each.reason === reason)) model.uncertain.push({ about: 'columns', reason });
}

/** What `foreignKey: { … }` says of the attribute besides its name. */
const keyOptions = (options: Value | undefined, key = 'foreignKey'): Value | undefined => {
  const given = property(options, key);
  return given?.kind === 'object' ? given : undefined;
};

const placeIn = (model: Model, { path, span }: Pick<Association, 'path' | 'span'>): Span =>
  path === model.path ? span : model.nameSpan;

/** An attribute that an association makes, before it meets one that is there. */
function keyAttribute(
  name: string,
  to: Attribute,
  given: Value | undefined,
  model: Model,
  association: Pick<Association, 'path' | 'span'>,
): Attribute {
  const span = placeIn(model, association);
  const own = given
    ? attributeFrom(name, moved(given, span)!, { nameSpan: span, span }, model, () => undefined)
    : { name, field: fieldOf(name, model), nameSpan: span, span, uncertain: [] };
  const type = moved(to.type, span);
  const values = moved(to.values, span);
  return {
    ...(type && { type }),
    ...(values && { values }),
    ...(to.implied && { implied: to.implied }),
    allowNull: true,
    ...own,
    generated: true,
  };
}

/**
 * Ties an attribute to the key of another table, and adds it where it is not there. What an attribute says by itself
 * stays as it is.
 */
function inject(
  model: Model,
  name: string,
  to: Attribute,
  owner: Model,
  association: Association,
  actions: { set: string; other: string },
): void {
  const { options } = association;
  const added = keyAttribute(name, to, keyOptions(options), model, association);
  const there = model.attributes.get(name);
  let onDelete = nameIn(options, 'onDelete');
  let onUpdate = nameIn(options, 'onUpdate');
  if (scalarOf(property(options, 'constraints')) !== false) {
    onDelete ??= (there ?? added).allowNull ? actions.set : actions.other;
    onUpdate ??= 'CASCADE';
  }
  const keys = primaryKeys(owner).map(({ field }) => field);
  if ((onDelete ?? onUpdate) !== undefined && (keys.length === 1 || !keys.includes(to.field))) {
    added.references = { to: tableRef(owner), key: to.field };
    Object.assign(added, { ...(onDelete !== undefined && { onDelete }), ...(onUpdate !== undefined && { onUpdate }) });
  }
  model.attributes.set(name, there ? merged(there, added) : added);
}

/** What an attribute lacks, taken from another one. */
function merged(there: Attribute, added: Attribute): Attribute {
  const { uncertain, ...defaults } = added;
  delete defaults.generated;
  const references = there.references ? { ...added.references, ...there.references } : added.references;
  return {
    ...defaults,
    ...there,
    ...(references && { references }),
    uncertain: [...there.uncertain, ...(there.type ? [] : uncertain)],
  };
}

/** A many-to-many with the names of its keys. */
interface Joined {
  association: Association;
  source: Model;
  target: Model;
  through: Model;
  sourceKey: string;
  targetKey: string;
  targetKeyGiven: boolean;
  foreignKey: string;
  otherKey: string;
  otherKeyGiven: boolean;
  as: string;
}

function joinedBy(association: Association, as: string, through: Model): Joined | undefined {
  const { source, target, options } = association;
  const sourceKey = nameIn(options, 'sourceKey') ?? primaryKeys(source)[0]?.name;
  const given = nameIn(options, 'targetKey');
  const targetKey = given ?? primaryKeys(target)[0]?.name;
  if (sourceKey === undefined || targetKey === undefined) return undefined;
  const joined = {
    association,
    source,
    target,
    through,
    sourceKey,
    targetKey,
    targetKeyGiven: given !== undefined,
    as,
  };
  const keys = keysOf(joined);
  return keys && { ...joined, ...keys };
}

function keysOf({
  association: { source, target, options },
  sourceKey,
  targetKey,
  as,
}: Pick<Joined, 'association' | 'sourceKey' | 'targetKey' | 'as'>):
  Pick<Joined, 'foreignKey' | 'otherKey' | 'otherKeyGiven'> | undefined {
  const foreignKey = keyName(options, camelize(`${source.singular}_${sourceKey}`));
  const other = source === target ? singularize(as) : target.singular;
  const otherKey = keyName(options, camelize(`${other}_${targetKey}`), 'otherKey');
  const given = property(options, 'otherKey');
  if (foreignKey === undefined || otherKey === undefined) return undefined;
  return { foreignKey, otherKey, otherKeyGiven: given !== undefined && !isAbsent(given) };
}

/** The two sides of one join table agree on the names of its keys. */
function pair(joined: Joined, paired: Joined): void {
  if (!joined.targetKeyGiven)
    Object.assign(joined, { targetKey: paired.sourceKey }, keysOf({ ...joined, targetKey: paired.sourceKey }));
  let again = false;
  const { attributes } = joined.through;
  if (!paired.targetKeyGiven && paired.targetKey !== joined.sourceKey) {
    attributes.delete(paired.otherKey);
    Object.assign(paired, { targetKey: joined.sourceKey }, keysOf({ ...paired, targetKey: joined.sourceKey }));
    again = true;
  }
  if (!joined.otherKeyGiven) joined.otherKey = paired.foreignKey;
  if (!paired.otherKeyGiven && paired.otherKey !== joined.foreignKey) {
    attributes.delete(paired.otherKey);
    paired.otherKey = joined.foreignKey;
    again = true;
  }
  if (again) injectBoth(paired);
}

/** Both keys of a join table: its primary key, unless it has one of its own. */
function injectBoth(joined: Joined): void {
  const { association, source, target, through, foreignKey, otherKey } = joined;
  const { options } = association;
  let isKey = false;
  for (const [name, attribute] of through.attributes) {
    if (attribute.primaryKey !== true || !attribute.generated) continue;
    if (name === foreignKey || name === otherKey) attribute.primaryKey = false;
    else through.attributes.delete(name);
    isKey = true;
  }
  const given = property(options, 'through');
  const isUnique = given?.kind !== 'object' || scalarOf(property(given, 'unique')) !== false;
  const unique = nameIn(options, 'uniqueKey') ?? [through.table, foreignKey, otherKey, 'unique'].join('_');
  const set = (name: string, owner: Model, key: string, keyOption: string, ownFirst: boolean): void => {
    const to = owner.attributes.get(key);
    if (!to) return unsure(through, association);
    const said = keyOptions(options, keyOption);
    const made = keyAttribute(name, to, said, through, association);
    if (!property(said, 'allowNull')) delete made.allowNull;
    const there = through.attributes.get(name);
    const { type, allowNull } = made;
    const over = { ...(type && { type }), ...(allowNull !== undefined && { allowNull }) };
    const attribute: Attribute = there ? { ...made, ...there, ...over } : made;
    if (isKey) attribute.primaryKey = true;
    else if (isUnique) attribute.unique = unique;
    if (scalarOf(property(options, 'constraints')) !== false) {
      attribute.references = { to: tableRef(owner), key: to.field };
      for (const action of ['onDelete', 'onUpdate'] as const) {
        const asked = nameIn(options, action);
        attribute[action] = (ownFirst ? (asked ?? there?.[action]) : (there?.[action] ?? asked)) ?? 'CASCADE';
      }
    }
    through.attributes.set(name, attribute);
  };
  set(foreignKey, source, joined.sourceKey, 'foreignKey', true);
  set(otherKey, target, joined.targetKey, 'otherKey', false);
}

/** The relation as the models see it. */
function relate(association: Association, as: string, kind: Relationship['kind'], through?: Model): void {
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
