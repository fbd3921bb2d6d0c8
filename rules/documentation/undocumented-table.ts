import { isTableNew } from '../../src/queries/added.js';
import { documentationForm } from '../../src/queries/comment-forms.js';
import {
  documentsInCode,
  hasWords,
  isDescribedInCode,
  isDescription,
  isTableCommented,
} from '../../src/queries/comments.js';
import { headOf, ownTables } from '../../src/queries/declarations.js';
import { storesComments } from '../../src/queries/dialects.js';
import { isPureJoin } from '../../src/queries/joins.js';
import { matchesGlob, spoken } from '../../src/queries/names.js';
import { isCertain } from '../../src/queries/tables.js';
import { defineRule, flag, strings } from '../../src/rule.js';

export default defineRule({
  summary: 'A table has no comment.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  presetSeverity: { recommended: 'info', strict: 'error' },
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript', 'prisma'],
  needs: ['project'],
  fix: 'suggestion',
  sources: ['000_c87955be76640684.txt', 'tbls requireTableComment'],
  messages: {
    missing:
      'Table "{{table}}" has no comment: readers of the database, of diagrams and of reports see the bare name. Say what ' +
      'one row of it stands for with {{form}}.',
    add: 'Add a comment to "{{table}}", to be filled in.',
  },
  options: {
    exclude: strings('Table names to leave alone, as globs.'),
    acceptDocstring: flag('Count documentation in code, which the database never sees: docstrings and JSDoc.'),
    onlyNew: flag('Speak only of tables that a new migration creates.'),
  },
  *check({ facts, project, options, authoring }) {
    for (const { table, created } of ownTables(project, facts)) {
      const inCode = options.acceptDocstring || documentsInCode(table.declaredBy);
      if (hasWords(table.comment) || (inCode && isDescription(table.doc))) continue;
      if (!created && isDescribedInCode(table, table.declaredBy, facts.dialect)) continue;
      if (table.name.name.unknown || !isCertain(table, 'comment') || !isCertain(table, 'name')) continue;
      if (matchesGlob(table.name.name.value, options.exclude) || isPureJoin(table)) continue;
      if (created && !storesComments(facts.dialect)) continue;
      if (isTableCommented(project, table, facts.dialect)) continue;
      if (options.onlyNew && !isTableNew(project, table, facts.dialect)) continue;
      const data = { table: spoken(table.name) };
      yield {
        message: 'missing',
        at: headOf(table, table.name),
        data: { ...data, form: documentationForm(table.declaredBy, 'table', data.table, facts.dialect) },
        suggest: {
          message: 'add',
          data,
          edits: authoring.setTableComment(table, `TODO: describe ${table.name.name.value}`),
        },
      };
    }
  },
});
