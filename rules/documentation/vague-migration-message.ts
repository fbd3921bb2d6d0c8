import { amount, defineRule, strings } from '../../src/rule.js';
import type { Migration } from '../../src/ir/index.js';
import { messageWords, sameMessage, vagueness } from '../../src/queries/migration-words.js';
import { isShipped } from '../../src/queries/shipped.js';

export default defineRule({
  summary: 'A migration message is empty, vague or a duplicate of another.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'history'],
  fix: 'none',
  sources: ['001_d0f1cd6d4864747c.txt'],
  messages: {
    empty:
      'Migration {{id}} has no message: whoever reads the history, or looks for the change that broke something, has to open ' +
      'each file. Say what changes, such as "add email to users".',
    vague:
      'The migration message "{{text}}" does not say what changes: whoever reads the history, or looks for the change that ' +
      'broke something, has to open each file. Name the table and what happens to it, such as "add email to users".',
    duplicate:
      'The migration message "{{text}}" is that of {{other}} too: in the history the two can\'t be told apart. Say what this ' +
      'one does.',
  },
  options: {
    bannedWords: strings("Words that don't say what changes; a message of these alone is vague.", [
      'change',
      'changes',
      'update',
      'fix',
      'migration',
      'migrate',
      'test',
      'wip',
      'temp',
      'misc',
      'stuff',
      'auto',
      'alembic',
      'revision',
    ]),
    minWords: amount('A message of fewer words is vague.', 2),
  },
  *check({ facts, project, options }) {
    if (facts.scope === 'test' || isShipped(project, facts)) return;
    for (const migration of facts.migrations) {
      if (isNamedByTool(migration)) continue;
      const words = messageWords(migration);
      const at = migration.message && migration.runner === 'alembic' ? migration.message.span : migration.span;
      const data = { id: migration.id, text: migration.message?.value ?? migration.id };
      const wrong = vagueness(words, options.bannedWords, options.minWords);
      if (wrong !== undefined) yield { message: wrong === 'empty' ? 'empty' : 'vague', at, data };
      const other = wrong === undefined ? sameMessage(project, migration) : undefined;
      if (other === undefined) continue;
      yield {
        message: 'duplicate',
        at,
        data: { ...data, other: other.migration.id },
        related: [{ path: other.facts.path, at: other.migration, message: 'the same message stands here' }],
      };
    }
  },
});

/** Merges say what they are by their parents, the way back of a pair by the way there, and drizzle makes up names. */
const isNamedByTool = ({ parents = [], half, runner }: Migration): boolean =>
  parents.length > 1 || half !== undefined || runner === 'drizzle';
