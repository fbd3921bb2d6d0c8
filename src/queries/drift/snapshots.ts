import type { FileFacts, Project, SnapshotColumn, SnapshotTable } from '../../ir/index.js';
import { defineQuery } from '../../rule.js';
import { isFrameworkTable } from '../framework-tables.js';
import { operationsOf } from '../operations.js';
import { columnKey, type ColumnState } from '../replay/state.js';
import { notNullChecks, type TableState } from '../replay.js';
import type { History } from '../revision-graph.js';
import { isCertain } from '../tables.js';
import { databases, hasTableNamed, tablesNamed, type Database } from './databases.js';
import { enumsOf } from './enums.js';
import { modelsOf, type ModelledTable, type Models } from './modelled.js';
import { baselineReason, unreadReason } from './reasons.js';
import { typesDiffer } from './types.js';

/** A column of a snapshot, and what the migrations make of it. */
interface OnBoth {
  table: SnapshotTable;
  column: SnapshotColumn;
  state: ColumnState;
}

/** A difference between a snapshot and the schema that its migrations end with. */
export type StalePart =
  | { kind: 'unmade-table'; table: SnapshotTable }
  | { kind: 'unmade-column'; table: SnapshotTable; column: SnapshotColumn; made: TableState }
  /** A model maps it, so that the tool takes it for new. */
  | { kind: 'unknown-table'; made: TableState }
  | { kind: 'unknown-column'; table: SnapshotTable; state: ColumnState }
  | (OnBoth & { kind: 'type' | 'nullable'; made: TableState });

/** A history of Drizzle's, and the database that it is for. */
interface Place {
  history: History;
  database: Database;
}

const places = defineQuery(
  (project): ReadonlyMap<string, Place> =>
    new Map(
      databases(project).flatMap((database) =>
        database.ran
          .filter(({ history }) => history.runner === 'drizzle')
          .map(({ history }) => [history.folder, { history, database }] as const),
      ),
    ),
);

/** The folder of migrations that a file in its `meta` speaks of. */
const folderOf = (path: string): string => path.replace(/\/?meta\/[^/]*$/, '');

/** What a snapshot says otherwise than the migrations beside it. Whatever is uncertain on their side is no difference. */
export function* staleParts(project: Project, facts: FileFacts): Generator<StalePart> {
  const { snapshot } = facts;
  const place = places(project).get(folderOf(facts.path));
  if (snapshot === undefined || place === undefined || unreadReason(place.database) !== undefined) return;
  const { history, database } = place;
  const models = modelsOf(project).get(database)!;
  const isWhole = baselineReason(database) === undefined && !isPulled(history);
  for (const table of snapshot.tables) {
    const [made, ...others] = tablesNamed(database, table.name);
    if (made !== undefined) {
      if (others.length === 0) yield* columnsOf(database, models, table, made);
    } else if (isWhole && !hasTableNamed(database, table.name.name.value)) yield { kind: 'unmade-table', table };
  }
  const known = new Set(snapshot.tables.map(({ name }) => name.name.value.toLowerCase()));
  const { final } = database.ran.find((ran) => ran.history === history)!;
  for (const made of final.tables()) {
    const name = made.name.name.value;
    if (made.external || made.temporary || made.partitionOf !== undefined || made.uncertain.length > 0) continue;
    if (made.name.name.unknown || isFrameworkTable(name) || known.has(name.toLowerCase())) continue;
    if (isMapped(models, name)) yield { kind: 'unknown-table', made };
  }
}

/** `drizzle-kit pull` writes what is there already as a comment. */
function isPulled({ ordered }: History): boolean {
  const [first] = ordered;
  return first === undefined || operationsOf(first.migration, 'up').next().done === true;
}

function* columnsOf(database: Database, models: Models, table: SnapshotTable, made: TableState): Generator<StalePart> {
  const isMadeElsewhere = made.definition?.asSelect || made.definition?.copyOf;
  if (made.external || made.uncertain.length > 0 || isMadeElsewhere) return;
  const { dialect } = database;
  const known = new Set<string>();
  for (const column of table.columns) {
    const key = columnKey(column.name.value);
    known.add(key);
    const state = made.columns.get(key);
    if (state === undefined) {
      yield { kind: 'unmade-column', table, column, made };
      continue;
    }
    if (!isCertain(state, 'everything') || !isCertain(state.column, 'everything')) continue;
    const both = { table, column, state, made };
    const isTyped = isCertain(state.column, 'type');
    if (isTyped && typesDiffer(column.type, state.column.type.name, dialect, enumsOf(database), false)) {
      yield { ...both, kind: 'type' };
    }
    if (nullsDiffer(database, both)) yield { ...both, kind: 'nullable' };
  }
  const mapped = mappedColumns(models, table);
  for (const [key, state] of made.columns) {
    if (!known.has(key) && mapped.has(key) && isCertain(state, 'name')) yield { kind: 'unknown-column', table, state };
  }
}

/** Keys and what the server fills apart. */
function nullsDiffer(database: Database, { column, state, made }: OnBoth & { made: TableState }): boolean {
  const { column: actual } = state;
  if (actual.nullable === 'unknown' || actual.nullable === column.nullable || !isCertain(actual, 'nullable'))
    return false;
  if (actual.generated !== undefined || /serial$/i.test(column.type)) return false;
  const key = columnKey(actual.name.value);
  const isKey = made.constraints.some(
    ({ constraint }) =>
      constraint.kind === 'primary' && constraint.columns.some(({ value }) => columnKey(value) === key),
  );
  if (isKey) return false;
  return column.nullable || !database.ran.some(({ final }) => notNullChecks(final, made.name, key).length > 0);
}

const byName = new WeakMap<Models, Map<string, ModelledTable[]>>();

/** The models of a table by its name, whatever their schema. */
function declarationsOf(models: Models, name: string): readonly ModelledTable[] {
  let found = byName.get(models);
  if (found === undefined) {
    byName.set(models, (found = new Map()));
    for (const each of models.tables.values()) {
      const key = each.name.name.value.toLowerCase();
      found.set(key, [...(found.get(key) ?? []), each]);
    }
  }
  return found.get(name.toLowerCase()) ?? [];
}

const isMapped = (models: Models, name: string): boolean =>
  declarationsOf(models, name).some(({ sure, named }) => sure && named);

/** The columns, by their keys, that the one model of a table maps. */
function mappedColumns(models: Models, { name }: SnapshotTable): ReadonlySet<string> {
  const [modelled, ...others] = declarationsOf(models, name.name.value);
  const [declaration, ...more] = modelled?.declarations ?? [];
  if (declaration === undefined || others.length + more.length > 0) return new Set();
  const columns = declaration.table.columns.filter((column) => !column.name.unknown && isCertain(column, 'name'));
  return new Set(columns.map((column) => columnKey(column.name.value)));
}
