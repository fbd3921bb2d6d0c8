import type { FileFacts, Migration, Operation, Project } from '../ir/index.js';
import { changesIn } from './changes.js';
import { isTemporaryName, spoken } from './names.js';
import { rebuildsIn } from './rebuilds.js';
import { refilledColumns } from './refilled-columns.js';
import { columnOf, isNewIn, schemaAt } from './replay.js';
import { typeLoss } from './type-changes.js';

/** A change that takes data away for good. */
export interface Loss {
  operation: Operation;
  /** What it does, as words behind "this migration": `drops table invoice`. */
  what: string;
}

/** What the way forward of a migration takes away; what it has made itself is no loss, nor what it copies before. */
export function lossesIn(project: Project, facts: FileFacts, migration: Migration): Loss[] {
  const changes = [...changesIn(project, facts)].filter((change) => change.migration === migration);
  const refilled = refilledColumns(changes);
  const rebuilt = new Set(rebuildsIn(project, changes, facts.dialect).map(({ at }) => at));
  return changes.flatMap(({ operation }): Loss[] => {
    const what =
      refilled.has(operation as never) || rebuilt.has(operation as never)
        ? undefined
        : lossOf(project, operation, facts);
    return what === undefined ? [] : [{ operation, what }];
  });
}

function lossOf(project: Project, operation: Operation, { dialect }: FileFacts): string | undefined {
  if (operation.kind === 'DropTable') {
    const passing = operation.temporary || operation.foreign || isTemporaryName(operation.table, dialect);
    if (passing || isNewIn(project, operation, operation)) return undefined;
    return `drops table ${spoken(operation.table)}`;
  }
  if (operation.kind === 'Truncate') {
    return isNewIn(project, operation, operation) ? undefined : `empties table ${spoken(operation.table)}`;
  }
  if (operation.kind !== 'DropColumn' && operation.kind !== 'AlterColumnType') return undefined;
  const { table, column } = operation;
  if (isNewIn(project, { table, column: column.value }, operation)) return undefined;
  const name = `${spoken(table)}.${column.value}`;
  const schema = schemaAt(project, operation);
  const before = schema && columnOf(schema, table, column.value);
  if (operation.kind === 'DropColumn')
    return before?.column.generated === 'virtual' ? undefined : `drops column ${name}`;
  const from = before?.column.type.name;
  const loss = from === undefined ? undefined : typeLoss(from, operation.type.name, dialect);
  // Texts that do not read as the new type stop the migration: nothing is gone then.
  return loss?.found !== undefined || loss?.altered !== undefined
    ? `narrows column ${name} from ${from} to ${operation.type.name}`
    : undefined;
}
