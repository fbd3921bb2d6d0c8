import type {
  CheckConstraint,
  Dialect,
  ForeignKey,
  Index,
  IndexKey,
  Name,
  PrimaryKey,
  Span,
  Uncertainty,
  UniqueConstraint,
} from '../../../ir/index.js';
import { property, scalarOf, textOf, type Value } from '../values/values.js';
import { isMysql, isPostgresql } from './columns.js';
import { generatedName, nameOf, primaryKeyName, tableName } from './names.js';
import type { ForeignCall, PartCall } from './table-calls.js';
import { valueOf, type Argument } from './values.js';

const computed = (what: string): Uncertainty[] => [{ about: 'everything', reason: `${what} computed` }];

/** Columns given as one name or a list of them. */
export function columnsOf(argument: Argument | undefined, at: Span): { columns: Name[]; known: boolean } {
  const value = valueOf(argument);
  if (value?.kind === 'array')
    return { columns: value.items.map((item) => nameOf(item, at)), known: value.complete && value.items.every(textOf) };
  const name = nameOf(value, at);
  return { columns: [name], known: name.unknown !== true };
}

/** `initially deferred`, which makes a constraint deferrable in any case. */
function deferring(value: string | undefined): { deferrable?: true; initiallyDeferred?: true } {
  if (value === undefined || value === 'not deferrable') return {};
  return { deferrable: true, ...(value.toLowerCase() === 'deferred' && { initiallyDeferred: true as const }) };
}

/** A name that is given, or is one of an options object. */
function givenName(argument: Argument | undefined, key: string): { name?: Name; options?: Value } {
  const value = valueOf(argument);
  if (value === undefined || value.kind === 'undefined') return {};
  if (value.kind !== 'object') return { name: nameOf(value, value.span) };
  const inner = property(value, key);
  return { ...(inner && { name: nameOf(inner, inner.span) }), options: value };
}

export function primaryKey({ args, span }: PartCall, table: Name, dialect: Dialect): PrimaryKey {
  const { columns, known } = columnsOf(args[0], span);
  const { name, options } = givenName(args[1], 'constraintName');
  const own = isPostgresql(dialect) ? primaryKeyName(table, span) : undefined;
  const chosen = name ?? own;
  return {
    kind: 'primary',
    ...(chosen && !isMysql(dialect) && { name: chosen }),
    columns,
    ...(isPostgresql(dialect) && deferring(textOf(property(options, 'deferrable')))),
    span,
    uncertain: known ? [] : computed('the columns are'),
  };
}

/** PostgreSQL and MySQL have a constraint for it, unless a predicate or `useConstraint: false` asks for an index; SQLite and SQL Server an index. */
export function uniqueOf(call: PartCall, table: Name, dialect: Dialect): UniqueConstraint | Index {
  const { args, span } = call;
  const { columns, known } = columnsOf(args[0], span);
  const { name, options } = givenName(args[1], 'indexName');
  const chosen = name ?? generatedName(table, columns, 'unique', span);
  const predicate = property(options, 'predicate');
  const use = scalarOf(property(options, 'useConstraint'));
  const isIndex =
    dialect === 'sqlite' ||
    (dialect === 'tsql' && use !== true) ||
    (isPostgresql(dialect) && (use === false || (use === undefined && predicate !== undefined)));
  if (isIndex) {
    return {
      name: chosen,
      keys: columns.map(({ value, unknown }) => (unknown ? {} : { column: value, quoted: true })),
      unique: true,
      ...(predicate && { where: '' }),
      include: [],
      span,
      uncertain: [...(known ? [] : computed('the columns are')), ...(predicate ? computed('its predicate is') : [])],
    };
  }
  return {
    kind: 'unique',
    name: chosen,
    columns,
    ...(isPostgresql(dialect) && deferring(textOf(property(options, 'deferrable')))),
    span,
    uncertain: known ? [] : computed('the columns are'),
  };
}

