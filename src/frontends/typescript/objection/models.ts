import type { Name, QualifiedName, Relationship, Span, Table, Uncertainty } from '../../../ir/index.js';
import { declaredBy, type LinkedFile, type Models } from '../library.js';
import { settled, type Lookup } from '../linking/lookup.js';
import { referencesIn } from '../linking/references.js';
import { textOf, type Origin } from '../values/values.js';
import { referenceParts, type ModelRecord, type RelationRecord } from './classes.js';

const maxBases = 20;

/** The models of Objection in all files: a name of a table and relations, and no columns. */
export function objectionModels(files: readonly LinkedFile[], lookup: Lookup): Map<string, Models> {
  const found = new Map<string, Models>();
  const declared = new Map(
    files.map(({ path, symbols }) => [path, declaredBy<ModelRecord[]>('objection', symbols) ?? []] as const),
  );
  // A module that is a class exports nothing else, so that its only model is meant.
  const classIn = (module: string, from: string): string | undefined => {
    const place = lookup.placeOf({ module, name: 'default' }, from);
    const [only, ...others] = (place && declared.get(place.path)) ?? [];
    return others.length === 0 ? only?.name : undefined;
  };
  for (const [path, records] of declared) {
    const tables = records.flatMap((record) =>
      record.bases.some((base) => isModel(base, path, lookup)) ? tableOf(record, path, lookup, classIn) : [],
    );
    if (tables.length > 0) found.set(path, { tables, enums: [] });
  }
  return found;
}

/** Whether a class is Objection's Model, or one of the project that comes from it. */
function isModel(base: { name: string; module?: string }, path: string, lookup: Lookup): boolean {
  let at = { ...base, path };
  for (let hops = 0; hops < maxBases; hops++) {
    if (at.module !== undefined) {
      const { module, name } = lookup.originOf({ module: at.module, name: at.name }, at.path);
      if (module === 'objection') return name === 'Model';
    }
    const found = lookup.classOf(at.name, at.module, at.path);
    const next = found?.record.base;
    if (!found || !next) return false;
    at = { name: next.name, ...(next.module !== undefined && { module: next.module }), path: found.path };
  }
  return false;
}

type ClassIn = (module: string, from: string) => string | undefined;

function tableOf(record: ModelRecord, path: string, lookup: Lookup, classIn: ClassIn): Table[] {
  const value = record.table && settled(record.table, path, lookup);
  const text = textOf(value);
  if (!value || text === undefined) return [];
  const uncertain: Uncertainty[] = [{ about: 'everything', reason: 'the columns are those of its migrations' }];
  return [
    {
      name: qualified(text, value.span),
      declaredBy: 'objection',
      className: record.name,
      role: 'mapped',
      columns: [],
      constraints: [],
      indexes: [],
      relationships: record.relations.map((each) => relationshipOf(each, path, lookup, classIn)),
      ...(record.doc && { doc: record.doc }),
      span: record.span,
      uncertain,
    },
  ];
}

const named = (value: string, span: Span): Name => ({ value, quoted: true, span });

function qualified(text: string, span: Span): QualifiedName {
  const dot = text.lastIndexOf('.');
  if (dot === -1) return { name: named(text, span), span };
  return { schema: named(text.slice(0, dot), span), name: named(text.slice(dot + 1), span), span };
}

const kinds: { readonly [relation: string]: Relationship['kind'] } = {
  BelongsToOneRelation: 'many-to-one',
  HasManyRelation: 'one-to-many',
  HasOneRelation: 'one-to-one',
  HasOneThroughRelation: 'one-to-one',
  ManyToManyRelation: 'many-to-many',
};

function relationshipOf(record: RelationRecord, path: string, lookup: Lookup, classIn: ClassIn): Relationship {
  const { name, nameSpan, span, relation = '', targetModule, doc, indent } = record;
  const target = record.target ?? (targetModule === undefined ? undefined : classIn(targetModule, path));
  const kind = Object.hasOwn(kinds, relation) ? kinds[relation]! : 'unknown';
  const from = referenceParts(record.from && settled(record.from, path, lookup));
  const through = referenceParts(record.through && settled(record.through, path, lookup));
  const isMany = kind === 'one-to-many' || kind === 'many-to-many';
  return {
    attribute: named(name, nameSpan),
    kind,
    ...(target !== undefined && { target }),
    ...(through && { through: qualified(through.table, through.span) }),
    ...(kind === 'many-to-one' && from && { keyedBy: from.columns }),
    ...(kind !== 'unknown' && { collection: isMany }),
    ...(doc && { doc }),
    span,
    anchor: { span, indent, lists: {}, points: {} },
    uncertain: target === undefined ? [{ about: 'target', reason: 'its class is not named here' }] : [],
  };
}

/** What the models of a file need of others: their bases, and constants in names. */
export function modelOrigins(records: readonly ModelRecord[]): Origin[] {
  return records.flatMap(({ bases, table, relations }) => [
    ...relations.flatMap(({ targetModule: module }) => (module === undefined ? [] : [{ module, name: 'default' }])),
    ...bases.flatMap(({ name, module }) => (module === undefined ? [] : [{ module, name }])),
    ...referencesIn(table),
    ...relations.flatMap(({ from, through }) => [...referencesIn(from), ...referencesIn(through)]),
  ]);
}
