import type {
  Anchor,
  Column,
  Constraint,
  Dialect,
  Guard,
  Name,
  Operation,
  QualifiedName,
  Span,
  Table,
  Uncertainty,
  UniqueConstraint,
} from '../../../ir/index.js';
import { scalarOf, property, textOf } from '../values/values.js';
import { columnOf, commentOf, enumLabels, isMysql, isPostgresql } from './columns.js';
import { generatedName, nameOf, primaryKeyName, type TableName } from './names.js';
import { checkOf, columnsOf, foreignKey, indexOf, primaryKey, uniqueOf } from './parts.js';
import type { ColumnCall, ForeignCall, PartCall, TableCall, TableReader } from './table-calls.js';
import { isNativeEnum } from './types.js';
import { valueOf, type Argument } from './values.js';

/** What a callback said of a table, with the call that it was given to. */
export interface TableScript {
  name: TableName;
  /** Where the pen may write into the callback. */
  anchor?: Anchor;
  reader: TableReader;
  span: Span;
  dialect: Dialect;
}

const isColumn = (call: TableCall): call is ColumnCall => call.kind === 'column';
const isPart = (call: TableCall): call is PartCall => call.kind === 'part';

/** The calls with `timestamps()` taken apart into the two columns that it makes. */
function expanded(calls: readonly TableCall[]): TableCall[] {
  return calls.flatMap((call) => (isPart(call) && call.method === 'timestamps' ? timestamps(call) : [call]));
}

function timestamps(call: PartCall): ColumnCall[] {
  const first = valueOf(call.args[0]);
  const option = (key: string, index: number): unknown =>
    scalarOf(first?.kind === 'object' ? property(first, key) : valueOf(call.args[index]));
  const [asTimestamp, defaultToNow, camel] = [
    option('useTimestamps', 0) === true,
    option('defaultToNow', 1) === true,
    Boolean(option('useCamelCase', 2)),
  ];
  const { span, guard, repeated } = call;
  return (camel ? ['createdAt', 'updatedAt'] : ['created_at', 'updated_at']).map((value) => ({
    kind: 'column',
    method: asTimestamp ? 'timestamp' : 'datetime',
    name: { value, quoted: true, span, generated: true },
    args: [],
    modifiers: new Map(
      defaultToNow
        ? [
            ['nullable', { args: [{ kind: 'known', value: false, span }], span }],
            ['defaultTo', { args: [{ kind: 'raw', text: 'CURRENT_TIMESTAMP', span }], span }],
          ]
        : [],
    ),
    foreignMethods: [],
    span,
    ...(guard && { guard }),
    ...(repeated && { repeated }),
  }));
}

const hasPrimary = (calls: readonly TableCall[]): boolean =>
  calls.some((call) => isPart(call) && call.method === 'primary');

/** CREATE TABLE, and the enum types that it brings along. */
export function createOperations(script: TableScript, more: Partial<Table>, ifNotExists: boolean): Operation[] {
  const { name, reader, span, dialect } = script;
  const calls = expanded(reader.calls).filter(({ guard }) => runsOn(guard, dialect));
  const uncertain: Uncertainty[] = reader.unread.map((reason) => ({ about: 'everything', reason }));
  if (reader.inherits) uncertain.push({ about: 'everything', reason: 'it inherits from another table' });
  const around = { dialect, hasPrimary: hasPrimary(calls) };
  const table: Table = {
    name: name.table,
    declaredBy: 'knex',
    role: 'table',
    columns: merged(calls.filter(isColumn).map((call) => columnOf(call, around))),
    constraints: [],
    indexes: [],
    relationships: [],
    ...(ifNotExists && { ifNotExists }),
    ...more,
    span,
    ...(script.anchor && { anchor: script.anchor }),
    uncertain,
  };
  const later = calls.flatMap((call) => addPart(call, table, script));
  // One primary key that stands under a condition, or a column that does, is not the whole of it.
  if (calls.some(({ guard }) => guard?.kind === 'unknown'))
    uncertain.push({ about: 'constraints', reason: 'a part of it stands under a condition' });
  setComment(table, reader, dialect);
  return [
    ...enumTypes(calls, name.table, span, dialect),
    {
      kind: 'CreateTable',
      table: name.table,
      definition: table,
      ...(ifNotExists && { ifNotExists }),
      span,
      provenance: 'api',
    },
    ...later,
  ];
}

