import type {
  Annotation,
  Column,
  ForeignKey,
  Name,
  OtherSide,
  QualifiedName,
  Relationship,
  Span,
  Table,
  Uncertainty,
} from '../../../ir/index.js';
import type { FoundClass, Lookup } from '../linking/lookup.js';
import type { DecoratorRecord } from '../records.js';
import { itemsOf, property, scalarOf, textOf, type Value } from '../values/values.js';
import { annotationOf, quoted, type ColumnContext } from './columns.js';
import { otherSideOf } from './other-side.js';
import { foreignKeyName, indexName, primaryKeyName, relationName } from './names.js';
import { lineageOf, propertiesOf, typeormDecorators, type Property } from './properties.js';
import { tableName } from './tables.js';

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
  const reference = ofTree ? ownReference(own) : target?.kind === 'function' ? target.returns : target;
  const inverse = rest.find((value) => value.kind === 'function' || value.kind === 'text');
  const joins = typeormDecorators(member.decorators, 'JoinColumn');
  const [joinTable] = typeormDecorators(member.decorators, 'JoinTable');
  const name = reference?.kind === 'reference' ? reference.name : textOf(reference);
  const found =
    name === undefined
      ? undefined
      : lookup.classOf(name, reference?.kind === 'reference' ? reference.module : undefined, own.path);
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

function inversePath(value: Value): string | undefined {
  if (value.kind !== 'function') return textOf(value);
  return value.returns?.kind === 'parameter' ? value.returns.path.join('.') : textOf(value.returns);
}

