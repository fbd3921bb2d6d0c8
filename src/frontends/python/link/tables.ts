import type { Column, Dialect, EnumType, Relationship, Table, Uncertainty } from '../../../ir/index.js';
import { exactName } from '../source.js';
import { indexName, nameConstraint } from '../models/naming.js';
import type { ModuleSymbols, RawClass, RawRelationship } from '../models/raw.js';
import { filled } from '../models/marks.js';
import { collectionOf, conventionOf } from './collections.js';
import { nameByKey, rememberKeys } from './column-keys.js';
import { isBase, lineageOf, type Ancestor, type Lineage } from './lineage.js';
import { remember } from './relationships.js';
import { setterOf } from './said.js';
import { relocated } from './relocate.js';
import type { World } from './world.js';
import { type Context, contextOf, metadataSchema } from './context.js';
import { type Child, childrenOf } from './children.js';
import { type TableIdentity, hasColumns, givers, identityOf, hasArgs } from './identity.js';
import { outsideOf } from './outside.js';
import { columnOf } from './columns.js';
import { placeTargets, numbered, finishKeys, resolveTargets } from './keys.js';
import { tableObject } from './table-objects.js';

/**
 * The tables that a file declares, with what they inherit from other files.
 * @param enums takes the enum types of their columns
 */
export function tablesOf(
  module: ModuleSymbols,
  world: World,
  dialect: Dialect,
  enums = new Map<string, EnumType>(),
): Table[] {
  const tables: Table[] = [];
  const byClass = new Map<RawClass, Table>();
  const lineages = module.classes.map((raw) => ({ raw, lineage: lineageOf({ module, raw }, world) }));
  for (const { raw, lineage } of lineages) {
    const context = contextOf(module, world, dialect, lineage, enums);
    const table = classTable(raw, lineage, context);
    if (table === undefined) continue;
    tables.push(table);
    byClass.set(raw, table);
  }
  for (const [raw, table] of byClass) {
    for (const child of childrenOf(raw, world)) {
      const context = contextOf(child.module, world, dialect, child.lineage, enums);
      joinChild(table, child, child.module === module, context);
    }
  }
  for (const raw of module.tables) {
    const id = collectionOf(raw, module, world);
    const convention = id === undefined ? undefined : conventionOf(id, world);
    const table = tableObject(raw, { enums, world, module, dialect, ...(convention && { convention }) });
    if (id !== undefined) table.metadata = id;
    tables.push(table);
  }
  return tables;
}

function classTable(raw: RawClass, lineage: Lineage, context: Context): Table | undefined {
  const { world, module } = context;
  if (raw.enumMembers !== undefined || raw.isType === true || raw.mappedTable === true || raw.base !== undefined)
    return undefined;
  const { own, parent } = givers(lineage, world);
  const isAbstract = raw.abstract || isBase(raw);
  const identity = isAbstract ? undefined : identityOf(raw, lineage, own, parent !== undefined, context);
  const probable = lineage.unresolved.length > 0 && raw.table !== undefined && hasColumns(raw);
  const isSchemaOnly = lineage.orm === 'sqlmodel' && raw.sqlmodelTable !== true;
  if (isSchemaOnly && !isInherited(raw, module, world)) return undefined;
  if (lineage.orm === undefined && !probable)
    return hasColumns(raw) || givesRelationships(raw) ? mixin(raw, lineage, context) : undefined;
  if (isAbstract || identity === undefined) {
    const gives = hasColumns(raw) || givesRelationships(raw) || (isSchemaOnly && raw.members.length > 0);
    return parent === undefined && gives ? mixin(raw, lineage, context) : undefined;
  }
  return build(raw, lineage, own, identity, context);
}

/** SQLModel classes with key fields that are no table, and that no table inherits from. */
export function looseClassesOf(module: ModuleSymbols, world: World, dialect: Dialect): Table[] {
  return module.classes.flatMap((raw) => {
    if (raw.sqlmodelTable === true || !hasKeys(raw)) return [];
    const lineage = lineageOf({ module, raw }, world);
    if (lineage.orm !== 'sqlmodel' || isInherited(raw, module, world)) return [];
    return [mixin(raw, lineage, contextOf(module, world, dialect, lineage, new Map()))];
  });
}

