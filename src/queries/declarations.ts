import type { Column, Dialect, FileFacts, Project, QualifiedName, Table } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { isBookkeeping } from './bookkeeping.js';
import { objectKey } from './names.js';
import { operationsIn, type PlacedOperation } from './operations.js';
import { isShipped } from './shipped.js';
import { tablesIn, type TableDeclaration } from './tables.js';

/** A column where it is declared: in a table, or added to one later. */
export interface ColumnDeclaration {
  column: Column;
  /** The declaration that it stands in, or one made up of what the adding operation says. */
  table: Table;
  /** The creating or adding operation; absent for a model. */
  created?: PlacedOperation;
}

const modelledTables = defineQuery((project): ReadonlySet<string> => {
  const keys = new Set<string>();
  for (const { tables, dialect, scope } of project.files) {
    if (scope === 'test') continue;
    for (const table of tables) if (table.role === 'table') keys.add(objectKey(table.name, dialect));
  }
  return keys;
});

/** Whether a model of the project declares the table, so that what is said about it is said at the model. */
export function isModelled(project: Project, table: QualifiedName, dialect: Dialect): boolean {
  return modelledTables(project).has(objectKey(table, dialect));
}

const inheritedFrom = defineQuery((project): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const { tables } of project.files) {
    for (const { role, columns } of tables) {
      if (role !== 'abstract') for (const { from } of columns) if (from !== undefined) names.add(from);
    }
  }
  return names;
});

/** Whether a table of the project takes columns from this base class or mixin. */
function isInherited(project: Project, table: Table): boolean {
  return table.className !== undefined && inheritedFrom(project).has(table.className);
}

/** Whether an operation's declaration is the one to speak of: it is new, and no model declares the table. */
function isTheDeclaration(project: Project, facts: FileFacts, table: QualifiedName): boolean {
  return !isShipped(project, facts) && !isModelled(project, table, facts.dialect);
}

/**
 * The tables of a file whose declaration people can still change: models, and tables that SQL or a new migration creates
 * and no model declares. Tests, views, temporary tables, partitions and tables of migration tools are not among them.
 */
export function* ownTables(project: Project, facts: FileFacts): Generator<TableDeclaration> {
  if (facts.scope === 'test') return;
  for (const declaration of tablesIn(facts)) {
    const { table, created } = declaration;
    if (table.role !== 'table' || table.temporary || table.partitionOf || isBookkeeping(table.name)) continue;
    if (created === undefined || isTheDeclaration(project, facts, table.name)) yield declaration;
  }
}

/** The columns of `ownTables`, columns that a new migration adds, and those of base classes and mixins once at these. */
export function* ownColumns(project: Project, facts: FileFacts): Generator<ColumnDeclaration> {
  for (const { table, created } of ownTables(project, facts)) {
    for (const column of table.columns) {
      if (column.from === undefined) yield { column, table, ...(created && { created }) };
    }
  }
  if (facts.scope === 'test') return;
  for (const table of facts.tables) {
    if (table.role !== 'abstract' || !isInherited(project, table)) continue;
    for (const column of table.columns) if (column.from === undefined) yield { column, table };
  }
  for (const created of operationsIn(facts)) {
    const { operation, section } = created;
    if (section === 'down' || operation.kind !== 'AddColumn' || isBookkeeping(operation.table)) continue;
    if (!isTheDeclaration(project, facts, operation.table)) continue;
    yield { column: operation.column, table: tableOf(created, operation.table, operation.column), created };
  }
}

function tableOf({ operation, statement }: PlacedOperation, name: QualifiedName, column: Column): Table {
  return {
    name,
    declaredBy: statement ? 'sql' : 'alembic',
    role: 'table',
    columns: [column],
    constraints: [],
    indexes: [],
    relationships: [],
    span: operation.span,
    ...(operation.anchor && { anchor: operation.anchor }),
    uncertain: [{ about: 'everything', reason: 'the table is created elsewhere' }],
  };
}
