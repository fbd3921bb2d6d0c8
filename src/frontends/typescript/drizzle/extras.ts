import type { CheckConstraint, Constraint, Index, IndexKey, Name, Span, Uncertainty } from '../../../ir/index.js';
import { isAbsent, itemsOf, property, textOf, type Link, type Value } from '../values/values.js';
import { itemAnchor } from './anchors.js';
import { sqlContext } from './columns.js';
import { foreignKey } from './foreign-keys.js';
import { coreOf } from './modules.js';
import { indexName, primaryKeyName, uniqueName } from './names.js';
import type { DeclaredTable, KeyedColumn, Schema } from './schema.js';
import { sqlText } from './sql-text.js';
import { callsOf, returnedWith } from './values.js';
import { quoted } from '../quoted.js';

/** What the third argument of a table adds to it. */
export interface Extras {
  indexes: Index[];
  constraints: Constraint[];
  uncertain: Uncertainty[];
}

/** One index or key as it is written: what makes it, and the methods behind that. */
interface Item {
  args: readonly Value[];
  links: readonly Link[];
  span: Span;
  table: DeclaredTable;
  schema: Schema;
}

/** Reads the third argument of a table: `(t) => [index().on(t.a)]`, or an object of the same. */
export function readExtras(table: DeclaredTable, schema: Schema): Extras {
  const extras: Extras = { indexes: [], constraints: [], uncertain: [] };
  const { extra } = table;
  if (!extra || extra.kind === 'undefined') return extras;
  const given = extra.kind === 'function' ? returnedWith(extra, ofTable(table)) : extra;
  const items =
    given?.kind === 'object' ? given.entries : itemsOf(given)?.map((value) => ({ value, span: value.span }));
  const open = given?.kind === 'object' || given?.kind === 'array' ? !given.complete : true;
  if (!items || open) unknownPart(extras, 'some of the indexes and keys are computed');
  for (const { value, span } of items ?? []) addItem(value, span, table, schema, extras);
  return extras;
}

/** The parameter of the function stands for the table. */
const ofTable =
  ({ record }: DeclaredTable) =>
  ({ index, path, span }: { index: number; path: string[]; span: Span }): Value | undefined =>
    index === 0 ? { kind: 'reference', name: record.name, path, span } : undefined;

function unknownPart({ uncertain }: Extras, reason: string): void {
  uncertain.push({ about: 'indexes', reason }, { about: 'constraints', reason });
}

const makers: { readonly [name: string]: ((item: Item, extras: Extras) => void) | undefined } = {
  index: (item, extras) => {
    extras.indexes.push(indexOf(item, false));
  },
  uniqueIndex: (item, extras) => {
    extras.indexes.push(indexOf(item, true));
  },
  unique: addUnique,
  primaryKey: addPrimaryKey,
  foreignKey: addForeignKey,
  check: (item, extras) => {
    extras.constraints.push(checkOf(item));
  },
  pgPolicy: () => undefined,
};

function addItem(value: Value, span: Span, table: DeclaredTable, schema: Schema, extras: Extras): void {
  const { root, links } = callsOf(value);
  const made = root.kind === 'made' && coreOf(root.origin.module) ? root : undefined;
  const maker = made && Object.hasOwn(makers, made.origin.name) ? makers[made.origin.name] : undefined;
  if (made && maker) maker({ args: made.args, links, span, table, schema }, extras);
  else unknownPart(extras, 'some of the indexes and keys are computed');
}

/** The arguments of the last call of a method. */
const callOf = (links: readonly Link[], ...names: string[]): readonly Value[] | undefined =>
  links.findLast(({ name, args }) => name !== undefined && names.includes(name) && args)?.args;

/** A column of the table itself that a value names. */
function ownColumn(value: Value, { table, schema }: Item): KeyedColumn | undefined {
  const found = schema.columnOf(value, table.path);
  return found?.table === table ? found.column : undefined;
}

function columnsOf(values: readonly Value[] | undefined, item: Item): KeyedColumn[] | undefined {
  const columns = (values ?? []).map((value) => ownColumn(value, item));
  return columns.length > 0 && columns.every((column) => column !== undefined) ? columns : undefined;
}

const names = (columns: readonly KeyedColumn[]): Name[] =>
  columns.map((column) => quoted(column.name, column.nameSpan));

/** A name that is given, or the one that Drizzle makes. */
function nameOf(
  given: Value | undefined,
  made: string | undefined,
  span: Span,
  uncertain: Uncertainty[],
): { name?: Name } {
  const text = textOf(given);
  if (text !== undefined) return { name: quoted(text, given!.span) };
  if (given && !isAbsent(given)) {
    uncertain.push({ about: 'name', reason: 'its name is computed' });
    return {};
  }
  return made === undefined ? {} : { name: { ...quoted(made, span), generated: true } };
}

