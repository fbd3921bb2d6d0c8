import type { Constraint, Dialect, Name, Operation, QualifiedName, Span } from '../../../ir/index.js';
import { itemsOf, property, scalarOf, textOf, type Value } from '../values/values.js';
import { primaryKeyName } from './names.js';
import { readSchemaColumn, type SchemaColumn } from './schema-columns.js';
import { madeName, nameOf, optionsOf, tableOf } from './schema-names.js';
import { schemaConstraint, schemaIndex } from './schema-objects.js';
import { isFalse, readSchemaTable, uniqueOf } from './schema-tables.js';

/** One call of QueryRunner's schema API. */
interface ApiCall {
  method: string;
  args: Value[];
  span: Span;
  dialect: Dialect;
}

type Reader = (call: ApiCall) => Operation[];

const isTrue = (value: Value | undefined): boolean => scalarOf(value) === true;

const api = (call: ApiCall): { span: Span; provenance: 'api' } => ({ span: call.span, provenance: 'api' });

/** One operation for each element of a list argument; a single one of unknown target where the list is computed. */
function each(value: Value | undefined): (Value | undefined)[] {
  const items = itemsOf(value);
  if (items) return items;
  return [value];
}

const addConstraints =
  (kind: Constraint['kind']): Reader =>
  (call) =>
    each(call.args[1]).map((value) => ({
      kind: 'AddConstraint',
      table: tableOf(call.args[0], call.span),
      constraint: schemaConstraint(
        kind,
        optionsOf(value),
        value?.span ?? call.span,
        tableOf(call.args[0], call.span),
        call.dialect,
      ),
      ...api(call),
    }));

const dropConstraints =
  (constraintKind: Constraint['kind']): Reader =>
  (call) =>
    each(call.args[1]).map((value) => {
      const constraint = nameOf(value, call.span);
      return {
        kind: 'DropConstraint',
        table: tableOf(call.args[0], call.span),
        ...(!constraint.unknown && { constraint }),
        constraintKind,
        ...api(call),
      };
    });

const primaryColumns = (value: Value | undefined, at: Span): Name[] =>
  (itemsOf(value) ?? []).map((item) => nameOf(item, at));

const createIndexes: Reader = (call) => {
  const table = tableOf(call.args[0], call.span);
  return each(call.args[1]).map((value) => ({
    kind: 'CreateIndex',
    table,
    index: schemaIndex(optionsOf(value), value?.span ?? call.span, table),
    ...api(call),
  }));
};

const dropIndexes: Reader = (call) => {
  const table = tableOf(call.args[0], call.span);
  return each(call.args[1]).map((value) => {
    const given = nameOf(value, call.span);
    const { name = given } =
      given.unknown && value?.kind === 'made' ? schemaIndex(value.args[0], value.span, table) : {};
    const index = { ...(table.schema && { schema: table.schema }), name, span: name.span };
    return { kind: 'DropIndex', index, table, ...api(call) };
  });
};

/** Operations that a column of a table brings with it before and behind its own. */
function around(call: ApiCall, { column, primary, unique, enumType }: SchemaColumn, own: Operation[]): Operation[] {
  const table = tableOf(call.args[0], call.span);
  return [
    ...(enumType ? [{ kind: 'CreateEnumType' as const, type: enumType, ...api(call) }] : []),
    ...own,
    ...(unique
      ? [{ kind: 'AddConstraint' as const, table, constraint: uniqueOf(column, table, call.dialect), ...api(call) }]
      : []),
    ...(primary ? [opaque(call, table, 'the primary key becomes another one')] : []),
  ];
}

const opaque = (call: ApiCall, table: QualifiedName, reason: string): Operation => ({
  kind: 'Opaque',
  reason,
  touches: [table],
  ...api(call),
});

const addColumns: Reader = (call) => {
  const table = tableOf(call.args[0], call.span);
  return each(call.args[1]).flatMap((value) => {
    const read = readSchemaColumn(optionsOf(value), value?.span ?? call.span, table, call.dialect);
    return around(call, read, [{ kind: 'AddColumn', table, column: read.column, ...api(call) }]);
  });
};

const dropColumns: Reader = (call) =>
  each(call.args[1]).map((value) => ({
    kind: 'DropColumn',
    table: tableOf(call.args[0], call.span),
    column: nameOf(value, call.span),
    ...(isTrue(call.args[2]) && { ifExists: true as const }),
    ...api(call),
  }));

/**
 * The column becomes what the new one says, all of it. TypeORM drops it and adds it anew where type, length or generation
 * differ, with the keys and indexes on it; what was there before is known to nobody here.
 */
const changeColumn: Reader = (call) => {
  const table = tableOf(call.args[0], call.span);
  const old = nameOf(call.args[1], call.span);
  const options = optionsOf(call.args[2]);
  if (options?.kind !== 'object' || old.unknown) return [opaque(call, table, 'the new column is computed')];
  const { column } = readSchemaColumn(options, call.args[2]!.span, table, call.dialect);
  return [
    { kind: 'ModifyColumn', table, column: old, definition: column, ...api(call) },
    opaque(call, table, `${call.method}() may make the column anew, without its keys and indexes`),
  ];
};

/** `changeColumns(table, [{ oldColumn, newColumn }])`. */
const changeColumns: Reader = (call) =>
  each(call.args[1]).flatMap((change) =>
    changeColumn({
      ...call,
      args: [
        call.args[0]!,
        ...['oldColumn', 'newColumn'].map(
          (key) => property(change, key) ?? { kind: 'undefined' as const, span: call.span },
        ),
      ],
    }),
  );

type Flag = 'ifExists' | 'ifNotExists' | 'cascade';

