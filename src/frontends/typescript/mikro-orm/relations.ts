import type { Annotation, ForeignKey, QualifiedName, Relationship, Span } from '../../../ir/index.js';
import { textOf, type Value } from '../values/values.js';
import { annotationOf } from './columns.js';
import type { FoundEntity, PropertyRecord } from './entity-record.js';
import { cascades, keyOf, ownsKey, type Field } from './fields.js';
import { partName } from './names.js';
import { given, isTruth, returned, textGiven, textsGiven, truthGiven } from './options.js';
import { tableNameOf } from './table-name.js';
import type { Surroundings, World } from './world.js';
import { quoted } from '../quoted.js';

const kinds: { [K in PropertyRecord['kind']]?: Relationship['kind'] } = {
  'm:1': 'many-to-one',
  '1:1': 'one-to-one',
  '1:m': 'one-to-many',
  'm:n': 'many-to-many',
};

/** The relation that a property is, if it is one. */
export function relationshipOf({ property: declared, columns, inherited, target }: Field): Relationship | undefined {
  const kind = kinds[declared.kind];
  if (!kind) return undefined;
  const { options, type } = declared;
  const span = inherited?.at ?? declared.nameSpan;
  const inverse = pathOf(given(options, 'mappedBy', 'inversedBy'));
  const targetName = target?.record.className ?? nameOf(declared.target);
  const keys = ownsKey(declared) ? columns.map(({ name }) => name) : [];
  return {
    attribute: { value: declared.name, quoted: true, span },
    kind,
    ...(targetName !== undefined && { target: targetName }),
    ...(inverse !== undefined && { inverse }),
    ...(keys.length > 0 && !keys.some(({ unknown }) => unknown) && { keyedBy: keys.map(({ value }) => value) }),
    ...(inherited && { from: inherited.from }),
    ...(isTruth(options, 'eager') && { loading: 'eager' }),
    ...(declared.doc && !inherited && { doc: declared.doc }),
    span,
    ...(declared.anchor && !inherited && { anchor: declared.anchor }),
    ...(type && !inherited && { annotation: relationType(type, targetName) }),
    uncertain: targetName === undefined ? [{ about: 'target', reason: 'the target is computed' }] : [],
  };
}

/** The class that a relation leads to takes no null where it stands alone, or in a wrapper of MikroORM's. */
function relationType(type: NonNullable<PropertyRecord['type']>, target: string | undefined): Annotation {
  const fact = annotationOf(type);
  const alone = type.written.replace(/^(?:Ref|Rel|Reference|IdentifiedReference|Loaded)<\s*(\w+)\s*>$/, '$1');
  const isClass = !type.optional && alone === target;
  return type.nullable === 'unknown' && isClass ? { ...fact, nullable: false } : fact;
}

/** `'author'`, `(book) => book.author`. */
function pathOf(value: Value | undefined): string | undefined {
  const to = returned(value);
  return to?.kind === 'parameter' ? to.path.join('.') : textOf(to);
}

function nameOf(value: Value | undefined): string | undefined {
  const to = returned(value);
  return to?.kind === 'reference' ? to.name : textOf(to);
}

/** What happens to a key when the row that it references goes or gets another key. */
export interface Rules {
  onDelete?: string;
  onUpdate?: string;
}

/** Rules that are written, else those that MikroORM takes for granted: version 6 for every relation, version 7 for some. */
function rulesOf(field: Field, composite: boolean, soleKey: boolean, around: Surroundings): Rules {
  const { options } = field.property;
  const removes = cascades(options, 'remove');
  const optional = field.nullable === true;
  const onDelete =
    textGiven(options, 'deleteRule', 'onDelete') ??
    (soleKey || (around.version === 6 && removes) ? 'cascade' : optional ? 'set null' : around.deleteRule);
  const implied = around.version === 6 ? cascades(options, 'persist') : soleKey || composite;
  const onUpdate = textGiven(options, 'updateRule', 'onUpdateIntegrity') ?? (implied ? 'cascade' : around.updateRule);
  return { ...(onDelete !== undefined && { onDelete }), ...(onUpdate !== undefined && { onUpdate }) };
}

/**
 * The foreign key of a relation that keeps it.
 * @param soleKey whether the relation is all of its table's primary key
 */
export function foreignKeyOf(
  field: Field,
  table: string,
  soleKey: boolean,
  world: World,
  around: Surroundings,
): ForeignKey | undefined {
  const { property: declared, columns, target, inherited } = field;
  const { options } = declared;
  if (truthGiven(options, 'createForeignKeyConstraint') === false) return undefined;
  const span = inherited?.at ?? declared.nameSpan;
  const names = columns.map(({ name }) => name);
  const key = target && keyOf(target, world, around);
  const references = textsGiven(options, 'referenceColumnName', 'referencedColumnNames');
  const certain = names.every((name) => !name.unknown);
  const given = textGiven(options, 'foreignKeyName');
  const name =
    given ??
    (certain
      ? partName(
          table,
          names.map(({ value }) => value),
          'foreign',
          around.dialect,
        )
      : undefined);
  const targetName = target && tableNameOf(target, world, around);
  return {
    kind: 'foreign',
    ...(name !== undefined && { name: quoted(name, span) }),
    columns: names,
    ...(targetName && { target: pinned(targetName, span) }),
    targetColumns: (references ?? key?.map((each) => each.name) ?? []).map((each) => quoted(each, span)),
    ...rulesOf(field, (key?.length ?? 1) > 1, soleKey, around),
    ...(textGiven(options, 'deferMode') !== undefined && { deferrable: true as const }),
    ...(/deferred/i.test(textGiven(options, 'deferMode') ?? '') && { initiallyDeferred: true as const }),
    span,
    ...(!inherited && declared.anchor && { anchor: declared.anchor }),
    uncertain: targetName
      ? []
      : [{ about: 'target', reason: `${nameOf(declared.target) ?? 'the target'} is not in the project` }],
  };
}

export const pinned = (name: QualifiedName, span: Span): QualifiedName => ({
  ...(name.schema && { schema: { ...name.schema, span } }),
  name: { ...name.name, span },
  span,
});

/** Whether a many-to-many relation is the side that its pivot table is made for. */
export function ownsPivot({ options }: PropertyRecord): boolean {
  return truthGiven(options, 'owner') === true || given(options, 'mappedBy') === undefined;
}

export const sameEntity = (one: FoundEntity | undefined, other: FoundEntity): boolean =>
  one !== undefined && one.path === other.path && one.record.className === other.record.className;