const runsOn = (guard: Guard | undefined, dialect: Dialect): boolean =>
  guard?.kind !== 'dialect' || !guard.dialects || dialect === 'unknown' || guard.dialects.includes(dialect);

/** A column that two branches of a condition declare is one, of a type that is not known. */
function merged(columns: readonly Column[]): Column[] {
  const found = new Map<string, Column>();
  for (const column of columns) {
    const before = column.name.unknown ? undefined : found.get(column.name.value);
    if (before && before.type.name !== column.type.name) {
      before.uncertain.push({ about: 'type', reason: 'it hangs on a condition' });
      before.type = { ...before.type, name: 'unknown' };
    } else if (!before) found.set(column.name.unknown ? `?${String(found.size)}` : column.name.value, column);
  }
  return [...found.values()];
}

function setComment(table: Table, { comment }: TableReader, dialect: Dialect): void {
  if (!comment) return;
  if (!comment.known) table.uncertain.push({ about: 'comment', reason: 'the comment is computed' });
  else if (dialect === 'sqlite') table.doc = { value: comment.value, span: comment.span };
  else table.comment = { value: comment.value, span: comment.span };
}

/** Writes a part into the table; what has to be an operation of its own is given back. */
function addPart(call: TableCall, table: Table, { name: { raw }, dialect }: TableScript): Operation[] {
  const constraint = constraintOf(call, raw, dialect);
  if (constraint && 'kind' in constraint) {
    // Only the first of several is sent.
    if (constraint.kind === 'primary' && table.constraints.some(({ kind }) => kind === 'primary')) return [];
    // Two of the same columns would be one in a CREATE TABLE; Knex sends each by itself.
    if (constraint.kind === 'unique' && table.constraints.some((each) => isSameUnique(each, constraint)))
      return [{ kind: 'AddConstraint', table: table.name, constraint, span: call.span, provenance: 'api' }];
    table.constraints.push(constraint.kind === 'primary' ? widened(constraint, table, dialect) : constraint);
    if (constraint.kind === 'primary') notNull(constraint.columns, table);
  } else if (constraint) table.indexes.push(constraint);
  else if (isPart(call) && call.method === 'index') table.indexes.push(indexOf(call, raw, dialect));
  return [];
}

const isSameUnique = (one: Constraint, other: UniqueConstraint): boolean =>
  one.kind === 'unique' &&
  one.columns.length === other.columns.length &&
  one.columns.every(({ value }) => other.columns.some((each) => each.value === value));

/** MySQL puts auto-incrementing columns first into the key; SQLite keeps them alone there, and makes the rest unique. */
function widened<C extends Constraint>(key: C, table: Table, dialect: Dialect): C | Constraint {
  if (key.kind !== 'primary') return key;
  const counting = table.columns.filter(({ generated }) => generated === 'identity' || generated === 'rowid');
  if (counting.length === 0) return key;
  if (dialect === 'sqlite') return { ...key, kind: 'unique' };
  const missing = counting.filter(({ name }) => !key.columns.some(({ value }) => value === name.value));
  return isMysql(dialect) ? { ...key, columns: [...missing.map(({ name }) => name), ...key.columns] } : key;
}

function notNull(columns: readonly Name[], table: Table): void {
  for (const column of table.columns) {
    if (columns.some(({ value, unknown }) => !unknown && value === column.name.value)) column.nullable = false;
  }
}

/** The key, check or unique index that a call makes. */
function constraintOf(
  call: TableCall,
  table: Name,
  dialect: Dialect,
): Constraint | ReturnType<typeof uniqueOf> | undefined {
  if (call.kind === 'foreign') return foreignKey(call, table, dialect);
  if (call.kind === 'column') return undefined;
  switch (call.method) {
    case 'primary':
      return primaryKey(call, table, dialect);
    case 'unique':
      return uniqueOf(call, table, dialect);
    case 'check':
      return checkOf(call);
    default:
      return undefined;
  }
}

