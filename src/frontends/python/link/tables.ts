import type {
  Column,
  ColumnType,
  Constraint,
  Dialect,
  EnumType,
  Index,
  Relationship,
  Span,
  Table,
  Uncertainty,
} from '../../../ir/index.js';
import { exactName } from '../source.js';
import { checkOf, chosen, enumFact, enumTypeName, isChecked, type RawEnum } from '../models/enums.js';
import { conventionalName, flaskTableName, indexName, nameConstraint, type Convention } from '../models/naming.js';
import type {
  ModuleSymbols,
  RawClass,
  RawColumn,
  RawMember,
  RawRelationship,
  RawTable,
  RawTableArgs,
} from '../models/raw.js';
import { filled } from '../models/marks.js';
import { snakeCase } from '../models/table-name.js';
import { typeNameOfPython } from '../models/types.js';
import { collectionOf, collectionOfLineage, conventionOf } from './collections.js';
import { nameByKey, rememberKeys } from './column-keys.js';
import { isBase, lineageOf, type Ancestor, type Lineage } from './lineage.js';
import { remember } from './relationships.js';
import { followAlias, followMakers, setterOf } from './said.js';
import { relocated } from './relocate.js';
import { mappedType, typeMapOf, type TypeMap } from './type-map.js';
import type { World } from './world.js';

interface Context {
  /** Enum types that the columns bring along, by name. */
  enums: Map<string, EnumType>;
  world: World;
  module: ModuleSymbols;
  dialect: Dialect;
  convention?: Convention;
  /** Id of the metadata that the table is declared on. */
  collection?: string;
  typeMap?: TypeMap;
}

interface TableIdentity {
  name: string;
  span: Span;
  /** The library makes it of the class name, and nobody wrote it. */
  generated?: true;
  schema?: { value: string; span: Span };
}

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
  for (const { raw, lineage } of lineages) {
    if (!byClass.has(raw)) joinParent(raw, lineage, byClass, contextOf(module, world, dialect, lineage, enums));
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

function contextOf(
  module: ModuleSymbols,
  world: World,
  dialect: Dialect,
  lineage: Lineage,
  enums: Context['enums'],
): Context {
  const typeMap = typeMapOf(lineage);
  const id = collectionOfLineage(lineage, world);
  const convention = id === undefined ? undefined : conventionOf(id, world);
  return {
    enums,
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
  if (lineage.orm === 'flask-sqlalchemy') {
    // A child of a table has one of its own by its key, whatever it is named.
    if (hasPrimary(raw)) return true;
    if (lineage.classes.slice(1).some((each) => isConcrete(each, world))) return false;
  }
  if (raw.table !== undefined && !('pattern' in raw.table) && !('snake' in raw.table)) return true;
  return lineage.orm === 'flask-sqlalchemy' && hasColumns(raw);
}

const hasPrimary = (raw: RawClass): boolean =>
  raw.members.some((m) => m.kind === 'column' && m.column.constraints.some(({ kind }) => kind === 'primary')) ||
  raw.args.constraints.some(({ kind }) => kind === 'primary');

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
  const primary = hasPrimary(raw);
  if (lineage.orm === 'flask-sqlalchemy' && hasParent && !primary) return undefined;
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
    ...(args.comment && { comment: args.comment }),
    ...(raw.doc && { doc: raw.doc }),
    span: raw.nameSpan,
    anchor: raw.anchor,
    uncertain,
  };
  return rememberKeys(table, keys);
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
  let alias: RawColumn | undefined;
  resolveTargets(column.constraints, raw.targets, context);
  const reference = raw.typeRef ?? raw.pythonType;
  if (reference !== undefined) {
    const mapped = mappedType(raw.pythonType, context.typeMap, module, world);
    const found = column.type.name === 'unknown' ? world.find(reference, module.module) : undefined;
    if (found?.kind === 'annotated') {
      adopt(column, raw, found.raw, mapped, context);
      alias = found.raw;
    } else if (mapped !== undefined) column.type.name = mapped.name;
    else if (found?.kind === 'class' && found.raw.enumMembers !== undefined && raw.enumeration === undefined) {
      const { names } = found.raw.enumMembers;
      const name = found.raw.name.toLowerCase();
      takeEnum(column, { name, labels: names, by: 'name', native: true, span: column.type.span }, context);
    }
  }
  const enumeration = raw.enumeration ?? (alias?.enumeration && relocated(alias.enumeration, column.span));
  if (enumeration !== undefined && (raw.enumeration !== undefined || column.type.name === 'unknown'))
    takeEnum(column, enumeration, context);
  followAlias(column, raw, context);
  const isSaid = raw.nullableGiven || alias?.nullableGiven === true || column.declaredAs === 'Column';
  if (column.annotation?.nullable === 'unknown' && !isSaid) column.nullable = 'unknown';
  followMakers(column, context);
  if (column.type.name === 'unknown' && !column.uncertain.some(({ about }) => about === 'everything')) {
    column.uncertain.push({ about: 'type', reason: 'the type is not one that is known' });
  }
  for (const constraint of column.constraints) nameConstraint(constraint, context.convention, table);
  const given = raw.index ?? (alias?.index && relocated(alias.index, column.span));
  if (given !== undefined) {
    const index = structuredClone(given);
    index.keys = [{ column: column.name.value, quoted: true }];
    if (column.constraints.some(({ kind }) => kind === 'unique')) {
      index.unique = true;
      column.constraints = column.constraints.filter(({ kind }) => kind !== 'unique');
    }
    const name = conventionalName('ix', context.convention, {
      table: table.name,
      ...(table.schema !== undefined && { schema: table.schema }),
      columns: [column.name.value],
    });
    if (name !== undefined) index.name = { ...exactName(name, index.span), generated: true };
    column.indexes.push(index);
  }
  const keys = column.constraints.map(({ kind }) => kind);
  const isNumbered = raw.autoincrement !== false && alias?.autoincrement !== false;
  if (isNumbered && column.generated === undefined && isInteger(column) && keys.includes('primary')) {
    const isFree = !keys.includes('foreign') || raw.autoincrement === 'always';
    if (isFree && column.default === undefined) column.generated = 'serial';
  }
  return column;
}

