import type { Column, Constraint, Dialect, Index, Relationship, Span, Table, Uncertainty } from '../../../ir/index.js';
import { exactName } from '../source.js';
import { conventionalName, flaskTableName, indexName, nameConstraint, type Convention } from '../models/naming.js';
import type { ModuleSymbols, RawClass, RawColumn, RawRelationship, RawTable, RawTableArgs } from '../models/raw.js';
import { snakeCase } from '../models/table-name.js';
import { typeNameOfPython } from '../models/types.js';
import { collectionOf, collectionOfLineage, conventionOf } from './collections.js';
import { isBase, lineageOf, type Ancestor, type Lineage } from './lineage.js';
import { followAlias, followMakers } from './said.js';
import { relocated } from './relocate.js';
import type { World } from './world.js';

interface Context {
  world: World;
  module: ModuleSymbols;
  dialect: Dialect;
  convention?: Convention;
  /** Id of the metadata that the table is declared on. */
  collection?: string;
  typeMap?: NonNullable<RawClass['typeMap']>;
}

interface TableIdentity {
  name: string;
  span: Span;
  /** The library makes it of the class name, and nobody wrote it. */
  generated?: true;
  schema?: { value: string; span: Span };
}

/** The tables that a file declares, with what they inherit from other files. */
export function tablesOf(module: ModuleSymbols, world: World, dialect: Dialect): Table[] {
  const tables: Table[] = [];
  const byClass = new Map<RawClass, Table>();
  const lineages = module.classes.map((raw) => ({ raw, lineage: lineageOf({ module, raw }, world) }));
  for (const { raw, lineage } of lineages) {
    const context = contextOf(module, world, dialect, lineage);
    const table = classTable(raw, lineage, context);
    if (table === undefined) continue;
    tables.push(table);
    byClass.set(raw, table);
  }
  for (const { raw, lineage } of lineages) {
    if (!byClass.has(raw)) joinParent(raw, lineage, byClass, contextOf(module, world, dialect, lineage));
  }
  for (const raw of module.tables) {
    const id = collectionOf(raw, module, world);
    const convention = id === undefined ? undefined : conventionOf(id, world);
    const table = tableObject(raw, { world, module, dialect, ...(convention && { convention }) });
    tables.push({ ...table, ...(id !== undefined && { metadata: id }) });
  }
  return tables;
}

function contextOf(module: ModuleSymbols, world: World, dialect: Dialect, lineage: Lineage): Context {
  const typeMap = lineage.classes.find(({ raw }) => raw.typeMap)?.raw.typeMap;
  const id = collectionOfLineage(lineage, world);
  const convention = id === undefined ? undefined : conventionOf(id, world);
  return {
    world,
    module,
    dialect,
    ...(typeMap && { typeMap }),
    ...(id !== undefined && { collection: id }),
    ...(convention && { convention }),
  };
}

/** The schema that the metadata of a class gives to its tables. */
function metadataSchema(lineage: Lineage, world: World): string | undefined {
  for (const { module, raw } of lineage.classes) {
    if (raw.convention !== undefined || raw.metadataSchema !== undefined) return raw.metadataSchema;
    if (raw.metadataRef === undefined) continue;
    const found =
      world.find(raw.metadataRef, module.module) ?? world.find(`${module.module}.${raw.metadataRef}`, module.module);
    if (found?.kind === 'metadata') return found.metadata.schema;
  }
  return undefined;
}

const hasColumns = (raw: RawClass) => raw.members.some((member) => member.kind === 'column' && member.plain !== true);

/** Whether a class of the lineage is a table by itself, so that its columns stay with it. */
function isConcrete({ module, raw }: Ancestor, world: World): boolean {
  if (raw.abstract || isBase(raw) || raw.mappedTable) return raw.mappedTable === true;
  const lineage = lineageOf({ module, raw }, world);
  if (lineage.orm === undefined) return false;
  if (lineage.orm === 'sqlmodel') return raw.sqlmodelTable === true;
  if (raw.table !== undefined && !('pattern' in raw.table) && !('snake' in raw.table)) return true;
  return lineage.orm === 'flask-sqlalchemy' && hasColumns(raw);
}

/** The part of the lineage that gives its columns to the class: up to the first table of its own. */
function givers(lineage: Lineage, world: World): { own: Ancestor[]; parent?: Ancestor } {
  const own: Ancestor[] = [];
  let parent: Ancestor | undefined;
  const hidden = new Set<RawClass>();
  for (const each of lineage.classes) {
    if (hidden.has(each.raw)) continue;
    if (own.length > 0 && isConcrete(each, world)) {
      parent ??= each;
      for (const { raw } of lineageOf(each, world).classes) hidden.add(raw);
    } else own.push(each);
  }
  return { own, ...(parent && { parent }) };
}

