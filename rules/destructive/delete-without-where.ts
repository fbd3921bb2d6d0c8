import { choices, defineRule, flag } from '../../src/rule.js';
import { spoken } from '../../src/queries/names.js';
import { unfilteredChanges, type ChangeContext } from '../../src/queries/unfiltered-changes.js';

export default defineRule({
  summary: 'A DELETE has no WHERE or a tautology.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'sql-ast'],
  fix: 'none',
  sources: [
    'bytebase where.require.update-delete',
    'diesel-guard MutationWithoutWhereCheck',
    'eslint-plugin-drizzle enforce-delete-with-where',
    'pgfence delete-without-where',
    'postgres-language-server banDeleteWithoutWhere',
  ],
  messages: {
    absent:
      'DELETE on {{table}} has no WHERE: every row goes, one by one in one transaction, and each leaves a dead one behind. {{remedy}}',
    tautology:
      'The WHERE of this DELETE on {{table}} is always true: every row goes, one by one in one transaction, and each leaves a dead one behind. {{remedy}}',
    call: '{{api}} without a condition deletes every row of {{table}}. Add the condition that names the rows.',
  },
  options: {
    acknowledgeTrue: flag(
      'Take a condition that is written and always true, such as `WHERE true`, for a deliberate choice.',
    ),
    contexts: choices(
      'Where to report: `migration`, any file of SQL among them, and `application`.',
      ['migration', 'application'],
      ['migration', 'application'],
    ),
  },
  *check({ facts, project, options }) {
    for (const found of unfilteredChanges(project, facts, 'Delete')) {
      const context = found.context === 'application' ? 'application' : 'migration';
      if (!options.contexts.includes(context) || (found.tautology && options.acknowledgeTrue)) continue;
      if (found.kind === 'call') {
        const { api, target } = found.usage;
        yield { message: 'call', at: found.usage, data: { api, table: target ?? 'the table' } };
      } else {
        yield {
          message: found.tautology ? 'tautology' : 'absent',
          at: found.operation,
          data: { table: spoken(found.operation.table), remedy: remedyFor(found.context) },
        };
      }
    }
  },
});

const remedyFor = (context: ChangeContext): string =>
  context === 'application'
    ? 'Add the condition that names the rows.'
    : 'Add a WHERE, and delete many rows in batches of keys, each in a transaction of its own.';