/** Gives a column its enum type, now that the class of the members is known. */
function takeEnum(column: Column, given: RawEnum, { enums, world, module, dialect }: Context): void {
  const found =
    given.labels === undefined && given.ref !== undefined ? world.find(given.ref, module.module) : undefined;
  const members = found?.kind === 'class' ? found.raw.enumMembers : undefined;
  const labels = given.labels ?? (members && given.by !== 'unknown' ? chosen(members, given.by) : undefined);
  column.type.name = enumTypeName(given, labels, dialect);
  const fact = enumFact(given, labels, dialect);
  if (fact !== undefined && !enums.has(fact.name.name.value)) enums.set(fact.name.name.value, fact);
  // The labels of a class in another file make its CHECK too.
  if (labels !== undefined && given.labels === undefined && isChecked(given, dialect)) {
    const name = given.name === undefined ? undefined : exactName(given.name, given.span);
    const expression = checkOf(column.name.value, labels);
    column.constraints.push({ kind: 'check', expression, ...(name && { name }), span: given.span, uncertain: [] });
  }
}

/** What an alias of `Annotated[type, mapped_column(…)]` adds to a column that names it. */
function adopt(
  column: Column,
  raw: RawColumn,
  alias: RawColumn,
  mapped: ColumnType | undefined,
  context: Context,
): void {
  const given = structuredClone(alias.column);
  const { world, module, typeMap, dialect } = context;
  const byMap = mapped ?? mappedType(alias.pythonType, typeMap, module, world);
  if (alias.pythonType === undefined) column.type.name = given.type.name;
  else column.type.name = byMap?.name ?? typeNameOfPython(alias.pythonType, dialect);
  for (const constraint of given.constraints) {
    if ('columns' in constraint) constraint.columns = [column.name];
    if (!column.constraints.some(({ kind }) => kind === constraint.kind))
      column.constraints.push(relocated(constraint, column.span));
  }
  if (!raw.nullableGiven && (alias.nullableGiven || given.nullable === true)) column.nullable = given.nullable;
  if (column.default === undefined && given.default !== undefined)
    column.default = relocated(given.default, column.span);
  if (column.comment === undefined && given.comment !== undefined)
    column.comment = relocated(given.comment, column.span);
}

/** A target that is named without a schema is in that of the metadata. */
function placeTargets(columns: readonly Column[], args: RawTableArgs, schema: string): void {
  for (const constraint of [...args.constraints, ...columns.flatMap(({ constraints }) => constraints)]) {
    if (constraint.kind === 'foreign' && constraint.target)
      constraint.target.schema ??= exactName(schema, constraint.target.span);
  }
}

/** Columns that are numbered even in a key of several ones. */
const numbered = (members: readonly RawMember[]): string[] =>
  members.flatMap((member) =>
    member.kind === 'column' && member.autoincrement === 'always' ? [member.column.name.value] : [],
  );

