import type { Anchor, Dialect, Name, Operation, QualifiedName, Span, Where } from '../../../ir/index.js';
import { isAbsent, itemsOf, property, textOf, type Value } from '../values/values.js';
import { changeColumn, positionOf } from './changes.js';
import { predicateOf } from './conditions.js';
import { underscore } from './inflection.js';
import { isSet, readColumn, readConstraint, readTable, typeOperations } from './schema-objects.js';
import { nameOf, tableNameOf } from './table-names.js';
import { readIndex } from './indexes.js';

/** One call of the query interface. */
export interface ApiCall {
  args: readonly Value[];
  span: Span;
  dialect: Dialect;
  /** Roles: `options`, the object behind the fields of `addIndex`; `decorator`, the arguments where there is none. */
  anchor?: Anchor;
}

type Reader = (call: ApiCall) => Operation[];

const api = ({ span }: ApiCall): { span: Span; provenance: 'api' } => ({ span, provenance: 'api' });
const table = ({ args, span }: ApiCall, index = 0): QualifiedName => tableNameOf(args[index], span);
const column = ({ args, span }: ApiCall, index = 1): Name => nameOf(args[index], span);

const createTable: Reader = (call) => {
  const { definition, enums } = readTable(table(call), call.args[1], call.args[2], call.dialect, call.span);
  return [
    ...typeOperations(enums, call.span),
    { kind: 'CreateTable', table: definition.name, definition, ifNotExists: true, ...api(call) },
  ];
};

const addColumn: Reader = (call) => {
  const { args, dialect, span } = call;
  const read = readColumn(table(call), args[1], args[2], dialect, span);
  return [
    ...typeOperations(read.enums, span),
    { kind: 'AddColumn', table: table(call), column: read.column, ...positionOf(args[2], dialect), ...api(call) },
  ];
};

