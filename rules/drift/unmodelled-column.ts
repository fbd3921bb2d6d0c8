import type { Column } from '../../src/ir/index.js';
import { differencesIn } from '../../src/queries/drift/differences.js';
import { droppedBy, isIgnored, modelName } from '../../src/queries/drift/words.js';
import { spoken } from '../../src/queries/names.js';
import { defineRule, strings } from '../../src/rule.js';

export default defineRule({
  summary: 'The migrations leave a column behind that its model does not map.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript', 'prisma'],
  needs: ['project', 'history'],
  fix: 'none',
  sources: ['000_c87955be76640684.txt', 'alembic check'],
  messages: {
    required:
      '{{model}} does not map {{column}} of table {{table}}, which is NOT NULL and has no default: each INSERT of a {{model}} fails. Map it, or drop it in a new migration.',
    unmodelled:
      '{{model}} does not map {{column}} of table {{table}}: what is in it stays, and no {{model}} shows it{{dropped}}. Drop it in a new migration, or map it.',
  },
  options: {
    ignore: strings('Tables, and columns of them, that something else works with, as globs: `user.search_*`.'),
  },
  *check({ facts, project, options }) {
    for (const { table, state, made, at, database } of differencesIn(project, facts, 'unmodelled-column')) {
      const { column, origin } = state;
      if (isIgnored(options.ignore, made.name, column.name)) continue;
      const data = {
        model: modelName(table),
        column: column.name.value,
        table: spoken(made.name),
        dropped: droppedBy(database),
      };
      const related = [{ path: origin.facts.path, at: column, message: `${column.name.value} comes from here` }];
      yield { message: isRequired(column) ? 'required' : 'unmodelled', at, data, related };
    }
  },
});

/** Whether each row needs a value that the database does not give by itself. */
const isRequired = ({ nullable, default: given, generated }: Column): boolean =>
  nullable === false && generated === undefined && given?.by !== 'server';
