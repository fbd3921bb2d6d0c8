import type {
  Anchor,
  Column,
  ColumnType,
  Constraint,
  Default,
  Guard,
  Name,
  Operation,
  QualifiedName,
  Span,
  Table,
} from '../../../ir/index.js';
import { serverDefault } from '../../sql/volatility.js';
import { foreignKey, namesFrom, readColumn, columnCall } from '../models/column.js';
import { conventionalName } from '../models/naming.js';
import type { RawColumn } from '../models/raw.js';
import { indexFrom, indexKey } from '../models/table-args.js';
import { readTableCall } from '../models/tables.js';
import { columnType, enumLabels } from '../models/types.js';
import type { Reading } from '../reading.js';
import { anchorAt, callList, exactName, nameFrom, spanOf, sqlText, textFrom } from '../source.js';
import { isNone, itemsOf, keyword, textOf, truth, type Arg, type CallValue, type Value } from '../values/value.js';
import { signatures, synonyms } from './signatures.js';

/** One call of an Alembic operation, with its arguments by parameter name. */
export interface OperationCall {
  reading: Reading;
  call: CallValue;
  name: string;
  /** The `batch_alter_table(…)` call that the operation is a method of. */
  batch?: CallValue;
  /** The statement that the call stands in. */
  statement: Span;
  /** It stands in an `autocommit_block`. */
  outsideTransaction: boolean;
}

type Facts = { [key: string]: unknown };

/** Operation facts without what all of one call share. */
const fact = (facts: Facts): Operation => ({ ...facts, provenance: 'api' }) as unknown as Operation;

/** An argument by its parameter's name. */
function arg({ call, name, batch }: OperationCall, parameter: string): Arg | undefined {
  for (const each of [parameter, ...(synonyms[parameter] ?? [])]) {
    const found = keyword(call, each);
    if (found !== undefined) return found;
  }
  const parameters = (signatures[name] ?? []).filter(
    (each) => batch === undefined || !/^(?:table_name|source_table)$/.test(each),
  );
  const at = parameters.indexOf(parameter);
  return at < 0 ? undefined : call.args[at];
}

const isTrue = (found: Arg | undefined) => found !== undefined && truth(found.value) === true;

/** A table by an argument, in the schema that the call names. */
function qualified(found: Arg | undefined, call: CallValue, schemaKeyword = 'schema'): QualifiedName | undefined {
  if (found === undefined) return undefined;
  const name = nameFrom(found);
  if (name === undefined || name.unknown === true) return undefined;
  const schemaArg = keyword(call, schemaKeyword);
  const schema = schemaArg && !isNone(schemaArg.value) ? nameFrom(schemaArg) : undefined;
  return { ...(schema && { schema }), name, span: name.span };
}

function tableOf(at: OperationCall, parameter = 'table_name'): QualifiedName | undefined {
  return at.batch === undefined
    ? qualified(arg(at, parameter), at.call, parameter === 'source_table' ? 'source_schema' : 'schema')
    : qualified(keyword(at.batch, 'table_name') ?? at.batch.args[0], at.batch);
}

const opaque = (reason: string, touches: QualifiedName[] = []): Operation =>
  fact({ kind: 'Opaque', reason, touches, ...(touches.length === 0 && { anything: true }) });

const noTable = (at: OperationCall) => [opaque(`the table of ${at.name} is not known`)];

/** A name that only the run knows. */
const unknownName = (at: OperationCall, parameter: string): Name => ({
  value: '',
  quoted: true,
  span: spanOf(arg(at, parameter)?.node ?? at.call.node),
  unknown: true,
});

/** The table that loses something; it does so even where its name is not known. */
function losingTable(at: OperationCall): QualifiedName {
  const name = unknownName(at, 'table_name');
  return tableOf(at) ?? { name, span: name.span };
}

/** A name that is given, or absent where the database or a convention chooses it. */
const nameArg = (at: OperationCall, parameter: string): Name | undefined => {
  const found = arg(at, parameter);
  return found && nameFrom(found);
};

