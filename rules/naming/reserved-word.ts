import { dialectNames } from '../../src/queries/dialects.js';
import { givenColumnNames, givenTableNames } from '../../src/queries/given-names.js';
import { matchesGlob } from '../../src/queries/names.js';
import { dialectsReserving, isReserved, isStandardWord } from '../../src/queries/reserved-words.js';
import { choice, defineRule, strings } from '../../src/rule.js';

export default defineRule({
  summary: 'A table or column is named with a word the dialect reserves.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript', 'prisma'],
  needs: ['project'],
  fix: 'none',
  sources: [
    '002_7a51ca8b5657ab8c.txt',
    'SQLFluff RF04',
    'atlas NM101-106',
    'pg-migration-lint PGM509',
    'pgsafe naming-convention',
    'skeema reserved-word',
  ],
  messages: {
    reserved:
      'The {{object}} name "{{name}}" is a reserved word in {{dialect}}: every statement written by hand has to quote it, and ' +
      'one that forgets to is a syntax error or reads something else. Choose a name that needs no quotes.',
    elsewhere:
      'The {{object}} name "{{name}}" is a reserved word in {{others}}: it has to be quoted there, so SQL that names it can ' +
      'not be moved. Choose a name that is free everywhere.',
    standard:
      'The {{object}} name "{{name}}" is a reserved word of the SQL standard: {{dialect}} takes it, other databases and tools ' +
      'need not. Choose a name that is free everywhere.',
  },
  options: {
    level: choice(
      'Which words count: those the dialect reserves; also those that any other dialect reserves; also those of the SQL standard.',
      ['reserved', 'risky', 'all'],
      'reserved',
    ),
    allow: strings('Names to leave alone, as globs.'),
  },
  *check({ facts, project, options }) {
    const { dialect } = facts;
    const risky = options.level !== 'reserved';
    for (const given of [...givenTableNames(project, facts), ...givenColumnNames(project, facts)]) {
      const { object, name } = given;
      if (matchesGlob(name.value, options.allow)) continue;
      const data = { object, name: name.value, dialect: dialectNames[dialect] };
      const elsewhere = dialectsReserving(name.value);
      if (isReserved(name.value, dialect)) yield { message: 'reserved', at: name, data };
      else if (risky && elsewhere.length > 0) {
        const others = elsewhere.map((each) => dialectNames[each]).join(', ');
        yield { message: 'elsewhere', at: name, data: { ...data, others } };
      } else if (options.level === 'all' && isStandardWord(name.value)) yield { message: 'standard', at: name, data };
    }
  },
});
