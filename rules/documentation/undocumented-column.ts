import { isColumnNew } from '../../src/queries/added.js';
import { documentationForm } from '../../src/queries/comment-forms.js';
import {
  documentsInCode,
  hasWords,
  isColumnCommented,
  isDescribedInCode,
  isDescription,
} from '../../src/queries/comments.js';
import { headOf, isImpliedByRelation, ownColumns } from '../../src/queries/declarations.js';
import { storesComments } from '../../src/queries/dialects.js';
import { isPureJoin } from '../../src/queries/joins.js';
import { inStyle } from '../../src/queries/name-case.js';
import { matchesGlob, spoken } from '../../src/queries/names.js';
import { isCertain } from '../../src/queries/tables.js';
import { defineRule, flag, strings } from '../../src/rule.js';

/** Globs in snake_case hold for names in any case: `*_id` for `customerId` too. */
const isExcluded = (name: string, globs: readonly string[]): boolean =>
  matchesGlob(name, globs) || matchesGlob(inStyle(name, 'snake_case'), globs);

export default defineRule({
  summary: 'A column has no comment.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  presetSeverity: { recommended: 'info', strict: 'error' },
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript', 'prisma'],
  needs: ['project'],
  fix: 'suggestion',
  sources: [
    '000_c87955be76640684.txt',
    'flake8-sqlalchemy SQA200',
    'tbls requireColumnComment',
    'pgsafe require-comment',
  ],
  messages: {
    missing:
      'Column "{{column}}" of "{{table}}" has no comment: readers of the database, of diagrams and of reports see the bare ' +
      'name. Say what it holds with {{form}}.',
    inherited:
      'Column "{{column}}", which "{{table}}" gives to its tables, has no comment in any of them: readers of the database, ' +
      'of diagrams and of reports see the bare name. Say what it holds with {{form}}.',
    add: 'Add a comment to "{{column}}", to be filled in.',
  },
  options: {
    exclude: strings('Column names to leave alone, as globs; they also hold for names in another case.', [
      'id',
      '*_id',
      'created_at',
      'updated_at',
      'deleted_at',
    ]),
    onlyNew: flag('Speak only of columns that a new migration adds.'),
    acceptCodeDoc: flag('Count documentation in code, which the database never sees: docstrings, `doc=`, `#:`, JSDoc.'),
  },
  *check({ facts, project, options, authoring }) {
    for (const { column, table, created } of ownColumns(project, facts)) {
      const inCode = options.acceptCodeDoc || documentsInCode(table.declaredBy);
      if (hasWords(column.comment) || (inCode && isDescription(column.doc))) continue;
      if (!created && isDescribedInCode(column, table.declaredBy, facts.dialect)) continue;
      if (column.name.unknown || !isCertain(column, 'comment') || !isCertain(column, 'name')) continue;
      if (isExcluded(column.name.value, options.exclude) || isImpliedByRelation(column, table) || isPureJoin(table))
        continue;
      if (created && !storesComments(facts.dialect)) continue;
      if (isColumnCommented(project, table, column, facts.dialect)) continue;
      if (options.onlyNew && !isColumnNew(project, table, column, facts.dialect)) continue;
      const inherited = table.role === 'abstract';
      const data = { column: column.name.value };
      const name = `${spoken(table.name)}.${column.name.value}`;
      const form = documentationForm(table.declaredBy, 'column', name, facts.dialect);
      yield {
        message: inherited ? 'inherited' : 'missing',
        at: headOf(column, column.name),
        data: { ...data, table: inherited ? table.className! : spoken(table.name), form },
        suggest: {
          message: 'add',
          data,
          edits: authoring.setColumnComment(column, `TODO: describe ${column.name.value}`, table),
        },
      };
    }
  },
});
