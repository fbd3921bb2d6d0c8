import type { Column, Constraint, Dialect, EnumType, Index, Span, Table, Uncertainty } from '../../../ir/index.js';
import { resolvedRecord, type FoundClass, type Lookup } from '../linking/lookup.js';
import type { ClassRecord } from '../records.js';
import { property, textOf } from '../values/values.js';
import { quoted, textFact, type ColumnContext } from './columns.js';
import { readExtras, uniqueConstraint, type Extras } from './indexes.js';
import { indexName, primaryKeyName, type NamingStrategy } from './names.js';
import {
  lineageOf,
  propertiesOf,
  typeormDecorators,
  type Lineage,
  type Properties,
  type Property,
} from './properties.js';
import { junctionOf, ownedKey, relationOf, relationshipOf, type Relation } from './relations.js';
import { addTree } from './trees.js';
import { entityArguments, singleTableRoot, tableName, unknownName } from './tables.js';

export interface EntitySettings {
  dialect: Dialect;
  strategy: NamingStrategy;
  /** The project replaces the naming strategy by one that is not known. */
  namesUnknown?: true;
}

export interface EntityFacts {
  tables: Table[];
  enums: EnumType[];
}

/** The tables that the classes of one file declare with TypeORM's decorators. */
export function readEntities(classes: readonly FoundClass[], lookup: Lookup, settings: EntitySettings): EntityFacts {
  const facts: EntityFacts = { tables: [], enums: [] };
  for (const found of classes) {
    const record = resolvedRecord(found, lookup);
    const role = roleOf(record);
    if (role === undefined) continue;
    readEntity(found, record, role, lookup, settings, facts);
  }
  return facts;
}

/** A class that only has column decorators gives its columns to others: a base, a mixin or an embedded class. */
function roleOf(record: ClassRecord): Table['role'] | undefined {
  if (typeormDecorators(record.decorators, 'ViewEntity').length > 0) return 'view';
  if (typeormDecorators(record.decorators, 'Entity').length > 0) return 'table';
  const members = record.members.some((member) => member.decorators.some((each) => each.origin.module === 'typeorm'));
  return members || typeormDecorators(record.decorators, 'ChildEntity').length > 0 ? 'abstract' : undefined;
}

function readEntity(
  found: FoundClass,
  record: ClassRecord,
  role: Table['role'],
  lookup: Lookup,
  settings: EntitySettings,
  facts: EntityFacts,
): void {
  const name = tableName(found, settings.strategy, lookup);
  const context: ColumnContext = { dialect: settings.dialect, strategy: settings.strategy, table: name.name.value };
  const child = typeormDecorators(record.decorators, 'ChildEntity').length > 0;
  const lineage: Lineage = child ? childLineage(found, lookup) : lineageOf(found, lookup);
  const properties = propertiesOf(lineage, context, lookup);
  const columns = properties.list.flatMap((each) => each.columns);
  const relations = properties.list.flatMap((each) => relationOf(each, found, lookup) ?? []);
  const constraints = ownedConstraints(relations, columns, name, context, lookup);
  const extras = extrasOf(lineage, properties, context, lookup);
  const [decorator] = typeormDecorators(record.decorators, 'Entity', 'ViewEntity');
  const { options } = decorator ? entityArguments(decorator) : {};
  const uncertain: Uncertainty[] = [...unknownName(name), ...properties.uncertain, ...extras.uncertain];
  const comment = textFact(property(options, 'comment'), 'comment', uncertain);
  const table: Table = {
    name: role === 'abstract' ? { name: quoted(record.name, record.nameSpan), span: record.nameSpan } : name,
    declaredBy: 'typeorm',
    className: record.name,
    role,
    columns,
    constraints:
      role === 'view'
        ? []
        : [...primaryKey(properties, context), ...constraints, ...uniques(properties, context), ...extras.constraints],
    indexes: extras.indexes,
    relationships: relations.map(relationshipOf),
    ...(comment && { comment }),
    ...(record.doc && { doc: record.doc }),
    span: record.nameSpan,
    anchor: record.anchor,
    uncertain,
  };
  if (typeormDecorators(record.decorators, 'TableInheritance').length > 0)
    addSingleTable(table, found, record, properties.list, context, lookup);
  const closure = addTree(table, record, properties, context);
  if (settings.namesUnknown) forgetNames(table, 'the naming strategy of the project is not known');
  facts.tables.push(table, ...closure);
  facts.enums.push(...properties.enums);
  if (role !== 'table' && !child) return;
  facts.tables.push(...relations.flatMap((relation) => junctionOf(relation, found, context, lookup) ?? []));
}

/** Only what the child adds: the rest stands at the root, whose table it shares. */
function childLineage(found: FoundClass, lookup: Lookup): Lineage {
  const { chain, missing } = lineageOf(found, lookup);
  const root = singleTableRoot(found, lookup);
  const index = chain.findIndex((each) => each.record === root?.record);
  return { chain: chain.slice(index + 1), ...(missing !== undefined && { missing }) };
}

