import type { Column, Span, Uncertainty } from '../../../ir/index.js';
import { property, textOf } from '../values/values.js';
import { readColumn } from './columns.js';
import type { FoundEntity, PropertyRecord } from './entity-record.js';
import { given, isTruth, textGiven, textsGiven, truthGiven } from './options.js';
import type { Surroundings, World } from './world.js';
import { quoted } from '../quoted.js';

/** One property of a table, as it stands in the entity in hand: inherited, embedded, or its own. */
export interface Field {
  /** Dotted for one of an embeddable. */
  path: string;
  property: PropertyRecord;
  /** The entity that declares it. */
  of: FoundEntity;
  /** The class that it came from, and the place in the file in hand that brings it in. */
  inherited?: { from: string; at: Span };
  columns: Column[];
  primary: boolean;
  /** Path inside of the JSON column that it is kept in. */
  inJson?: string;
  target?: FoundEntity;
  nullable: boolean | 'unknown';
}

export interface Fields {
  list: Field[];
  uncertain: Uncertainty[];
  /** Indexes of embeddables, with the field that each was embedded by. */
  embedded: { of: FoundEntity; at: Field }[];
}

/** What surrounds a property on its way into a table. */
interface Place {
  path: string;
  prefix: string;
  of: FoundEntity;
  inherited?: { from: string; at: Span };
  nullable: boolean;
  /** Path of the JSON document that all of it is part of. */
  inJson?: string;
  depth: number;
}

const unknownParts = (reason: string): Uncertainty[] => [
  { about: 'columns', reason },
  { about: 'constraints', reason },
  { about: 'indexes', reason },
];

/** What a table has of the properties of an entity and its bases. */
export function fieldsOf(found: FoundEntity, world: World, around: Surroundings): Fields {
  const { chain, missing } = world.lineageOf(found);
  const fields: Fields = { list: [], uncertain: missing === undefined ? [] : unknownParts(missing), embedded: [] };
  for (const each of chain) addAll(each, found, fields, world, around);
  return fields;
}

/** The properties that one class of a lineage adds by itself. */
export function ownFieldsOf(found: FoundEntity, world: World, around: Surroundings, nullable: boolean): Fields {
  const fields: Fields = { list: [], uncertain: [], embedded: [] };
  addAll(found, found, fields, world, around, nullable);
  return fields;
}

function addAll(
  each: FoundEntity,
  found: FoundEntity,
  fields: Fields,
  world: World,
  around: Surroundings,
  nullable = false,
): void {
  const { record } = each;
  const at = found.record.base?.span ?? found.record.nameSpan;
  const place: Place = {
    path: '',
    prefix: '',
    of: each,
    ...(each !== found && { inherited: { from: record.className, at } }),
    nullable,
    depth: 0,
  };
  if (record.missing !== undefined) fields.uncertain.push(...unknownParts(record.missing));
  for (const declared of record.properties) add(declared, place, fields, world, around);
}

/** A property of a derived class takes the place of that of its base. */
function put(fields: Fields, field: Field): void {
  const index = fields.list.findIndex(({ path }) => path === field.path);
  if (index === -1) fields.list.push(field);
  else fields.list[index] = field;
}

function add(declared: PropertyRecord, place: Place, fields: Fields, world: World, around: Surroundings): void {
  const { options, kind } = declared;
  if (given(options, 'formula') || isTruth(options, 'serializedPrimaryKey')) return;
  const persisted = truthGiven(options, 'persist');
  if (persisted === false) return;
  const path = place.path === '' ? declared.name : `${place.path}.${declared.name}`;
  const field: Field = {
    path,
    property: declared,
    of: place.of,
    ...(place.inherited && { inherited: place.inherited }),
    columns: [],
    primary: isTruth(options, 'primary'),
    nullable: place.nullable ? true : nullability(declared, around),
    ...(place.inJson !== undefined && { inJson: `${place.inJson}.${nameInJson(declared, around)}` }),
  };
  if (kind === 'embedded') return addEmbedded(field, place, fields, world, around);
  if (kind !== 'scalar') {
    const target = world.targetOf(declared.target, place.of.path) ?? annotated(declared, place, world);
    if (target) field.target = target;
  }
  if (place.inJson === undefined && kind === 'scalar') field.columns = [readColumn(field, place.prefix, around)];
  else if (place.inJson === undefined && ownsKey(declared))
    field.columns = keyColumns(field, place.prefix, world, around);
  put(fields, field);
}

