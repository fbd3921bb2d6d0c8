import type { Annotation, OtherSide, Relationship } from '../../../ir/index.js';
import type { FoundClass, Lookup } from '../linking/lookup.js';
import type { DecoratorRecord } from '../records.js';
import { itemsOf, property, scalarOf, textOf, type Value } from '../values/values.js';
import { annotationOf } from './columns.js';
import { otherSideOf } from './other-side.js';
import { typeormDecorators, type Property } from './properties.js';

const kinds: { [decorator: string]: Relationship['kind'] } = {
  ManyToOne: 'many-to-one',
  OneToMany: 'one-to-many',
  OneToOne: 'one-to-one',
  ManyToMany: 'many-to-many',
  TreeParent: 'many-to-one',
  TreeChildren: 'one-to-many',
};

/** One relation as its decorators write it. */
export interface Relation {
  property: Property;
  kind: Relationship['kind'];
  options: Value | undefined;
  target?: FoundClass;
  targetName?: string;
  inverse?: string;
  joinColumns: Value[];
  /** Present where this side keeps the foreign key in a column of its own. */
  owner: boolean;
  joinTable?: DecoratorRecord;
  otherSide?: OtherSide;
}

/** @param own the class that the property is seen in: a tree's parent and children are of that class */
export function relationOf(each: Property, own: FoundClass, lookup: Lookup): Relation | undefined {
  const { member } = each;
  const [decorator] = typeormDecorators(member.decorators, ...Object.keys(kinds));
  if (!decorator) return undefined;
  const kind = kinds[decorator.origin.name]!;
  const ofTree = decorator.origin.name.startsWith('Tree');
  const [target, ...others] = decorator.args;
  const rest = ofTree ? decorator.args : others;
  const inverse = rest.find((value) => value.kind === 'function' || value.kind === 'text');
  const joins = typeormDecorators(member.decorators, 'JoinColumn');
  const [joinTable] = typeormDecorators(member.decorators, 'JoinTable');
  const { name, found } = ofTree ? targetOf(ownReference(own), own.path, lookup) : targetOf(target, each.file, lookup);
  const inverseName = inverse && inversePath(inverse);
  const otherSide =
    found && inverseName !== undefined && !ofTree ? otherSideOf(found, inverseName, own, lookup) : undefined;
  return {
    property: each,
    kind,
    options: rest.find((value) => value.kind === 'object'),
    ...(found && { target: found }),
    ...(name !== undefined && { targetName: found?.record.name ?? name }),
    ...(inverseName !== undefined && { inverse: inverseName }),
    joinColumns: joins.flatMap((join) => itemsOf(join.args[0]) ?? join.args.slice(0, 1)),
    owner: kind === 'many-to-one' || (kind === 'one-to-one' && joins.length > 0),
    ...(joinTable && { joinTable }),
    ...(otherSide && { otherSide }),
  };
}

const ownReference = ({ record }: FoundClass): Value => ({
  kind: 'reference',
  name: record.name,
  path: [],
  span: record.nameSpan,
});

/**
 * The class that `() => User`, `User`, `'User'` or an entity schema names.
 * @param from the file in which that stands
 */
export function targetOf(
  value: Value | undefined,
  from: string,
  lookup: Lookup,
): { name?: string; found?: FoundClass } {
  const reference = value?.kind === 'function' ? value.returns : value;
  const name = reference?.kind === 'reference' ? reference.name : textOf(reference);
  if (name === undefined) return {};
  const found = lookup.classOf(name, reference?.kind === 'reference' ? reference.module : undefined, from);
  return { name, ...(found && { found }) };
}

/** The property that a side names as its inverse. */
export function inversePath(value: Value): string | undefined {
  if (value.kind !== 'function') return textOf(value);
  return value.returns?.kind === 'parameter' ? value.returns.path.join('.') : textOf(value.returns);
}

/** @param relation one whose key has been worked out, where it owns one */
export function relationshipOf(relation: Relation): Relationship {
  const { member, placement } = relation.property;
  const span = placement.inherited?.at ?? member.nameSpan;
  const loading =
    scalarOf(property(relation.options, 'eager')) === true
      ? 'eager'
      : scalarOf(property(relation.options, 'lazy')) === true
        ? 'lazy'
        : undefined;
  const key = relation.owner ? relation.property.columns.map(({ name }) => name) : [];
  return {
    attribute: { value: member.name, quoted: true, span },
    kind: relation.kind,
    ...(relation.targetName !== undefined && { target: relation.targetName }),
    ...(relation.inverse !== undefined && { inverse: relation.inverse }),
    ...(key.length > 0 && !key.some(({ unknown }) => unknown) && { keyedBy: key.map(({ value }) => value) }),
    ...(placement.inherited && { from: placement.inherited.from }),
    ...(loading !== undefined && { loading }),
    ...(member.doc && !placement.inherited && { doc: member.doc }),
    span,
    ...(!placement.inherited && { anchor: member.anchor }),
    ...(relation.otherSide && !placement.inherited && { otherSide: relation.otherSide }),
    ...(member.type && !placement.inherited && { annotation: relationType(member.type) }),
    uncertain: relation.targetName === undefined ? [{ about: 'target', reason: 'the target is computed' }] : [],
  };
}

/** A class that stands alone takes no null. */
function relationType(type: NonNullable<Property['member']['type']>): Annotation {
  const isClass = !type.optional && /^(?:(?:Relation|Promise)<)?[A-Z]\w*(?:\[\])?>?$/.test(type.written);
  const fact = annotationOf(type);
  return type.nullable === 'unknown' && isClass ? { ...fact, nullable: false } : fact;
}
