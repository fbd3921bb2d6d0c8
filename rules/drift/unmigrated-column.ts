import { differencesIn } from '../../src/queries/drift/differences.js';
import { foldersOf, isIgnored, migrationRemedy, modelName } from '../../src/queries/drift/words.js';
import { spoken } from '../../src/queries/names.js';
import { defineRule, strings } from '../../src/rule.js';

export default defineRule({
  summary: 'A mapped column is created by no migration.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript', 'prisma'],
  needs: ['project', 'history'],
  fix: 'none',
  sources: [
    '000_c87955be76640684.txt',
    '002_7a51ca8b5657ab8c.txt',
    '004_9452bc49d0f85f35.txt',
    'alembic check',
    'pytest-alembic test_model_definitions_match_ddl',
  ],
  messages: {
    unmigrated:
      '{{model}} maps column {{column}}, and table {{table}} has none of that name after the migrations in {{folder}}: each query that loads a {{model}} names it and fails. To add it, {{remedy}}.',
  },
  options: {
    ignore: strings(
      'Tables, and columns of them, that come to the database by another way, as globs: `user.legacy_*`.',
    ),
  },
  *check({ facts, project, options }) {
    for (const difference of differencesIn(project, facts, 'unmigrated-column')) {
      const { table, column, made, at, database } = difference;
      if (isIgnored(options.ignore, table.name, column.name)) continue;
      const data = {
        model: modelName(table),
        column: column.name.value,
        table: spoken(table.name),
        folder: foldersOf(difference),
        remedy: migrationRemedy(database, 'column'),
      };
      const { facts: created, operation } = made.origin;
      const message = `table ${spoken(made.name)} is made here`;
      yield { message: 'unmigrated', at, data, related: [{ path: created.path, at: operation, message }] };
    }
  },
});