/** `t.index(columns, name, type | { indexType, storageEngineIndexType, predicate })` */
export function indexOf({ args, span }: PartCall, table: Name, dialect: Dialect): Index {
  const [columns, given, third] = args;
  const keys = keysOf(columns, span);
  const options = valueOf(third);
  const predicate = property(options, 'predicate');
  const kind = isMysql(dialect) && options?.kind === 'text' ? textOf(options) : textOf(property(options, 'indexType'));
  const method =
    !isMysql(dialect) && options?.kind === 'text'
      ? textOf(options)
      : textOf(property(options, 'storageEngineIndexType'));
  const ofKind = kind !== undefined && /^(?:fulltext|spatial)$/i.test(kind) ? kind.toLowerCase() : undefined;
  const chosen = ofKind ?? (isPostgresql(dialect) || isMysql(dialect) ? method?.toLowerCase() : undefined);
  const named = valueOf(given);
  const isNamed = named !== undefined && named.kind !== 'undefined' && scalarOf(named) !== null;
  return {
    name: isNamed ? nameOf(named, span) : generatedName(table, keys.names, 'index', span),
    keys: keys.keys,
    unique: kind?.toLowerCase() === 'unique',
    ...(chosen !== undefined && { method: chosen }),
    ...(predicate && !isMysql(dialect) && { where: '' }),
    include: [],
    span,
    uncertain: [
      ...(keys.known ? [] : computed('the columns are')),
      ...(predicate && !isMysql(dialect) ? computed('its predicate is') : []),
    ],
  };
}

/** Columns and expressions (`knex.raw('lower(name)')`) of an index. */
function keysOf(argument: Argument | undefined, at: Span): { keys: IndexKey[]; names: Name[]; known: boolean } {
  if (argument?.kind === 'raw') {
    const { text } = argument;
    const name: Name = {
      value: text ?? '',
      quoted: true,
      span: argument.span,
      ...(text === undefined && { unknown: true }),
    };
    return { keys: text === undefined ? [{}] : [{ expression: text }], names: [name], known: text !== undefined };
  }
  const { columns, known } = columnsOf(argument, at);
  return {
    keys: columns.map(({ value, unknown }) => (unknown ? {} : { column: value, quoted: true })),
    names: columns,
    known,
  };
}

/** Nothing where the chain names no table or no columns: Knex makes no key of it then. */
export function foreignKey(call: ForeignCall, table: Name, dialect: Dialect): ForeignKey | undefined {
  const { span, anchor } = call;
  const { columns, known } = columnsOf(call.columns, span);
  const written = textOf(valueOf(call.references));
  const [first, second] = written?.split('.') ?? [];
  const dotted = second !== undefined ? { table: first!, column: second } : undefined;
  if (!call.references || (!call.inTable && !dotted && written !== undefined)) return undefined;
  const at = call.references.span;
  const targetColumns = dotted
    ? [{ value: dotted.column, quoted: true, span: at }]
    : columnsOf(call.references, at).columns;
  const target = dotted
    ? tableName({ kind: 'text', parts: [{ value: dotted.table, offsets: [[0, at.start]] }], span: at }, at).table
    : tableName(valueOf(call.inTable), span).table;
  const given = valueOf(call.name);
  const isNamed = given !== undefined && given.kind !== 'undefined';
  // SQLite gets a name only where one is given.
  const name = isNamed
    ? nameOf(given, span)
    : dialect === 'sqlite'
      ? undefined
      : generatedName(table, columns, 'foreign', span);
  const action = (argument: Argument | undefined): string | undefined =>
    textOf(valueOf(argument))?.toLowerCase().trim();
  const [onDelete, onUpdate] = [action(call.onDelete), action(call.onUpdate)];
  const uncertain = known ? [] : computed('the columns are');
  if (target.name.unknown) uncertain.push({ about: 'target', reason: 'the table is computed' });
  return {
    kind: 'foreign',
    ...(name && { name }),
    columns,
    ...(!target.name.unknown && { target }),
    targetColumns,
    ...(onDelete !== undefined && { onDelete }),
    ...(onUpdate !== undefined && { onUpdate }),
    ...deferring(textOf(valueOf(call.deferrable))),
    span,
    ...(anchor && { anchor }),
    uncertain,
  };
}

/** `t.check('?? > 0', ['price'], 'positive')` */
export function checkOf({ args, span }: PartCall): CheckConstraint {
  const expression = textOf(valueOf(args[0]));
  const bindings = valueOf(args[1]);
  const bound = bindings !== undefined && bindings.kind !== 'undefined';
  const name = valueOf(args[2]);
  return {
    kind: 'check',
    // Knex writes the name of such a constraint without quotes.
    ...(name && name.kind !== 'undefined' && { name: { ...nameOf(name, span), quoted: false } }),
    expression: bound ? '' : (expression ?? ''),
    span,
    uncertain: expression === undefined || bound ? computed('the condition is') : [],
  };
}