/** PostgreSQL's native enums are created just before the table that uses them. */
function enumTypes(calls: readonly TableCall[], table: QualifiedName, at: Span, dialect: Dialect): Operation[] {
  if (!isPostgresql(dialect)) return [];
  return calls.filter(isColumn).flatMap((call): Operation[] => {
    const options = valueOf(call.args[1]);
    if (call.method !== 'enu' || !isNativeEnum(options)) return [];
    if (scalarOf(property(options, 'existingType')) === true) return [];
    const given = property(options, 'schemaName');
    const schema = given ? nameOf(given, at) : table.schema;
    const name = nameOf(property(options, 'enumName'), call.span);
    const labels = enumLabels(call);
    return [
      {
        kind: 'CreateEnumType',
        type: {
          name: { ...(schema && { schema }), name, span: name.span },
          labels: labels ?? [],
          span: call.span,
          uncertain: labels ? [] : [{ about: 'everything', reason: 'the values are computed' }],
        },
        span: call.span,
        provenance: 'api',
      },
    ];
  });
}

/** ALTER TABLE, in the order in which Knex sends it: new columns, changed ones, their comments, then the rest as written. */
export function alterOperations(script: TableScript): Operation[] {
  const { name, reader, span, dialect } = script;
  const { table } = name;
  const calls = expanded(reader.calls);
  const around = { dialect, hasPrimary: hasPrimary(calls) };
  const columns = calls.filter(isColumn).map((call) => ({ call, column: columnOf(call, around) }));
  const marked = (call: TableCall, operations: Operation[]): Operation[] =>
    operations.map((operation) => ({
      ...operation,
      ...(call.guard && { guard: call.guard }),
      ...(call.repeated && { repeated: call.repeated }),
    }));
  const operations = enumTypes(calls, table, span, dialect);
  for (const { call, column } of columns) {
    if (!call.alter) operations.push(...marked(call, [addColumn(call, column, table, dialect)]));
  }
  for (const { call, column } of columns) {
    if (call.alter) operations.push(...marked(call, alterColumn(call, column, table, dialect)));
  }
  for (const call of calls) if (!isColumn(call)) operations.push(...marked(call, partOperations(call, script)));
  if (reader.comment && dialect !== 'sqlite') {
    const { value, span: at } = reader.comment;
    operations.push({
      kind: 'CommentOn',
      object: 'table',
      table,
      comment: { value, span: at },
      span: at,
      provenance: 'api',
    });
  }
  for (const reason of reader.unread)
    operations.push({ kind: 'Opaque', reason, touches: table.name.unknown ? [] : [table], span, provenance: 'opaque' });
  return operations;
}

/** Only MySQL is told where in the table a column goes. */
function addColumn(call: ColumnCall, column: Column, table: QualifiedName, dialect: Dialect): Operation {
  const { span, modifiers } = call;
  const after = valueOf(modifiers.get('after')?.args[0]);
  const position = modifiers.has('first') ? 'first' : after && { after: nameOf(after, span) };
  return {
    kind: 'AddColumn',
    table,
    column,
    ...(position && isMysql(dialect) && { position }),
    span,
    provenance: 'api',
  };
}

/** PostgreSQL takes the default and NOT NULL away and sets them anew; the others restate the whole column. */
function alterColumn(call: ColumnCall, column: Column, table: QualifiedName, dialect: Dialect): Operation[] {
  const { span } = call;
  const on = { table, column: column.name, span, provenance: 'api' as const };
  if (!isPostgresql(dialect)) {
    if (dialect !== 'tsql') return [{ ...on, kind: 'ModifyColumn', definition: column }];
    return [{ ...on, kind: 'AlterColumnType', type: column.type }, nullability(on, column)];
  }
  const operations: Operation[] = [{ ...on, kind: 'DropDefault' }];
  if (call.alter?.nullable) operations.push({ ...on, kind: 'DropNotNull' });
  if (call.alter?.type) operations.push({ ...on, kind: 'AlterColumnType', type: column.type });
  if (column.default) operations.push({ ...on, kind: 'SetDefault', default: column.default });
  if (call.alter?.nullable && column.nullable === false) operations.push({ ...on, kind: 'SetNotNull' });
  const text = commentOf(call.modifiers.get('comment'), []);
  if (text)
    operations.push({
      kind: 'CommentOn',
      object: 'column',
      table,
      column: column.name,
      comment: text,
      span: text.span,
      provenance: 'api',
    });
  for (const constraint of column.constraints.filter(({ kind, name }) => kind === 'check' && name))
    operations.push({ kind: 'AddConstraint', table, constraint, span, provenance: 'api' });
  return operations;
}

type On = { table: QualifiedName; column: Name; span: Span; provenance: 'api' };

