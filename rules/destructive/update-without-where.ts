import { defineRule, flag, strings } from '../../src/rule.js';
import type { Dialect, FileFacts, Operation, Project } from '../../src/ir/index.js';
import { withoutRepeats } from '../../src/queries/changes.js';
import { isTemporaryName, matchesGlob, spoken } from '../../src/queries/names.js';
import { operationsIn, type PlacedOperation } from '../../src/queries/operations.js';
import { isNewIn } from '../../src/queries/replay.js';
import { isShipped } from '../../src/queries/shipped.js';

type Change = Extract<Operation, { kind: 'Update' | 'Delete' }>;

export default defineRule({
  summary: 'An UPDATE or DELETE has no WHERE, or one that is always true.',
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
      '{{verb}} on {{table}} has no WHERE: it changes every row and locks each until the transaction ends. {{remedy}}',
    tautology:
      'The WHERE of this {{verb}} on {{table}} is always true: it changes every row and locks each until the transaction ends. {{remedy}}',
    call: '{{api}} without a condition {{verb}} every row of {{table}}. Add the condition that names the rows.',
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
    if (facts.scope === 'test') return;
    const small = (table: string): boolean => matchesGlob(table, options.smallTables);
    for (const placed of withoutRepeats(operationsIn(facts))) {
      const { operation, section } = placed;
      if ((operation.kind !== 'Update' && operation.kind !== 'Delete') || section === 'down') continue;
      if (isTemporaryName(operation.table, facts.dialect) || mayBeOfAnother(placed)) continue;
      if (operation.where !== 'absent' && (operation.where !== 'tautology' || options.acknowledgeTrue)) continue;
      const context = contextOf(placed, facts);
      if (!options.contexts.includes(context) || (section !== 'none' && isShipped(project, facts))) continue;
      if (small(operation.table.name.value) || fillsNewColumns(operation, project)) continue;
      yield {
        message: operation.where,
        at: operation,
        data: {
          verb: operation.kind === 'Update' ? 'UPDATE' : 'DELETE',
          table: spoken(operation.table),
          remedy: remedyFor(operation, context, facts.dialect),
        },
      };
    }
    for (const usage of facts.usages) {
      if (usage.kind !== 'unfiltered-delete' && usage.kind !== 'unfiltered-update') continue;
      if (!options.contexts.includes(usage.context) || (usage.target !== undefined && small(usage.target))) continue;
      if (usage.context === 'migration' && isShipped(project, facts)) continue;
      if (usage.where === 'tautology' && options.acknowledgeTrue) continue;
      yield {
        message: 'call',
        at: usage,
        data: {
          api: usage.api,
          verb: usage.kind === 'unfiltered-delete' ? 'deletes' : 'changes',
          table: usage.target ?? 'the table',
        },
      };
    }
  },
});

/** Text that the grammar refuses, and that code sends under a condition, may be for another database. */
const mayBeOfAnother = ({ statement }: PlacedOperation): boolean =>
  statement?.guard?.kind === 'unknown' && statement.problems.some(({ code }) => code === 'syntax');

function contextOf({ section, inRoutine }: PlacedOperation, facts: FileFacts): 'migration' | 'script' | 'application' {
  // What stands in a routine runs when it is called.
  if (inRoutine) return 'application';
  if (section !== 'none') return 'migration';
  return facts.frontend === 'sql' ? 'script' : 'application';
}

/** Whether nothing was there to lose: the table is new, or all that is set was added in the same file. */
function fillsNewColumns(operation: Change, project: Project): boolean {
  const { table, columns } = operation;
  if (isNewIn(project, { table }, operation)) return true;
  return columns.length > 0 && columns.every(({ value }) => isNewIn(project, { table, column: value }, operation));
}

function remedyFor({ kind }: Change, context: 'migration' | 'script' | 'application', dialect: Dialect): string {
  if (context === 'application') return 'Add the condition that names the rows.';
  if (kind === 'Update')
    return 'Add a WHERE, and change a large table in batches of keys, each in a transaction of its own.';
  return dialect === 'sqlite' ? 'Add a WHERE.' : 'Add a WHERE, or write TRUNCATE where all rows are meant to go.';
}