const nameInJson = ({ name, options }: PropertyRecord, around: Surroundings): string =>
  textGiven(options, 'fieldName', 'name') ?? around.strategy.column(name);

/** Whether this side of a relation keeps the key in a column of its own. */
export function ownsKey({ kind, options }: PropertyRecord): boolean {
  if (kind === 'm:1') return true;
  if (kind !== '1:1') return false;
  const owner = truthGiven(options, 'owner');
  return (
    owner === true ||
    (owner === undefined && (given(options, 'inversedBy') !== undefined || !given(options, 'mappedBy')))
  );
}

/** `author: Ref<User>` and `books = new Collection<Book>(this)`, where no decorator says more. */
function annotated({ type, initial }: PropertyRecord, { of }: Place, world: World): FoundEntity | undefined {
  const made = /^new Collection<\s*(\w+)/.exec(initial?.text ?? '')?.[1];
  const inner = type ? wrapped.exec(type.written)?.[1] : made;
  if (inner !== undefined) return world.named(inner, undefined, of.path);
  return type?.is === 'reference' && type.name !== undefined ? world.named(type.name, type.module, of.path) : undefined;
}

const wrapped = /^(?:\w+\.)?(?:Ref|LazyRef|Rel|Reference|IdentifiedReference|Loaded|Collection|Hidden|Opt)<\s*(\w+)/;

/** Options win; an initial null counts, and so does the annotation for a provider that reads it. */
function nullability({ options, kind, initial, type }: PropertyRecord, around: Surroundings): boolean | 'unknown' {
  if (isTruth(options, 'primary')) return false;
  const said = truthGiven(options, 'nullable');
  if (said !== undefined) return said;
  if (initial?.value.kind === 'known' && initial.value.value === null) return true;
  if ((kind === 'm:1' || kind === '1:1') && cascades(options, 'remove')) return true;
  const optional =
    type !== undefined &&
    (type.optional === true || type.nullable === true || /\b(?:null|undefined)\b/.test(type.written));
  if (!optional || around.provider === 'reflect') return false;
  return around.provider === 'ts-morph' ? true : 'unknown';
}

/** Whether a relation's `cascade` says so: `[Cascade.REMOVE]`, `['all']`. */
export function cascades(options: PropertyRecord['options'], what: 'remove' | 'persist'): boolean {
  const list = property(options, 'cascade');
  if (list?.kind !== 'array') return what === 'persist' && list === undefined;
  return list.items.some((item) => {
    const word = textOf(item) ?? (item.kind === 'reference' ? item.path.at(-1) : undefined);
    return word?.toLowerCase() === what || word?.toLowerCase() === 'all';
  });
}

/** A key column of another table. */
export interface KeyColumn {
  name: string;
  column: Column;
}

/** The primary key columns of an entity; nothing where they are not known. */
export function keyOf(found: FoundEntity, world: World, around: Surroundings): KeyColumn[] | undefined {
  // Keys may be made of keys of other tables, and of their own.
  if (world.open.has(found.record)) return undefined;
  world.open.add(found.record);
  try {
    const { chain } = world.lineageOf(world.rootOf(found));
    const fields: Fields = { list: [], uncertain: [], embedded: [] };
    for (const each of chain) {
      const place: Place = { path: '', prefix: '', of: each, nullable: false, depth: 0 };
      for (const declared of each.record.properties) {
        if (isTruth(declared.options, 'primary')) add(declared, place, fields, world, around);
      }
    }
    const columns = fields.list.flatMap((field) =>
      field.columns.map((column) => ({ name: column.name.value, column })),
    );
    return columns.length > 0 && columns.every(({ column }) => !column.name.unknown) ? columns : undefined;
  } finally {
    world.open.delete(found.record);
  }
}

