import type { Column, Constraint, Index, Table } from '../../../ir/index.js';
import { resolvedRecord, type Lookup } from '../linking/lookup.js';
import type { ColumnContext } from './columns.js';
import { explicitKeys } from './explicit-keys.js';
import { ownedKey } from './foreign-keys.js';
import { readExtras, uniqueConstraint, type Extras } from './indexes.js';
import { primaryKeyOn } from './primary-keys.js';
import type { Lineage, Properties, Property } from './properties.js';
import type { Relation } from './relations.js';

/** Foreign and unique keys of the relations that a table owns, whose columns it adds to those of the properties. */
export function ownedConstraints(
  relations: readonly Relation[],
  columns: Column[],
  name: Table['name'],
  context: ColumnContext,
  lookup: Lookup,
): Constraint[] {
  const constraints: Constraint[] = [];
  for (const relation of relations) {
    if (!relation.owner) continue;
    const { added, key, unique } = ownedKey(relation, columns, name, context, lookup);
    columns.push(...added);
    if (key) constraints.push(key);
    if (!unique) continue;
    const span = unique.name.span;
    constraints.push({
      kind: 'unique',
      ...(!unique.name.unknown && { name: unique.name }),
      columns: unique.columns,
      span,
      uncertain: [],
    });
  }
  return constraints;
}

export function primaryKey(properties: Properties, context: ColumnContext): Constraint[] {
  const columns = properties.list
    .filter((each) => each.primary)
    .flatMap((each) => each.columns.map((column) => column.name));
  const [first] = columns;
  if (!first) return [];
  return [primaryKeyOn(context.table, columns, context.dialect, first.span, properties.primaryName)];
}

export const uniques = (properties: Properties, context: ColumnContext): Constraint[] =>
  properties.uniques.map(({ columns, span }) => uniqueConstraint(context.table, columns, context.dialect, span));

/**
 * Indexes and constraints that decorators of the classes and their properties add.
 * @param others properties that fields may name beside those of the classes themselves
 */
export function extrasOf(
  lineage: Lineage,
  properties: Properties,
  context: ColumnContext,
  lookup: Lookup,
  others: readonly Property[] = [],
): Extras {
  const extras: Extras = { indexes: [], constraints: [], uncertain: [] };
  const shared = { table: context.table, dialect: context.dialect, properties: [...properties.list, ...others] };
  const own = lineage.chain.at(-1);
  for (const found of lineage.chain) {
    const record = resolvedRecord(found, lookup);
    const at = own?.record.base?.span;
    const place = { ...shared, ...(found !== own && at && { at }), anchor: record.anchor };
    readExtras(record.decorators, place, extras);
    extras.constraints.push(...explicitKeys(record.decorators, { ...place, context, path: found.path }, lookup));
  }
  for (const each of properties.list) {
    for (const { member, placement } of [each, ...each.again]) {
      const at = placement.inherited?.at;
      const place = { ...shared, own: each, ...(at && { at }), anchor: member.anchor };
      readExtras(member.decorators, place, extras);
      extras.constraints.push(...explicitKeys(member.decorators, { ...place, context, path: each.file }, lookup));
    }
  }
  return extras;
}

/** Most names are made of the table's and those of its columns. */
export function forgetNames(facts: readonly (Constraint | Index)[]): void {
  for (const fact of facts) delete fact.name;
}