export function relationshipOf(relation: Relation): Relationship {
  const { member, placement } = relation.property;
  const span = placement.inherited?.at ?? member.nameSpan;
  const loading =
    scalarOf(property(relation.options, 'eager')) === true
      ? 'eager'
      : scalarOf(property(relation.options, 'lazy')) === true
        ? 'lazy'
        : undefined;
  return {
    attribute: { value: member.name, quoted: true, span },
    kind: relation.kind,
    ...(relation.targetName !== undefined && { target: relation.targetName }),
    ...(relation.inverse !== undefined && { inverse: relation.inverse }),
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

interface Referenced {
  property: string;
  column: Column;
}

/** The primary key columns of a class, or the columns that a join names. */
function referencedColumns(relation: Relation, context: ColumnContext, lookup: Lookup): Referenced[] | undefined {
  if (!relation.target) return undefined;
  const lineage = lineageOf(relation.target, lookup);
  const { list } = propertiesOf(lineage, { ...context, table: relation.target.record.name }, lookup);
  const all = list.flatMap((each) =>
    each.columns.map((column) => ({ property: each.member.name, column, primary: each.primary })),
  );
  const named = relation.joinColumns.map((join) => textOf(property(join, 'referencedColumnName')));
  if (named.some((name) => name !== undefined)) {
    const found = named.map((name) => all.find((each) => each.property === name));
    return found.every((each) => each !== undefined) ? found : undefined;
  }
  const primary = all.filter((each) => each.primary);
  return primary.length > 0 ? primary : undefined;
}

/** What an owning side adds to its table. */
export interface OwnedKey {
  /** Columns that no property declares. */
  added: Column[];
  key?: ForeignKey;
  unique?: { name: Name; columns: Name[] };
}

/** The foreign key of an owning side: its columns, made from the target's key where no join names them, and its constraint. */
export function ownedKey(
  relation: Relation,
  columns: readonly Column[],
  table: QualifiedName,
  context: ColumnContext,
  lookup: Lookup,
): OwnedKey {
  const { member, placement } = relation.property;
  const span = placement.inherited?.at ?? member.nameSpan;
  const referenced = referencedColumns(relation, context, lookup);
  const count = Math.max(referenced?.length ?? 1, 1);
  const added: Column[] = [];
  const owned: Column[] = [];
  for (let index = 0; index < count; index++) {
    const column = keyColumn(relation, index, referenced?.[index], context, span);
    const declared = columns.find((each) => each.name.value === column.name.value);
    if (!declared) added.push(column);
    else adoptType(declared, referenced?.[index]?.column);
    owned.push(declared ?? column);
  }
  relation.property.columns = owned;
  const names = owned.map(({ name }) => name);
  const certain = names.every((name) => !name.unknown);
  const result: OwnedKey = { added };
  if (scalarOf(property(relation.options, 'createForeignKeyConstraints')) !== false)
    result.key = constraintOf(relation, names, referenced, table, context, lookup, span);
  if (relation.kind === 'one-to-one') {
    const value = certain
      ? relationName(
          table.name.value,
          names.map((name) => name.value),
        )
      : '';
    result.unique = { name: { ...quoted(value, span), ...(!certain && { unknown: true as const }) }, columns: names };
  }
  return result;
}

/** A join column that a property declares gets the type of what it references, whatever the property says. */
function adoptType(declared: Column, referenced: Column | undefined): void {
  if (referenced === undefined || referenced.type.name === 'unknown') return;
  const { name } = referenced.type;
  if (name.split('(')[0] !== declared.type.name.split('(')[0]) declared.type = { ...declared.type, name };
  declared.uncertain = declared.uncertain.filter(({ about }) => about !== 'type');
}

function keyColumn(
  relation: Relation,
  index: number,
  referenced: Referenced | undefined,
  context: ColumnContext,
  span: Span,
): Column {
  const { member, placement } = relation.property;
  const join = relation.joinColumns[index];
  const option = property(join, 'name');
  const given = textOf(option);
  const uncertain: Uncertainty[] = [];
  const reason = `the key of ${relation.targetName ?? 'the target'} is not in the project`;
  if (given === undefined && (!referenced || option))
    uncertain.push({ about: 'name', reason: option ? 'the name is computed' : reason });
  if (!referenced) uncertain.push({ about: 'type', reason });
  const plain = given ?? context.strategy.joinColumn(member.name, referenced?.property ?? 'id');
  const value = placement.prefixes.length > 0 ? context.strategy.column(member.name, plain, placement.prefixes) : plain;
  const at = given !== undefined && !placement.inherited ? option!.span : span;
  const nullable = scalarOf(property(relation.options, 'nullable'));
  return {
    name: { ...quoted(value, at), ...(given === undefined && !referenced && { unknown: true as const }) },
    attribute: member.name,
    type: referenced?.column.type ? { ...referenced.column.type, span } : { name: 'unknown', written: '', span },
    nullable: relation.property.primary ? false : nullable !== false,
    constraints: [],
    indexes: [],
    ...(member.doc && !placement.inherited && { doc: member.doc }),
    ...(placement.inherited && { from: placement.inherited.from }),
    span,
    uncertain,
  };
}

function constraintOf(
  relation: Relation,
  columns: Name[],
  referenced: Referenced[] | undefined,
  table: QualifiedName,
  context: ColumnContext,
  lookup: Lookup,
  span: Span,
): ForeignKey {
  const { member, placement } = relation.property;
  const given = relation.joinColumns
    .map((join) => textOf(property(join, 'foreignKeyConstraintName')))
    .find((name) => name !== undefined);
  const certain = columns.every((name) => !name.unknown) && !table.name.unknown;
  const name =
    given ??
    (certain
      ? foreignKeyName(
          table.name.value,
          columns.map((each) => each.value),
        )
      : undefined);
  const onDelete = textOf(property(relation.options, 'onDelete'));
  const onUpdate = textOf(property(relation.options, 'onUpdate'));
  const target = relation.target && tableName(relation.target, context.strategy, lookup);
  return {
    kind: 'foreign',
    ...(name !== undefined && { name: quoted(name, span) }),
    columns,
    ...(target && { target: pinnedTo(target, span) }),
    targetColumns: (referenced ?? []).map(({ column }) => quoted(column.name.value, span)),
    ...(onDelete !== undefined && { onDelete }),
    ...(onUpdate !== undefined && { onUpdate }),
    span,
    ...(!placement.inherited && { anchor: member.anchor }),
    uncertain: target
      ? []
      : [{ about: 'target', reason: `${relation.targetName ?? 'the target'} is not in the project` }],
  };
}

const pinnedTo = (name: QualifiedName, span: Span): QualifiedName => ({
  ...(name.schema && { schema: { ...name.schema, span } }),
  name: { ...name.name, span },
  span,
});

/** The table behind a many-to-many relation, on the side that has the join table. */
export function junctionOf(
  relation: Relation,
  own: FoundClass,
  context: ColumnContext,
  lookup: Lookup,
): Table | undefined {
  const { joinTable, property: each, target } = relation;
  if (!joinTable || relation.kind !== 'many-to-many') return undefined;
  const { member } = each;
  const span = each.placement.inherited?.at ?? joinTable.span;
  const options = joinTable.args[0];
  const ownName = tableName(own, context.strategy, lookup);
  const targetName = target && tableName(target, context.strategy, lookup);
  const given = textOf(property(options, 'name'));
  const { prefix } = context.strategy;
  const bare = (name: QualifiedName): string => name.name.value.slice(prefix.length);
  const derived = targetName && context.strategy.joinTable(bare(ownName), bare(targetName), each.path);
  const value = given === undefined && derived === undefined ? undefined : prefix + (given ?? derived ?? '');
  const self = { ...relation, target: own, joinColumns: [] };
  const sides = [
    junctionSide(self, 'joinColumn', options, ownName, context, lookup, span),
    junctionSide({ ...relation, joinColumns: [] }, 'inverseJoinColumn', options, targetName, context, lookup, span),
  ];
  const [left, right] = sides;
  if (!left || !right || value === undefined) return undefined;
  if (left.columns[0]?.name.value === right.columns[0]?.name.value) numbered([left, right]);
  const schema = textOf(property(options, 'schema'));
  const name: QualifiedName = {
    ...(schema !== undefined
      ? { schema: quoted(schema, span) }
      : ownName.schema && { schema: { ...ownName.schema, span } }),
    name: quoted(value, span),
    span,
  };
  const all = [...left.columns, ...right.columns].map((column) => column.name);
  return {
    name,
    declaredBy: 'typeorm',
    role: 'junction',
    columns: [...left.columns, ...right.columns],
    constraints: [
      {
        kind: 'primary',
        name: quoted(
          primaryKeyName(
            value,
            all.map((each) => each.value),
          ),
          span,
        ),
        columns: all,
        span,
        uncertain: [],
      },
      ...(scalarOf(property(relation.options, 'createForeignKeyConstraints')) === false
        ? []
        : [
            junctionKey(left, value, span, { onDelete: 'CASCADE', onUpdate: 'CASCADE', ...rulesOf(relation.options) }),
            junctionKey(right, value, span, inverseRules(relation)),
          ]),
    ],
    indexes: [left, right].map((side) => {
      const names = side.columns.map((column) => column.name.value);
      return {
        name: quoted(indexName(value, names), span),
        keys: names.map((column) => ({ column, quoted: true })),
        unique: false,
        include: [],
        span,
        uncertain: [],
      };
    }),
    relationships: [],
    ...(member.doc && { doc: member.doc }),
    span,
    uncertain: [],
  };
}

interface Side {
  columns: Column[];
  target: QualifiedName;
  referenced: Name[];
  /** As given for the foreign key. */
  keyName?: string;
}

function junctionSide(
  relation: Relation,
  role: string,
  options: Value | undefined,
  target: QualifiedName | undefined,
  context: ColumnContext,
  lookup: Lookup,
  span: Span,
): Side | undefined {
  const given = property(options, role) ? [property(options, role)!] : (itemsOf(property(options, `${role}s`)) ?? []);
  const referenced = referencedColumns({ ...relation, joinColumns: given }, context, lookup);
  if (!referenced || !target) return undefined;
  const columns = referenced.map(({ property: name, column }, index): Column => {
    const custom = column.name.value === name ? undefined : column.name.value;
    const value =
      textOf(property(given[index], 'name')) ??
      context.strategy.joinTableColumn(target.name.value.slice(context.strategy.prefix.length), name, custom);
    return {
      name: quoted(value, span),
      type: { ...column.type, span },
      nullable: false,
      constraints: [],
      indexes: [],
      span,
      uncertain: [],
    };
  });
  const keyName = textOf(property(given[0], 'foreignKeyConstraintName'));
  return {
    columns,
    target,
    referenced: referenced.map(({ column }) => quoted(column.name.value, span)),
    ...(keyName !== undefined && { keyName }),
  };
}

/** Both sides of a relation of a class with itself would give the same column names: TypeORM numbers them. */
function numbered(sides: readonly Side[]): void {
  sides.forEach((side, index) => {
    for (const column of side.columns)
      column.name = { ...column.name, value: `${column.name.value}_${String(index + 1)}` };
  });
}

type KeyRules = Pick<ForeignKey, 'onDelete' | 'onUpdate'>;

function rulesOf(options: Value | undefined): KeyRules {
  const onDelete = textOf(property(options, 'onDelete'));
  const onUpdate = textOf(property(options, 'onUpdate'));
  return { ...(onDelete !== undefined && { onDelete }), ...(onUpdate !== undefined && { onUpdate }) };
}

/** The other side's rules hold where that side names the relation too, even if it gives none. */
function inverseRules({ inverse, target }: Relation): KeyRules {
  const member = target?.record.members.find((each) => each.name === inverse);
  const [decorator] = typeormDecorators(member?.decorators ?? [], 'ManyToMany');
  if (!decorator) return { onDelete: 'CASCADE', onUpdate: 'CASCADE' };
  return rulesOf(decorator.args.find((value) => value.kind === 'object'));
}

function junctionKey(side: Side, table: string, span: Span, rules: KeyRules): ForeignKey {
  const columns = side.columns.map((column) => column.name);
  const derived = foreignKeyName(
    table,
    columns.map((each) => each.value),
  );
  return {
    kind: 'foreign',
    name: quoted(side.keyName ?? derived, span),
    columns,
    target: pinnedTo(side.target, span),
    targetColumns: side.referenced,
    ...rules,
    span,
    uncertain: [],
  };
}