const flag = (value: Value | undefined, name: Flag): { [F in Flag]?: true } => (isTrue(value) ? { [name]: true } : {});

/** The schema API of `QueryRunner`: each method and the operations that it stands for. */
export const schemaCalls: { [method: string]: Reader | undefined } = {
  createTable: (call) => {
    const without = { foreignKeys: isFalse(call.args[2]), indices: isFalse(call.args[3]) };
    const { table, enums } = readSchemaTable(call.args[0], call.span, call.dialect, without);
    const ifNotExists = flag(call.args[1], 'ifNotExists');
    return [
      ...enums.map((type): Operation => ({ kind: 'CreateEnumType', type, ...ifNotExists, ...api(call) })),
      { kind: 'CreateTable', table: table.name, definition: table, ...ifNotExists, ...api(call) },
    ];
  },
  dropTable: (call) => [
    { kind: 'DropTable', table: tableOf(call.args[0], call.span), ...flag(call.args[1], 'ifExists'), ...api(call) },
  ],
  renameTable: (call) => {
    const table = tableOf(call.args[0], call.span);
    const to = { ...(table.schema && { schema: table.schema }), ...tableOf(call.args[1], call.span) };
    return [{ kind: 'RenameTable', table, to, ...api(call) }];
  },
  addColumn: addColumns,
  addColumns,
  dropColumn: dropColumns,
  dropColumns,
  renameColumn: (call) => {
    const table = tableOf(call.args[0], call.span);
    const [column, to] = [nameOf(call.args[1], call.span), nameOf(call.args[2], call.span)];
    return [{ kind: 'RenameColumn', table, column, to, ...api(call) }];
  },
  changeColumn,
  changeColumns,
  createIndex: createIndexes,
  createIndices: createIndexes,
  dropIndex: dropIndexes,
  dropIndices: dropIndexes,
  createForeignKey: addConstraints('foreign'),
  createForeignKeys: addConstraints('foreign'),
  dropForeignKey: dropConstraints('foreign'),
  dropForeignKeys: dropConstraints('foreign'),
  createUniqueConstraint: addConstraints('unique'),
  createUniqueConstraints: addConstraints('unique'),
  dropUniqueConstraint: dropConstraints('unique'),
  dropUniqueConstraints: dropConstraints('unique'),
  createCheckConstraint: addConstraints('check'),
  createCheckConstraints: addConstraints('check'),
  dropCheckConstraint: dropConstraints('check'),
  dropCheckConstraints: dropConstraints('check'),
  createExclusionConstraint: addConstraints('exclude'),
  createExclusionConstraints: addConstraints('exclude'),
  dropExclusionConstraint: dropConstraints('exclude'),
  dropExclusionConstraints: dropConstraints('exclude'),
  createPrimaryKey: (call) => [addedPrimaryKey(call, primaryColumns(call.args[1], call.span), textOf(call.args[2]))],
  updatePrimaryKeys: (call) => [
    droppedPrimaryKey(call),
    addedPrimaryKey(call, primaryColumns(call.args[1], call.span)),
  ],
  dropPrimaryKey: (call) => [droppedPrimaryKey(call)],
  changeTableComment: (call) => {
    const comment = textOf(call.args[1]);
    return [
      {
        kind: 'CommentOn',
        object: 'table',
        table: tableOf(call.args[0], call.span),
        comment: comment === undefined ? null : { value: comment, span: call.args[1]!.span },
        ...api(call),
      },
    ];
  },
  clearTable: (call) => [{ kind: 'Truncate', table: tableOf(call.args[0], call.span), ...api(call) }],
  clearDatabase: (call) => [
    { kind: 'Opaque', reason: 'clearDatabase() drops every table', touches: [], anything: true, ...api(call) },
  ],
  createSchema: (call) => [
    {
      kind: 'CreateSchema',
      schema: nameOf(call.args[0], call.span),
      ...flag(call.args[1], 'ifNotExists'),
      ...api(call),
    },
  ],
  dropSchema: (call) => [
    {
      kind: 'DropSchema',
      schema: nameOf(call.args[0], call.span),
      ...flag(call.args[1], 'ifExists'),
      ...flag(call.args[2], 'cascade'),
      ...api(call),
    },
  ],
  dropDatabase: (call) => [
    {
      kind: 'DropDatabase',
      database: nameOf(call.args[0], call.span),
      ...flag(call.args[1], 'ifExists'),
      ...api(call),
    },
  ],
  createView: (call) => [{ kind: 'CreateView', view: tableOf(call.args[0], call.span), ...api(call) }],
  dropView: (call) => [{ kind: 'DropView', view: tableOf(call.args[0], call.span), ...api(call) }],
};

function addedPrimaryKey(call: ApiCall, columns: Name[], given?: string): Operation {
  const table = tableOf(call.args[0], call.span);
  const { span } = call;
  const isKnown = columns.length > 0 && !table.name.unknown && !columns.some(({ unknown }) => unknown);
  const made =
    isKnown &&
    madeName(
      primaryKeyName(
        table.name.value,
        columns.map(({ value }) => value),
      ),
      span,
    );
  const name = given === undefined ? made : { value: given, quoted: true, span };
  const uncertain = columns.length === 0 ? [{ about: 'columns' as const, reason: 'the columns are computed' }] : [];
  return {
    kind: 'AddConstraint',
    table,
    constraint: { kind: 'primary', ...(name && { name }), columns, span, uncertain },
    ...api(call),
  };
}

const droppedPrimaryKey = (call: ApiCall): Operation => ({
  kind: 'DropConstraint',
  table: tableOf(call.args[0], call.span),
  constraintKind: 'primary',
  ...api(call),
});
