import { differencesIn } from '../../src/queries/drift/differences.js';
import { nullSource } from '../../src/queries/drift/sources.js';
import { isIgnored, migrationRemedy, modelName } from '../../src/queries/drift/words.js';
import { spoken } from '../../src/queries/names.js';
import { defineRule, strings } from '../../src/rule.js';

export default defineRule({
  summary: 'A model and the migrations disagree on whether a column takes NULL.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript', 'prisma'],
  needs: ['project', 'history'],
  fix: 'none',
  sources: ['000_c87955be76640684.txt', 'alembic check', 'database_consistency null_constraint_checker'],
  messages: {
    optional:
      '{{model}} lets {{column}} of {{table}} be NULL, and the column is NOT NULL after the migrations: an INSERT of NULL fails. Make it required in the model; or, to let the database take NULL, {{remedy}}.',
    required:
      '{{model}} takes {{column}} of {{table}} for NOT NULL, and the column takes NULL after the migrations: rows without a value come back as what the code does not expect. Fill them and {{remedy}}; or let the model take NULL.',
  },
  options: {
    ignore: strings('Tables, and columns of them, to leave alone, as globs: `user.legacy_*`.'),
  },
  *check({ facts, project, options }) {
    for (const { table, column, state, made, at, database } of differencesIn(project, facts, 'nullability-mismatch')) {
      if (isIgnored(options.ignore, table.name, column.name)) continue;
      const source = nullSource(project, database, state, made);
      const data = {
        model: modelName(table),
        column: column.name.value,
        table: spoken(table.name),
        remedy: migrationRemedy(database, 'nullable'),
      };
      const said = state.column.nullable === true ? 'takes NULL' : 'is NOT NULL';
      const related = [{ ...source, message: `since here ${column.name.value} ${said}` }];
      yield { message: state.column.nullable === true ? 'required' : 'optional', at, data, related };
    }
  },
});
