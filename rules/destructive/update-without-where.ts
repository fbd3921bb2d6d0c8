import { defineRule, flag, strings } from '../../src/rule.js';
import { matchesGlob, spoken } from '../../src/queries/names.js';
import { unfilteredChanges, type ChangeContext } from '../../src/queries/unfiltered-changes.js';

export default defineRule({
  summary: 'An UPDATE has no WHERE or a tautology.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'sql-ast'],
  fix: 'none',
  sources: [
    'pg-migration-lint PGM302',
    'eslint-plugin-drizzle enforce-update-with-where',
    'postgres-language-server banUpdateWithoutWhere',
    'diesel-guard MutationWithoutWhereCheck',
    'QasimK migration-linter M202',
  ],
  messages: {
    absent:
      'UPDATE on {{table}} has no WHERE: it changes every row and locks each until the transaction ends. {{remedy}}',
    tautology:
      'The WHERE of this UPDATE on {{table}} is always true: it changes every row and locks each until the transaction ends. {{remedy}}',
    call: '{{api}} without a condition changes every row of {{table}}. Add the condition that names the rows.',
  },
  options: {
    smallTables: strings('Tables small enough to be changed as a whole; `*` stands for any run of characters.'),
    acknowledgeTrue: flag(
      'Take a condition that is written and always true, such as `WHERE true`, for a deliberate choice.',
    ),
    contexts: strings('Where to report: `migration`, `script` (a file of SQL), `application`.', [
      'migration',
      'script',
      'application',
    ]),
  },
  *check({ facts, project, options }) {
    const small = (table: string): boolean => matchesGlob(table, options.smallTables);
    for (const found of unfilteredChanges(project, facts, 'Update')) {
      if (!options.contexts.includes(found.context) || (found.tautology && options.acknowledgeTrue)) continue;
      if (found.kind === 'call') {
        const { api, target } = found.usage;
        if (target !== undefined && small(target)) continue;
        yield { message: 'call', at: found.usage, data: { api, table: target ?? 'the table' } };
        continue;
      }
      const { table } = found.operation;
      if (small(table.name.value)) continue;
      yield {
        message: found.tautology ? 'tautology' : 'absent',
        at: found.operation,
        data: { table: spoken(table), remedy: remedyFor(found.context) },
      };
    }
  },
});

const remedyFor = (context: ChangeContext): string =>
  context === 'application'
    ? 'Add the condition that names the rows.'
    : 'Add a WHERE, and change a large table in batches of keys, each in a transaction of its own.';
