import { defineRule } from '../../src/rule.js';
import { fallingEntries, lateMigrations, type Fate } from '../../src/queries/late-migrations.js';
import { profileOf } from '../../src/queries/runners.js';

const effects: { readonly [F in Fate]: string } = {
  skipped: 'never runs it on a database that has run {{shipped}}',
  refused: 'refuses to go on with a database that has run {{shipped}}',
  late: 'runs it behind {{shipped}} on databases that have that one, and before it on new ones',
  unknown:
    'may skip it on a database that has run {{shipped}}, or runs the two in another order there than on a new one',
};

export default defineRule({
  summary: 'A new migration sorts before one already on the base branch or before its parent.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'typescript', 'config'],
  needs: ['history'],
  fix: 'none',
  sources: ['atlas non-linear'],
  messages: {
    late: 'Migration {{id}} is new and sorts before {{shipped}}, which has shipped: {{runner}} {{effect}}. Give it a name that sorts behind the last one.',
    falling:
      '{{tag}} has an earlier "when" than {{before}}, which stands before it: Drizzle never runs it on a database that has run {{before}}. Give it a later "when", or write it anew with drizzle-kit generate.',
  },
  options: {},
  *check({ facts, project }) {
    if (facts.scope === 'test') return;
    for (const { migration, shipped, fate } of lateMigrations(project, facts)) {
      const { id, runner } = migration;
      const other = shipped.migration.id;
      const name = runner === 'plain' ? 'the tool that runs them' : profileOf(runner).name;
      yield {
        message: 'late',
        at: migration,
        data: { id, shipped: other, runner: name, effect: effects[fate].replace('{{shipped}}', other) },
        related: [{ path: shipped.facts.path, at: shipped.migration, message: `${other} has shipped` }],
      };
    }
    for (const { entry, before } of fallingEntries(project, facts)) {
      yield {
        message: 'falling',
        at: entry,
        data: { tag: entry.tag, before: before.tag },
        related: [{ at: before, message: before.tag }],
      };
    }
  },
});
