import type { Column, Dialect, Migration, Operation, Project, QualifiedName } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { columnsRidOfNulls, coverageOf, type Coverage } from './fills.js';
import { objectKey } from './names.js';
import { operationsIn, operationsOf, type PlacedOperation } from './operations.js';
import { columnKey } from './replay/state.js';
import { histories } from './revision-graph.js';

/** Something that gives a column values, or takes away the rows that have none. */
export interface Fill {
  operation: Operation;
  coverage: Coverage;
  /** Absent for a file of SQL outside of migrations. */
  migration?: Migration;
}

/** The fills of the columns of one table, by their keys. */
type Columns = Map<string, Fill[]>;

/** What an operation finds filled: the columns that it is about. */
type Found = ReadonlyMap<string, readonly Fill[]>;

/** What has filled columns before the operations that set them NOT NULL. */
const backfills = defineQuery((project): ReadonlyMap<Operation, Found> => {
  const result = new Map<Operation, Found>();
  for (const { ordered } of histories(project)) {
    const tables = new Map<string, Columns>();
    for (const { migration, facts } of ordered) {
      for (const placed of operationsOf(migration, 'up')) follow(tables, placed, facts.dialect, result);
    }
  }
  for (const facts of project.files) {
    if (facts.scope === 'test' || facts.frontend !== 'sql' || facts.statements.length === 0) continue;
    const tables = new Map<string, Columns>();
    for (const placed of operationsIn(facts)) {
      if (placed.section === 'none') follow(tables, placed, facts.dialect, result);
    }
  }
  return result;
});

/** What earlier UPDATEs did for the column that an operation sets NOT NULL, or for one of the table that it drops, in order. */
export function fillsBefore(project: Project, operation: Operation, column: string): readonly Fill[] {
  return backfills(project).get(operation)?.get(columnKey(column)) ?? [];
}

function follow(
  tables: Map<string, Columns>,
  { operation, statement, migration, inRoutine }: PlacedOperation,
  dialect: Dialect,
  result: Map<Operation, Found>,
): void {
  if (inRoutine) return;
  const fill = (coverage: Coverage): Fill => ({ operation, coverage, ...(migration && { migration }) });
  const on = (table: QualifiedName): Columns => {
    const key = objectKey(table, dialect);
    let columns = tables.get(key);
    if (columns === undefined) tables.set(key, (columns = new Map()));
    return columns;
  };
  const add = (table: QualifiedName, column: string, coverage: Coverage): void => {
    const columns = on(table);
    const key = columnKey(column);
    const fills = columns.get(key);
    if (fills) fills.push(fill(coverage));
    else columns.set(key, [fill(coverage)]);
  };
  /** A column that is new has what its default gives. */
  const begin = (table: QualifiedName, column: Column): void => {
    on(table).delete(columnKey(column.name.value));
    const hasDefault = column.default?.by === 'server' && !/^\(*null\b/i.test(column.default.text);
    if (hasDefault || column.generated !== undefined) add(table, column.name.value, { rows: 'all' });
  };
  switch (operation.kind) {
    case 'CreateTable':
      tables.delete(objectKey(operation.table, dialect));
      for (const column of operation.definition.columns) begin(operation.table, column);
      break;
    case 'DropTable':
      result.set(operation, on(operation.table));
      tables.delete(objectKey(operation.table, dialect));
      break;
    case 'RenameTable': {
      const columns = on(operation.table);
      tables.delete(objectKey(operation.table, dialect));
      tables.set(objectKey(operation.to, dialect), columns);
      break;
    }
    case 'AddColumn':
      begin(operation.table, operation.column);
      break;
    case 'DropColumn':
      on(operation.table).delete(columnKey(operation.column.value));
      break;
    case 'RenameColumn': {
      const columns = on(operation.table);
      const fills = columns.get(columnKey(operation.column.value)) ?? [];
      columns.delete(columnKey(operation.column.value));
      columns.set(columnKey(operation.to.value), fills);
      break;
    }
    case 'Update':
      for (const { value } of operation.columns) {
        // What a call asks of the rows is not written in SQL.
        const called: Coverage = { rows: operation.where === 'absent' ? 'all' : 'unknown' };
        add(operation.table, value, statement ? coverageOf(statement, value) : called);
      }
      break;
    case 'Delete':
      for (const column of statement ? columnsRidOfNulls(statement) : []) add(operation.table, column, { rows: 'all' });
      break;
    case 'SetNotNull':
    case 'ModifyColumn':
      result.set(operation, new Map([onlyColumn(on(operation.table), operation.column.value)]));
      break;
    default:
  }
}

function onlyColumn(columns: Columns, column: string): [string, Fill[]] {
  return [columnKey(column), [...(columns.get(columnKey(column)) ?? [])]];
}
