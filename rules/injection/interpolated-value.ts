import type { SiteHole } from '../../src/ir/index.js';
import { isTrusted, originOf, placesOf, shown } from '../../src/queries/hole-words.js';
import { injectionsOf } from '../../src/queries/injection.js';
import { parameterForm } from '../../src/queries/parameter-forms.js';
import { defineRule, strings } from '../../src/rule.js';

export default defineRule({
  summary: 'A dynamic value is built into SQL text where a bind parameter works.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript'],
  needs: ['file', 'sql-ast', 'project'],
  fix: 'suggestion',
  sources: [
    '000_c87955be76640684.txt',
    '002_7a51ca8b5657ab8c.txt',
    '003_415f54345a6e7168.txt',
    '004_9452bc49d0f85f35.txt',
    'bandit B608',
    'eslint-plugin-sql no-unsafe-query',
    'ruff S608',
    'sonar S2077',
  ],
  messages: {
    quoted:
      '`{{hole}}` {{origin}}, and is built into a string of the SQL that {{api}} runs: a quote in it ends the string, and what ' +
      'follows runs as SQL. Pass it as a parameter: {{form}}',
    bare:
      '`{{hole}}` {{origin}}, and is built into the SQL that {{api}} runs, where a value stands: whatever SQL it holds is run. ' +
      'Pass it as a parameter: {{form}}',
    generated:
      '`{{hole}}` is made by the program, and is built into the SQL that {{api}} runs: harmless, but each run is a new ' +
      'statement to the database. Pass it as a parameter: {{form}}',
    bind: 'Pass the value as a parameter. A bound string is text to the database: cast it where the column is not.',
  },
  options: {
    trusted: strings('Expressions to take as constant, as globs: `tenant.*`.'),
    sanitizers: strings('Functions whose result is safe to build into SQL, as globs: `escapeLiteral`.'),
  },
  *check({ facts, options, authoring }) {
    const trusts = (hole: SiteHole): boolean => isTrusted(hole, options.trusted, options.sanitizers);
    for (const injection of injectionsOf(facts, 'value', trusts)) {
      const { hole, severity, site } = injection;
      const message =
        hole.provenance === 'generated' ? 'generated' : hole.position === 'quoted-value' ? 'quoted' : 'bare';
      yield {
        message,
        at: hole,
        severity,
        data: { hole: shown(hole), origin: originOf(hole), api: site.api, form: parameterForm(site) },
        related: placesOf(injection),
        suggest: { message: 'bind', edits: authoring.bindParameters(site) },
      };
    }
  },
});
