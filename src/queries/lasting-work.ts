import type { Column, Operation, Project } from '../ir/index.js';
import { effectOf } from './locks.js';
import { spoken } from './names.js';
import type { PlacedOperation } from './operations.js';
import { isNewIn } from './replay.js';

/**
 * What an operation does that takes the longer the more rows there are, in words: `the UPDATE of account`. Nothing for what
 * is done at once, for work on tables that reach the database together with it, and where that is not known.
 */
export function lastingWork(project: Project, placed: PlacedOperation): string | undefined {
  const { operation } = placed;
  const table = 'table' in operation ? operation.table : undefined;
  if (table && isNewIn(project, { table }, operation)) return undefined;
  if (operation.kind === 'AddColumn' && isRefused(operation.column)) return undefined;
  const rows = rowsOf(placed);
  if (rows !== undefined) return rows;
  const effect = effectOf(project, placed);
  if (
    effect === undefined ||
    (effect.scans.length === 0 && !effect.validates && !effect.rewrite && !effect.buildsIndexes)
  )
    return undefined;
  return table ? `${did(operation, effect)} of ${spoken(table)}` : did(operation, effect);
}

/** Whether the first row is enough for the database to refuse a new column: it needs a value and gets none. */
const isRefused = ({ nullable, default: given, generated }: Column): boolean =>
  nullable === false && given?.by !== 'server' && generated === undefined;

/** What changes many rows. INSERT of values that are written out brings few. */
function rowsOf({ operation, statement }: PlacedOperation): string | undefined {
  switch (operation.kind) {
    case 'Update':
      return `the UPDATE of ${spoken(operation.table)}`;
    case 'Delete':
      return `the DELETE from ${spoken(operation.table)}`;
    case 'Merge':
      return `the MERGE into ${spoken(operation.table)}`;
    case 'Insert':
      return statement && statement.reads.length > 0 ? `the INSERT into ${spoken(operation.table)}` : undefined;
    case 'RefreshMaterializedView':
      return `the REFRESH of ${spoken(operation.view)}`;
    default:
      return undefined;
  }
}

function did({ kind }: Operation, { rewrite, buildsIndexes, validates }: NonNullable<ReturnType<typeof effectOf>>) {
  if (rewrite) return 'the rewrite';
  if (buildsIndexes) return kind === 'Reindex' ? 'the REINDEX' : 'the index build';
  return validates ? 'the check of a foreign key' : 'the check of every row';
}
