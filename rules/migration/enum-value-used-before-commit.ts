import { defineRule } from '../../src/rule.js';
import type { Runner } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { earlyUse } from '../../src/queries/early-enum-uses.js';
import { spoken } from '../../src/queries/names.js';
import { profileOf } from '../../src/queries/runners.js';

export default defineRule({
  summary: 'A new enum value is used in the transaction that adds it.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast', 'runner-profile'],
  fix: 'none',
  sources: [
    '001_d0f1cd6d4864747c.txt',
    'drizzle-migration-lint add-enum-value',
    'pgfence alter-enum-add-value',
    'pgsafe enum-value-used-in-transaction',
    'postgres-language-server avoidAlterEnumAddValue',
  ],
  messages: {
    used: 'Value "{{value}}" of enum {{type}} is used in the transaction that adds it: PostgreSQL{{before}} refuses that with \'unsafe use of new value "{{value}}"\', and the migration fails. {{remedy}}',
    together:
      'Value "{{value}}" of enum {{type}}, which migration {{id}} adds, is used here: where both run together, as on an empty database, {{tool}} runs them in one transaction, and PostgreSQL{{before}} refuses that with \'unsafe use of new value "{{value}}"\'. {{remedy}}',
  },
  options: {},
  *check({ facts, project }) {
    for (const placed of changesIn(project, facts, { down: true })) {
      const use = earlyUse(project, placed);
      if (use === undefined) continue;
      const { postgresVersion } = project.settings;
      if (use.newType && postgresVersion !== undefined && postgresVersion >= 17) continue;
      const { operation, migration } = use.added;
      const { name } = profileOf(placed.migration?.runner);
      const data = {
        value: operation.value,
        type: spoken(operation.type),
        before: use.newType ? ' before version 17' : '',
        remedy: remedyFor(placed.migration?.runner, operation.value),
      };
      const related = [{ path: use.addedIn.path, at: operation, message: `Value "${operation.value}" is added here` }];
      if (use.together) {
        yield {
          message: 'together',
          at: placed.operation,
          data: { ...data, id: migration?.id ?? '', tool: name },
          related,
        };
      } else yield { message: 'used', at: placed.operation, data, related };
    }
  },
});

/** How to have the value committed before it is used. */
function remedyFor(runner: Runner | undefined, value: string): string {
  if (runner === 'alembic')
    return `Add it inside "with op.get_context().autocommit_block():", which commits it at once.`;
  const { optOut, transaction, name } = profileOf(runner);
  if (runner === undefined || runner === 'plain') return `Commit between the two.`;
  if (transaction === 'all' && optOut === undefined)
    return `${name} has no way out of its transaction: use "${value}" in a release after the one that adds it, or make a new type with all values and change the columns to it.`;
  if (transaction === 'all' && optOut)
    return `Add it in a migration of its own that is not in the transaction: ${optOut}.`;
  return `Add it in a migration of its own before this one.`;
}