/** Whether a class says of an own attribute that it is a key. */
const hasKeys = ({ members }: RawClass): boolean =>
  members.some(
    (member) =>
      member.kind === 'column' &&
      member.column.constraints.some(({ kind }) => kind === 'primary' || kind === 'foreign'),
  );

const givesRelationships = (raw: RawClass) => raw.members.some(({ kind }) => kind === 'relationship');

/** Whether a table of the project inherits from a SQLModel class. */
function isInherited(raw: RawClass, module: ModuleSymbols, world: World): boolean {
  return world.modules.some((other) =>
    other.classes.some(
      (each) =>
        each.sqlmodelTable === true &&
        lineageOf({ module: other, raw: each }, world).classes.some(
          (ancestor) => ancestor.raw === raw && ancestor.module === module,
        ),
    ),
  );
}

function mixin(raw: RawClass, lineage: Lineage, context: Context): Table {
  const own = [{ module: context.module, raw }];
  // Types come with the tables that have the columns.
  const apart = { ...context, enums: new Map<string, EnumType>() };
  const table = build(raw, lineage, own, { name: raw.name, span: raw.nameSpan }, apart);
  // Names that are made of the table's name differ from one table to the next.
  for (const { indexes, constraints } of table.columns) {
    for (const index of indexes) delete index.name;
    for (const constraint of constraints)
      if (constraint.kind !== 'foreign' && constraint.name?.generated) delete constraint.name;
  }
  if (raw.marked) for (const each of [...table.indexes, ...table.constraints]) delete each.name;
  return { ...table, role: 'abstract' };
}