function indexOf(item: Item, unique: boolean): Index {
  const { args, links, span, table } = item;
  const uncertain: Uncertainty[] = [];
  const using = callOf(links, 'using');
  const isPg = table.head.core === 'pg';
  const values = callOf(links, 'on', 'onOnly') ?? (isPg ? using?.slice(1) : undefined) ?? [];
  const keys = values.map((value) => keyOf(value, item));
  if (keys.length === 0 || keys.some(({ key }) => key === undefined))
    uncertain.push({ about: 'columns', reason: 'a column of the index is not known' });
  const columns = keys.map(({ column }) => column);
  const made =
    isPg && columns.every((column) => column !== undefined) ? indexName(table.name.value, columns) : undefined;
  const name = nameOf(args[0], made, span, uncertain);
  const method = isPg ? textOf(using?.[0])?.toLowerCase() : undefined;
  const condition = callOf(links, 'where')?.[0];
  const where = condition && (sqlText(condition, sqlContext(table, item.schema)) ?? '…');
  if (where === '…') uncertain.push({ about: 'everything', reason: 'its predicate is computed' });
  return {
    ...name,
    keys: keys.map(({ key }) => key ?? { expression: '…' }),
    unique,
    ...(method !== undefined && method !== 'btree' && { method }),
    ...(where !== undefined && { where }),
    include: [],
    ...(callOf(links, 'concurrently') && { concurrently: true as const }),
    ...(callOf(links, 'onOnly') && { parentOnly: true as const }),
    span,
    anchor: itemAnchor(span),
    uncertain,
  };
}

/** `t.name`, `t.name.desc().nullsFirst().op('text_ops')`, `` sql`lower(${t.name})` ``. */
function keyOf(value: Value, item: Item): { key?: IndexKey; column?: KeyedColumn } {
  const { root, links } = callsOf(value);
  const column = ownColumn(root, item);
  if (!column) {
    const expression = sqlText(value, sqlContext(item.table, item.schema, true));
    return expression === undefined ? {} : { key: { expression } };
  }
  const has = (name: string): boolean => links.some((link) => link.name === name);
  const descending = has('desc');
  // Drizzle writes NULLS LAST behind DESC unless told otherwise, where PostgreSQL would put them first.
  const nulls = has('nullsFirst') ? 'first' : 'last';
  const operatorClass = textOf(callOf(links, 'op')?.[0]);
  return {
    column,
    key: {
      column: column.name,
      quoted: true,
      ...(descending && { direction: 'desc' as const }),
      ...(nulls !== (descending ? 'first' : 'last') && { nulls }),
      ...(operatorClass !== undefined && { operatorClass }),
    },
  };
}

/** SQLite gets a unique index for it. */
function addUnique(item: Item, extras: Extras): void {
  const { args, links, span, table } = item;
  const columns = columnsOf(callOf(links, 'on'), item);
  if (!columns) {
    unknownPart(extras, 'the columns of a unique constraint are not known');
    return;
  }
  const uncertain: Uncertainty[] = [];
  const own = {
    ...nameOf(args[0], uniqueName(table.name.value, columns), span, uncertain),
    span,
    anchor: itemAnchor(span),
    uncertain,
  };
  if (table.head.core === 'sqlite') {
    const keys = columns.map((column) => ({ column: column.name, quoted: true }));
    extras.indexes.push({ keys, unique: true, include: [], ...own });
  } else {
    const nulls = callOf(links, 'nullsNotDistinct') && { nullsNotDistinct: true as const };
    extras.constraints.push({ kind: 'unique', columns: names(columns), ...nulls, ...own });
  }
}

/** `primaryKey({ columns: [t.a, t.b], name })`, or the columns alone. */
function addPrimaryKey(item: Item, extras: Extras): void {
  const { args, span, table } = item;
  const options = args[0]?.kind === 'object' ? args[0] : undefined;
  const columns = columnsOf(options ? itemsOf(property(options, 'columns')) : args, item);
  if (!columns) {
    unknownPart(extras, 'the columns of the primary key are not known');
    return;
  }
  const uncertain: Uncertainty[] = [];
  const given = property(options, 'name');
  const made = primaryKeyName(textOf(given), table.name.value, columns, table.casing);
  // SQLite gets a key of one column at the column, without a name.
  const single = table.head.core === 'sqlite' && columns.length === 1;
  const { name } = single ? {} : nameOf(given, made, span, uncertain);
  extras.constraints.push({
    kind: 'primary',
    ...(name && { name: { ...name, value: made } }),
    columns: names(columns),
    span,
    uncertain,
  });
}

function addForeignKey(item: Item, extras: Extras): void {
  const { args, links, span, table, schema } = item;
  const options = args[0]?.kind === 'function' ? args[0].returns : args[0];
  const columns = columnsOf(itemsOf(property(options, 'columns')), item);
  if (!columns) {
    unknownPart(extras, 'the columns of a foreign key are not known');
    return;
  }
  const entries = ['onDelete', 'onUpdate'].flatMap((when) => {
    const value = callOf(links, when)?.[0];
    return value ? [{ key: when, span, value }] : [];
  });
  const actions: Value = { kind: 'object', entries, complete: true, span };
  const name = property(options, 'name');
  const target = property(options, 'foreignColumns');
  extras.constraints.push(foreignKey({ columns, target, actions, ...(name && { name }), span }, table, schema));
}

function checkOf({ args: [given, condition], span, table, schema }: Item): CheckConstraint {
  const uncertain: Uncertainty[] = [];
  const expression = condition && sqlText(condition, sqlContext(table, schema));
  if (expression === undefined) uncertain.push({ about: 'everything', reason: 'the expression is computed' });
  const name = nameOf(given, undefined, span, uncertain);
  return { kind: 'check', ...name, expression: expression ?? '', span, uncertain };
}