/** The table name of a class, given or made from the class name. */
function identityOf(
  raw: RawClass,
  lineage: Lineage,
  own: Ancestor[],
  hasParent: boolean,
  context: Context,
): TableIdentity | 'computed' | undefined {
  const giver = own.find((each) => each.raw.table !== undefined);
  const table = giver?.raw.table;
  const at = giver?.raw === raw && table !== undefined ? table.span : raw.nameSpan;
  const primary = raw.members.some(
    (m) => m.kind === 'column' && m.column.constraints.some(({ kind }) => kind === 'primary'),
  );
  if (table !== undefined) {
    if ('value' in table) return { name: table.value, span: at };
    if ('pattern' in table) {
      if (hasParent && !primary) return undefined;
      const { lower, prefix, suffix } = table.pattern;
      return { name: prefix + (lower ? raw.name.toLowerCase() : raw.name) + suffix, span: at };
    }
    if ('snake' in table) {
      if (hasParent && !primary) return undefined;
      const name = snakeCase(raw.name);
      return name === undefined ? 'computed' : { name, span: at };
    }
    if ('constant' in table) {
      const found = context.world.find(table.constant, context.module.module);
      if (found?.kind === 'constant') return { name: found.value, span: at };
    }
    return 'computed';
  }
  if (lineage.orm === 'sqlmodel')
    return raw.sqlmodelTable === true ? { name: raw.name.toLowerCase(), span: at, generated: true } : undefined;
  if (lineage.orm === 'flask-sqlalchemy' && (!hasParent || primary)) {
    return { name: flaskTableName(raw.name), span: at, generated: true };
  }
  return undefined;
}

function classTable(raw: RawClass, lineage: Lineage, context: Context): Table | undefined {
  const { world, module } = context;
  if (raw.enumLabels !== undefined || raw.impl !== undefined || raw.mappedTable === true || raw.base !== undefined)
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
  const table = build(raw, lineage, [{ module: context.module, raw }], { name: raw.name, span: raw.nameSpan }, context);
  // Names that are made of the table's name differ from one table to the next.
  for (const { indexes, constraints } of table.columns) {
    for (const index of indexes) delete index.name;
    for (const constraint of constraints) if (constraint.kind !== 'foreign') delete constraint.name;
  }
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
  const args =
    givenArgs.module === module ? structuredClone(givenArgs.raw.args) : relocated(givenArgs.raw.args, raw.nameSpan);
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
    for (const member of each.raw.members) {
      const attribute = member.kind === 'column' ? member.attribute : member.relationship.attribute.value;
      if (hidden.has(attribute)) continue;
      hidden.add(attribute);
      if (member.kind === 'relationship') {
        const relationship = relationshipOf(member);
        const placed = each.module === module ? relationship : relocated(relationship, raw.nameSpan);
        relationships.push(each.raw === raw ? placed : { ...placed, from: each.raw.name });
        continue;
      }
      if (member.plain === true && lineage.orm !== 'sqlmodel') continue;
      const column = columnOf(member, where, { ...context, module: each.module });
      const placed = each.module === module ? column : relocated(column, raw.nameSpan);
      inherited.push(each.raw === raw ? placed : { ...placed, from: each.raw.name });
    }
    // SQLAlchemy puts a class's own columns before those of its bases, SQLModel behind them.
    if (lineage.orm === 'sqlmodel') columns.unshift(...inherited);
    else columns.push(...inherited);
  }
  args.indexes.push(...outsideOf(raw, columns, raw.nameSpan, context));
  resolveTargets(args.constraints, args.targets, context);
  finishKeys(columns, args);
  for (const constraint of args.constraints) nameConstraint(constraint, context.convention, where);
  for (const index of args.indexes) {
    if (index.name !== undefined) continue;
    const name = indexName(index, context.convention, where, index.span);
    if (name !== undefined) index.name = name;
  }
  return {
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
    ...(args.comment && { comment: args.comment }),
    ...(raw.doc && { doc: raw.doc }),
    span: raw.nameSpan,
    anchor: raw.anchor,
    uncertain,
  };
}

/** The indexes that are declared beside a table; those of other files stand at the table's name. */
function outsideOf(
  raw: RawClass | RawTable,
  columns: readonly Column[],
  at: Span,
  { world, module }: Context,
): Index[] {
  return world.outside(raw).map(({ index, module: from }) => {
    const own = from === module ? structuredClone(index) : relocated(index, at);
    for (const key of own.keys) {
      const column = columns.find(({ attribute }) => attribute !== undefined && attribute === key.column);
      if (column !== undefined) key.column = column.name.value;
    }
    return own;
  });
}

