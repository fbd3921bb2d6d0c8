import type { Relationship, Span, Text } from '../../../ir/index.js';
import { settled } from '../linking/lookup.js';
import { itemsOf, property, textOf, type Entry, type ReferenceValue, type Value } from '../values/values.js';
import { plainAnchor } from './anchors.js';
import type { DeclaredTable, Schema } from './schema.js';
import { callsOf } from './values.js';
import { quoted } from '../quoted.js';

/** A relation as `relations()` or `defineRelations()` declares it. */
interface Relation {
  /** The file that it is written in. */
  path: string;
  attribute: string;
  of: DeclaredTable;
  target: DeclaredTable | undefined;
  many: boolean;
  /** `relationName`, or `alias`. */
  name?: string;
  /** Keys of the columns of this side that hold the key. */
  keyedBy: string[];
  through: boolean;
  doc?: Text;
  span: Span;
}

/** The relations of all tables. None of them makes a foreign key. */
export function relationships(schema: Schema): Map<DeclaredTable, Relationship[]> {
  const all: Relation[] = [];
  for (const [path, { declared }] of schema.files) {
    for (const call of declared.relations) all.push(...relationsIn(settled(call, path, schema.lookup), path, schema));
  }
  const byTable = new Map<DeclaredTable, Relation[]>();
  for (const each of all) byTable.set(each.of, [...(byTable.get(each.of) ?? []), each]);
  const result = new Map<DeclaredTable, Relationship[]>();
  for (const [table, own] of byTable) {
    const facts = own.map((each) => relationship(each, inverseOf(each, byTable)));
    result.set(table, facts);
  }
  return result;
}

function relationsIn(value: Value, path: string, schema: Schema): Relation[] {
  if (value.kind !== 'made') return [];
  const [first, second] = value.args;
  const returned = second?.kind === 'function' ? second.returns : undefined;
  if (!first || returned?.kind !== 'object') return [];
  if (value.origin.name === 'relations') {
    const of = schema.tableOf(first, path)?.table;
    return of ? returned.entries.flatMap((entry) => relationOf(entry, of, path, schema)) : [];
  }
  return returned.entries.flatMap(({ key, value: inner }) => {
    const of = tableNamed(key, first, path, schema);
    return of && inner.kind === 'object'
      ? inner.entries.flatMap((entry) => newRelationOf(entry, of, first, path, schema))
      : [];
  });
}

/** `author: one(users, { fields, references, relationName })`, `posts: many(posts)`. */
function relationOf(entry: Entry, of: DeclaredTable, path: string, schema: Schema): Relation[] {
  const { root, links } = callsOf(entry.value);
  const [call] = links;
  const method = root.kind === 'parameter' ? (root.path[0] ?? call?.name) : undefined;
  if (!call?.args || (method !== 'one' && method !== 'many')) return [];
  const [target, options] = call.args;
  const fields = itemsOf(property(options, 'fields')) ?? [];
  const name = textOf(property(options, 'relationName'));
  return [
    {
      path,
      attribute: entry.key,
      of,
      target: target && schema.tableOf(target, path)?.table,
      many: method === 'many',
      ...(name !== undefined && { name }),
      keyedBy: fields.flatMap((field) => schema.columnOf(field, path)?.column.key ?? []),
      through: false,
      ...(entry.doc && { doc: entry.doc }),
      span: entry.span,
    },
  ];
}

/** `posts: r.many.posts({ from: r.users.id, to: r.posts.authorId, alias })`. */
function newRelationOf(entry: Entry, of: DeclaredTable, tables: Value, path: string, schema: Schema): Relation[] {
  const { root, links } = callsOf(entry.value);
  const [call] = links;
  const method = root.kind === 'parameter' ? root.path[0] : undefined;
  if (!call?.args || call.name === undefined || (method !== 'one' && method !== 'many')) return [];
  const [options] = call.args;
  const from = property(options, 'from');
  const columns = (itemsOf(from) ?? (from ? [from] : [])).map((each) => callsOf(each));
  const name = textOf(property(options, 'alias'));
  return [
    {
      path,
      attribute: entry.key,
      of,
      target: tableNamed(call.name, tables, path, schema),
      many: method === 'many',
      ...(name !== undefined && { name }),
      keyedBy:
        method === 'many'
          ? []
          : columns.flatMap(({ root: at }) => (at.kind === 'parameter' ? at.path.slice(1, 2) : [])),
      through: columns.some(({ links: behind }) => behind.some((link) => link.name === 'through')),
      ...(entry.doc && { doc: entry.doc }),
      span: entry.span,
    },
  ];
}

/** A table by the name that it has in the object of all tables, or in the module that is imported as a whole. */
function tableNamed(name: string, tables: Value, path: string, schema: Schema): DeclaredTable | undefined {
  const named = property(tables, name);
  const exported: ReferenceValue | undefined =
    tables.kind === 'reference' && tables.name === '*' ? { ...tables, name } : undefined;
  const value = named ?? exported;
  return value && schema.tableOf(value, path)?.table;
}

/** The relation that leads back: of the same name, or the only one between the two tables. */
function inverseOf(
  { of, target, name, ...own }: Relation,
  byTable: ReadonlyMap<DeclaredTable, readonly Relation[]>,
): Relation | undefined {
  const candidates = ((target && byTable.get(target)) ?? []).filter(
    (each) => each.target === of && each.name === name && !(target === of && each.attribute === own.attribute),
  );
  return candidates.length === 1 ? candidates[0] : undefined;
}

function relationship(relation: Relation, inverse: Relation | undefined): Relationship {
  const { attribute, of, target, path, span, doc, many, keyedBy } = relation;
  const elsewhere = path !== of.path;
  const at = elsewhere ? of.record.span : span;
  return {
    attribute: quoted(
      attribute,
      elsewhere ? at : { start: at.start, end: Math.min(at.end, at.start + attribute.length) },
    ),
    kind: kindOf(relation, inverse),
    ...(target && { target: target.record.name }),
    ...(inverse && { inverse: inverse.attribute }),
    ...(elsewhere && { generated: true as const }),
    collection: many,
    ...(keyedBy.length > 0 && { keyedBy }),
    ...(doc && !elsewhere && { doc }),
    span: at,
    ...(!elsewhere && { anchor: plainAnchor(at) }),
    uncertain: target ? [] : [{ about: 'target', reason: 'the table that it leads to is not known' }],
  };
}

function kindOf({ many, keyedBy, through }: Relation, inverse: Relation | undefined): Relationship['kind'] {
  if (many) return through || (inverse?.many ?? false) ? 'many-to-many' : 'one-to-many';
  if (keyedBy.length === 0) return inverse && inverse.keyedBy.length > 0 ? 'one-to-one' : 'unknown';
  return inverse && !inverse.many ? 'one-to-one' : 'many-to-one';
}