function ownedConstraints(
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

function primaryKey(properties: Properties, context: ColumnContext): Constraint[] {
  const columns = properties.list
    .filter((each) => each.primary)
    .flatMap((each) => each.columns.map((column) => column.name));
  const [first] = columns;
  if (!first) return [];
  const value =
    properties.primaryName ??
    primaryKeyName(
      context.table,
      columns.map((column) => column.value),
    );
  return [{ kind: 'primary', name: quoted(value, first.span), columns, span: first.span, uncertain: [] }];
}

const uniques = (properties: Properties, context: ColumnContext): Constraint[] =>
  properties.uniques.map(({ columns, span }) => uniqueConstraint(context.table, columns, context.dialect, span));

/** @param others properties that fields may name beside those of the classes themselves */
function extrasOf(
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
    readExtras(record.decorators, { ...shared, ...(found !== own && at && { at }), anchor: record.anchor }, extras);
  }
  for (const each of properties.list) {
    for (const { member, placement } of [each, ...each.again]) {
      const at = placement.inherited?.at;
      readExtras(member.decorators, { ...shared, own: each, ...(at && { at }), anchor: member.anchor }, extras);
    }
  }
  return extras;
}

/** Children keep their columns in the root's table, where they are nullable, beside a column that tells the classes apart. */
function addSingleTable(
  table: Table,
  found: FoundClass,
  record: ClassRecord,
  inherited: readonly Property[],
  context: ColumnContext,
  lookup: Lookup,
): void {
  const [decorator] = typeormDecorators(record.decorators, 'TableInheritance');
  const column = property(decorator?.args[0], 'column');
  const given = textOf(column) ?? textOf(property(column, 'name')) ?? 'type';
  const span = decorator?.span ?? record.nameSpan;
  if (!table.columns.some((each) => each.name.value === given)) {
    const type = textOf(property(column, 'type')) ?? 'varchar';
    table.columns.push({
      name: quoted(given, span),
      type: { name: type, written: type, span },
      nullable: false,
      constraints: [],
      indexes: [],
      from: '@TableInheritance',
      span,
      uncertain: [],
    });
  }
  table.indexes.push({
    name: quoted(indexName(context.table, [given]), span),
    keys: [{ column: given, quoted: true }],
    unique: false,
    include: [],
    span,
    uncertain: [],
  });
  for (const child of descendants(found, lookup)) addChild(table, child, inherited, context, lookup);
}

function descendants(found: FoundClass, lookup: Lookup): FoundClass[] {
  const all: FoundClass[] = [];
  const queue = [found];
  for (let at = queue.shift(); at && all.length < 1_000; at = queue.shift()) {
    const next = lookup.derivedFrom(at).filter((each) => !all.some((known) => known.record === each.record));
    all.push(...next);
    queue.push(...next);
  }
  return all;
}

/** A fact of a child as one of the root's table, placed where the root is. */
function movedTo<Fact extends Constraint | Index>(fact: Fact, span: Span): Fact {
  const moved = { ...fact, ...(fact.name && { name: { ...fact.name, span } }), span };
  if ('columns' in moved) moved.columns = moved.columns.map((column) => ({ ...column, span }));
  delete moved.anchor;
  return moved;
}

function addChild(
  table: Table,
  child: FoundClass,
  inherited: readonly Property[],
  context: ColumnContext,
  lookup: Lookup,
): void {
  const properties = propertiesOf({ chain: [child] }, context, lookup);
  const columns = properties.list.flatMap((each) => each.columns);
  const relations = properties.list.flatMap((each) => relationOf(each, child, lookup) ?? []);
  const span = table.span;
  const keys = ownedConstraints(relations, columns, table.name, context, lookup);
  const extras = extrasOf({ chain: [child] }, properties, context, lookup, inherited);
  for (const constraint of [...keys, ...uniques(properties, context), ...extras.constraints])
    table.constraints.push(movedTo(constraint, span));
  for (const index of extras.indexes) table.indexes.push(movedTo(index, span));
  for (const column of columns) {
    if (table.columns.some((each) => each.name.value === column.name.value)) continue;
    const { doc, comment } = column;
    const moved: Column = {
      ...column,
      name: { ...column.name, span },
      nullable: true,
      ...(comment && { comment: { ...comment, span } }),
      ...(doc && { doc: { ...doc, span } }),
      from: child.record.name,
      span,
    };
    delete moved.anchor;
    table.columns.push(moved);
  }
  table.uncertain.push(...properties.uncertain, ...extras.uncertain);
}

function forgetNames(table: Table, reason: string): void {
  table.uncertain.push({ about: 'name', reason });
  for (const column of table.columns) column.uncertain.push({ about: 'name', reason });
  for (const fact of [...table.constraints, ...table.indexes]) delete fact.name;
}