const hasArgs = (args: RawTableArgs) =>
  args.constraints.length + args.indexes.length > 0 ||
  args.schema !== undefined ||
  args.comment !== undefined ||
  args.unknown !== undefined;

const relationshipOf = ({ relationship, many, secondary }: RawRelationship): Relationship => ({
  ...structuredClone(relationship),
  kind: secondary ? 'many-to-many' : many === true ? 'one-to-many' : 'unknown',
});

/** A column with everything that other files know of it. */
function columnOf(raw: RawColumn, table: { name: string; schema?: string }, context: Context): Column {
  const column = structuredClone(raw.column);
  const { world, module } = context;
  resolveTargets(column.constraints, raw.targets, context);
  const reference = raw.typeRef ?? raw.pythonType;
  if (reference !== undefined) {
    const mapped = raw.pythonType === undefined ? undefined : context.typeMap?.[raw.pythonType];
    const found = column.type.name === 'unknown' ? world.find(reference, module.module) : undefined;
    if (mapped !== undefined) column.type.name = mapped.name;
    else if (found?.kind === 'annotated') adopt(column, raw, found.raw, context);
    else if (found?.kind === 'class') {
      if (found.raw.enumLabels !== undefined) column.type.name = found.raw.name.toLowerCase();
      else if (found.raw.impl !== undefined) column.type.name = found.raw.impl;
    }
  }
  followAlias(column, raw, context);
  followMakers(column, context);
  if (column.type.name === 'unknown' && !column.uncertain.some(({ about }) => about === 'everything')) {
    column.uncertain.push({ about: 'type', reason: 'the type is not one that is known' });
  }
  for (const constraint of column.constraints) nameConstraint(constraint, context.convention, table);
  if (raw.index !== undefined) {
    const index = structuredClone(raw.index);
    const name = conventionalName('ix', context.convention, {
      table: table.name,
      ...(table.schema !== undefined && { schema: table.schema }),
      columns: [column.name.value],
    });
    if (name !== undefined) index.name = { ...exactName(name, index.span), generated: true };
    column.indexes.push(index);
  }
  if (raw.autoincrement && column.generated === undefined && /^(?:integer|bigint|smallint)$/.test(column.type.name)) {
    const keys = column.constraints.map(({ kind }) => kind);
    if (keys.includes('primary') && !keys.includes('foreign') && column.default === undefined)
      column.generated = 'serial';
  }
  return column;
}

/** What an alias of `Annotated[type, mapped_column(…)]` adds to a column that names it. */
function adopt(column: Column, raw: RawColumn, alias: RawColumn, context: Context): void {
  const given = structuredClone(alias.column);
  column.type.name =
    given.type.name === 'unknown' && alias.pythonType !== undefined
      ? typeNameOfPython(alias.pythonType, context.dialect)
      : given.type.name;
  for (const constraint of given.constraints) {
    if ('columns' in constraint) constraint.columns = [column.name];
    if (!column.constraints.some(({ kind }) => kind === constraint.kind))
      column.constraints.push(relocated(constraint, column.span));
  }
  if (!raw.nullableGiven && given.nullable === false && alias.nullableGiven) column.nullable = false;
  if (column.default === undefined && given.default !== undefined)
    column.default = relocated(given.default, column.span);
  if (column.comment === undefined && given.comment !== undefined)
    column.comment = relocated(given.comment, column.span);
}

/** A key of several columns numbers none of them. */
function finishKeys(columns: Column[], args: RawTableArgs): void {
  const primary = columns.filter((column) => column.constraints.some(({ kind }) => kind === 'primary'));
  const named = args.constraints.flatMap((constraint) => (constraint.kind === 'primary' ? constraint.columns : []));
  for (const column of columns) {
    if (named.some(({ value }) => value === column.name.value)) column.nullable = false;
  }
  if (primary.length > 1) for (const column of primary) if (column.generated === 'serial') delete column.generated;
}

