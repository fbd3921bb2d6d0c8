import type { FileFacts, Operation, Project, UnfilteredChange } from '../ir/index.js';
import { withoutRepeats } from './changes.js';
import { isTemporaryName } from './names.js';
import { operationsIn, type PlacedOperation } from './operations.js';
import { isNewIn } from './replay.js';
import { isShipped } from './shipped.js';

/** Where a change of rows stands: in a migration, a file of SQL, or code that serves requests. */
export type ChangeContext = 'migration' | 'script' | 'application';

type RowChange = Extract<Operation, { kind: 'Update' | 'Delete' }>;

/** An UPDATE or a DELETE of every row. */
export type UnfilteredRows =
  | {
      kind: 'statement';
      operation: RowChange;
      /** There is a WHERE, and it is always true. */
      tautology: boolean;
      context: ChangeContext;
    }
  /** A call of a library's query builder. */
  | { kind: 'call'; usage: UnfilteredChange; tautology: boolean; context: ChangeContext };

const usageKinds = { Update: 'unfiltered-update', Delete: 'unfiltered-delete' } as const;

/**
 * The changes of one kind in a file that have no condition, or one that is always true. Left out are tests, downgrades,
 * what has shipped, temporary tables, and tables or columns that are made in the same file.
 */
export function* unfilteredChanges(
  project: Project,
  facts: FileFacts,
  kind: RowChange['kind'],
): Generator<UnfilteredRows> {
  if (facts.scope === 'test') return;
  for (const placed of withoutRepeats(operationsIn(facts))) {
    const { operation, section } = placed;
    if ((operation.kind !== 'Update' && operation.kind !== 'Delete') || operation.kind !== kind) continue;
    if (section === 'down') continue;
    if (operation.where !== 'absent' && operation.where !== 'tautology') continue;
    if (isTemporaryName(operation.table, facts.dialect) || mayBeOfAnother(placed)) continue;
    if ((section !== 'none' && isShipped(project, facts)) || changesNewRows(operation, project)) continue;
    const tautology = operation.where === 'tautology';
    yield { kind: 'statement', operation, tautology, context: contextOf(placed, facts) };
  }
  for (const usage of facts.usages) {
    if (usage.kind !== usageKinds[kind] || usage.context === 'test') continue;
    if (usage.context === 'migration' && isShipped(project, facts)) continue;
    yield { kind: 'call', usage, tautology: usage.where === 'tautology', context: usage.context };
  }
}

/** Text that the grammar refuses, and that code sends under a condition, may be for another database. */
const mayBeOfAnother = ({ statement }: PlacedOperation): boolean =>
  statement?.guard?.kind === 'unknown' && statement.problems.some(({ code }) => code === 'syntax');

function contextOf({ section, inRoutine }: PlacedOperation, facts: FileFacts): ChangeContext {
  // What stands in a routine runs when it is called.
  if (inRoutine) return 'application';
  if (section !== 'none') return 'migration';
  return facts.frontend === 'sql' ? 'script' : 'application';
}

/** Whether nothing was there to lose: the table is new, or all that is set was added in the same file. */
function changesNewRows(operation: RowChange, project: Project): boolean {
  const { table, columns } = operation;
  if (isNewIn(project, { table }, operation)) return true;
  if (operation.kind === 'Delete') return false;
  return columns.length > 0 && columns.every(({ value }) => isNewIn(project, { table, column: value }, operation));
}
