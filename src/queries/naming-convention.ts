import type {
  Constraint,
  ConventionEntry,
  FileFacts,
  Metadata,
  NamingConvention,
  Project,
  Span,
  Table,
} from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { isCertain } from './tables.js';

/** What is known of the names that constraints get where none is written. */
export type Convention =
  /** Nothing names them: the database does. */
  { kind: 'none' } | { kind: 'known'; convention: NamingConvention; facts: FileFacts } | { kind: 'unknown' };

const unknown: Convention = { kind: 'unknown' };

/** A place that makes metadata, and the file that it stands in. */
export interface PlacedMetadata {
  metadata: Metadata;
  facts: FileFacts;
}

const places = defineQuery((project): PlacedMetadata[] =>
  project.files.flatMap((facts) =>
    facts.scope === 'test' ? [] : (facts.metadata ?? []).map((metadata) => ({ metadata, facts })),
  ),
);

const makes = ({ made }: Metadata): boolean => made !== 'assignment' && made !== 'target';

/** What tables of the library are declared on that no code makes. */
const libraryOwn = new Set(['sqlmodel.SQLModel']);

const byId = defineQuery((project): Map<string, Convention> => {
  const found = new Map<string, Convention>();
  for (const id of new Set([...libraryOwn, ...places(project).map(({ metadata }) => metadata.id)])) {
    found.set(id, conventionOfId(id, places(project)));
  }
  return found;
});

function conventionOfId(id: string, all: readonly PlacedMetadata[]): Convention {
  const makers = all.filter(({ metadata }) => metadata.id === id && makes(metadata));
  const set = all.filter(({ metadata }) => metadata.made === 'assignment' && (metadata.of ?? '') === id);
  if (makers.length > 1 || set.length > 1 || (makers.length === 0 && !libraryOwn.has(id) && set.length === 0))
    return unknown;
  const [place] = set.length > 0 ? set : makers;
  if (place === undefined) return { kind: 'none' };
  const { metadata, facts } = place;
  if (metadata.uncertain.length > 0) return unknown;
  const { convention } = metadata;
  if (convention === undefined) return { kind: 'none' };
  return convention.uncertain.length > 0 ? unknown : { kind: 'known', convention, facts };
}

/** The convention of the metadata that a table is declared on. */
export function conventionOfTable(project: Project, table: Pick<Table, 'metadata'>): Convention {
  return (table.metadata === undefined ? undefined : byId(project).get(table.metadata)) ?? unknown;
}

/** Ids of the metadata that tables of the project are declared on; `undefined` for tables of which it is not known. */
export const metadataInUse = defineQuery((project): ReadonlySet<string | undefined> => {
  const ids = new Set<string | undefined>();
  for (const { tables, scope, frontend } of project.files) {
    if (scope === 'test' || frontend !== 'python') continue;
    for (const table of tables) if (table.role === 'table' && isCertain(table, 'constraints')) ids.add(table.metadata);
  }
  return ids;
});

/** The convention that Alembic applies to what its operations leave without a name: that of all tables of the project. */
export const conventionOfOperations = defineQuery((project): Convention => {
  const ids = [...metadataInUse(project)];
  const [first, ...others] = ids.map((metadata) =>
    conventionOfTable(project, metadata === undefined ? {} : { metadata }),
  );
  if (first === undefined) return unknown;
  const isSame = (other: Convention): boolean =>
    other.kind === first.kind &&
    (other.kind !== 'known' || first.kind !== 'known' || other.convention === first.convention);
  return others.every(isSame) ? first : unknown;
});

/** The key of a convention under which the names of such constraints are made. */
export const conventionKeys: { readonly [K in Constraint['kind'] | 'index']: string } = {
  index: 'ix',
  unique: 'uq',
  check: 'ck',
  foreign: 'fk',
  primary: 'pk',
  exclude: 'ex',
};

/** The entry of a convention; the last one of a key counts. */
export function entryOf({ entries }: NamingConvention, key: string): ConventionEntry | undefined {
  return entries.findLast((entry) => entry.key === key);
}

/** Ids of metadata that a base, a registry or an env.py of the project takes. */
const taken = defineQuery(
  (project): ReadonlySet<string> =>
    new Set(places(project).flatMap(({ metadata: { of } }) => (of === undefined ? [] : [of]))),
);

/**
 * Where a file makes what the project declares its tables on: bases, and other collections as far as something is
 * declared on them or takes them.
 */
export function* collectionsMadeIn(project: Project, facts: FileFacts): Generator<Metadata> {
  if (facts.scope === 'test') return;
  for (const metadata of facts.metadata ?? []) {
    if (!makes(metadata) || metadata.of !== undefined) continue;
    // What a view of other data is declared on has no tables of the schema.
    const isUsed = metadataInUse(project).has(metadata.id) || taken(project).has(metadata.id);
    if (metadata.made === 'base' || metadata.made === 'flask-sqlalchemy' || isUsed) yield metadata;
  }
}

/**
 * The one place of a project that stands for the metadata that SQLModel makes by itself: where env.py takes it, else
 * the first table that is declared on it.
 */
export const sqlmodelPlace = defineQuery((project): { facts: FileFacts; at: Span } | undefined => {
  const target = places(project).find(({ metadata: { made, id } }) => made === 'target' && libraryOwn.has(id));
  if (target !== undefined) return { facts: target.facts, at: target.metadata.span };
  for (const facts of project.files) {
    const table = facts.scope === 'test' ? undefined : facts.tables.find((each) => isOnLibraryOwn(each));
    if (table !== undefined) return { facts, at: table.span };
  }
  return undefined;
});

const isOnLibraryOwn = ({ role, metadata }: Table): boolean =>
  role === 'table' && metadata !== undefined && libraryOwn.has(metadata);

/** The models that are declared on one metadata. */
export function modelsOn(project: Project, id: string): Table[] {
  return project.files.flatMap(({ tables, scope }) =>
    scope === 'test' ? [] : tables.filter(({ role, metadata }) => role === 'table' && metadata === id),
  );
}
