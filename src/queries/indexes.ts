import type { Constraint, Index, Project } from '../ir/index.js';
import { isCertain } from './tables.js';
import { viewsOf, type Part, type TableView } from './table-views.js';

/** Something that lets the database find rows by certain columns. */
export interface Cover {
  kind: 'index' | 'key' | 'unknown';
  /** Absent where it is only known that the table may have more indexes than are seen. */
  part?: Part<Index> | Part<Constraint>;
}

/**
 * Indexes and keys, of any file or later migration, that begin with the columns in any order. A table of which parts
 * are unknown counts as covered: what can't be seen can't be missed.
 * @param options.partial count partial indexes too; one that only leaves out NULLs of the columns always counts
 */
export function indexesCovering(
  project: Project,
  table: Pick<TableView, 'key' | 'dialect' | 'source'>,
  columns: readonly string[],
  options: { partial: boolean } = { partial: false },
): Cover[] {
  const covers: Cover[] = [];
  for (const view of viewsOf(project, table.key)) {
    // Histories of one project for several dialects lead to databases of their own.
    if (view.dialect !== table.dialect && view.source === 'history' && table.source !== 'model') continue;
    for (const part of view.indexes) {
      if (coversWithIndex(part.fact, columns, options.partial)) covers.push({ kind: 'index', part });
      else if (!isCertain(part, 'columns') && part.fact.keys.length === 0) covers.push({ kind: 'unknown', part });
    }
    for (const part of view.constraints) {
      const { fact } = part;
      if (fact.kind !== 'primary' && fact.kind !== 'unique') continue;
      const keys = fact.columns.map((name) => name.value);
      if (beginsWith(keys, columns)) covers.push({ kind: 'key', part });
      else if (!isCertain(part, 'columns') && keys.length === 0) covers.push({ kind: 'unknown', part });
    }
    // Tables made outside of the migrations are known by what touches them: that alone is no reason for silence.
    if (view.declaration && !isCertain(view, 'indexes')) covers.push({ kind: 'unknown' });
    const own = view.declaration?.columns.filter(({ name }) => columns.includes(name.value)) ?? [];
    if (own.some((column) => !isCertain(column, 'indexes'))) covers.push({ kind: 'unknown' });
  }
  return covers;
}

function coversWithIndex(index: Index, columns: readonly string[], partial: boolean): boolean {
  if (index.method !== undefined && index.method !== 'btree' && index.method !== 'hash') return false;
  if (!partial && index.where !== undefined && !onlyLeavesOutNulls(index.where, columns)) return false;
  return beginsWith(
    index.keys.map((key) => key.column),
    columns,
  );
}

function beginsWith(keys: readonly (string | undefined)[], columns: readonly string[]): boolean {
  if (columns.length === 0 || keys.length < columns.length) return false;
  const leading = new Set(keys.slice(0, columns.length).map((key) => key?.toLowerCase()));
  return columns.every((column) => leading.has(column.toLowerCase()));
}

/** `c IS NOT NULL`, for each of the columns and nothing else: a foreign key never looks for NULL. */
function onlyLeavesOutNulls(predicate: string, columns: readonly string[]): boolean {
  const names = new Set(columns.map((column) => column.toLowerCase()));
  return predicate.split(/\band\b/i).every((part) => {
    const name = /^[\s(]*["`[]?(?:\w+\.)?(\w+)["`\]]?\s+is\s+not\s+null[\s)]*$/i.exec(part)?.[1];
    return name !== undefined && names.has(name.toLowerCase());
  });
}
