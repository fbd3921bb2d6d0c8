import type { Column, EnumType, Name, Span, Uncertainty } from '../../../ir/index.js';
import { isProjectModule } from '../linking/imports.js';
import { resolvedRecord, type FoundClass, type Lookup } from '../linking/lookup.js';
import type { ClassRecord, DecoratorRecord, MemberRecord } from '../records.js';
import { property, scalarOf, type Value } from '../values/values.js';
import { columnKinds, readColumn, type ColumnContext, type Placement } from './columns.js';

/** A class with its bases, the farthest first. */
export interface Lineage {
  chain: FoundClass[];
  /** Why a base is not known, where one isn't. */
  missing?: string;
}

export const typeormDecorators = (list: readonly DecoratorRecord[], ...names: string[]): DecoratorRecord[] =>
  list.filter((each) => each.origin.module === 'typeorm' && names.includes(each.origin.name));

const maxBases = 20;

/** The class and its bases, up to one that is not in the project. `BaseEntity` of typeorm adds no columns. */
export function lineageOf(found: FoundClass, lookup: Lookup): Lineage {
  const chain = [found];
  for (let at = found; ;) {
    const { base, mixedIn } = at.record;
    if (mixedIn) return { chain, missing: `the base class of ${at.record.name} is computed` };
    if (!base || chain.length > maxBases) return { chain };
    if (base.module === 'typeorm' && base.name === 'BaseEntity') return { chain };
    const next = lookup.classOf(base.name, base.module, at.path);
    if (!next) return { chain, missing: `the base class ${base.name} is not in the project` };
    if (chain.some((each) => each.record === next.record)) return { chain };
    chain.unshift(next);
    at = next;
  }
}

/** A property of an entity and the columns behind it. */
export interface Property {
  /** Dotted for one of an embedded class. */
  path: string;
  /** The file that declares it. */
  file: string;
  member: MemberRecord;
  placement: Placement;
  columns: Column[];
  primary: boolean;
  /** Declarations of the same property in derived classes: their column options lose, their indexes count. */
  again: { member: MemberRecord; placement: Placement }[];
}

export interface Properties {
  /** In order of declaration, bases first. */
  list: Property[];
  enums: EnumType[];
  uniques: { columns: Name[]; span: Span }[];
  primaryName?: string;
  uncertain: Uncertainty[];
}

/** The properties of a class: inherited and embedded ones included, relations without columns as yet. */
export function propertiesOf(lineage: Lineage, context: ColumnContext, lookup: Lookup): Properties {
  const result: Properties = { list: [], enums: [], uniques: [], uncertain: [] };
  const own = lineage.chain.at(-1)!;
  for (const found of lineage.chain) {
    const record = resolvedRecord(found, lookup);
    const at = own.record.base?.span ?? own.record.nameSpan;
    const placement: Placement = { prefixes: [], ...(found !== own && { inherited: { from: record.name, at } }) };
    addMembers({ record, path: found.path }, placement, '', context, lookup, result, 0);
    if (record.open !== undefined) result.uncertain.push(...unknownParts(record.open));
  }
  if (lineage.missing !== undefined) result.uncertain.push(...unknownParts(lineage.missing));
  return result;
}

const unknownParts = (reason: string): Uncertainty[] => [
  { about: 'columns', reason },
  { about: 'constraints', reason },
  { about: 'indexes', reason },
];

export const relationDecorators = ['ManyToOne', 'OneToMany', 'OneToOne', 'ManyToMany', 'TreeParent', 'TreeChildren'];

function addMembers(
  { record, path }: { record: ClassRecord; path: string },
  placement: Placement,
  parent: string,
  context: ColumnContext,
  lookup: Lookup,
  result: Properties,
  depth: number,
): void {
  for (const member of record.members) {
    const propertyPath = parent === '' ? member.name : `${parent}.${member.name}`;
    // Decorators run from the last to the first, and TypeORM keeps the first column that it is told of.
    const decorator = member.decorators.findLast(
      (each) => each.origin.module === 'typeorm' && Object.hasOwn(columnKinds, each.origin.name),
    );
    if (decorator?.origin.name === 'Column' && decorator.args[0]?.kind === 'function') {
      addEmbedded(member, decorator, path, placement, propertyPath, context, lookup, result, depth);
      continue;
    }
    const relation = typeormDecorators(member.decorators, ...relationDecorators).length > 0;
    if (!decorator && !relation) {
      const other = [...member.unresolved, ...member.decorators.map((each) => each.origin)].find(({ module }) =>
        isProjectModule(module),
      );
      if (other)
        result.uncertain.push(...unknownParts(`the decorator ${other.name} of ${member.name} is not followed`));
      continue;
    }
    const known = result.list.find((each) => each.path === propertyPath);
    if (known) {
      known.again.push({ member, placement });
      if (decorator && !placement.inherited) takeDefault(known, member, decorator, context);
      continue;
    }
    result.list.push({ path: propertyPath, file: path, member, placement, columns: [], primary: false, again: [] });
    if (decorator) addColumn(result, decorator, context);
  }
}

/** Of a column that a base declares, the class itself may replace the default and nothing else. */
function takeDefault(known: Property, member: MemberRecord, decorator: DecoratorRecord, context: ColumnContext): void {
  const { column } = readColumn(member, decorator, context, known.placement);
  const [first] = known.columns;
  const options = decorator.args.find((value) => value.kind === 'object');
  if (first && column.default && property(options, 'default')) first.default = column.default;
}

/** Adds the column of the property that was added last. */
function addColumn(result: Properties, decorator: DecoratorRecord, context: ColumnContext): void {
  const added = result.list.at(-1)!;
  const read = readColumn(added.member, decorator, context, added.placement);
  added.columns = [read.column];
  added.primary = read.primary;
  if (read.enumType) result.enums.push(read.enumType);
  if (read.unique) result.uniques.push({ columns: [read.column.name], span: read.unique });
  if (read.maybeUnique)
    result.uncertain.push({ about: 'constraints', reason: `whether ${added.path} is unique is computed` });
  if (read.primaryName !== undefined) result.primaryName = read.primaryName;
}

const maxEmbedding = 8;

function addEmbedded(
  member: MemberRecord,
  decorator: DecoratorRecord,
  path: string,
  placement: Placement,
  propertyPath: string,
  context: ColumnContext,
  lookup: Lookup,
  result: Properties,
  depth: number,
): void {
  const [target, options] = decorator.args;
  const returned: Value | undefined = target?.kind === 'function' ? target.returns : undefined;
  const found = returned?.kind === 'reference' ? lookup.classOf(returned.name, returned.module, path) : undefined;
  if (!found || depth >= maxEmbedding) {
    result.uncertain.push({ about: 'columns', reason: `the embedded class of ${member.name} is not in the project` });
    return;
  }
  const prefix = scalarOf(property(options, 'prefix'));
  const partial = typeof prefix === 'string' ? prefix : prefix === false ? '' : member.name;
  const inner: Placement = {
    prefixes: partial === '' ? placement.prefixes : [...placement.prefixes, partial],
    inherited: { from: found.record.name, at: placement.inherited?.at ?? member.nameSpan },
  };
  const lineage = lineageOf(found, lookup);
  for (const each of lineage.chain) {
    addMembers(
      { record: resolvedRecord(each, lookup), path: each.path },
      inner,
      propertyPath,
      context,
      lookup,
      result,
      depth + 1,
    );
  }
  if (lineage.missing !== undefined) result.uncertain.push({ about: 'columns', reason: lineage.missing });
}
