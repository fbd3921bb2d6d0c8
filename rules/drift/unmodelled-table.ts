import { differencesIn } from '../../src/queries/drift/differences.js';
import { droppedBy, isIgnored } from '../../src/queries/drift/words.js';
import { spoken } from '../../src/queries/names.js';
import type { TableState } from '../../src/queries/replay.js';
import { defineRule, strings } from '../../src/rule.js';

export default defineRule({
  summary: 'The migrations leave a table behind that no model maps.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['project', 'history'],
  fix: 'none',
  sources: ['000_c87955be76640684.txt', 'alembic check'],
  messages: {
    unmodelled:
      'No model maps table {{table}}{{once}}, and no query names it: nothing works with its rows{{dropped}}. Drop it in a new migration; or, if a model of it is missing, write that, and import it where the others are.',
  },
  options: {
    ignore: strings('Tables that something else works with, as globs: `pgboss_*`, `audit.*`.'),
  },
  *check({ facts, project, options }) {
    for (const { made, at, database } of differencesIn(project, facts, 'unmodelled-table')) {
      if (isIgnored(options.ignore, made.name)) continue;
      yield {
        message: 'unmodelled',
        at,
        data: { table: spoken(made.name), once: onceNamed(made), dropped: droppedBy(database) },
      };
    }
  },
});

/** The name that the table was made with, where it has another one in the end. */
function onceNamed({ name, origin: { operation } }: TableState): string {
  const first = operation.kind === 'CreateTable' ? operation.table : undefined;
  return first === undefined || first.name.value === name.name.value ? '' : `, first ${spoken(first)}`;
}