/** `addIndex(table, fields, options)`, `addIndex(table, { fields, … })`. */
const addIndex: Reader = (call) => {
  const { args, dialect, span } = call;
  const isList = args[1]?.kind === 'array';
  const options = isList ? args[2] : args[1];
  const given = table(call);
  const prefix = textOf(property(options, 'prefix'));
  const begin = (prefix ?? given.name.value).replaceAll('.', '_').replace(/["']/g, '');
  const index = readIndex(
    {
      fields: isList ? args[1] : property(options, 'fields'),
      options,
      complete: !options || options.kind === 'undefined' || (options.kind === 'object' && options.complete),
      span,
      ...(call.anchor && { anchor: call.anchor }),
    },
    given.name.unknown ? undefined : begin,
    dialect,
  );
  return [{ kind: 'CreateIndex', table: given, index, ...api(call) }];
};

/** `removeIndex(table, name)`, `removeIndex(table, fields)`. */
const removeIndex: Reader = (call) => {
  const { args, dialect, span } = call;
  const given = table(call);
  const names = itemsOf(args[1])?.map(textOf);
  const derived = names?.every((each) => each !== undefined)
    ? { value: underscore(`${given.name.value}_${names.join('_')}`), quoted: true, span: args[1]!.span }
    : undefined;
  const name = derived ?? nameOf(args[1], span);
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  return [
    {
      kind: 'DropIndex',
      index: { name, span: name.span },
      table: given,
      ...(isSet(args[2], 'concurrently') && dialect === 'postgresql' && { concurrently: true as const }),
      ...(!isMysql && { ifExists: true as const }),
      ...api(call),
    },
  ];
};

const addConstraint: Reader = (call) => {
  const { args, span } = call;
  const isList = args[1]?.kind === 'array';
  const options = isList ? args[2] : args[1];
  const constraint = readConstraint(table(call), isList ? args[1] : property(options, 'fields'), options, span);
  if (!constraint)
    return [{ kind: 'Opaque', reason: 'the constraint is computed', touches: [table(call)], ...api(call) }];
  return [{ kind: 'AddConstraint', table: table(call), constraint, ...api(call) }];
};

/** How far a condition limits the rows. */
function whereOf(where: Value | undefined): Where {
  if (!where || isAbsent(where)) return 'absent';
  if (where.kind === 'object') return where.complete && where.entries.length === 0 ? 'absent' : 'present';
  return typeof predicateOf(where) === 'string' ? 'present' : 'unknown';
}

const names = (value: Value | undefined): Name[] =>
  value?.kind === 'object' ? value.entries.map(({ key, span }) => ({ value: key, quoted: true, span })) : [];

const bulkDelete: Reader = (call) => {
  if (isSet(call.args[2], 'truncate')) {
    const cascade = isSet(call.args[2], 'cascade') && { cascade: true as const };
    return [{ kind: 'Truncate', table: table(call), ...cascade, ...api(call) }];
  }
  const where = whereOf(call.args[1]);
  return [{ kind: 'Delete', table: table(call), where, columns: names(call.args[1]), ...api(call) }];
};

const insert: Reader = (call) => [{ kind: 'Insert', table: table(call), ...api(call) }];

const opaque =
  (reason: string): Reader =>
  (call) => [{ kind: 'Opaque', reason, touches: [], anything: true, ...api(call) }];

const routine =
  (kind: 'CreateRoutine' | 'DropRoutine'): Reader =>
  (call) => [{ kind, routine: table(call), ...api(call) }];

/** Each method of the query interface and the operations that it stands for. */
export const methods: { readonly [method: string]: Reader | undefined } = {
  createTable,
  dropTable: (call) => [
    {
      kind: 'DropTable',
      table: table(call),
      ifExists: true,
      ...((isSet(call.args[1], 'cascade') || isSet(call.args[1], 'force')) && { cascade: true as const }),
      ...api(call),
    },
  ],
  renameTable: (call) => [{ kind: 'RenameTable', table: table(call), to: table(call, 1), ...api(call) }],
  addColumn,
  removeColumn: (call) => [{ kind: 'DropColumn', table: table(call), column: column(call), ...api(call) }],
  changeColumn: (call) =>
    changeColumn({
      table: table(call),
      column: call.args[1],
      attribute: call.args[2],
      dialect: call.dialect,
      span: call.span,
    }),
  renameColumn: (call) => [
    { kind: 'RenameColumn', table: table(call), column: column(call), to: column(call, 2), ...api(call) },
  ],
  addIndex,
  removeIndex,
  addConstraint,
  removeConstraint: (call) => {
    const constraint = column(call);
    return [{ kind: 'DropConstraint', table: table(call), ...(!constraint.unknown && { constraint }), ...api(call) }];
  },
  bulkInsert: insert,
  insert: (call) => [{ kind: 'Insert', table: table(call, 1), ...api(call) }],
  upsert: insert,
  bulkUpdate: (call) => [
    {
      kind: 'Update',
      table: table(call),
      where: whereOf(call.args[2]),
      columns: names(call.args[1]),
      ...api(call),
    },
  ],
  bulkDelete,
  createSchema: (call) => [{ kind: 'CreateSchema', schema: nameOf(call.args[0], call.span), ...api(call) }],
  dropSchema: (call) => [
    { kind: 'DropSchema', schema: nameOf(call.args[0], call.span), ifExists: true, cascade: true, ...api(call) },
  ],
  dropEnum: (call) => [{ kind: 'DropType', type: table(call), ifExists: true, ...api(call) }],
  createFunction: routine('CreateRoutine'),
  dropFunction: routine('DropRoutine'),
  createTrigger: (call) => [{ kind: 'CreateTrigger', table: table(call), name: column(call), ...api(call) }],
  dropTrigger: (call) => [{ kind: 'DropTrigger', table: table(call), name: column(call), ...api(call) }],
  dropAllTables: opaque('dropAllTables() drops every table'),
  dropAllEnums: opaque('dropAllEnums() drops every enum type'),
  dropAllSchemas: opaque('dropAllSchemas() drops every schema'),
  dropDatabase: (call) => [
    { kind: 'DropDatabase', database: nameOf(call.args[0], call.span), ifExists: true, ...api(call) },
  ],
};

/** Methods that look or quote, and steer the connection. They change neither schema nor rows. */
export const harmless =
  /^(?:describe|show|select|rawSelect|tableExists|quote|getForeignKey|databaseVersion|createDatabase|get|assert|normalize|sequelize|nameIndexes|authenticate|close|log|escape|literal|fn|col|cast)/;
