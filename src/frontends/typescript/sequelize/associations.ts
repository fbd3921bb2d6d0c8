import { property, scalarOf, textOf, type Value } from '../values/values.js';
import { placedAt } from '../values/children.js';
import { keyAttribute, keyName, keyOptions, nameIn, relate, unsure, type Association } from './association.js';
import { camelize, singularize } from './inflection.js';
import { injectBoth, joinedBy, pair, type Joined } from './join-table.js';
import { addDefaults, newModel, primaryKeys, tableRef, type Attribute, type Model } from './model.js';

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
        { key: 'tableName', span: at, value: placedAt(inner!, at) },
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
    const { allowNull } = there ?? added;
    onDelete ??= allowNull === 'unknown' ? undefined : allowNull ? actions.set : actions.other;
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