/** The columns of a relation: one for each column of the target's key. */
function keyColumns(field: Field, prefix: string, world: World, around: Surroundings): Column[] {
  const { property: declared, target, inherited } = field;
  const { options, name } = declared;
  const key = target && keyOf(target, world, around);
  const span = inherited?.at ?? declared.nameSpan;
  const written =
    textsGiven(options, 'joinColumn', 'joinColumns') ??
    textsGiven(options, 'fieldName', 'fieldNames') ??
    (textGiven(options, 'name') === undefined ? undefined : [textGiven(options, 'name')!]);
  const said = given(options, 'joinColumn', 'fieldName', 'name', 'joinColumns', 'fieldNames');
  const reason = `the key of ${target?.record.className ?? 'the target'} is not in the project`;
  return Array.from({ length: written?.length ?? key?.length ?? 1 }, (_, index): Column => {
    const referenced = key?.[index];
    const value =
      written?.[index] ?? around.strategy.joinColumn(prefix + name, referenced?.name ?? 'id', (key?.length ?? 1) > 1);
    const uncertain: Uncertainty[] = [];
    const unsure = written === undefined && (referenced === undefined || said !== undefined);
    if (unsure) uncertain.push({ about: 'name', reason: said ? 'the name is computed' : reason });
    if (!referenced) uncertain.push({ about: 'type', reason });
    const at = written && said && !inherited ? said.span : span;
    return readColumn({ ...field, columns: [] }, prefix, around, {
      name: { ...quoted((written ? prefix : '') + value, at), ...(unsure && { unknown: true as const }) },
      type: referenced ? { ...referenced.column.type, span } : { name: 'unknown', written: '', span },
      uncertain,
    });
  });
}

const maxEmbedding = 8;

function addEmbedded(field: Field, place: Place, fields: Fields, world: World, around: Surroundings): void {
  const { property: declared, path } = field;
  const { options } = declared;
  const target = world.targetOf(declared.target, place.of.path) ?? annotated(declared, place, world);
  if (target) field.target = target;
  const asJson = isTruth(options, 'object') || isTruth(options, 'array');
  if (asJson && place.inJson === undefined) {
    field.columns = [readColumn(field, place.prefix, around)];
    put(fields, field);
  }
  if (!target || place.depth >= maxEmbedding) {
    if (place.inJson === undefined && !asJson)
      fields.uncertain.push({
        about: 'columns',
        reason: `the embedded class of ${declared.name} is not in the project`,
      });
    return;
  }
  const own = place.prefix + declared.name;
  const column = textGiven(options, 'fieldName', 'name') ?? around.strategy.column(own);
  const json = field.inJson ?? (asJson ? (field.columns[0]?.name.value ?? column) : undefined);
  const inner: Place = {
    path,
    prefix: prefixOf(options, column, place.prefix, around),
    of: target,
    inherited: { from: target.record.className, at: place.inherited?.at ?? declared.nameSpan },
    nullable: field.nullable === true,
    ...(json !== undefined && { inJson: json }),
    depth: place.depth + 1,
  };
  fields.embedded.push({ of: target, at: field });
  const { chain, missing } = world.lineageOf(target);
  for (const each of chain) {
    for (const member of each.record.properties) add(member, { ...inner, of: each }, fields, world, around);
  }
  const unseen = missing ?? target.record.missing;
  if (unseen !== undefined && json === undefined) fields.uncertain.push({ about: 'columns', reason: unseen });
}

/** What stands before the columns of an embedded class. */
function prefixOf(options: PropertyRecord['options'], column: string, parent: string, around: Surroundings): string {
  const text = textGiven(options, 'prefix');
  if (text === undefined) return truthGiven(options, 'prefix') === false ? parent : `${column}_`;
  const mode = textGiven(options, 'prefixMode') ?? around.prefixMode;
  return mode === 'relative' ? parent + text : text;
}
