import type { Column, FileFacts, Project, Span, Table } from '../../ir/index.js';
import { defineQuery } from '../../rule.js';
import { isFrameworkTable } from '../framework-tables.js';
import { columnKey, type ColumnState } from '../replay/state.js';
import { notNullChecks, type Schema, type TableState } from '../replay.js';
import { isCertain } from '../tables.js';
import { databases, hasTableNamed, tablesNamed, type Database } from './databases.js';
import { madeElsewhere, namedElsewhere } from './elsewhere.js';
import { enumsOf } from './enums.js';
import { missingLabels } from './labels.js';
import { belongTogether, modelsOf, type ModelledTable, type Models } from './modelled.js';
import { ormsOf } from './orms.js';
import { baselineReason, filterReason, truncationReason, unreadReason } from './reasons.js';
import { typesDiffer } from './types.js';

interface Of {
  database: Database;
  /** Further databases of the same models, of other dialects, with the same difference. */
  alsoIn?: Database[];
  /** Where a person would edit. */
  facts: FileFacts;
  at: Span;
}

/** A column that both sides know. */
interface OnBoth extends Of {
  table: Table;
  column: Column;
  state: ColumnState;
  made: TableState;
}

/** A difference between the models and the schema that their migrations end with. */
export type Difference =
  /** `doubt`: why a migration that is not there may make it. */
  | (Of & { kind: 'unmigrated-table'; table: Table; doubt?: string })
  | (Of & { kind: 'unmigrated-column'; table: Table; column: Column; made: TableState })
  | (Of & { kind: 'unmodelled-table'; made: TableState })
  | (Of & { kind: 'unmodelled-column'; table: Table; state: ColumnState; made: TableState })
  /** `missing`: labels of the model's enum that the type in the database lacks; the types are the same then. */
  | (OnBoth & { kind: 'type-mismatch'; missing: string[] })
  | (OnBoth & { kind: 'nullability-mismatch' });

/** What was compared, and what was not. */
export interface Comparison {
  database: Database;
  /** Models compared column by column. */
  compared: number;
  /** Models that were not, and why, by the name of the table. */
  skipped: { name: string; reason: string }[];
  /** Why no table is reported as made by no migration, or as mapped by no model. */
  open: string[];
  differences: Difference[];
}

/** The models of each database compared with its replayed schema. Whatever is uncertain on either side is no difference. */
export const comparisons = defineQuery((project): readonly Comparison[] =>
  databases(project).flatMap((database) => {
    const models = modelsOf(project).get(database)!;
    return models.tables.size === 0 ? [] : [compared(project, models)];
  }),
);

const byFile = defineQuery((project) => {
  const files = new Map<FileFacts, Difference[]>();
  const told = new Map<string, Difference>();
  for (const { differences } of comparisons(project)) {
    for (const each of differences) {
      const key = keyOf(each);
      const same = told.get(key);
      if (same) {
        (same.alsoIn ??= []).push(each.database);
        continue;
      }
      // The lists of a comparison stay as they are.
      const own = { ...each };
      told.set(key, own);
      const list = files.get(each.facts);
      if (list) list.push(own);
      else files.set(each.facts, [own]);
    }
  }
  return files;
});

/** What two differences of one place have in common if they say the same. */
function keyOf(each: Difference): string {
  const column = 'column' in each ? each.column.name : 'state' in each ? each.state.column.name : undefined;
  const actual =
    each.kind === 'nullability-mismatch'
      ? each.state.column.nullable
      : each.kind === 'type-mismatch'
        ? each.state.column.type.name
        : '';
  return [each.kind, each.facts.path, each.at.start, column?.value ?? '', actual].join('\0');
}

/** The differences of one kind that stand in a file. */
export function differencesIn<K extends Difference['kind']>(
  project: Project,
  facts: FileFacts,
  kind: K,
): Extract<Difference, { kind: K }>[] {
  const all = byFile(project).get(facts) ?? [];
  return all.filter((each): each is Extract<Difference, { kind: K }> => each.kind === kind);
}

