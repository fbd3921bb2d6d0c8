import { isAbsent, property, scalarOf } from '../values/values.js';
import { keyAttribute, keyName, keyOptions, nameIn, unsure, type Association } from './association.js';
import { camelize, singularize } from './inflection.js';
import { primaryKeys, tableRef, type Attribute, type Model } from './model.js';

/** A many-to-many with the names of its keys. */
export interface Joined {
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

export function joinedBy(association: Association, as: string, through: Model): Joined | undefined {
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
export function pair(joined: Joined, paired: Joined): void {
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
export function injectBoth(joined: Joined): void {
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