/** Keys to a class attribute get the class's table and the attribute's column. */
function resolveTargets(
  constraints: Constraint[],
  targets: RawColumn['targets'],
  { world, module, dialect }: Context,
): void {
  for (const { constraint: at, ref } of targets) {
    const constraint = constraints[at];
    if (constraint?.kind !== 'foreign') continue;
    const parts = ref.split('.');
    const attribute = parts.pop() ?? '';
    const owner = parts.at(-1) === 'c' ? parts.slice(0, -1) : parts;
    const found = world.find(owner.join('.'), module.module);
    let table: string | undefined;
    let column = attribute;
    if (found?.kind === 'table') table = found.raw.name.value;
    else if (found?.kind === 'class') {
      const lineage = lineageOf(found, world);
      const { own } = givers(lineage, world);
      const identity = identityOf(found.raw, lineage, own, false, { world, module: found.module, dialect });
      if (identity !== undefined && identity !== 'computed') table = identity.name;
      const member = own
        .flatMap(({ raw }) => raw.members)
        .find((each) => each.kind === 'column' && each.attribute === attribute);
      if (member?.kind === 'column') column = member.column.name.value;
    }
    if (table === undefined) continue;
    constraint.target = { name: exactName(table, constraint.span), span: constraint.span };
    constraint.targetColumns = [exactName(column, constraint.span)];
    constraint.uncertain = constraint.uncertain.filter(({ about }) => about !== 'target');
  }
}

/** A child class without a table of its own adds its columns to the parent's table. */
function joinParent(raw: RawClass, lineage: Lineage, byClass: ReadonlyMap<RawClass, Table>, context: Context): void {
  if (lineage.orm === undefined || raw.abstract || isBase(raw) || raw.members.length === 0) return;
  const { parent } = givers(lineage, context.world);
  const table = parent && byClass.get(parent.raw);
  if (table === undefined) return;
  const where = { name: table.name.name.value, ...(table.name.schema && { schema: table.name.schema.value }) };
  for (const member of raw.members) {
    if (member.kind === 'relationship') {
      table.relationships.push(relationshipOf(member));
      continue;
    }
    if (table.columns.some(({ name }) => name.value === member.column.name.value) || member.plain === true) continue;
    const column = columnOf(member, where, context);
    table.columns.push({ ...column, ...(!member.nullableGiven && { nullable: true }), from: raw.name });
  }
}

/** What a table may have that is not seen where it is declared. */
const hidden = ['constraints', 'indexes', 'comment'] as const;

const doubt = (abouts: readonly Uncertainty['about'][], reason: string): Uncertainty[] =>
  abouts.map((about) => ({ about, reason }));

function isStray({ metadata }: RawTable, { world, module }: Context): boolean {
  const found = metadata === undefined ? undefined : world.find(metadata, module.module);
  return found?.kind === 'metadata' && world.stray.has(found.metadata);
}

/** A `Table(…)` object. */
function tableObject(raw: RawTable, context: Context): Table {
  const args = structuredClone(raw.args);
  const where = { name: raw.name.value, ...(args.schema && { schema: args.schema.value }) };
  const columns = raw.columns.map((column) => columnOf(column, where, context));
  args.indexes.push(...outsideOf(raw, columns, raw.name.span, context));
  resolveTargets(args.constraints, args.targets, context);
  finishKeys(columns, args);
  for (const index of args.indexes) {
    const name = index.name ?? indexName(index, context.convention, where, index.span);
    if (name !== undefined) index.name = name;
  }
  const reason = 'the table is declared with arguments that are not known';
  return {
    name: {
      ...(args.schema && { schema: exactName(args.schema.value, args.schema.span) }),
      name: exactName(raw.name.value, raw.name.span),
      span: raw.name.span,
    },
    declaredBy: raw.orm,
    role: 'table',
    columns,
    constraints: args.constraints,
    indexes: args.indexes,
    relationships: [],
    ...(args.comment && { comment: args.comment }),
    span: raw.span,
    anchor: raw.anchor,
    uncertain: [
      ...(raw.open || args.unknown !== undefined ? doubt(['columns', ...hidden], args.unknown ?? reason) : []),
      ...(isStray(raw, context) ? doubt(hidden, 'its MetaData is the target of no base and no env.py') : []),
    ],
  };
}

/** Finds out which side of each relationship holds the foreign key. */
export function resolveKinds(tables: readonly Table[]): void {
  const targetsOf = (table: Table) =>
    [...table.constraints, ...table.columns.flatMap(({ constraints }) => constraints)].flatMap((constraint) =>
      constraint.kind === 'foreign' && constraint.target ? [constraint.target.name.value] : [],
    );
  const byClass = new Map(tables.map((table) => [table.className, table]));
  for (const table of tables) {
    for (const relationship of table.relationships) {
      const other = relationship.target === undefined ? undefined : byClass.get(relationship.target);
      if (relationship.kind !== 'unknown' || other === undefined) continue;
      if (targetsOf(table).includes(other.name.name.value)) relationship.kind = 'many-to-one';
      else if (targetsOf(other).includes(table.name.name.value)) relationship.kind = 'one-to-many';
    }
  }
}
