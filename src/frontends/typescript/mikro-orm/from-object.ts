import type { Anchor, AnchorList, Span } from '../../../ir/index.js';
import { itemsOf, property, textOf, type Entry, type Link, type Value } from '../values/values.js';
import type { EntityRecord, Extra, Kind, PropertyRecord } from './entity-record.js';
import { entriesFrom, isTruth, returned } from './options.js';
import type { SchemaRecord } from './schemas.js';

/** The entity that `defineEntity` or an `EntitySchema` declares, its values settled. */
export function entityOfSchema(schema: SchemaRecord, meta: Value): EntityRecord | undefined {
  if (meta.kind !== 'object') return undefined;
  const named = property(meta, 'name');
  const declaring = property(meta, 'class');
  const className =
    (declaring?.kind === 'reference' ? declaring.name : undefined) ?? textOf(named) ?? schema.variable ?? '';
  const given = returned(property(meta, 'properties'));
  const nameSpan = named?.span ?? schema.span;
  const properties = entriesFrom(given).map((entry) => propertyOf(entry, schema));
  const missing =
    given !== undefined && (given.kind !== 'object' || !given.complete)
      ? `some properties of ${className} are computed`
      : undefined;
  const base = baseOf(property(meta, 'extends'));
  return {
    className,
    nameSpan,
    span: schema.span,
    role: roleOf(meta),
    options: meta,
    ...(base && { base }),
    ...(missing !== undefined && { missing }),
    properties,
    extras: [
      ...extrasOf(meta, 'indexes', 'index'),
      ...extrasOf(meta, 'uniques', 'unique'),
      ...extrasOf(meta, 'checks', 'check'),
    ],
    reflected: false,
    ...(schema.doc && { doc: schema.doc }),
    ...(schema.anchor && { anchor: { ...schema.anchor, lists: { options: listOf(meta) } } }),
  };
}

function roleOf(meta: Value): EntityRecord['role'] {
  if (isTruth(meta, 'embeddable')) return 'embeddable';
  if (property(meta, 'expression')) return 'virtual';
  return isTruth(meta, 'abstract') && !property(meta, 'discriminatorColumn') ? 'base' : 'entity';
}

function baseOf(value: Value | undefined): EntityRecord['base'] {
  const to = returned(value);
  if (to?.kind === 'reference')
    return { name: to.name, ...(to.module !== undefined && { module: to.module }), span: to.span };
  const name = textOf(to);
  return name === undefined ? undefined : { name, span: to!.span };
}

const extrasOf = (meta: Value, key: string, kind: Extra['kind']): Extra[] =>
  (itemsOf(property(meta, key)) ?? []).map((options) => ({ kind, options, span: options.span }));

/** An object literal as a list that the pen may add to. */
function listOf(value: Value): AnchorList {
  const entries = entriesFrom(value).map(({ key, span, value: { span: at } }) => ({ key, span, value: at }));
  return { open: value.span.start + 1, close: value.span.end - 1, entries };
}

function propertyOf(entry: Entry, schema: SchemaRecord): PropertyRecord {
  const { key, span, doc } = entry;
  const value = entry.value.kind === 'function' ? (entry.value.returns ?? entry.value) : entry.value;
  const read = value.kind === 'object' ? ofObject(value) : ofBuilder(value);
  return {
    name: key,
    nameSpan: { start: span.start, end: Math.min(span.end, span.start + key.length) },
    span,
    extras: [],
    ...(doc && { doc }),
    ...read,
    anchor: anchorOf(schema, span, value),
  };
}

/** Where a link can be added to a builder, or an entry to an object. */
function anchorOf(schema: SchemaRecord, span: Span, value: Value): Anchor {
  // What is spread in, or given by its name alone, is written somewhere else.
  const isHere = value.span.start > span.start;
  return {
    span,
    indent: schema.anchor?.indent ?? '',
    lists: { ...(isHere && value.kind === 'object' && { options: listOf(value) }) },
    points: { ...(isHere && value.kind === 'chain' && { chainEnd: value.span.end }) },
  };
}