function compared(project: Project, models: Models): Comparison {
  const { database } = models;
  const result: Comparison = { database, compared: 0, skipped: [], open: [], differences: [] };
  const unread = unreadReason(database) ?? (belongTogether(models) ? undefined : apart);
  if (unread !== undefined) {
    for (const { name } of models.tables.values()) result.skipped.push({ name: name.name.value, reason: unread });
    return result;
  }
  const filter = filterReason(database);
  const truncated = truncationReason(database);
  const unmade = filter ?? (truncated === undefined ? baselineReason(database) : undefined);
  const open = unmade ?? truncated;
  if (open !== undefined) result.open.push(open);
  for (const modelled of models.tables.values()) {
    const found = tablesNamed(database, modelled.name);
    if (found.length > 0) columnsOf(project, result, modelled, found);
    else if (unmade === undefined) unmigrated(project, result, modelled, truncated);
  }
  if (filter === undefined) unmodelled(project, result, models);
  return result;
}

const apart = 'most of these models are tables of no migration here';

function unmigrated(
  project: Project,
  { database, skipped, differences }: Comparison,
  modelled: ModelledTable,
  cut: string | undefined,
): void {
  const name = modelled.name.name.value;
  const [{ table, facts }] = modelled.declarations as [ModelledTable['declarations'][0]];
  if (isFrameworkTable(name)) return;
  const doubt = placeDoubt(modelled);
  if (doubt !== undefined || hasTableNamed(database, name)) {
    skipped.push({ name, reason: doubt ?? 'another schema has a table of its name' });
  } else if (madeElsewhere(project, name)) skipped.push({ name, reason: 'SQL outside of the migrations makes it' });
  else {
    const doubt = cut === undefined ? {} : { doubt: cut };
    differences.push({ kind: 'unmigrated-table', database, facts, at: table.name.span, table, ...doubt });
  }
}

/** Compares one table column by column. */
function columnsOf(project: Project, result: Comparison, modelled: ModelledTable, found: readonly TableState[]): void {
  const { database, skipped, differences } = result;
  const [{ table, facts }, ...others] = modelled.declarations as [ModelledTable['declarations'][0]];
  const name = modelled.name.name.value;
  const reason = doubtOf(modelled, found);
  if (table.role !== 'table') return;
  if (reason !== undefined || others.length > 0) {
    skipped.push({ name, reason: reason ?? 'several models declare it' });
    return;
  }
  const [made] = found as [TableState];
  result.compared++;
  const isSameDialect = facts.dialect === database.dialect;
  const enums = enumsOf(database);
  const of = { database, facts };
  const modelledNames = new Set(table.otherAttributes?.map(columnKey));
  for (const column of table.columns) {
    const key = columnKey(column.name.value);
    modelledNames.add(key);
    if (column.name.unknown || !isCertain(column, 'name')) continue;
    const at = column.from === undefined ? column.name.span : table.name.span;
    const state = made.columns.get(key);
    if (state === undefined) {
      if (!systemColumns.has(key)) differences.push({ ...of, at, kind: 'unmigrated-column', table, column, made });
      continue;
    }
    if (!isCertain(state, 'everything') || !isCertain(state.column, 'everything')) continue;
    const both = { ...of, at, table, column, state, made };
    if (nullsDiffer(database, column, state, made)) differences.push({ ...both, kind: 'nullability-mismatch' });
    if (!isSameDialect || !isCertain(column, 'type') || !isCertain(state.column, 'type')) continue;
    const differs = typesDiffer(column.type.name, state.column.type.name, database.dialect, enums, isLenient(table));
    const missing = differs ? [] : missingLabels(project, database, column);
    if (differs || missing.length > 0) differences.push({ ...both, kind: 'type-mismatch', missing });
  }
  if (!isCertain(table, 'columns') || table.columns.some((column) => column.name.unknown || !isCertain(column, 'name')))
    return;
  for (const [key, state] of made.columns) {
    if (modelledNames.has(key) || !isCertain(state, 'name')) continue;
    differences.push({ ...of, at: table.name.span, kind: 'unmodelled-column', table, state, made });
  }
}

