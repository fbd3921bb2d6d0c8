import type { Dialect, Index, IndexKey, Name, PrimaryKey, UniqueConstraint } from '../../../ir/index.js';
import type { Attribute, Block, Member, Value } from '../syntax/tree.js';
import { argumentOf, attributeOf, itemsOf, namesIn, textOf } from './arguments.js';
import { columnName, generated, madeName, objectName, quoted } from './names.js';
import type { Schema } from './schema.js';

/** A field that a key or index is over, with what is said of it there. */
interface Part {
  column: Name;
  options: Value | undefined;
}

const suffixes = { id: '_pkey', unique: '_key', index: '_idx' };

/** The fields that `@@id`, `@@unique`, `@@index` and `@@fulltext` list. Nothing where one of them is not there. */
function partsOf(attribute: Attribute, block: Block): Part[] | undefined {
  const parts: Part[] = [];
  for (const item of itemsOf(argumentOf(attribute, 'fields', true))) {
    const member = item.kind === 'name' ? block.members.find(({ name }) => name.value === item.value) : undefined;
    if (member === undefined) return undefined;
    parts.push({ column: quoted(columnName(member).value, item.span), options: item });
  }
  return parts;
}

/** What `map:` calls a key or an index, or else Prisma. */
function nameOf(
  attribute: Attribute,
  kind: keyof typeof suffixes,
  columns: readonly Name[],
  block: Block,
  dialect: Dialect,
): Name {
  // Before there was `map:`, `name:` said it for indexes; of a key it names what the client takes.
  const given = argumentOf(attribute, 'map') ?? (kind === 'index' ? argumentOf(attribute, 'name') : undefined);
  if (given?.kind === 'text') return quoted(given.value, given.span);
  const stem = [objectName(block).name.value, ...(kind === 'id' ? [] : columns.map(({ value }) => value))];
  return generated(madeName(stem, suffixes[kind], dialect), attribute.span);
}

/** Databases that keep no name of a primary key. */
const namelessKeys: ReadonlySet<Dialect> = new Set(['mysql', 'mariadb', 'sqlite']);

function primaryKey(attribute: Attribute, columns: Name[], block: Block, { dialect }: Schema): PrimaryKey {
  return {
    kind: 'primary',
    ...(!namelessKeys.has(dialect) && { name: nameOf(attribute, 'id', columns, block, dialect) }),
    columns,
    span: attribute.span,
    uncertain: [],
  };
}

/** `@unique` makes a unique index, and a constraint in databases where the one is the other. */
function unique(attribute: Attribute, parts: readonly Part[], block: Block, schema: Schema): Index | UniqueConstraint {
  const { dialect } = schema;
  const columns = parts.map(({ column }) => column);
  const made = { ...index(attribute, parts, block, schema), unique: true };
  const name = nameOf(attribute, 'unique', columns, block, dialect);
  const isPlain = made.keys.every(({ length, direction }) => length === undefined && direction === undefined);
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  if (dialect === 'tsql' || (isMysql && isPlain))
    return { kind: 'unique', name, columns, span: attribute.span, uncertain: [] };
  return { ...made, name };
}

const directions: { readonly [sort: string]: 'asc' | 'desc' } = { Asc: 'asc', Desc: 'desc' };

function keyOf({ column, options }: Part): IndexKey {
  const called = options?.kind === 'name' ? options : undefined;
  const sort = argumentOf(called, 'sort');
  const direction = sort?.kind === 'name' ? directions[sort.value] : undefined;
  const length = argumentOf(called, 'length');
  const operators = operatorClass(argumentOf(called, 'ops'));
  return {
    column: column.value,
    quoted: true,
    // Ascending is what an index is anyway.
    ...(direction === 'desc' && { direction }),
    ...(operators !== undefined && { operatorClass: operators }),
    ...(length?.kind === 'number' && { length: Number(length.value) }),
  };
}

/** `raw("gin_trgm_ops")`, or one of Prisma's names: `JsonbPathOps` is jsonb_path_ops. */
function operatorClass(value: Value | undefined): string | undefined {
  if (value?.kind !== 'name') return undefined;
  if (value.value === 'raw') return textOf(argumentOf(value, 'name', true));
  return value.value.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();
}

function index(attribute: Attribute, parts: readonly Part[], block: Block, { dialect }: Schema): Index {
  const columns = parts.map(({ column }) => column);
  const type = argumentOf(attribute, 'type');
  const method =
    attribute.name === 'fulltext' ? 'fulltext' : type?.kind === 'name' ? type.value.toLowerCase() : undefined;
  const where = predicateOf(argumentOf(attribute, 'where'));
  return {
    name: nameOf(attribute, 'index', columns, block, dialect),
    keys: parts.map(keyOf),
    unique: false,
    ...(method !== undefined && method !== 'btree' && { method }),
    ...(where !== undefined && { where }),
    include: [],
    span: attribute.span,
    anchor: { span: attribute.span, indent: '', lists: {}, points: {} },
    uncertain: [],
  };
}

/** The predicate of a partial index: SQL in `raw("…")`, or an object, which is kept as written. */
function predicateOf(value: Value | undefined): string | undefined {
  if (value?.kind === 'object') return value.text;
  return value?.kind === 'name' ? textOf(argumentOf(value, 'sql', true)) : undefined;
}

/** The keys and indexes of a column or a table. */
export interface Keys {
  constraints: (PrimaryKey | UniqueConstraint)[];
  indexes: Index[];
}

/** What `@id` and `@unique` make at a field. */
export function keysOfField(member: Member, block: Block, schema: Schema): Keys {
  const keys: Keys = { constraints: [], indexes: [] };
  if (block.keyword !== 'model') return keys;
  const column = columnName(member);
  const id = attributeOf(member, 'id');
  if (id) keys.constraints.push(primaryKey(id, [column], block, schema));
  const marked = attributeOf(member, 'unique');
  if (marked) keep(keys, unique(marked, [{ column, options: { kind: 'name', value: '', ...marked } }], block, schema));
  return keys;
}

/** What the attributes of a model make. Nothing of those over fields that are not there. */
export function keysOfBlock(block: Block, schema: Schema): Keys {
  const keys: Keys = { constraints: [], indexes: [] };
  if (block.keyword !== 'model') return keys;
  for (const attribute of block.attributes) {
    if (!['id', 'unique', 'index', 'fulltext'].includes(attribute.name)) continue;
    const parts = partsOf(attribute, block);
    if (parts === undefined || parts.length === 0) continue;
    const columns = parts.map(({ column }) => column);
    if (attribute.name === 'id') keys.constraints.push(primaryKey(attribute, columns, block, schema));
    else if (attribute.name === 'unique') keep(keys, unique(attribute, parts, block, schema));
    else keys.indexes.push(index(attribute, parts, block, schema));
  }
  return keys;
}

function keep(keys: Keys, made: Index | UniqueConstraint): void {
  if ('kind' in made) keys.constraints.push(made);
  else keys.indexes.push(made);
}

const fieldsInKeys = new WeakMap<Block, ReadonlySet<string>>();

/** The fields that are part of the primary key. */
export function keyFields(block: Block): ReadonlySet<string> {
  let fields = fieldsInKeys.get(block);
  if (fields === undefined) {
    const marked = block.members.filter((member) => attributeOf(member, 'id')).map(({ name }) => name.value);
    fields = new Set([...marked, ...namesIn(argumentOf(attributeOf(block, 'id'), 'fields', true))]);
    fieldsInKeys.set(block, fields);
  }
  return fields;
}
