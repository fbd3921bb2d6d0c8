import type { Column, ForeignKey, Name, QualifiedName, Span, Uncertainty } from '../../../ir/index.js';
import type { FoundClass, Lookup } from '../linking/lookup.js';
import { property, scalarOf, textOf } from '../values/values.js';
import { type ColumnContext } from './columns.js';
import { rulesOf } from './key-rules.js';
import { foreignKeyName, relationName } from './names.js';
import { lineageOf, propertiesOf } from './properties.js';
import type { Relation } from './relations.js';
import { tableName } from './tables.js';
import { quoted } from '../quoted.js';

/** A column that a key points to, and the property behind it. */
export interface Referenced {
  property: string;
  column: Column;
}

/** The primary key columns of a class, or the columns that a join names. */
export function referencedColumns(
  relation: Relation,
  context: ColumnContext,
  lookup: Lookup,
): Referenced[] | undefined {
  const named = relation.joinColumns.map((join) => textOf(property(join, 'referencedColumnName')));
  return relation.target && keyColumns(relation.target, named, context, lookup);
}

/** The columns of a class behind these properties, or those of its primary key where none is named. */
export function keyColumns(
  target: FoundClass,
  named: readonly (string | undefined)[],
  context: ColumnContext,
  lookup: Lookup,
): Referenced[] | undefined {
  const { list } = propertiesOf(lineageOf(target, lookup), { ...context, table: target.record.name }, lookup);
  const all = list.flatMap((each) =>
    each.columns.map((column) => ({ property: each.member.name, column, primary: each.primary })),
  );
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
  const target = relation.targetName ?? 'the target';
  const reason = relation.target ? `the key of ${target} is not known` : `${target} is not in the project`;
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
  const target = relation.target && tableName(relation.target, context.strategy, lookup);
  return {
    kind: 'foreign',
    ...(name !== undefined && { name: quoted(name, span) }),
    columns,
    ...(target && { target: pinnedTo(target, span) }),
    targetColumns: (referenced ?? []).map(({ column }) => quoted(column.name.value, span)),
    ...rulesOf(relation.options),
    span,
    ...(!placement.inherited && { anchor: member.anchor }),
    uncertain: target
      ? []
      : [{ about: 'target', reason: `${relation.targetName ?? 'the target'} is not in the project` }],
  };
}

/** A name as it is seen from somewhere else. */
export const pinnedTo = (name: QualifiedName, span: Span): QualifiedName => ({
  ...(name.schema && { schema: { ...name.schema, span } }),
  name: { ...name.name, span },
  span,
});