/** Alembic compares lengths only where both sides name one. */
const isLenient = ({ declaredBy }: Table): boolean => ormsOf('alembic').has(declaredBy);

/** Every table of PostgreSQL has them; a model may name one. */
const systemColumns = new Set(['xmin', 'xmax', 'cmin', 'cmax', 'ctid', 'oid', 'tableoid', 'rowid']);

function placeDoubt({ sure, named }: ModelledTable): string | undefined {
  if (!named) return 'its name is not known';
  return sure ? undefined : 'it may be of another database';
}

/** Why the columns of a table can't be compared. */
function doubtOf({ named }: ModelledTable, found: readonly TableState[]): string | undefined {
  const [made, ...others] = found as [TableState];
  if (!named) return 'its name is not known';
  if (others.length > 0) return 'several tables have its name';
  if (made.external) return 'no migration makes it';
  const [uncertain] = made.uncertain;
  if (uncertain) return uncertain.reason;
  if (made.definition?.asSelect || made.definition?.copyOf) return 'its columns are those of another table';
  return undefined;
}

/** Whether one side takes NULL and the other does not, keys and what is filled without being asked apart. */
function nullsDiffer(database: Database, column: Column, { column: actual }: ColumnState, made: TableState): boolean {
  if (column.nullable === 'unknown' || actual.nullable === 'unknown' || column.nullable === actual.nullable)
    return false;
  if (!isCertain(column, 'nullable') || !isCertain(actual, 'nullable')) return false;
  if (actual.generated !== undefined || column.generated !== undefined) return false;
  // Nobody said so of what the library adds, and it fills what it adds.
  if (isAdded(column)) return false;
  const key = columnKey(actual.name.value);
  const isKey = [...made.constraints.map(({ constraint }) => constraint), ...column.constraints].some(
    (each) => each.kind === 'primary' && each.columns.some(({ value }) => columnKey(value) === key),
  );
  if (isKey) return false;
  return column.nullable || !database.ran.some(({ final }) => isChecked(final, made, key));
}

/** Whether a check that holds for all rows says that the column is not null. */
const isChecked = (schema: Schema, { name }: TableState, column: string): boolean =>
  notNullChecks(schema, name, column).some(({ constraint }) => !constraint.notValid && !constraint.notEnforced);

/** Sequelize's timestamps, where no attribute declares them. */
const isAdded = ({ declaredAs = '' }: Column): boolean => /^(?:createdAt|updatedAt|deletedAt)$/.test(declaredAs);

/** The tables of a database that no model maps and nothing else names. */
function unmodelled(project: Project, { database, open, differences }: Comparison, models: Models): void {
  if (database.runner === 'knex') {
    open.push('code that uses Knex names tables without a model');
    return;
  }
  if (database.environments.some(({ metadata }) => metadata === 'unknown')) {
    open.push('the metadata of its env.py is not known');
    return;
  }
  if (models.nameless) {
    open.push('the table of a model is named at run time');
    return;
  }
  for (const { final } of database.ran) {
    for (const made of final.tables()) {
      const name = made.name.name.value;
      const key = name.toLowerCase();
      if (made.external || made.temporary || made.partitionOf !== undefined || made.uncertain.length > 0) continue;
      if (made.name.name.unknown || isFrameworkTable(name)) continue;
      if (models.names.has(key) || namedElsewhere(project, key)) continue;
      const { operation, facts } = made.origin;
      const at = operation.kind === 'CreateTable' ? operation.table.span : operation.span;
      differences.push({ kind: 'unmodelled-table', database, facts, at, made });
    }
  }
}
