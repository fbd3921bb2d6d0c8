import type { Operation } from '../../../ir/index.js';
import { conventionalName } from '../models/naming.js';
import { indexFrom, indexKey } from '../models/table-args.js';
import { exactName, spanOf } from '../source.js';
import { itemsOf, keyword } from '../values/value.js';
import {
  arg,
  fact,
  isTrue,
  nameArg,
  noTable,
  opaque,
  qualified,
  speaksPostgresql,
  tableOf,
  type Handlers,
  type OperationCall,
} from './call.js';

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
  const name =
    own ??
    (implied === undefined
      ? undefined
      : { ...exactName(implied, spanOf(call.node)), generated: true as const, final: true as const });
  const index = indexFrom(call, name, keys, reading);
  return [fact({ kind: 'CreateIndex', table, index })];
}

function dropIndex(at: OperationCall): Operation[] {
  const index = qualified(arg(at, 'index_name'), at.call);
  const table = tableOf(at);
  if (index === undefined) return [opaque('the index that is dropped is not known', table ? [table] : [])];
  const concurrently = speaksPostgresql(at.reading.dialect) && isTrue(keyword(at.call, 'postgresql_concurrently'));
  const tableOmitted = at.batch === undefined && arg(at, 'table_name') === undefined && !at.call.open;
  return [
    fact({
      kind: 'DropIndex',
      index,
      ...(table && { table }),
      ...(tableOmitted && { tableOmitted }),
      ...(concurrently && { concurrently }),
    }),
  ];
}

export const indexHandlers: Handlers = { create_index: createIndex, drop_index: dropIndex };
