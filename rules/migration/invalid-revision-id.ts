import { defineRule } from '../../src/rule.js';
import { historyOfMigration } from '../../src/queries/revision-graph.js';

/** Alembic takes these for parts of a range, of a step or of a branch. */
const reserved = /[@\-+:]/g;

export default defineRule({
  summary: 'A revision id has characters the runner reserves.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['history'],
  fix: 'suggestion',
  sources: ['001_d0f1cd6d4864747c.txt'],
  messages: {
    reserved:
      'Revision "{{id}}" has {{signs}} in its id, which Alembic reserves for ranges, steps and branches: every command stops with a RevisionError. Write "{{better}}"{{elsewhere}}.',
    rename: 'Call the revision "{{better}}".',
  },
  options: {},
  *check({ facts, project, authoring }) {
    for (const migration of facts.migrations) {
      const { id, runner, parents, span } = migration;
      const signs = [...new Set(id.match(reserved))];
      // A revision without a known parent may go by another id than that of its file.
      if (runner !== 'alembic' || parents === undefined || signs.length === 0) continue;
      const better = id.replace(reserved, '_');
      const ordered = historyOfMigration(project, migration)?.ordered ?? [];
      const children = ordered.filter(({ migration: { parents = [], dependsOn } }) =>
        [...parents, ...dependsOn].includes(id),
      );
      const names = children.map((child) => child.migration.id);
      const elsewhere = names.length === 0 ? '' : `, in down_revision of ${names.join(', ')} too`;
      yield {
        message: 'reserved',
        at: migration,
        data: { id, signs: signs.map((sign) => `"${sign}"`).join(' and '), better, elsewhere },
        related: children.map((child) => ({
          path: child.facts.path,
          at: child.migration,
          message: `${child.migration.id} names it`,
        })),
        // Children stand in other files, which have to change with it.
        ...(children.length === 0 && {
          suggest: {
            message: 'rename',
            data: { better },
            edits: authoring.replaceName({ value: id, quoted: true, span }, better),
          },
        }),
      };
    }
  },
});
