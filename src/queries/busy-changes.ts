import type { FileFacts, Project, QualifiedName } from '../ir/index.js';
import { changesIn } from './changes.js';
import { isEmptiedBefore } from './emptied-tables.js';
import { effectOf, type Effect } from './locks.js';
import { isTemporaryName } from './names.js';
import type { PlacedOperation } from './operations.js';
import { isNewIn, schemaAt } from './replay.js';
import { RunOrder } from './run-order.js';

/** A change to a table that may have rows and be in use. */
export interface BusyChange {
  placed: PlacedOperation;
  table: QualifiedName;
  /** Absent where it is not known what the change does to a running database. */
  effect?: Effect;
}

/**
 * The changes of a file to tables that were there before it. Left out are temporary tables, tables that reach the database
 * together with the change, and those that the file empties first.
 */
export function* busyChangesIn(project: Project, facts: FileFacts): Generator<BusyChange> {
  const order = new RunOrder([...changesIn(project, facts)], facts.dialect);
  for (const [index, placed] of order.operations.entries()) {
    const { operation } = placed;
    if (!('table' in operation) || operation.table === undefined) continue;
    const { table } = operation;
    if (table.name.unknown || isTemporaryName(table, facts.dialect) || isNewIn(project, { table }, operation)) continue;
    if (schemaAt(project, operation)?.table(table)?.temporary || isEmptiedBefore(table, order, index)) continue;
    const effect = effectOf(project, placed);
    yield { placed, table, ...(effect && { effect }) };
  }
}