const spot = (at: OperationCall): { span: Span; anchor: Anchor } => ({
  span: spanOf(at.call.node),
  anchor: operationAnchor(at),
});

/** Where the pen may write: the call's arguments, and the statement if the call is all of it. */
function operationAnchor({ call, reading, statement, batch, outsideTransaction }: OperationCall): Anchor {
  const isStatement = statement.start === call.node.start && statement.end === call.node.end && batch === undefined;
  const text = reading.source.slice(call.node.start, call.node.end);
  return anchorAt(
    reading.source,
    call.node,
    { call: callList(call.node) },
    isStatement && !/"""|'''/.test(text)
      ? {
          statementStart: statement.start,
          statementEnd: statement.end,
          ...(outsideTransaction && { outsideTransaction: statement.start }),
        }
      : {},
  );
}

/** What a raw column adds beside itself: the index that `index=True` makes in a statement of its own. */
function indexOf(raw: RawColumn, table: QualifiedName): Operation[] {
  if (raw.index === undefined) return [];
  const { index } = raw;
  const name = conventionalName('ix', undefined, {
    table: table.name.value,
    ...(table.schema && { schema: table.schema.value }),
    columns: [raw.column.name.value],
  });
  const named = name === undefined ? index : { ...index, name: exactName(name, index.span) };
  return [fact({ kind: 'CreateIndex', table, index: named, span: index.span })];
}

/** A column as an operation gives it. */
function finished(raw: RawColumn): Column {
  const { column } = raw;
  if (column.type.name === 'unknown')
    column.uncertain.push({ about: 'type', reason: 'the type is not one that is known' });
  return column;
}

/** Enum types that a table's columns bring along: PostgreSQL creates them with the table. */
function enumTypes(call: CallValue, reading: Reading): Operation[] {
  if (reading.dialect !== 'postgresql' && reading.dialect !== 'unknown') return [];
  return call.args.flatMap(({ value }) =>
    (columnCall(value)?.args ?? []).flatMap(({ value: type }) => {
      if (type.kind !== 'call' || !/^sqlalchemy\.(?:Enum|ENUM)$/.test(type.func)) return [];
      for (const option of ['create_type', 'native_enum']) {
        const given = keyword(type, option);
        if (given && truth(given.value) !== true) return [];
      }
      const created = createEnum(type, reading);
      return created === undefined ? [] : [created];
    }),
  );
}

function createEnum(type: CallValue, reading: Reading): Operation | undefined {
  const named = keyword(type, 'name');
  const name = named && qualified(named, type);
  if (name === undefined) return undefined;
  const labels = enumLabels(type, () => undefined);
  return fact({
    kind: 'CreateEnumType',
    type: {
      name,
      labels: labels ?? [],
      span: spanOf(type.node),
      uncertain: labels === undefined ? [{ about: 'everything', reason: 'the labels are not known' }] : [],
    },
    span: spanOf(type.node),
    anchor: anchorAt(reading.source, type.node),
  });
}

/** `prefixes=['TEMPORARY']` */
function isTemporary(call: CallValue): boolean {
  const prefixes = keyword(call, 'prefixes');
  const words = (prefixes && itemsOf(prefixes.value)) ?? [];
  return words.some((word) => /\btemp(?:orary)?\b/i.test(textOf(word) ?? ''));
}

function createTable(at: OperationCall): Operation[] {
  const { call, reading } = at;
  const table = tableOf(at);
  if (table === undefined) return noTable(at);
  const { columns, args, open } = readTableCall(call, keyword(call, 'table_name') ? 0 : 1, reading);
  for (const constraint of args.constraints) {
    if (constraint.kind !== 'primary') continue;
    for (const name of constraint.columns) {
      const column = columns.find((each) => each.column.name.value === name.value);
      if (column !== undefined) column.column.nullable = false;
    }
  }
  const reason = 'the table is created with arguments that are not known';
  const definition: Table = {
    name: table,
    declaredBy: 'alembic',
    role: 'table',
    columns: columns.map(finished),
    constraints: args.constraints,
    indexes: [],
    relationships: [],
    ...(args.comment && { comment: args.comment }),
    ...(isTemporary(call) && { temporary: true as const }),
    span: spanOf(call.node),
    anchor: anchorAt(reading.source, call.node, { tableCall: callList(call.node) }),
    uncertain: open
      ? (['columns', 'constraints', 'indexes', 'comment'] as const).map((about) => ({ about, reason }))
      : [],
  };
  return [
    ...enumTypes(call, reading),
    fact({ kind: 'CreateTable', table, definition }),
    ...columns.flatMap((column) => indexOf(column, table)),
    ...args.indexes.map((index) => fact({ kind: 'CreateIndex', table, index, span: index.span })),
  ];
}

function addColumn(at: OperationCall): Operation[] {
  const table = tableOf(at);
  if (table === undefined) return noTable(at);
  const given = arg(at, 'column');
  const column = columnCall(given?.value);
  const raw = column && readColumn(column, { reading: at.reading, span: column.node, nullableByDefault: true });
  if (raw === undefined) return [opaque('the column that is added is not known', [table])];
  return [fact({ kind: 'AddColumn', table, column: finished(raw) }), ...indexOf(raw, table)];
}

/** The changes of one `alter_column`, in the order in which Alembic sends them. */
function alterColumn(at: OperationCall): Operation[] {
  const { call, reading } = at;
  const table = tableOf(at);
  if (table === undefined) return noTable(at);
  const column = nameArg(at, 'column_name');
  if (column === undefined || column.unknown === true || call.open)
    return [opaque('the change of the column is not known', [table])];
  const out: Operation[] = [];
  const type = arg(at, 'type_');
  if (type !== undefined && !isNone(type.value)) {
    const using = keyword(call, 'postgresql_using');
    const to: ColumnType = columnType(type.value, reading.source, type.node, reading.dialect);
    out.push(
      fact({ kind: 'AlterColumnType', table, column, type: to, ...(using && { using: textOf(using.value) ?? '' }) }),
    );
  }
  const nullable = keyword(call, 'nullable');
  if (nullable !== undefined && !isNone(nullable.value)) {
    const known = truth(nullable.value);
    if (known === undefined) out.push(opaque('whether the column takes NULL is not known', [table]));
    else out.push(fact({ kind: known ? 'DropNotNull' : 'SetNotNull', table, column }));
  }
  const server = keyword(call, 'server_default');
  if (server !== undefined && !(server.value.kind === 'const' && server.value.value === false)) {
    if (isNone(server.value)) out.push(fact({ kind: 'DropDefault', table, column }));
    else out.push(fact({ kind: 'SetDefault', table, column, default: defaultOf(server, reading) }));
  }
  const comment = keyword(call, 'comment');
  if (comment !== undefined && !(comment.value.kind === 'const' && comment.value.value === false)) {
    const text = textFrom(comment);
    out.push(
      fact({
        kind: 'CommentOn',
        object: 'column',
        table,
        column,
        comment: isNone(comment.value) ? null : (text ?? null),
      }),
    );
  }
  const renamed = keyword(call, 'new_column_name');
  if (renamed !== undefined && !isNone(renamed.value)) {
    const to = nameFrom(renamed);
    out.push(
      to && to.unknown !== true
        ? fact({ kind: 'RenameColumn', table, column, to })
        : opaque('the new name is not known', [table]),
    );
  }
  return out;
}

function defaultOf(found: Arg, { source, dialect }: Reading): Default {
  const text = textOf(found.value);
  const sql = text === undefined ? sqlText(found.value, source, found.node) : `'${text.replace(/'/g, "''")}'`;
  return serverDefault(sql, spanOf(found.node), dialect);
}

function createIndex(at: OperationCall): Operation[] {
  const { call, reading } = at;
  const table = tableOf(at);
  if (table === undefined) return noTable(at);
  const given = arg(at, 'columns');
  const items = given && itemsOf(given.value);
  const nodes = given && (given.node.kind === 'List' || given.node.kind === 'Tuple') ? given.node.items : [];
  const keys = items?.map((value, index) =>
    indexKey({ value, node: nodes[index] ?? given?.node ?? call.node }, reading.source),
  );
  const own = nameArg(at, 'index_name');
  const columns = keys?.flatMap(({ column }) => (column === undefined ? [] : [column])) ?? [];
  const implied =
    own === undefined && columns.length > 0
      ? conventionalName('ix', undefined, {
          table: table.name.value,
          ...(table.schema && { schema: table.schema.value }),
          columns,
        })
      : undefined;
  const name = own ?? (implied === undefined ? undefined : exactName(implied, spanOf(call.node)));
  const index = indexFrom(call, name, keys, reading.source);
  return [fact({ kind: 'CreateIndex', table, index })];
}

function dropIndex(at: OperationCall): Operation[] {
  const index = qualified(arg(at, 'index_name'), at.call);
  const table = tableOf(at);
  if (index === undefined) return [opaque('the index that is dropped is not known', table ? [table] : [])];
  const concurrently = isTrue(keyword(at.call, 'postgresql_concurrently'));
  return [fact({ kind: 'DropIndex', index, ...(table && { table }), ...(concurrently && { concurrently }) })];
}

function addConstraint(
  at: OperationCall,
  make: (name: Name | undefined) => Constraint | undefined,
  parameter = 'table_name',
): Operation[] {
  const table = tableOf(at, parameter);
  if (table === undefined) return noTable(at);
  const constraint = make(nameArg(at, 'constraint_name'));
  if (constraint === undefined) return [opaque('the columns of the constraint are not known', [table])];
  return [fact({ kind: 'AddConstraint', table, constraint })];
}

const keyed = (kind: 'unique' | 'primary') => (at: OperationCall) =>
  addConstraint(at, (name) => {
    const columns = namesFrom(arg(at, 'columns'));
    return columns && { kind, columns, ...(name && { name }), ...spot(at), uncertain: [] };
  });

function createForeignKey(at: OperationCall): Operation[] {
  return addConstraint(
    at,
    (name) => {
      const columns = namesFrom(arg(at, 'local_cols'));
      const remote = namesFrom(arg(at, 'remote_cols'));
      const target = qualified(arg(at, 'referent_table'), at.call, 'referent_schema');
      if (columns === undefined) return undefined;
      const key = foreignKey(at.call, columns, { ...(target && { target }), targetColumns: remote ?? [] });
      return { ...key, ...(name && { name }), ...spot(at) };
    },
    'source_table',
  );
}

const constraintKinds: { [type: string]: Constraint['kind'] } = {
  foreignkey: 'foreign',
  unique: 'unique',
  check: 'check',
  primary: 'primary',
};

function dropConstraint(at: OperationCall): Operation[] {
  const table = tableOf(at);
  if (table === undefined) return noTable(at);
  const given = nameArg(at, 'constraint_name');
  const kind = constraintKinds[textOf(arg(at, 'type_')?.value) ?? ''];
  const constraint = given?.unknown === true ? undefined : given;
  return [
    fact({ kind: 'DropConstraint', table, ...(constraint && { constraint }), ...(kind && { constraintKind: kind }) }),
  ];
}

/** The table that a value stands for: its name, `sa.table(…)`, `sa.Table(…)`, or what `op.create_table` gave back. */
export function tableFrom(value: Value | undefined): QualifiedName | undefined {
  if (value?.kind !== 'call' || !/^(?:sqlalchemy\.(?:table|Table)|alembic\.op\.create_table)$/.test(value.func))
    return undefined;
  return qualified(value.args[0], value);
}

type Handler = (at: OperationCall) => Operation[];

const handlers: { [name: string]: Handler } = {
  create_table: createTable,
  add_column: addColumn,
  alter_column: alterColumn,
  create_index: createIndex,
  drop_index: dropIndex,
  create_unique_constraint: keyed('unique'),
  create_primary_key: keyed('primary'),
  create_foreign_key: createForeignKey,
  drop_constraint: dropConstraint,
  create_check_constraint: (at) =>
    addConstraint(at, (name) => {
      const condition = arg(at, 'condition');
      const expression = condition ? sqlText(condition.value, at.reading.source, condition.node) : '';
      return { kind: 'check', expression, ...(name && { name }), ...spot(at), uncertain: [] };
    }),
  create_exclude_constraint: (at) =>
    addConstraint(at, (name) => ({
      kind: 'exclude',
      expression: '',
      ...(name && { name }),
      ...spot(at),
      uncertain: [],
    })),
  drop_table: (at) => [fact({ kind: 'DropTable', table: losingTable(at) })],
  rename_table: (at) => {
    const table = tableOf(at, 'old_table_name');
    const to = qualified(arg(at, 'new_table_name'), at.call);
    return table && to ? [fact({ kind: 'RenameTable', table, to })] : noTable(at);
  },
  drop_column: (at) => {
    const column = nameArg(at, 'column_name') ?? unknownName(at, 'column_name');
    return [fact({ kind: 'DropColumn', table: losingTable(at), column })];
  },
  create_table_comment: (at) => {
    const table = tableOf(at);
    const comment = arg(at, 'comment');
    return table
      ? [fact({ kind: 'CommentOn', object: 'table', table, comment: (comment && textFrom(comment)) ?? null })]
      : noTable(at);
  },
  drop_table_comment: (at) => {
    const table = tableOf(at);
    return table ? [fact({ kind: 'CommentOn', object: 'table', table, comment: null })] : noTable(at);
  },
  bulk_insert: (at) => {
    const table = tableFrom(arg(at, 'table')?.value);
    // Rows of a table that is not known change no schema, so nothing else becomes uncertain.
    return table
      ? [fact({ kind: 'Insert', table })]
      : [fact({ kind: 'Opaque', reason: 'rows of a table that is not known', touches: [] })];
  },
};

/** Entities that alembic_utils manages: functions, triggers, views. They change no table. */
const entities = /^(?:create|drop|replace)_entity$|^(?:create|drop|replace)_(?:view|function|trigger|sp)$/;

/** The operations that one call of Alembic's API sends, in order. */
export function operationsOf(at: OperationCall): Operation[] {
  const handler = Object.hasOwn(handlers, at.name) ? handlers[at.name] : undefined;
  const found = handler ? handler(at) : [unknownOperation(at)];
  const base = spot(at);
  return found.map((operation) => ({
    ...base,
    ...operation,
    ...(isTrue(keyword(at.call, 'if_exists')) && { ifExists: true as const }),
    ...(isTrue(keyword(at.call, 'if_not_exists')) && { ifNotExists: true as const }),
  }));
}

function unknownOperation({ name, call }: OperationCall): Operation {
  const touches = [...call.args, ...call.keywords.filter((each) => /table/.test(each.name))].flatMap(
    (each): QualifiedName[] => {
      const known = textOf(each.value) === undefined ? undefined : nameFrom(each);
      return known ? [{ name: known, span: known.span }] : [];
    },
  );
  const reason = `op.${name} is not an operation of Alembic itself`;
  if (entities.test(name)) return fact({ kind: 'Opaque', reason, touches: [] });
  return opaque(reason, touches);
}

/** `Enum(…).create(bind)` and `.drop(bind)`. */
export function enumOperation(call: CallValue, reading: Reading): Operation | undefined {
  const match = /^sqlalchemy\.(?:Enum|ENUM)\(\)\.(create|drop)$/.exec(call.func);
  const type = call.of;
  if (match === null || type === undefined) return undefined;
  const checkFirst = isTrue(keyword(call, 'checkfirst') ?? call.args[1]);
  const span = spanOf(call.node);
  if (match[1] === 'create') {
    const created = createEnum(type, reading);
    return created && { ...created, span, ...(checkFirst && { ifNotExists: true as const }) };
  }
  const named = keyword(type, 'name');
  const name = named && qualified(named, type);
  return name && fact({ kind: 'DropType', type: name, span, ...(checkFirst && { ifExists: true as const }) });
}

/** An operation with the circumstances that it runs under. */
export function placed(operation: Operation, guard: Guard | undefined, repeated: boolean): Operation {
  return { ...operation, ...(guard && { guard }), ...(repeated && { repeated: true as const }) };
}