const nullability = (on: On, column: Column): Operation =>
  column.nullable === false ? { ...on, kind: 'SetNotNull' } : { ...on, kind: 'DropNotNull' };

/** What a call on an existing table sends, new columns aside. */
function partOperations(call: ForeignCall | PartCall, { name, dialect }: TableScript): Operation[] {
  const { span } = call;
  const { raw, table } = name;
  const api = { span, provenance: 'api' as const };
  const made = constraintOf(call, raw, dialect);
  if (made && 'kind' in made) return [{ kind: 'AddConstraint', table, constraint: made, ...api }];
  if (made) return [{ kind: 'CreateIndex', table, index: made, ...api }];
  if (call.kind === 'foreign') return [];
  const { args, method } = call;
  const at = (index: number): Name => nameOf(valueOf(args[index]), span);
  const ifExists = method.endsWith('IfExists') && { ifExists: true as const };
  const constraintNamed = (kind: 'unique' | 'foreign'): Name =>
    given(args[1]) ? at(1) : generatedName(raw, columnsOf(args[0], span).columns, kind, span);
  switch (method) {
    case 'index':
      return [{ kind: 'CreateIndex', table, index: indexOf(call, raw, dialect), ...api }];
    case 'dropColumn':
    case 'dropColumns':
      return args.flatMap((argument) =>
        columnsOf(argument, span).columns.map((column): Operation => ({ kind: 'DropColumn', table, column, ...api })),
      );
    case 'dropTimestamps': {
      const names = scalarOf(valueOf(args[0])) === true ? ['createdAt', 'updatedAt'] : ['created_at', 'updated_at'];
      return names.map((value) => ({
        kind: 'DropColumn',
        table,
        column: { value, quoted: true, span, generated: true },
        ...api,
      }));
    }
    case 'renameColumn':
      return [{ kind: 'RenameColumn', table, column: at(0), to: at(1), ...api }];
    case 'setNullable':
      return [{ kind: 'DropNotNull', table, column: at(0), ...api }];
    case 'dropNullable':
      return [{ kind: 'SetNotNull', table, column: at(0), ...api }];
    case 'dropIndex': {
      const index = given(args[1]) ? at(1) : generatedName(raw, columnsOf(args[0], span).columns, 'index', span);
      return [dropIndex(index, table, api)];
    }
    case 'dropUnique':
    case 'dropUniqueIfExists': {
      const unique = constraintNamed('unique');
      return [
        dialect === 'sqlite' || dialect === 'tsql'
          ? { ...dropIndex(unique, table, api), ...ifExists }
          : { kind: 'DropConstraint', table, ...known(unique), constraintKind: 'unique', ...ifExists, ...api },
      ];
    }
    case 'dropForeign':
    case 'dropForeignIfExists':
      // SQLite's driver finds the key by its columns.
      return [
        {
          kind: 'DropConstraint',
          table,
          ...(dialect !== 'sqlite' && known(constraintNamed('foreign'))),
          constraintKind: 'foreign',
          ...ifExists,
          ...api,
        },
      ];
    case 'dropPrimary':
    case 'dropPrimaryIfExists': {
      const own = given(args[0]) ? at(0) : primaryKeyName(raw, span);
      return [
        {
          kind: 'DropConstraint',
          table,
          ...(isPostgresql(dialect) && known(own)),
          constraintKind: 'primary',
          ...ifExists,
          ...api,
        },
      ];
    }
    case 'dropChecks':
      return args.flatMap((argument) =>
        columnsOf(argument, span).columns.map((constraint): Operation => ({
          kind: 'DropConstraint',
          table,
          ...known({ ...constraint, quoted: false }),
          constraintKind: 'check',
          ...api,
        })),
      );
    default:
      return [];
  }
}

const given = (argument: Argument | undefined): boolean =>
  argument !== undefined && argument.kind !== 'undefined' && textOf(valueOf(argument)) !== '';

const known = (constraint: Name): { constraint?: Name } => (constraint.unknown ? {} : { constraint });

function dropIndex(
  index: Name,
  table: QualifiedName,
  api: { span: Span; provenance: 'api' },
): Extract<Operation, { kind: 'DropIndex' }> {
  const { schema } = table;
  return { kind: 'DropIndex', index: { ...(schema && { schema }), name: index, span: index.span }, table, ...api };
}
