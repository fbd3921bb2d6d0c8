import type { Dialect, FileFacts, Name, Project } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { changesOfOwn, isModelled, ownColumns, ownTables } from './declarations.js';
import { isFrameworkTable } from './framework-tables.js';
import { objectKey } from './names.js';
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
  for (const { role, name } of facts.scope === 'test' ? [] : facts.tables) {
    if (role === 'view') yield* known('view', name.name);
  }
  const changes = [...changesOfOwn(project, facts)];
  const dropped = new Set(
    changes.flatMap(({ operation: each }) => (each.kind === 'DropTable' ? [objectKey(each.table, facts.dialect)] : [])),
  );
  for (const { operation } of changes) {
    if (operation.kind === 'CreateView' || operation.kind === 'CreateMaterializedView') {
      yield* known('view', operation.view.name);
    }
    if (operation.kind !== 'RenameTable' || isFrameworkTable(operation.to.name.value)) continue;
    // A name that only lasts until the same file drops the table.
    if (dropped.has(objectKey(operation.to, facts.dialect))) continue;
    if (!isModelled(project, operation.to, facts.dialect)) yield* known('table', operation.to.name);
  }
}

const tableNames = defineQuery((project): Map<Dialect, string[]> => {
  const found = new Map<Dialect, string[]>();
  for (const facts of project.files) {
    const names = found.get(facts.dialect) ?? [];
    found.set(facts.dialect, names);
    for (const { name } of givenTableNames(project, facts)) names.push(name.value);
  }
  return found;
});

/** The names of tables and views that all files of a dialect give. */
export const givenTableNamesOf = (project: Project, dialect: Dialect): readonly string[] =>
  tableNames(project).get(dialect) ?? [];

/** The names of columns that a file gives, as `givenTableNames` does for tables. */
export function* givenColumnNames(project: Project, facts: FileFacts): Generator<GivenName> {
  for (const { column } of ownColumns(project, facts)) {
    if (isCertain(column, 'name')) yield* known('column', column.name);
  }
  for (const { operation } of changesOfOwn(project, facts)) {
    if (operation.kind === 'RenameColumn') yield* known('column', operation.to);
  }
}

function* known(object: GivenName['object'], name: Name): Generator<GivenName> {
  if (!name.unknown) yield { object, name };
}
