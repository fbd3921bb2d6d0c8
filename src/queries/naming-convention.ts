import type {
  Constraint,
  ConventionEntry,
  FileFacts,
  Metadata,
  NamingConvention,
  Project,
  Table,
} from '../ir/index.js';
import { defineQuery } from '../rule.js';

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
  const makers = all.filter(({ metadata }) => metadata.id === id && metadata.made !== 'assignment');
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
    for (const { role, metadata } of tables) if (role === 'table') ids.add(metadata);
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

/** The places that make metadata which tables of the project are declared on. */
export function* metadataMadeIn(project: Project, facts: FileFacts): Generator<Metadata> {
  if (facts.scope === 'test') return;
  for (const metadata of facts.metadata ?? []) {
    if (metadata.made !== 'assignment' && metadataInUse(project).has(metadata.id)) yield metadata;
  }
}
