import type { Column, ColumnType, Constraint, Default, Index, Name, Span, Uncertainty } from '../../../ir/index.js';
import { clientDefault } from '../client-default.js';
import { property, scalarOf, textOf, type Link, type Value } from '../values/values.js';
import { columnAnchor } from './anchors.js';
import type { Builder } from './builders.js';
import { defaultText, nowText, server } from './defaults.js';
import { uniqueName } from './names.js';
import { foreignKey } from './foreign-keys.js';
import type { DeclaredTable, KeyedColumn, Schema } from './schema.js';
import { sqlText, type SqlContext } from './sql-text.js';
import { readType } from './types.js';
import { quoted } from '../quoted.js';

/** What reading a column gives and needs beside the column itself. */
interface Draft {
  column: Column;
  table: DeclaredTable;
  keyed: KeyedColumn;
  schema: Schema;
  /** The type as SQL, empty where it is not known. */
  type: string;
  sql: SqlContext;
}

/** Tables and columns that an expression in a table's declaration names. */
export function sqlContext(table: DeclaredTable, schema: Schema, bare = false): SqlContext {
  return {
    dialect: table.dialect,
    columnOf(value) {
      const found = schema.columnOf(value, table.path);
      return found && { table: found.table.name.value, column: found.column.name };
    },
    ...(bare && { bare: true }),
  };
}

/** A column as its builder and the methods behind that declare it. */
export function readColumn(keyed: KeyedColumn, table: DeclaredTable, schema: Schema): Column {
  const { entry, builder, nameSpan } = keyed;
  const { from, doc, span } = entry;
  const uncertain: Uncertainty[] = [];
  if (keyed.nameUnknown) uncertain.push({ about: 'name', reason: 'the column name is computed' });
  const type = typeText(keyed);
  const anchor = columnAnchor(entry, builder?.config, builder && momentOf(builder));
  const read = type === undefined ? undefined : readType(type, table.dialect);
  const column: Column = {
    name: { ...quoted(keyed.name, nameSpan), ...(keyed.nameUnknown && { unknown: true as const }) },
    ...(keyed.name !== keyed.key && { attribute: keyed.key }),
    type: { name: read?.name ?? 'unknown', written: type ?? '', ...zone(keyed), span: typeSpan(keyed) },
    nullable: read?.notNull !== true,
    ...(builder && { declaredAs: builder.name }),
    ...(read?.generated && { generated: read.generated }),
    ...(read?.collation !== undefined && { collation: read.collation }),
    constraints: [],
    indexes: [],
    ...(doc && { doc: from === undefined ? doc : { ...doc, span } }),
    ...(from !== undefined && { from }),
    span,
    ...(anchor && { anchor }),
    uncertain,
  };
  if (!builder) {
    uncertain.push({ about: 'everything', reason: `what ${keyed.key} is made by is not known` });
    column.nullable = 'unknown';
    return column;
  }
  if (type === undefined) uncertain.push({ about: 'type', reason: 'the column type is computed' });
  const draft: Draft = { column, table, keyed, schema, type: type ?? '', sql: sqlContext(table, schema) };
  for (const link of builder.links) {
    const method = link.name === undefined || !link.args ? undefined : methods[link.name];
    method?.(draft, link as Call);
  }
  return column;
}

/** What code sets a column of a moment to. */
function momentOf({ core, name, config }: Builder): 'date' | 'text' | undefined {
  const mode = config === undefined ? undefined : scalarOf(property(config, 'mode'));
  if (core === 'sqlite') return name === 'integer' && /^timestamp/.test(String(mode)) ? 'date' : undefined;
  if (name !== 'timestamp' && name !== 'datetime') return undefined;
  if (config && config.kind !== 'object') return undefined;
  return mode === 'string' ? 'text' : 'date';
}

/** Where the builder stands, without the methods behind it. */
function typeSpan({ entry: { value } }: KeyedColumn): Span {
  return value.kind === 'chain' ? value.of.span : value.span;
}

function zone({ builder }: KeyedColumn): Pick<ColumnType, 'timezone'> {
  const given = scalarOf(property(builder?.config, 'withTimezone'));
  return typeof given === 'boolean' ? { timezone: given } : {};
}

/** The type that is sent, with the `[]` of arrays. */
function typeText({ builder }: KeyedColumn): string | undefined {
  if (builder?.type === undefined) return undefined;
  const dimensions = builder.links.filter(({ name }) => name === 'array');
  return builder.type + dimensions.map(({ args }) => `[${String(scalarOf(args?.[0]) ?? '')}]`).join('');
}

type Call = Link & { name: string; args: Value[] };

