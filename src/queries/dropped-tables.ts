import type { FileFacts, Guard, Operation, Project } from '../ir/index.js';
import { isTemporaryName, objectKey } from './names.js';
import type { PlacedOperation } from './operations.js';
import { rebuildsIn } from './rebuilds.js';
import { isNewIn, knowsEveryTable, schemaAt } from './replay.js';
import { isMadeByScript, viewsOf } from './table-views.js';

type DropTable = Extract<Operation, { kind: 'DropTable' }>;

/** A DROP TABLE with its circumstances. */
export type PlacedDrop = PlacedOperation & { operation: DropTable };

/**
 * The drops among changes that may take rows away: not those of temporary, foreign and new tables, of rebuilds, of scripts
 * that make the table anew, nor those that ask for a table which the history never had.
 */
export function* lostTables(
  project: Project,
  facts: FileFacts,
  changes: readonly PlacedOperation[],
): Generator<PlacedDrop> {
  const rebuilt = new Set(rebuildsIn(project, changes, facts.dialect).map(({ at }) => at));
  for (const placed of changes) {
    const { operation, section, guard } = placed;
    if (operation.kind !== 'DropTable' || rebuilt.has(operation)) continue;
    if (operation.temporary || operation.foreign || isTemporaryName(operation.table, facts.dialect)) continue;
    if (isNewIn(project, operation, operation)) continue;
    const mayBeMissing = section !== 'none' && !mayBeThere(operation, project, guard);
    if (isMadeAnew(operation, facts, changes) && (section === 'none' || mayBeMissing)) continue;
    const isMadeElsewhere = viewsOf(project, objectKey(operation.table, facts.dialect)).some(isMadeByScript);
    if (mayBeMissing && !isMadeElsewhere && knowsEveryTable(project, operation)) continue;
    yield { ...placed, operation };
  }
}

/** A script that drops a table to make it again is not meant for a database that holds anything. */
function isMadeAnew(drop: DropTable, facts: FileFacts, changes: readonly { operation: Operation }[]): boolean {
  const key = objectKey(drop.table, facts.dialect);
  return changes.some(
    ({ operation }) =>
      (operation.kind === 'CreateTable' && objectKey(operation.table, facts.dialect) === key) ||
      (operation.kind === 'RenameTable' && objectKey(operation.to, facts.dialect) === key),
  );
}

/** Whether the table is there as far as the history tells; who asks before the drop says that he did not know. */
export function mayBeThere(drop: DropTable, project: Project, guard: Guard | undefined): boolean {
  return (!drop.ifExists && guard?.kind !== 'existence') || schemaAt(project, drop)?.table(drop.table) !== undefined;
}

/** The drops among changes of tables that are made anew and empty behind them, rebuilds that copy the rows left out. */
export function recreatedTables(project: Project, facts: FileFacts, changes: readonly PlacedOperation[]): PlacedDrop[] {
  const rebuilt = new Set(rebuildsIn(project, changes, facts.dialect).map(({ at }) => at));
  const made = new Map<string, number>();
  changes.forEach(({ operation, section }, at) => {
    // What a query fills again is a copy of something else.
    if (operation.kind === 'CreateTable' && !operation.definition.asSelect)
      made.set(`${section} ${objectKey(operation.table, facts.dialect)}`, at);
  });
  return changes.flatMap((placed, at): PlacedDrop[] => {
    const { operation, section } = placed;
    if (operation.kind !== 'DropTable' || operation.temporary || operation.foreign || rebuilt.has(operation)) return [];
    if (isTemporaryName(operation.table, facts.dialect) || operation.table.name.unknown) return [];
    const isAnew = (made.get(`${section} ${objectKey(operation.table, facts.dialect)}`) ?? -1) > at;
    return isAnew && !isNewIn(project, operation, operation) ? [{ ...placed, operation }] : [];
  });
}
