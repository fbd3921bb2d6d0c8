import type { Column, Operation, QualifiedName } from '../../../ir/index.js';
import { columnCall, readColumn } from '../models/column.js';
import { conventionalName } from '../models/naming.js';
import type { RawColumn } from '../models/raw.js';
import { exactName } from '../source.js';
import { keyword, truth } from '../values/value.js';
import { alterColumn } from './alter-column.js';
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
import { numberKey } from './numbering.js';

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
    name === undefined
      ? index
      : { ...index, name: { ...exactName(name, index.span), generated: true as const, final: true as const } };
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
  bringKey(at, raw);
  // SQLite can add a check of the type only where the table is made anew.
  if (at.reading.dialect === 'sqlite' && at.batch === undefined) {
    const type = column?.args.find(({ value }) => value.kind === 'call' && keyword(value, 'create_constraint'));
    const start = type?.node.start;
    raw.column.constraints = raw.column.constraints.filter(
      (each) => each.kind !== 'check' || each.span.start !== start,
    );
  }
  return [fact({ kind: 'AddColumn', table, column: finished(raw) }), ...indexOf(raw, table)];
}

/** A column that is added gets the type of a key, and the key itself only where it is asked for. */
function bringKey({ call, reading }: OperationCall, raw: RawColumn): void {
  const { column } = raw;
  if (!column.constraints.some(({ kind }) => kind === 'primary')) return;
  const { dialect } = reading;
  if (dialect !== 'sqlite') numberKey([raw], [], dialect);
  const inline = keyword(call, 'inline_primary_key');
  if (inline === undefined || truth(inline.value) !== true) {
    column.constraints = column.constraints.filter(({ kind }) => kind !== 'primary');
  }
}

export const columnHandlers: Handlers = {
  add_column: addColumn,
  alter_column: alterColumn,
  drop_column: (at) => {
    const column = nameArg(at, 'column_name') ?? unknownName(at, 'column_name');
    return [fact({ kind: 'DropColumn', table: losingTable(at), column })];
  },
};
