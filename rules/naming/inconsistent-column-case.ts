import { dialectNames } from '../../src/queries/dialects.js';
import { chosenColumnStyle, givenColumns } from '../../src/queries/given-columns.js';
import { foldsUnquoted, inStyle, isInStyle } from '../../src/queries/name-case.js';
import { matchesGlob } from '../../src/queries/names.js';
import { choice, defineRule, strings } from '../../src/rule.js';

export default defineRule({
  summary: 'A column name is not in the configured case.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript', 'prisma'],
  needs: ['project'],
  fix: 'suggestion',
  sources: [
    '004_9452bc49d0f85f35.txt',
    'pgsafe naming-convention',
    'prisma-lint field-name-mapping-snake-case',
    'schemalint nameCasing',
    'skeema name-case',
    'pg-migration-lint PGM509',
  ],
  messages: {
    quotes:
      'The column name "{{name}}" is not in {{style}}. {{dialect}} keeps its capitals in quotes only, so every statement ' +
      'written by hand has to quote it, for ever. Name it "{{better}}".',
    folded:
      'The column name {{name}} is not in {{style}}, and stands without quotes: {{dialect}} drops its capitals, and what it is ' +
      'called in the database is not what is written here. Name it {{better}}.',
    mixed:
      'The column name "{{name}}" is not in {{style}}: whoever writes SQL meets names in more than one case and has to look ' +
      'each up. Name it "{{better}}".',
    odd:
      'The column name "{{name}}" is not in {{style}}, as the other columns of this project are: whoever writes SQL has to ' +
      'look each up. Name it "{{better}}".',
    rename: 'Call the column "{{better}}" in the database.',
  },
  options: {
    style: choice(
      'The case of column names. `snake_case` gives way to another one that nearly all columns of a project share.',
      ['snake_case', 'camelCase', 'PascalCase', 'UPPER_SNAKE_CASE'],
      'snake_case',
    ),
    allow: strings('Names to leave alone, as globs.'),
  },
  *check({ facts, project, options, authoring }) {
    const { dialect } = facts;
    const chosen = options.style === 'snake_case' ? chosenColumnStyle(project, dialect) : undefined;
    const style = chosen ?? options.style;
    for (const { name, column, table } of givenColumns(project, facts)) {
      if (isInStyle(name, style, dialect) || matchesGlob(name.value, options.allow)) continue;
      const better = inStyle(name.value, style);
      const hasCapitals = /\p{Lu}/u.test(name.value);
      const message =
        chosen !== undefined
          ? 'odd'
          : !foldsUnquoted(dialect) || !hasCapitals
            ? 'mixed'
            : name.quoted
              ? 'quotes'
              : 'folded';
      const edits = column && table && authoring.nameColumn(column, better, table);
      yield {
        message,
        at: name,
        data: { name: name.value, style, better, dialect: dialectNames[dialect] },
        suggest: { message: 'rename', data: { better }, edits },
      };
    }
  },
});
