import type { Column, Dialect, FileFacts, Name, Project, Table } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { changesOfOwn, isImpliedByRelation, ownColumns } from './declarations.js';
import { isPrismaJoin } from './framework-tables.js';
import { isInStyle, showsCase, type NameStyle } from './name-case.js';
import { isCertain } from './tables.js';

/** A column name that a file gives, and what declares it, for the pen; neither for one that a column is renamed to. */
export interface GivenColumn {
  name: Name;
  column?: Column;
  table?: Table;
}

/** The column names that people wrote in a file, or that a library makes of what they wrote; those of relations not. */
export function* givenColumns(project: Project, facts: FileFacts): Generator<GivenColumn> {
  for (const { column, table } of ownColumns(project, facts)) {
    const { name } = column;
    if (name.unknown || !isCertain(column, 'name') || isImpliedByRelation(column, table)) continue;
    if (isPrismaJoin(table.name.name.value, [name.value])) continue;
    yield { name, column, table };
  }
  for (const { operation } of changesOfOwn(project, facts)) {
    if (operation.kind === 'RenameColumn' && !operation.to.unknown) yield { name: operation.to };
  }
}

const others: readonly NameStyle[] = ['camelCase', 'PascalCase', 'UPPER_SNAKE_CASE'];
/** As many names tell a choice from a habit of one file, and so many of them have to agree. */
const [least, share] = [10, 0.6];

const styles = defineQuery((project): ReadonlyMap<Dialect, NameStyle> => {
  const names = new Map<Dialect, Name[]>();
  for (const facts of project.files) {
    const found = names.get(facts.dialect) ?? [];
    names.set(facts.dialect, found);
    for (const { name } of givenColumns(project, facts)) if (showsCase(name.value)) found.push(name);
  }
  const chosen = new Map<Dialect, NameStyle>();
  for (const [dialect, found] of names) {
    if (found.length < least) continue;
    const style = others.find(
      (each) => found.filter((name) => isInStyle(name, each, dialect)).length >= share * found.length,
    );
    if (style !== undefined && found.some((name) => !isInStyle(name, 'snake_case', dialect)))
      chosen.set(dialect, style);
  }
  return chosen;
});

/** The other case in which nearly all columns of a project are, as far as their names show one. */
export const chosenColumnStyle = (project: Project, dialect: Dialect): NameStyle | undefined =>
  styles(project).get(dialect);