const isInteger = ({ type }: Column): boolean => /^(?:integer|bigint|smallint|int)(?: unsigned)?$/.test(type.name);

/** A key of several columns numbers none of them that does not ask for it. */
function finishKeys(columns: Column[], args: RawTableArgs, always: readonly string[]): void {
  const primary = columns.filter((column) => column.constraints.some(({ kind }) => kind === 'primary'));
  const named = args.constraints.flatMap((constraint) => (constraint.kind === 'primary' ? constraint.columns : []));
  for (const column of columns) {
    if (named.some(({ value }) => value === column.name.value)) column.nullable = false;
  }
  if (primary.length > 1) {
    for (const column of primary) {
      if (column.generated === 'serial' && !always.includes(column.name.value)) delete column.generated;
    }
  }
}

/** Keys to a class attribute get the class's table and the attribute's column. */
function resolveTargets(constraints: Constraint[], targets: RawColumn['targets'], context: Context): void {
  const { world, module } = context;
  for (const { constraint: at, ref } of targets) {
    const constraint = constraints[at];
    if (constraint?.kind !== 'foreign') continue;
    const parts = ref.split('.');
    const attribute = parts.pop() ?? '';
    const owner = parts.at(-1) === 'c' ? parts.slice(0, -1) : parts;
    const found = world.find(owner.join('.'), module.module);
    let table: string | undefined;
    let schema: string | undefined;
    let column = attribute;
    if (found?.kind === 'table') {
      table = found.raw.name.value;
      schema = schemaOfObject(found.raw, { ...context, module: found.module })?.value;
    } else if (found?.kind === 'class') {
      const lineage = lineageOf(found, world);
      const { own } = givers(lineage, world);
      const identity = identityOf(found.raw, lineage, own, false, { ...context, module: found.module });
      if (identity !== undefined && identity !== 'computed') table = identity.name;
      const given = own.find(({ raw }) => hasArgs(raw.args))?.raw.args.schema?.value;
      schema = given ?? metadataSchema(lineage, world);
      const member = own
        .flatMap(({ raw }) => raw.members)
        .find((each) => each.kind === 'column' && each.attribute === attribute);
      if (member?.kind === 'column') column = member.column.name.value;
    }
    if (table === undefined) continue;
    const { span } = constraint;
    constraint.target = {
      ...(schema !== undefined && { schema: exactName(schema, span) }),
      name: exactName(table, span),
      span,
    };
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
  const names = { className: raw.name, table: where.name };
  for (const member of raw.marked ? filled(raw.members, names) : raw.members) {
    if (member.kind === 'relationship') {
      table.relationships.push(remember(relationshipOf(member), member));
      continue;
    }
    if (table.columns.some(({ name }) => name.value === member.column.name.value) || member.plain === true) continue;
    const column = columnOf(member, where, context);
    table.columns.push({ ...column, from: raw.name });
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

/** The schema that a `Table(…)` is given, or that its metadata has. */
function schemaOfObject({ args, metadata, name }: RawTable, { world, module }: Context): RawTableArgs['schema'] {
  if (args.schema !== undefined || metadata === undefined) return args.schema;
  const found = world.find(metadata, module.module);
  const base = metadata.endsWith('.metadata')
    ? world.find(metadata.slice(0, -'.metadata'.length), module.module)
    : found;
  const schema =
    found?.kind === 'metadata'
      ? found.metadata.schema
      : base?.kind === 'class'
        ? metadataSchema(lineageOf(base, world), world)
        : undefined;
  return schema === undefined ? undefined : { value: schema, span: name.span };
}

/** A `Table(…)` object. */
function tableObject(raw: RawTable, context: Context): Table {
  const args = structuredClone(raw.args);
  const schema = schemaOfObject(raw, context);
  const where = { name: raw.name.value, ...(schema && { schema: schema.value }) };
  const columns = raw.columns.map((column) => columnOf(column, where, context));
  args.indexes.push(...outsideOf(raw, columns, raw.name.span, context));
  const keys = nameByKey(args, raw.columns);
  resolveTargets(args.constraints, args.targets, context);
  finishKeys(columns, args, numbered(raw.columns));
  for (const constraint of args.constraints) nameConstraint(constraint, context.convention, where);
  for (const index of args.indexes) {
    const name = index.name ?? indexName(index, context.convention, where, index.span);
    if (name !== undefined) index.name = name;
  }
  const reason = 'the table is declared with arguments that are not known';
  const table: Table = {
    name: {
      ...(schema && { schema: exactName(schema.value, schema.span) }),
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
  return rememberKeys(table, keys);
}
