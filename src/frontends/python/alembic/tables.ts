import type { Constraint, Operation, QualifiedName, Table } from '../../../ir/index.js';
import { indexName } from '../models/naming.js';
import { readTableCall } from '../models/tables.js';
import type { Reading } from '../reading.js';
import { anchorAt, callList, spanOf, textFrom } from '../source.js';
import { itemsOf, keyword, textOf, type CallValue, type Value } from '../values/value.js';
import { arg, fact, losingTable, noTable, qualified, tableOf, type Handlers, type OperationCall } from './call.js';
import { finished, indexOf } from './columns.js';
import { enumTypes } from './enum-types.js';
import { numberKey } from './numbering.js';

/** `prefixes=['TEMPORARY']` */
function isTemporary(call: CallValue): boolean {
  const prefixes = keyword(call, 'prefixes');
  const words = (prefixes && itemsOf(prefixes.value)) ?? [];
  return words.some((word) => /\btemp(?:orary)?\b/i.test(textOf(word) ?? ''));
}

function createTable(at: OperationCall): Operation[] {
  const table = tableOf(at);
  return table ? tableCreated(at.call, table, keyword(at.call, 'table_name') ? 0 : 1, at.reading) : noTable(at);
}

/** What the columns and keys of a call come to, from the given argument on: the table and all that it brings along. */
export function tableCreated(call: CallValue, table: QualifiedName, from: number, reading: Reading): Operation[] {
  const { columns, args, open } = readTableCall(call, from, reading);
  for (const constraint of args.constraints) {
    if (constraint.kind !== 'primary') continue;
    for (const name of constraint.columns) {
      const column = columns.find((each) => each.column.name.value === name.value);
      if (column !== undefined) column.column.nullable = false;
    }
  }
  numberKey(columns, args.constraints, reading.dialect);
  const reason = 'the table is created with arguments that are not known';
  const definition: Table = {
    name: table,
    declaredBy: 'alembic',
    role: 'table',
    columns: columns.map((raw) => {
      const column = finished(raw);
      return { ...column, constraints: sentAtOnce(column.constraints, reading) };
    }),
    constraints: sentAtOnce(args.constraints, reading),
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
    ...args.indexes.map((given) => {
      const name = given.name ?? indexName(given, undefined, tableNames(table), given.span);
      return fact({ kind: 'CreateIndex', table, index: { ...given, ...(name && { name }) }, span: given.span });
    }),
  ];
}

/** What CREATE TABLE holds: a foreign key with `use_alter` waits for a statement of its own, which a revision has to write. */
const sentAtOnce = (constraints: Constraint[], { dialect }: Reading): Constraint[] =>
  dialect === 'sqlite' ? constraints : constraints.filter((each) => each.kind !== 'foreign' || !each.addedLater);

const tableNames = ({ name, schema }: QualifiedName) => ({
  name: name.value,
  ...(schema && { schema: schema.value }),
});

/** The table that a value stands for: its name, `sa.table(…)`, `sa.Table(…)`, or what `op.create_table` gave back. */
export function tableFrom(value: Value | undefined): QualifiedName | undefined {
  if (value?.kind !== 'call' || !/^(?:sqlalchemy\.(?:table|Table)|alembic\.op\.create_table)$/.test(value.func))
    return undefined;
  return qualified(value.args[0], value);
}

export const tableHandlers: Handlers = {
  create_table: createTable,
  drop_table: (at) => [fact({ kind: 'DropTable', table: losingTable(at) })],
  rename_table: (at) => {
    const table = tableOf(at, 'old_table_name');
    const to = qualified(arg(at, 'new_table_name'), at.call);
    return table && to ? [fact({ kind: 'RenameTable', table, to })] : noTable(at);
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
