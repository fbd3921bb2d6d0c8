import { differencesIn } from '../../src/queries/drift/differences.js';
import { foldersOf, isIgnored, migrationRemedy, modelName } from '../../src/queries/drift/words.js';
import { spoken } from '../../src/queries/names.js';
import { defineRule, strings } from '../../src/rule.js';

export default defineRule({
  summary: 'A mapped table is created by no migration.',
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
    'database_consistency missing_table_checker',
    'pytest-alembic test_model_definitions_match_ddl',
  ],
  messages: {
    unmigrated:
      '{{model}} maps table {{table}}, and no migration in {{folder}} leaves one behind: each query for it fails on a database that the migrations made. To add it, {{remedy}}.',
    perhaps:
      '{{model}} maps table {{table}}, and no migration in {{folder}} leaves one behind, as far as they are there: {{doubt}}. Where that does not make it either, each query for it fails; to add it, {{remedy}}.',
  },
  options: {
    ignore: strings('Tables that come to the database by another way, as globs: `legacy_*`, `audit.log`.'),
  },
  *check({ facts, project, options }) {
    for (const difference of differencesIn(project, facts, 'unmigrated-table')) {
      const { table, at, database, doubt } = difference;
      if (isIgnored(options.ignore, table.name)) continue;
      const data = {
        model: modelName(table),
        table: spoken(table.name),
        folder: foldersOf(difference),
        doubt: doubt ?? '',
        remedy: migrationRemedy(database, 'table'),
      };
      if (doubt === undefined) yield { message: 'unmigrated', at, data };
      else yield { message: 'perhaps', at, data, severity: 'info' };
    }
  },
});