/** What each method of a column's builder says of it. */
const methods: { readonly [name: string]: ((draft: Draft, call: Call) => void) | undefined } = {
  notNull: ({ column }, { span }) => {
    column.nullable = false;
    column.nullableGiven = { value: false, span };
  },
  primaryKey: (draft, call) => {
    draft.column.nullable = false;
    draft.column.constraints.push(primaryKey(draft, call));
    if (draft.table.head.core === 'sqlite' && draft.type === 'integer') draft.column.generated = 'rowid';
  },
  autoincrement: ({ column }) => {
    column.generated = 'identity';
    column.nullable = false;
  },
  unique: addUnique,
  references: ({ column, table, keyed, schema }, { args: [target, actions], span }) => {
    column.constraints.push(foreignKey({ columns: [keyed], target, actions, span }, table, schema));
  },
  default: (draft, { args: [value], span }) => {
    if (value) setDefault(draft, value, span);
  },
  defaultNow: ({ column, table }, { span }) => {
    column.default = server(nowText(table.head.core), span, table.dialect);
  },
  defaultRandom: ({ column, table }, { span }) => {
    column.default = server('gen_random_uuid()', span, table.dialect);
  },
  $defaultFn: addClientDefault,
  $default: addClientDefault,
  $onUpdateFn: addChange,
  $onUpdate: addChange,
  onUpdateNow: ({ column }) => {
    column.onUpdate = 'CURRENT_TIMESTAMP';
  },
  generatedAlwaysAs: (draft, { args: [expression, config] }) => {
    const { column, table } = draft;
    const mode = scalarOf(property(config, 'mode'));
    column.generated = table.head.core === 'pg' || mode === 'stored' ? 'stored' : 'virtual';
    const text = expression && (textOf(expression) ?? sqlText(expression, { ...draft.sql, ...bareIn(table) }));
    if (text !== undefined) column.expression = text;
  },
  generatedAlwaysAsIdentity: ({ column }) => {
    identity(column, true);
  },
  generatedByDefaultAsIdentity: ({ column }) => {
    identity(column, false);
  },
};

/** SQLite gets the expression of a generated column without the table before its columns. */
const bareIn = ({ head }: DeclaredTable): { bare?: true } => (head.core === 'sqlite' ? { bare: true } : {});

function identity(column: Column, always: boolean): void {
  column.generated = 'identity';
  column.identity = { always };
  column.nullable = false;
}

function primaryKey({ column, table }: Draft, { span }: Call): Constraint {
  // MySQL gets the key by a name, which it does not keep.
  const name = table.head.core === 'mysql' ? `${table.name.value}_${column.name.value}` : undefined;
  return {
    kind: 'primary',
    ...(name !== undefined && { name: { ...quoted(name, span), generated: true as const } }),
    columns: [column.name],
    span,
    uncertain: [],
  };
}

/** `.unique(name?, { nulls })`; SQLite gets an index. */
function addUnique({ column, table, keyed }: Draft, { args: [given, config], span }: Call): void {
  const text = textOf(given);
  const isGiven = given !== undefined && given.kind !== 'undefined';
  const uncertain: Uncertainty[] =
    isGiven && text === undefined ? [{ about: 'name', reason: 'its name is computed' }] : [];
  const name: Name = {
    ...quoted(text ?? uniqueName(table.name.value, [keyed]), isGiven ? given.span : span),
    ...(!isGiven && { generated: true as const }),
  };
  const nulls = scalarOf(property(config, 'nulls')) === 'not distinct' ? { nullsNotDistinct: true as const } : {};
  const own = { ...(uncertain.length === 0 && { name }), span, uncertain };
  if (table.head.core === 'sqlite') column.indexes.push(uniqueIndex(column.name, own));
  else column.constraints.push({ kind: 'unique', columns: [column.name], ...nulls, ...own });
}

const uniqueIndex = (column: Name, own: Pick<Index, 'name' | 'span' | 'uncertain'>): Index => ({
  keys: [{ column: column.value, quoted: true }],
  unique: true,
  include: [],
  ...own,
});

function setDefault({ column, table, type, sql }: Draft, value: Value, span: Span): void {
  const text = defaultText(value, table.head.core, type, sql);
  if (text !== undefined) column.default = server(text, span, table.dialect);
  else {
    column.default = { by: 'server', text: '…', span };
    column.uncertain.push({ about: 'default', reason: 'the default is computed' });
  }
}

function addClientDefault({ column }: Draft, { args: [given], span }: Call): void {
  column.default ??= clientDefault(given, span);
}

function addChange({ column }: Draft, { args: [given], span }: Call): void {
  const change: Default = clientDefault(given, span);
  column.onChange = change;
}
