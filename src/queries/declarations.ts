import type {
  Anchor,
  Column,
  Dialect,
  FileFacts,
  Orm,
  Project,
  QualifiedName,
  Runner,
  Span,
  Table,
} from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { changesIn } from './changes.js';
import { isFrameworkTable } from './framework-tables.js';
import { objectKey } from './names.js';
import type { PlacedOperation } from './operations.js';
import { columnOutlivesHistory, lastNameOf, outlivesHistory } from './survivors.js';
import type { TableDeclaration } from './tables.js';

/** A column where it is declared: in a table, or added to one later. */
export interface ColumnDeclaration {
  column: Column;
  /** The declaration that it stands in, or one made up of what the adding operation says. */
  table: Table;
  /** The creating or adding operation; absent for a model. */
  created?: PlacedOperation;
}

/** Where a declaration begins, decorators included, up to the end of its name: `@Column({ length: 3 }) currency`. */
export function headOf(fact: { span: Span; anchor?: Anchor }, name: { span: Span }): Span {
  const { start, end } = fact.anchor?.span ?? fact.span;
  return { start, end: name.span.end > start && name.span.end <= end ? name.span.end : end };
}

/** Whether nobody wrote the column: a relation implies it, as `@ManyToOne` does its foreign key. */
export function isImpliedByRelation(column: Column, table: Table): boolean {
  return table.relationships.some(({ span, attribute }) =>
    [span.start, attribute.span.start].includes(column.span.start),
  );
}

const modelledTables = defineQuery((project): ReadonlySet<string> => {
  const keys = new Set<string>();
  for (const { tables, dialect, scope } of project.files) {
    if (scope === 'test') continue;
    for (const table of tables)
      if (table.role === 'table' || table.role === 'junction') keys.add(objectKey(table.name, dialect));
  }
  return keys;
});

/** Whether a model of the project declares or implies the table, so that what is said about it is said at the model. */
export function isModelled(project: Project, table: QualifiedName, dialect: Dialect): boolean {
  return modelledTables(project).has(objectKey(table, dialect));
}

const mappedTables = defineQuery((project): ReadonlySet<string> => {
  const keys = new Set<string>();
  for (const { tables, dialect } of project.files) {
    for (const { role, name } of tables) if (role === 'mapped') keys.add(objectKey(name, dialect));
  }
  return keys;
});

/** Whether a class of the project works with the table, whose columns it leaves to the migrations. */
export function isMapped(project: Project, table: QualifiedName, dialect: Dialect): boolean {
  return mappedTables(project).has(objectKey(table, dialect));
}

const inheritedFrom = defineQuery((project): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const { tables } of project.files) {
    for (const { role, columns } of tables) {
      if (role === 'abstract') continue;
      for (const { from, ofChild } of columns) if (from !== undefined && !ofChild) names.add(from);
    }
  }
  return names;
});

/** Whether a table of the project takes columns from this base class or mixin, and not from a child that shares it. */
export function isInherited(project: Project, table: Table): boolean {
  return table.className !== undefined && inheritedFrom(project).has(table.className);
}

/** What a new migration or a script does to tables that no model declares, and that are no migration tool's own. */
export function* changesOfOwn(project: Project, facts: FileFacts): Generator<PlacedOperation> {
  for (const change of changesIn(project, facts)) {
    const { operation } = change;
    const table = 'table' in operation ? operation.table : undefined;
    const names = table ? [table, lastNameOf(project, operation, table)] : [];
    if (names.some((name) => isFrameworkTable(name.name.value) || isModelled(project, name, facts.dialect))) continue;
    yield change;
  }
}

/**
 * The tables of a file whose declaration people can still change: models, and tables that a script or a new migration
 * creates and no model declares. Tests, views, temporary tables, partitions, tables of migration tools and tables that
 * a later migration drops are not among them.
 */
export function* ownTables(project: Project, facts: FileFacts): Generator<TableDeclaration> {
  if (facts.scope === 'test') return;
  for (const table of facts.tables) {
    if (table.role === 'table' && !isFrameworkTable(table.name.name.value)) yield { table };
  }
  for (const created of changesOfOwn(project, facts)) {
    const { operation, migration } = created;
    if (operation.kind !== 'CreateTable' || !outlivesHistory(project, operation)) continue;
    const table = operation.definition;
    if (!table.temporary && !table.partitionOf) yield { table, created, ...(migration && { migration }) };
  }
}

/** The columns of `ownTables`, columns that are added later, and those of base classes and mixins once at these. */
export function* ownColumns(project: Project, facts: FileFacts): Generator<ColumnDeclaration> {
  for (const { table, created } of ownTables(project, facts)) {
    for (const column of table.columns) {
      if (column.from !== undefined) continue;
      if (created && !columnOutlivesHistory(project, created.operation, column.name)) continue;
      yield { column, table, ...(created && { created }) };
    }
  }
  if (facts.scope === 'test') return;
  for (const table of facts.tables) {
    if (table.role !== 'abstract' || !isInherited(project, table)) continue;
    for (const column of table.columns) if (column.from === undefined) yield { column, table };
  }
  for (const created of changesOfOwn(project, facts)) {
    const { operation } = created;
    if (operation.kind !== 'AddColumn' || !outlivesHistory(project, operation)) continue;
    yield { column: operation.column, table: tableOf(created, operation.table, operation.column), created };
  }
}

/** The libraries whose migrations call an API, where it is another one than Alembic. */
const callers: { readonly [R in Runner]?: Orm } = {
  typeorm: 'typeorm',
  'mikro-orm': 'mikro-orm',
  sequelize: 'sequelize',
  knex: 'knex',
  kysely: 'kysely',
  'db-migrate': 'db-migrate',
};

function tableOf({ operation, statement, migration }: PlacedOperation, name: QualifiedName, column: Column): Table {
  return {
    name,
    declaredBy: statement ? 'sql' : (callers[migration?.runner ?? 'plain'] ?? 'alembic'),
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
