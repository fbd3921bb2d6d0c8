import type {
  Column,
  Constraint,
  Dialect,
  FileFacts,
  Index,
  Name,
  Project,
  QualifiedName,
  Span,
  Table,
  Uncertainty,
} from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { isFrameworkTable } from './framework-tables.js';
import { foldedInTable, objectKey } from './names.js';
import { replaysOf, type Replay, type TableState } from './replay.js';
import { columnKey } from './replay/state.js';
import { isShipped } from './shipped.js';
import { indexesOf, keysOf } from './tables.js';

/** A key, constraint or index of a table and where a person would edit it. */
export interface Part<T> {
  fact: T;
  /** The file that `at` is a span of. */
  facts: FileFacts;
  at: Span;
  /** The declaration that the fact stands in, for the pen; absent for a fact that an operation of its own adds. */
  declaration?: Table;
  uncertain: Uncertainty[];
}

/**
 * A table as one source shows it: a model, or the end of a replay. Rules about what a table lacks look at views, so
 * that a key or an index counts wherever it was added.
 */
export interface TableView {
  name: QualifiedName;
  key: string;
  source: 'model' | 'history' | 'script';
  /** The file of the model, or of the operation that created the table. */
  facts: FileFacts;
  dialect: Dialect;
  /** The model, or the declaration that created the table. */
  declaration?: Table;
  /** A column by name, and what is not known of it. */
  column(name: Name): { fact: Column; uncertain: Uncertainty[] } | undefined;
  constraints: Part<Constraint>[];
  indexes: Part<Index>[];
  /** A partition has the keys and indexes of its parent. */
  partition: boolean;
  uncertain: Uncertainty[];
}

interface Views {
  byKey: Map<string, TableView[]>;
  byFile: Map<FileFacts, TableView[]>;
}

const views = defineQuery((project): Views => {
  const result: Views = { byKey: new Map(), byFile: new Map() };
  const enter = (view: TableView): void => {
    append(result.byKey, view.key, view);
    const files = new Set([view.facts, ...[...view.constraints, ...view.indexes].map(({ facts }) => facts)]);
    for (const facts of files) append(result.byFile, facts, view);
  };
  for (const facts of project.files) {
    if (facts.scope === 'test') continue;
    for (const table of facts.tables) {
      // What a table of a computed name has elsewhere can't be found, and two of them are not one.
      if (table.name.name.unknown) continue;
      if (table.role === 'table' || table.role === 'junction') enter(viewOfModel(table, facts));
    }
  }
  for (const replay of replaysOf(project)) {
    for (const table of replay.final.tables()) enter(viewOfState(table, replay));
  }
  return result;
});

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function viewOfModel(table: Table, facts: FileFacts): TableView {
  const mixedIn = table.columns.filter(({ from }) => from !== undefined);
  const inherited = new Set<unknown>(mixedIn.flatMap(({ constraints, indexes }) => [...constraints, ...indexes]));
  const part = <T extends Constraint | Index>(fact: T): Part<T> => ({
    fact,
    facts,
    // What a mixin declares stands in the mixin's file; the table that gets it is named instead.
    at: inherited.has(fact) ? table.name.span : fact.span,
    declaration: table,
    uncertain: fact.uncertain,
  });
  return {
    name: table.name,
    key: objectKey(table.name, facts.dialect),
    source: 'model',
    facts,
    dialect: facts.dialect,
    declaration: table,
    column(name) {
      const key = foldedInTable(name, facts.dialect);
      const fact = table.columns.find((each) => foldedInTable(each.name, facts.dialect) === key);
      return fact && { fact, uncertain: fact.uncertain };
    },
    constraints: keysOf(table).map(part),
    indexes: indexesOf(table).map(part),
    partition: table.partitionOf !== undefined,
    uncertain: table.uncertain,
  };
}

function viewOfState(table: TableState, replay: Replay): TableView {
  const creates = table.origin.operation.kind === 'CreateTable' ? table.definition : undefined;
  const part = <T extends Constraint | Index>(
    fact: T,
    { origin, uncertain }: { origin: TableState['origin']; uncertain: Uncertainty[] },
  ): Part<T> => ({
    fact,
    facts: origin.facts,
    at: fact.span,
    ...(creates && origin.operation === table.origin.operation && { declaration: creates }),
    uncertain,
  });
  return {
    name: table.name,
    key: table.key,
    source: replay.history ? 'history' : 'script',
    facts: table.origin.facts,
    dialect: replay.final.dialect,
    ...(table.definition && { declaration: table.definition }),
    column(name) {
      const state = table.columns.get(columnKey(name.value));
      return state && { fact: state.column, uncertain: [...state.uncertain, ...state.column.uncertain] };
    },
    constraints: table.constraints.map((state) => part(state.constraint, state)),
    indexes: table.indexes.map((state) => part(state.index, state)),
    partition: table.partitionOf !== undefined,
    uncertain: table.uncertain,
  };
}

/** Every view of a table in the project: its models, and the ends of the replays that know it. */
export function viewsOf(project: Project, key: string): readonly TableView[] {
  return views(project).byKey.get(key) ?? [];
}

/** Whether a file of SQL outside of migrations creates the table: one that only changes it shows a part of it. */
export function isMadeByScript({ source, declaration }: TableView): boolean {
  return source === 'script' && declaration !== undefined;
}

/**
 * The tables whose shape a file answers for, so that findings about them belong there: its models; and tables that its
 * migrations or statements make where no model of the project declares them. What has shipped is history, what a test
 * makes is no one's schema, and a migration tool's own tables are its own.
 */
export function* tablesAnsweredFor(project: Project, facts: FileFacts): Generator<TableView> {
  for (const view of views(project).byFile.get(facts) ?? []) {
    if (isFrameworkTable(view.name.name.value) || view.declaration?.temporary) continue;
    if (view.source === 'model') {
      if (view.facts === facts) yield view;
      continue;
    }
    const others = viewsOf(project, view.key);
    if (others.some(({ source }) => source === 'model')) continue;
    if (view.source === 'history') {
      if (isShipped(project, facts) || others.some(isMadeByScript)) continue;
    }
    yield view;
  }
}
