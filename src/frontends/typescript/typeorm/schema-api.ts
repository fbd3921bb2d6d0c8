import type { Constraint, Dialect, Name, Operation, QualifiedName, Span } from '../../../ir/index.js';
import { itemsOf, property, scalarOf, textOf, type Value } from '../values/values.js';
import { readSchemaColumn, readSchemaTable, schemaConstraint, schemaIndex } from './schema-objects.js';

/** One call of QueryRunner's schema API. */
interface ApiCall {
  method: string;
  args: Value[];
  span: Span;
  dialect: Dialect;
}

type Reader = (call: ApiCall) => Operation[];

/** A name given as text, or as the object that carries it. Quoted: TypeORM quotes what it sends. */
export function nameOf(value: Value | undefined, at: Span): Name {
  const text = textOf(value) ?? textOf(property(optionsOf(value), 'name'));
  if (text === undefined) return { value: '', quoted: true, span: value?.span ?? at, unknown: true };
  return { value: text, quoted: true, span: value!.span };
}

/** `'schema.table'` or a Table. */
export function tableOf(value: Value | undefined, at: Span): QualifiedName {
  const whole = nameOf(value, at);
  const dot = whole.value.lastIndexOf('.');
  if (dot === -1) return { name: whole, span: whole.span };
  return {
    schema: { ...whole, value: whole.value.slice(0, dot) },
    name: { ...whole, value: whole.value.slice(dot + 1) },
    span: whole.span,
  };
}

/** The options of `new Table({…})` and the like; a plain object stands for itself. */
export const optionsOf = (value: Value | undefined): Value | undefined =>
  value?.kind === 'made' ? value.args[0] : value;

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
      constraint: schemaConstraint(kind, optionsOf(value), value?.span ?? call.span),
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

const createIndexes: Reader = (call) =>
  each(call.args[1]).map((value) => ({
    kind: 'CreateIndex',
    table: tableOf(call.args[0], call.span),
    index: schemaIndex(optionsOf(value), value?.span ?? call.span),
    ...api(call),
  }));

const dropIndexes: Reader = (call) =>
  each(call.args[1]).map((value) => {
    const index = nameOf(value, call.span);
    return {
      kind: 'DropIndex',
      index: { name: index, span: index.span },
      table: tableOf(call.args[0], call.span),
      ...api(call),
    };
  });

const addColumns: Reader = (call) =>
  each(call.args[1]).map((value) => ({
    kind: 'AddColumn',
    table: tableOf(call.args[0], call.span),
    column: readSchemaColumn(optionsOf(value), value?.span ?? call.span, call.dialect).column,
    ...api(call),
  }));

const dropColumns: Reader = (call) =>
  each(call.args[1]).map((value) => ({
    kind: 'DropColumn',
    table: tableOf(call.args[0], call.span),
    column: nameOf(value, call.span),
    ...(isTrue(call.args[2]) && { ifExists: true as const }),
    ...api(call),
  }));

/**
 * TypeORM compares the old column with the new one and drops and adds it where type, length or generation differ. The
 * old one is known only to the replay, so what the new one says is restated.
 */
const changeColumn: Reader = (call) => {
  const table = tableOf(call.args[0], call.span);
  const old = nameOf(call.args[1], call.span);
  const options = optionsOf(call.args[2]);
  if (options?.kind !== 'object') {
    return [{ kind: 'Opaque', reason: 'the new column is computed', touches: [table], ...api(call) }];
  }
  const { column } = readSchemaColumn(options, call.args[2]!.span, call.dialect);
  const operations: Operation[] = [];
  if (!old.unknown && !column.name.unknown && old.value !== column.name.value) {
    operations.push({ kind: 'RenameColumn', table, column: old, to: column.name, ...api(call) });
  }
  if (property(options, 'type'))
    operations.push({ kind: 'AlterColumnType', table, column: column.name, type: column.type, ...api(call) });
  if (property(options, 'isNullable')) {
    operations.push({
      kind: column.nullable === true ? 'DropNotNull' : 'SetNotNull',
      table,
      column: column.name,
      ...api(call),
    });
  }
  if (column.default)
    operations.push({ kind: 'SetDefault', table, column: column.name, default: column.default, ...api(call) });
  return operations;
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

const flag = (value: Value | undefined, name: 'ifExists' | 'ifNotExists'): { ifExists?: true; ifNotExists?: true } =>
  isTrue(value) ? { [name]: true } : {};

/** The schema API of `QueryRunner`: each method and the operations that it stands for. */
export const schemaCalls: { [method: string]: Reader | undefined } = {
  createTable: (call) => {
    const definition = readSchemaTable(call.args[0], call.span, call.dialect);
    return [
      { kind: 'CreateTable', table: definition.name, definition, ...flag(call.args[1], 'ifNotExists'), ...api(call) },
    ];
  },
  dropTable: (call) => [
    { kind: 'DropTable', table: tableOf(call.args[0], call.span), ...flag(call.args[1], 'ifExists'), ...api(call) },
  ],
  renameTable: (call) => [
    {
      kind: 'RenameTable',
      table: tableOf(call.args[0], call.span),
      to: tableOf(call.args[1], call.span),
      ...api(call),
    },
  ],
  addColumn: addColumns,
  addColumns,
  dropColumn: dropColumns,
  dropColumns,
  renameColumn: (call) => [
    {
      kind: 'RenameColumn',
      table: tableOf(call.args[0], call.span),
      column: nameOf(call.args[1], call.span),
      to: nameOf(call.args[2], call.span),
      ...api(call),
    },
  ],
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
  createPrimaryKey: (call) => [addedPrimaryKey(call, primaryColumns(call.args[1], call.span))],
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
    { kind: 'DropSchema', schema: nameOf(call.args[0], call.span), ...flag(call.args[1], 'ifExists'), ...api(call) },
  ],
  createView: (call) => [{ kind: 'CreateView', view: tableOf(call.args[0], call.span), ...api(call) }],
  dropView: (call) => [{ kind: 'DropView', view: tableOf(call.args[0], call.span), ...api(call) }],
};

function addedPrimaryKey(call: ApiCall, columns: Name[]): Operation {
  const uncertain = columns.length === 0 ? [{ about: 'columns' as const, reason: 'the columns are computed' }] : [];
  return {
    kind: 'AddConstraint',
    table: tableOf(call.args[0], call.span),
    constraint: { kind: 'primary', columns, span: call.span, uncertain },
    ...api(call),
  };
}

const droppedPrimaryKey = (call: ApiCall): Operation => ({
  kind: 'DropConstraint',
  table: tableOf(call.args[0], call.span),
  constraintKind: 'primary',
  ...api(call),
});
