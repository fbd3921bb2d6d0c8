import type { FileFacts, Name, Project, QualifiedName } from '../ir/index.js';
import { isBookkeeping } from './bookkeeping.js';
import { isModelled, ownColumns, ownTables } from './declarations.js';
import { operationsIn, type PlacedOperation } from './operations.js';
import { isShipped } from './shipped.js';
import { isCertain } from './tables.js';

/** A name that a file gives to something in the database. */
export interface GivenName {
  object: 'table' | 'view' | 'column';
  name: Name;
}

/** The names of tables and views that a file gives: declared, created or renamed to, where people can still change them. */
export function* givenTableNames(project: Project, facts: FileFacts): Generator<GivenName> {
  for (const { table } of ownTables(project, facts)) {
    if (isCertain(table, 'name')) yield* known('table', table.name.name);
  }
  for (const { operation } of newOperations(project, facts)) {
    if (operation.kind === 'RenameTable' && isOurs(project, facts, operation.to))
      yield* known('table', operation.to.name);
    if (operation.kind === 'CreateView' || operation.kind === 'CreateMaterializedView') {
      if (isOurs(project, facts, operation.view)) yield* known('view', operation.view.name);
    }
  }
}

/** The names of columns that a file gives, as `givenTableNames` does for tables. */
export function* givenColumnNames(project: Project, facts: FileFacts): Generator<GivenName> {
  for (const { column } of ownColumns(project, facts)) {
    if (isCertain(column, 'name')) yield* known('column', column.name);
  }
  for (const { operation } of newOperations(project, facts)) {
    if (operation.kind === 'RenameColumn' && isOurs(project, facts, operation.table))
      yield* known('column', operation.to);
  }
}

function* known(object: GivenName['object'], name: Name): Generator<GivenName> {
  if (!name.unknown) yield { object, name };
}

function* newOperations(project: Project, facts: FileFacts): Generator<PlacedOperation> {
  if (facts.scope === 'test' || isShipped(project, facts)) return;
  for (const placed of operationsIn(facts)) if (placed.section !== 'down') yield placed;
}

/** Whether the object is named here: what a model declares is named at the model. */
function isOurs(project: Project, facts: FileFacts, name: QualifiedName): boolean {
  return !isModelled(project, name, facts.dialect) && !isBookkeeping(name);
}
