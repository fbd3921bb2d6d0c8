import { defineRule, text } from '../../src/rule.js';
import type { Runner } from '../../src/ir/index.js';
import { inverseOperations } from '../../src/queries/inverse-operations.js';
import { inverseOf } from '../../src/queries/inverses.js';
import { mentionsTag } from '../../src/queries/markers.js';
import { profileOf } from '../../src/queries/runners.js';
import { isShipped } from '../../src/queries/shipped.js';

export default defineRule({
  summary: 'A migration cannot be reverted.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'history'],
  fix: 'suggestion',
  sources: [
    '001_d0f1cd6d4864747c.txt',
    '004_9452bc49d0f85f35.txt',
    'pytest-alembic test_up_down_consistency',
    'django-migration-linter RUNSQL_REVERSIBLE',
  ],
  messages: {
    missing:
      'Migration {{id}} has no {{half}}: {{tool}} cannot take the release back. Write {{inverse}}, or say in a comment that it is {{tag}}.',
    empty:
      'The {{half}} of migration {{id}} does nothing: {{tool}} marks it as reverted while its changes stay. Write {{inverse}}, or say in a comment that it is {{tag}}.',
    raises:
      'The {{half}} of migration {{id}} only raises: {{tool}} cannot take the release back. Write {{inverse}}, or say in a comment that it is {{tag}}.',
    write: 'Write {{inverse}}.',
  },
  options: {
    allowTag: text(
      'Word in a comment or in the message of a migration that says it is not meant to be reverted.',
      'irreversible',
    ),
  },
  *check({ facts, project, options, authoring }) {
    if (facts.scope === 'test' || isShipped(project, facts)) return;
    for (const migration of facts.migrations) {
      const { up, down, runner } = migration;
      if (up.state !== 'present' || down.state === 'present' || down.state === 'unsupported') continue;
      if (options.allowTag !== '' && mentionsTag(facts, migration.message?.value, options.allowTag)) continue;
      const inverse = inverseOf(migration);
      const operations = inverseOperations(project, migration);
      yield {
        message: down.state,
        at: down.state === 'missing' ? migration : down,
        data: {
          id: migration.id,
          half: halves[facts.frontend] ?? (pairs.has(runner) ? 'down file' : 'down section'),
          tool: profileOf(runner).name,
          inverse,
          tag: options.allowTag === '' ? 'not meant to be reverted' : options.allowTag,
        },
        ...(operations && {
          suggest: { message: 'write', data: { inverse }, edits: authoring.writeDowngrade(migration, operations) },
        }),
      };
    }
  },
});

/** Runners whose way back is a file of its own. */
const pairs: ReadonlySet<Runner> = new Set(['sqlx', 'golang-migrate', 'diesel']);

const halves: { readonly [frontend: string]: string | undefined } = { python: 'downgrade()', typescript: 'down()' };
