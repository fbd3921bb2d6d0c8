import type { Column, ColumnType, Default, Operation, QualifiedName } from '../../../ir/index.js';
import { serverDefault } from '../../sql/volatility.js';
import { columnCall, readColumn } from '../models/column.js';
import { conventionalName } from '../models/naming.js';
import type { RawColumn } from '../models/raw.js';
import { columnType } from '../models/types.js';
import type { Reading } from '../reading.js';
import { exactName, nameFrom, spanOf, sqlText, textFrom } from '../source.js';
import { isNone, keyword, textOf, truth, type Arg } from '../values/value.js';
import {
  arg,
  fact,
  losingTable,
  nameArg,
  noTable,
  opaque,
  tableOf,
  unknownName,
  type Handlers,
  type OperationCall,
} from './call.js';

/** What a raw column adds beside itself: the index that `index=True` makes in a statement of its own. */
export function indexOf(raw: RawColumn, table: QualifiedName): Operation[] {
  if (raw.index === undefined) return [];
  const { index } = raw;
  const name = conventionalName('ix', undefined, {
    table: table.name.value,
    ...(table.schema && { schema: table.schema.value }),
    columns: [raw.column.name.value],
  });
  const named =
    name === undefined ? index : { ...index, name: { ...exactName(name, index.span), generated: true as const } };
  return [fact({ kind: 'CreateIndex', table, index: named, span: index.span })];
}

/** A column as an operation gives it. */
export function finished(raw: RawColumn): Column {
  const { column } = raw;
  if (column.type.name === 'unknown')
    column.uncertain.push({ about: 'type', reason: 'the type is not one that is known' });
  return column;
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

export const columnHandlers: Handlers = {
  add_column: addColumn,
  alter_column: alterColumn,
  drop_column: (at) => {
    const column = nameArg(at, 'column_name') ?? unknownName(at, 'column_name');
    return [fact({ kind: 'DropColumn', table: losingTable(at), column })];
  },
};