function build(
  raw: RawClass,
  lineage: Lineage,
  own: Ancestor[],
  identity: TableIdentity | 'computed',
  context: Context,
): Table {
  const { module, world } = context;
  const uncertain: Uncertainty[] = [];
  const givenArgs = own.find((each) => hasArgs(each.raw.args)) ?? { module, raw };
  const names = { className: raw.name, table: identity === 'computed' ? '' : identity.name };
  const ownArgs = givenArgs.raw.marked ? filled(givenArgs.raw.args, names) : givenArgs.raw.args;
  const args = givenArgs.module === module ? structuredClone(ownArgs) : relocated(ownArgs, raw.nameSpan);
  const schemaName = metadataSchema(lineage, world);
  const schema = args.schema ?? (schemaName === undefined ? undefined : { value: schemaName, span: raw.nameSpan });
  const named = identity === 'computed' ? { name: '', span: raw.table?.span ?? raw.nameSpan } : identity;
  const isGenerated = identity !== 'computed' && identity.generated === true;
  if (identity === 'computed') uncertain.push({ about: 'name', reason: 'the table name is computed' });
  // A base that can't be read may give columns and a key. Indexes and a comment of this table are written here.
  for (const base of new Set(lineage.unresolved)) {
    for (const about of ['columns', 'constraints'] as const) {
      uncertain.push({ about, reason: `base class ${base === '' ? 'of an expression' : base} is not in the project` });
    }
  }
  for (const each of own) {
    for (const method of each.raw.computed) uncertain.push({ about: 'columns', reason: `${method} is computed` });
  }
  if (args.unknown !== undefined) {
    for (const about of ['constraints', 'indexes', 'comment'] as const) uncertain.push({ about, reason: args.unknown });
  }
  const columns: Column[] = [];
  const relationships: Relationship[] = [];
  const hidden = new Set<string>();
  const where = { name: named.name, ...(schema && { schema: schema.value }) };
  for (const each of own) {
    for (const name of each.raw.removed) hidden.add(name);
    const inherited: Column[] = [];
    for (const member of each.raw.marked ? filled(each.raw.members, names) : each.raw.members) {
      const attribute = member.kind === 'column' ? member.attribute : member.relationship.attribute.value;
      if (hidden.has(attribute)) continue;
      hidden.add(attribute);
      if (member.kind === 'relationship') {
        const relationship = relationshipOf(member);
        const placed = each.module === module ? relationship : relocated(relationship, raw.nameSpan);
        relationships.push(remember(each.raw === raw ? placed : { ...placed, from: each.raw.name }, member));
        continue;
      }
      if (member.plain === true && lineage.orm !== 'sqlmodel') continue;
      const column = columnOf(member, where, { ...context, module: each.module });
      const setter = setterOf(member.attribute, lineage, world);
      if (setter !== undefined) column.assigned = setter;
      const placed = each.module === module ? column : relocated(column, raw.nameSpan);
      inherited.push(each.raw === raw ? placed : { ...placed, from: each.raw.name });
    }
    // SQLAlchemy puts a class's own columns before those of its bases, SQLModel behind them.
    if (lineage.orm === 'sqlmodel') columns.unshift(...inherited);
    else columns.push(...inherited);
  }
  args.indexes.push(...outsideOf(raw, columns, raw.nameSpan, context));
  const keys = nameByKey(
    args,
    own.flatMap(({ raw: each }) => each.members),
  );
  resolveTargets(args.constraints, args.targets, context);
  if (schemaName !== undefined) placeTargets(columns, args, schemaName);
  finishKeys(columns, args, numbered(own.flatMap(({ raw: each }) => each.members)));
  for (const constraint of args.constraints) nameConstraint(constraint, context.convention, where);
  for (const index of args.indexes) {
    if (index.name !== undefined) continue;
    const name = indexName(index, context.convention, where, index.span);
    if (name !== undefined) index.name = name;
  }
  const others = [...new Set(own.flatMap(({ raw: each }) => each.others))];
  const table: Table = {
    name: {
      ...(schema && { schema: exactName(schema.value, schema.span) }),
      name: {
        ...exactName(named.name, named.span),
        ...(isGenerated && { generated: true as const }),
        ...(identity === 'computed' && { unknown: true as const }),
      },
      span: named.span,
    },
    declaredBy: lineage.orm ?? 'sqlalchemy',
    ...(context.collection !== undefined && { metadata: context.collection }),
    className: raw.name,
    role: 'table',
    columns,
    constraints: args.constraints,
    indexes: args.indexes,
    relationships,
    ...(others.length > 0 && { otherAttributes: others }),
    ...(own.some((each) => each.raw.bound) && { apart: true as const }),
    ...(args.comment && { comment: args.comment }),
    ...(raw.doc && { doc: raw.doc }),
    span: raw.nameSpan,
    anchor: raw.anchor,
    uncertain,
  };
  return rememberKeys(table, keys);
}

const relationshipOf = ({ relationship, many, secondary }: RawRelationship): Relationship => ({
  ...structuredClone(relationship),
  kind: secondary ? 'many-to-many' : many === true ? 'one-to-many' : 'unknown',
});

/** A child class without a table of its own adds its columns, and those of its mixins, to the parent's table. */
function joinChild(table: Table, { raw, own, doubts }: Child, isHere: boolean, context: Context): void {
  const where = { name: table.name.name.value, ...(table.name.schema && { schema: table.name.schema.value }) };
  const names = { className: raw.name, table: where.name };
  for (const giver of own) {
    for (const member of giver.raw.marked ? filled(giver.raw.members, names) : giver.raw.members) {
      const isWrittenHere = isHere && giver.raw === raw;
      if (member.kind === 'relationship') {
        if (isWrittenHere) table.relationships.push(remember(relationshipOf(member), member));
        continue;
      }
      if (table.columns.some(({ name }) => name.value === member.column.name.value) || member.plain === true) continue;
      const column = columnOf(member, where, { ...context, module: giver.module });
      const placed = isWrittenHere ? column : relocated(column, table.name.span);
      table.columns.push({ ...placed, from: giver.raw.name, ofChild: true });
    }
  }
  for (const reason of doubts) table.uncertain.push({ about: 'columns', reason });
}
