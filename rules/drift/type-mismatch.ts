import type { Dialect } from '../../src/ir/index.js';
import { comparedTypes } from '../../src/queries/column-types.js';
import { differencesIn } from '../../src/queries/drift/differences.js';
import { typeSource } from '../../src/queries/drift/sources.js';
import { isIgnored, migrationRemedy, modelName } from '../../src/queries/drift/words.js';
import { spoken } from '../../src/queries/names.js';
import { defineRule, strings } from '../../src/rule.js';

export default defineRule({
  summary: 'A model and the migrations disagree on the type of a column.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript', 'prisma'],
  needs: ['project', 'history'],
  fix: 'none',
  sources: ['000_c87955be76640684.txt', '004_9452bc49d0f85f35.txt', 'alembic check'],
  messages: {
    type: '{{table}}.{{column}} is {{wanted}} in {{model}}, and {{actual}} after the migrations: {{effect}}. Change the model; or, to change the database, {{remedy}}.',
    labels:
      '{{table}}.{{column}} of {{model}} is an enum with {{labels}}, and the type {{actual}} that the migrations make lacks that: the database refuses each row with it. Add it in a migration of its own: ALTER TYPE {{actual}} ADD VALUE {{labels}}.',
  },
  options: {
    ignore: strings('Tables, and columns of them, to leave alone, as globs: `user.legacy_*`.'),
  },
  *check({ facts, project, options }) {
    for (const { table, column, state, missing, at, database } of differencesIn(project, facts, 'type-mismatch')) {
      if (isIgnored(options.ignore, table.name, column.name)) continue;
      const [wanted, actual] = [column.type.name, state.column.type.name];
      const source = typeSource(database, state);
      const data = {
        table: spoken(table.name),
        column: column.name.value,
        model: modelName(table),
        wanted,
        actual,
        labels: missing.map((label) => `'${label}'`).join(', '),
        effect: effectOf(wanted, actual, database.dialect),
        remedy: migrationRemedy(database, 'type'),
      };
      const related = [{ ...source, message: `${column.name.value} is made ${actual} here` }];
      yield { message: missing.length > 0 ? 'labels' : 'type', at, data, related };
    }
  },
});

/** What comes of it where a model writes one type and the database keeps another. */
function effectOf(wanted: string, actual: string, dialect: Dialect): string {
  switch (comparedTypes(actual, wanted, dialect)) {
    case 'narrower':
      return 'the database refuses or cuts values that the model allows';
    case 'wider':
      return 'a database that is made of the model refuses or cuts values that this one keeps';
    default:
      return 'values are converted on their way, or refused';
  }
}
