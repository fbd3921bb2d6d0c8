import { dialectNames } from '../../src/queries/dialects.js';
import { givenTableNames, givenTableNamesOf } from '../../src/queries/given-names.js';
import { foldsUnquoted, ignoresCase, inStyle, isInStyle, sharesOtherStyle } from '../../src/queries/name-case.js';
import { matchesGlob } from '../../src/queries/names.js';
import { choice, defineRule, strings } from '../../src/rule.js';

export default defineRule({
  summary: 'A table or view name is not in the configured case.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript', 'prisma'],
  needs: ['project'],
  fix: 'none',
  sources: [
    '004_9452bc49d0f85f35.txt',
    'pgsafe naming-convention',
    'prisma-lint model-name-mapping-snake-case',
    'schemalint nameCasing',
    'skeema name-case',
  ],
  messages: {
    quotes:
      'The {{object}} name "{{name}}" is not in {{style}}. {{dialect}} keeps its {{signs}} in quotes only, so every statement ' +
      'written by hand has to quote it, for ever. Name it "{{better}}".',
    folded:
      'The {{object}} name {{name}} is not in {{style}}, and stands without quotes: {{dialect}} drops its capitals, and what ' +
      'it is called in the database is not what is written here. Name it {{better}}.',
    platform:
      'The {{object}} name "{{name}}" is not in {{style}}. Whether another spelling means the same {{object}} depends on the ' +
      'file system of the {{dialect}} server: a query that works on one machine fails on the next. Name it "{{better}}".',
    mixed:
      'The {{object}} name "{{name}}" is not in {{style}}: whoever writes SQL meets names in more than one case and has to look ' +
      'each up. Name it "{{better}}".',
  },
  options: {
    style: choice(
      'The case of table and view names.',
      ['snake_case', 'camelCase', 'PascalCase', 'UPPER_SNAKE_CASE'],
      'snake_case',
    ),
    allow: strings('Names to leave alone, as globs.'),
  },
  *check({ facts, project, options }) {
    const { dialect } = facts;
    const byDefault = options.style === 'snake_case';
    if (byDefault && ignoresCase(dialect) && sharesOtherStyle(givenTableNamesOf(project, dialect), options.style))
      return;
    for (const { object, name } of givenTableNames(project, facts)) {
      const { style } = options;
      if (isInStyle(name, style, dialect) || matchesGlob(name.value, options.allow)) continue;
      const data = {
        object,
        name: name.value,
        style,
        signs: /[A-Z]/.test(name.value) ? 'capitals' : 'signs',
        dialect: dialectNames[dialect],
        better: inStyle(name.value, style),
      };
      if (foldsUnquoted(dialect)) yield { message: name.quoted ? 'quotes' : 'folded', at: name, data };
      else if (dialect === 'mysql' || dialect === 'mariadb') yield { message: 'platform', at: name, data };
      else yield { message: 'mixed', at: name, data };
    }
  },
});
