import { defineRule } from '../../src/rule.js';
import type { Dialect, Project } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { lostTables, type PlacedDrop } from '../../src/queries/dropped-tables.js';
import { foreignKeysTo } from '../../src/queries/foreign-keys.js';
import { listed } from '../../src/queries/lists.js';
import { spoken } from '../../src/queries/names.js';
import { schemaAt, viewsOver } from '../../src/queries/replay.js';

export default defineRule({
  summary: 'DROP TABLE uses CASCADE.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'sql-ast'],
  fix: 'suggestion',
  sources: ['bytebase statement.disallow-rm-tbl-cascade', 'pg-migration-lint PGM202'],
  messages: {
    known:
      'CASCADE drops {{dependents}} along with {{table}}, without a word. Drop them first by statements of their own, and the table without CASCADE.',
    unknown:
      'CASCADE drops whatever depends on {{table}}, without a word: foreign keys of other tables, views and materialized views. Drop those by statements of their own, and the table without CASCADE, which then fails where something was forgotten.',
    remove: 'Take CASCADE away.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    if (!cascading.has(facts.dialect)) return;
    for (const drop of lostTables(project, facts, [...changesIn(project, facts)])) {
      const { operation } = drop;
      if (!operation.cascade) continue;
      const dependents = dependentsOf(project, drop);
      yield {
        message: dependents.length > 0 ? 'known' : 'unknown',
        at: operation,
        data: { table: spoken(operation.table), dependents: listed(dependents.map(({ what }) => what)) },
        related: dependents.map(({ what, path, at }) => ({ path, at, message: `${what} is made here` })),
        suggest: { message: 'remove', edits: authoring.dropCascade(operation, drop) },
      };
    }
  },
});

/** Elsewhere the word is read and means nothing. */
const cascading: ReadonlySet<Dialect> = new Set(['postgresql', 'cockroachdb', 'oracle']);

/** What is known to go along with a table. */
function dependentsOf(project: Project, { operation }: PlacedDrop) {
  const schema = schemaAt(project, operation);
  if (schema === undefined) return [];
  const keys = foreignKeysTo(schema, operation.table).map(({ table, state }) => ({
    what: `foreign key ${state.name ?? ''} of ${spoken(table.name)}`.replace('  ', ' '),
    path: state.origin.facts.path,
    at: state.origin.operation,
  }));
  const views = viewsOver(schema, operation.table).map(({ name, materialized, origin }) => ({
    what: `${materialized ? 'materialized view' : 'view'} ${spoken(name)}`,
    path: origin.facts.path,
    at: origin.operation,
  }));
  return [...keys, ...views];
}
