import { originOf, placesOf, shown } from '../../src/queries/hole-words.js';
import { injectionsOf } from '../../src/queries/injection.js';
import { identifierForm } from '../../src/queries/parameter-forms.js';
import { defineRule } from '../../src/rule.js';

export default defineRule({
  summary: 'A dynamic name or sort direction is built into a query unquoted.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript'],
  needs: ['file', 'sql-ast', 'project'],
  fix: 'none',
  sources: ['000_c87955be76640684.txt', 'bandit B608', 'ruff S608', 'sonar S2077'],
  messages: {
    name:
      '`{{hole}}` {{origin}}, and names a table or a column in the SQL that {{api}} runs: whoever chooses it reads other data, ' +
      'or adds SQL. Names cannot be parameters: {{form}}',
    direction:
      '`{{hole}}` {{origin}}, and stands for a sort direction in the SQL that {{api}} runs: whoever chooses it adds SQL. Choose ' +
      'between two constants, ASC and DESC.',
    operator:
      '`{{hole}}` {{origin}}, and stands for an operator in the SQL that {{api}} runs: whoever chooses it adds SQL. Look it up ' +
      'in a constant map of the operators that are allowed.',
  },
  options: {},
  *check({ facts }) {
    for (const injection of injectionsOf(facts, 'identifier')) {
      const { hole, severity, site } = injection;
      const message = hole.position === 'direction' || hole.position === 'operator' ? hole.position : 'name';
      yield {
        message,
        at: hole,
        severity,
        data: { hole: shown(hole), origin: originOf(hole), api: site.api, form: identifierForm(site) },
        related: placesOf(injection),
      };
    }
  },
});
