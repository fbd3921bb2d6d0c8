import { defineRule, flag } from '../../src/rule.js';
import type { FileFacts, Migration } from '../../src/ir/index.js';
import { isExplanation } from '../../src/queries/generator-comments.js';
import { profileOf } from '../../src/queries/runners.js';
import { isShipped } from '../../src/queries/shipped.js';

export default defineRule({
  summary: 'A migration does nothing.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file'],
  fix: 'none',
  sources: ['001_d0f1cd6d4864747c.txt'],
  messages: {
    empty:
      'Migration {{id}} does nothing: {{tool}} marks it as applied, and the change that it was made for reaches no ' +
      'database. Write its steps, or delete it while no database has it{{hint}}. One that is empty on purpose says why in ' +
      'a comment.',
  },
  options: {
    allowMerge: flag('Leave migrations alone that only join branches.', true),
  },
  *check({ facts, project, options }) {
    if (facts.scope === 'test' || isShipped(project, facts)) return;
    for (const migration of facts.migrations) {
      const { id, up, half, runner, branchLabels } = migration;
      if (up.state !== 'empty' || half !== undefined || branchLabels.length > 0) continue;
      if (options.allowMerge && isMerge(migration)) continue;
      if (isExplained(facts, migration)) continue;
      yield {
        message: 'empty',
        at: up,
        data: { id, tool: profileOf(runner).name, hint: hints[runner] ?? '' },
      };
    }
  },
});

const isMerge = ({ parents }: Migration): boolean => parents !== undefined && parents.length > 1;

/** Why a generator finds nothing to write. */
const hints: { readonly [runner: string]: string | undefined } = {
  alembic: ' (--autogenerate sees no model that env.py does not import)',
  typeorm: ' (migration:generate sees no entity that the data source does not list)',
  'mikro-orm': ' (migration:create sees no entity that the configuration does not list)',
};

/** Whether someone says at the head of the migration, or where its steps would be, why there are none. */
function isExplained(facts: FileFacts, { up, doc, message }: Migration): boolean {
  const rest = doc?.value
    .replace(message?.value ?? '', '')
    .replace(/^(?:Revision ID|Revises|Create Date|Branch Labels|Depends on):.*$/gim, '');
  if (rest !== undefined && isExplanation(rest)) return true;
  const isPython = facts.frontend === 'python';
  return facts.comments.some(
    ({ text, span }) =>
      (!isPython || (span.start >= up.span.start && span.start <= up.span.end)) && isExplanation(text),
  );
}
