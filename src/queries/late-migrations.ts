import type { FileFacts, JournalEntry, Project, Runner } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { journalOf } from './broken-links.js';
import { histories, type PlacedMigration } from './revision-graph.js';
import { isShipped } from './shipped.js';

/**
 * What a runner does with a migration that comes before one that has run, as its documentation says.
 */
export type Fate = 'skipped' | 'refused' | 'late' | 'unknown';

const fates: { readonly [R in Runner]: Fate } = {
  alembic: 'late',
  typeorm: 'late',
  'mikro-orm': 'late',
  drizzle: 'skipped',
  sequelize: 'late',
  knex: 'late',
  kysely: 'refused',
  prisma: 'late',
  'db-migrate': 'late',
  goose: 'refused',
  dbmate: 'late',
  sqlx: 'late',
  'golang-migrate': 'skipped',
  diesel: 'late',
  flyway: 'refused',
  atlas: 'refused',
  supabase: 'refused',
  liquibase: 'late',
  plain: 'unknown',
};

/** A new migration whose place is before one that has shipped. */
export interface LateMigration extends PlacedMigration {
  /** The first of those that have shipped and come behind it. */
  shipped: PlacedMigration;
  fate: Fate;
}

/** The new migrations of a file that come before shipped ones in the order of their runner. */
export function lateMigrations(project: Project, facts: FileFacts): readonly LateMigration[] {
  return lateByFile(project).get(facts) ?? [];
}

const lateByFile = defineQuery((project) => {
  const result = new Map<FileFacts, LateMigration[]>();
  for (const { runner, ordered } of histories(project)) {
    // Drizzle asks its journal for times; a graph says by itself what follows what.
    if (runner === 'drizzle' || ordered.some(({ migration }) => migration.parents !== undefined)) continue;
    let shipped: PlacedMigration | undefined;
    for (const placed of ordered.toReversed()) {
      if (isShipped(project, placed.facts)) shipped = placed;
      else if (shipped && !project.settings.edited?.has(placed.facts.path)) {
        const found = result.get(placed.facts) ?? [];
        result.set(placed.facts, [{ ...placed, shipped, fate: fates[runner] }, ...found]);
      }
    }
  }
  return result;
});

/** An entry of a journal that is older than one before it. */
export interface FallingEntry {
  entry: JournalEntry;
  /** The newest of those before it. */
  before: JournalEntry;
}

/** The entries of a journal whose time is before that of an earlier one, as far as they have not shipped. */
export function* fallingEntries(project: Project, facts: FileFacts): Generator<FallingEntry> {
  let newest: JournalEntry | undefined;
  for (const { entry, facts: file } of journalOf(project, facts)) {
    const isNew = file === undefined || !isShipped(project, file);
    if (newest && entry.when < newest.when && isNew) yield { entry, before: newest };
    if (newest === undefined || entry.when > newest.when) newest = entry;
  }
}
