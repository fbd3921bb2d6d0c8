import type { Statement } from '../../src/ir/index.js';
import { defineRule } from '../../src/rule.js';
import { refusalsIn, type Refusal } from '../../src/queries/refusals.js';
import { profileOf } from '../../src/queries/runners.js';

export default defineRule({
  summary: 'A CONCURRENTLY statement shares one simple-query string with others.',
  severity: 'error',
  presets: ['recommended', 'strict', 'online'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast', 'runner-profile'],
  fix: 'suggestion',
  sources: [],
  messages: {
    batched:
      '{{what}} reaches the server in one string with other statements, and PostgreSQL runs such a string as one transaction, in which it refuses this statement with error 25001. {{remedy}}.',
    apart: 'Send each statement by a call of its own.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    for (const refusal of refusalsIn(project, facts)) {
      const { what, at, holder } = refusal;
      if (holder !== 'string') continue;
      const edits = authoring.sendApart(sentWith(refusal));
      yield {
        message: 'batched',
        at,
        data: { what, remedy: remedyFor(refusal) },
        suggest: { message: 'apart', edits },
      };
    }
  },
});

/** All statements of the string. */
function sentWith({ migration, section, statement }: Refusal): Statement[] {
  const steps = migration && section !== 'none' ? migration[section].steps : [];
  return steps.flatMap((step) =>
    'statement' in step && step.statement.together?.start === statement?.together?.start ? [step.statement] : [],
  );
}

/** Calls of code send one text each; these runners send a file as it is. */
function remedyFor({ migration }: Refusal): string {
  if (migration?.runner === 'alembic') return 'Give each statement an op.execute() of its own';
  const { name, batch } = profileOf(migration?.runner);
  if (batch) return `${name} sends a file as it is: give the statement a migration of its own`;
  return migration?.runner === 'liquibase'
    ? 'Give the statement a changeset of its own, or let splitStatements be true'
    : 'Give each statement a call of its own';
}