type Read = Pick<PropertyRecord, 'kind' | 'declaredAs' | 'options' | 'open' | 'target'>;

const kinds: { [name: string]: Kind } = {
  'm:1': 'm:1',
  '1:1': '1:1',
  '1:m': '1:m',
  'm:n': 'm:n',
  embedded: 'embedded',
  MANY_TO_ONE: 'm:1',
  ONE_TO_ONE: '1:1',
  ONE_TO_MANY: '1:m',
  MANY_TO_MANY: 'm:n',
  EMBEDDED: 'embedded',
};

/** `{ type: 'string', kind: 'm:1', entity }`. */
function ofObject(options: Extract<Value, { kind: 'object' }>): Read {
  const named = property(options, 'kind') ?? property(options, 'reference');
  const word = textOf(named) ?? (named?.kind === 'reference' ? named.path.at(-1) : undefined) ?? '';
  const kind = Object.hasOwn(kinds, word) ? kinds[word]! : 'scalar';
  const target = kind === 'scalar' ? undefined : (property(options, 'entity') ?? property(options, 'type'));
  return {
    kind,
    declaredAs: 'EntitySchema',
    options,
    ...(!options.complete && { open: true as const }),
    ...(target && { target }),
  };
}

const relations: { [builder: string]: Kind } = {
  embedded: 'embedded',
  manyToOne: 'm:1',
  oneToOne: '1:1',
  oneToMany: '1:m',
  manyToMany: 'm:n',
};

/** Links that take any number of arguments. */
const lists = /^(?:fieldNames|columnTypes|joinColumns|inverseJoinColumns|referencedColumnNames|cascade)$/;

/** `p.string().length(9).nullable()`. */
function ofBuilder(value: Value): Read {
  const { span } = value;
  const links = value.kind === 'chain' ? value.links : [];
  const at = links.findIndex((link) => link.args !== undefined);
  const made = links[at];
  if (value.kind !== 'chain' || made?.name === undefined || !isBuilder(value.of))
    return {
      kind: 'scalar',
      declaredAs: 'p',
      options: { kind: 'object', entries: [], complete: false, span },
      open: true,
    };
  const entries = [...beginning(made), ...links.slice(at + 1).flatMap(entryOf)];
  const kind = Object.hasOwn(relations, made.name) ? relations[made.name]! : 'scalar';
  const target = kind === 'scalar' ? undefined : made.args![0];
  return {
    kind,
    declaredAs: `p.${made.name}`,
    options: { kind: 'object', entries, complete: true, span },
    ...(target && { target }),
  };
}

/** `p` of MikroORM, or the parameter of `properties: (p) => ({…})`. */
const isBuilder = (root: Extract<Value, { kind: 'chain' }>['of']): boolean =>
  root.kind === 'parameter' || (root.kind === 'reference' && (root.module ?? '').startsWith('@mikro-orm/'));

/** What the first call says: the type, the labels, the length. */
function beginning({ name, args, span }: Link): Entry[] {
  const [first] = args ?? [];
  const entry = (key: string, value: Value): Entry => ({ key, span, value });
  const truth: Value = { kind: 'known', value: true, span };
  if (name === 'enum') return [entry('enum', truth), ...(first ? [entry('items', first)] : [])];
  if (name === 'formula') return [entry('formula', first ?? truth)];
  if (name === 'type') return first ? [entry('type', first)] : [];
  if (Object.hasOwn(relations, name!)) return [];
  const type: Value = { kind: 'text', parts: [{ value: name!, offsets: [[0, span.start]] }], span };
  const length = (name === 'datetime' || name === 'time') && first ? [entry('length', first)] : [];
  return [entry('type', type), ...length];
}

function entryOf({ name, args, span }: Link): Entry[] {
  if (name === undefined || args === undefined || name === '$type') return [];
  if (lists.test(name)) return [{ key: name, span, value: { kind: 'array', items: args, complete: true, span } }];
  return [{ key: name, span, value: args[0] ?? { kind: 'known', value: true, span } }];
}
