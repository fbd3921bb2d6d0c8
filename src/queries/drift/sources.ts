import type { ColumnType, FileFacts, Operation, Project, Span } from '../../ir/index.js';
import { operationsOf } from '../operations.js';
import { schemaAt, type TableState } from '../replay.js';
import { columnKey, type ColumnState } from '../replay/state.js';
import type { Database } from './databases.js';

/** A place in a migration. */
export interface Source {
  path: string;
  at: Span;
}

interface Change {
  facts: FileFacts;
  operation: Extract<Operation, { kind: 'AlterColumnType' | 'ModifyColumn' | 'SetNotNull' | 'DropNotNull' }>;
}

const known = new WeakMap<Database, Change[]>();

/** What the histories of a database do to columns that are there, the last first. */
function changesOf(database: Database): readonly Change[] {
  let changes = known.get(database);
  if (changes === undefined) {
    changes = [];
    for (const { history } of database.ran) {
      for (const { migration, facts } of history.ordered) {
        for (const { operation } of operationsOf(migration, 'up')) {
          if (isChange(operation)) changes.push({ facts, operation });
        }
      }
    }
    known.set(database, changes.reverse());
  }
  return changes;
}

const isChange = (operation: Operation): operation is Change['operation'] =>
  /^(?:AlterColumnType|ModifyColumn|SetNotNull|DropNotNull)$/.test(operation.kind);

const creationOf = ({ origin, column }: ColumnState): Source => ({ path: origin.facts.path, at: column.span });

/** Where a column got the type that it ends with. */
export function typeSource(database: Database, state: ColumnState): Source {
  const change = changesOf(database).find(({ operation }) => typeIn(operation) === state.column.type);
  return change ? { path: change.facts.path, at: change.operation.span } : creationOf(state);
}

function typeIn(operation: Change['operation']): ColumnType | undefined {
  if (operation.kind === 'AlterColumnType') return operation.type;
  return operation.kind === 'ModifyColumn' ? operation.definition.type : undefined;
}

/** Where it was said last whether a column takes NULL. */
export function nullSource(project: Project, database: Database, state: ColumnState, made: TableState): Source {
  const key = columnKey(state.column.name.value);
  const change = changesOf(database).find(({ operation }) => {
    if (operation.kind === 'AlterColumnType' || columnKey(operation.column.value) !== key) return false;
    return schemaAt(project, operation)?.table(operation.table)?.origin.operation === made.origin.operation;
  });
  return change ? { path: change.facts.path, at: change.operation.span } : creationOf(state);
}
