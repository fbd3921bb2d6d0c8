import { defineRule, flag, strings } from '../../src/rule.js';
import type { Column, Table } from '../../src/ir/index.js';
import { documentationForm } from '../../src/queries/comment-forms.js';
import {
  documentsInCode,
  hasWords,
  isColumnCommented,
  isDescription,
  isTableCommented,
} from '../../src/queries/comments.js';
import { headOf, isImpliedByRelation, ownColumns, ownTables } from '../../src/queries/declarations.js';
import { spoken } from '../../src/queries/names.js';
import { isCertain } from '../../src/queries/tables.js';

type Source = 'doc' | 'description' | 'docstring' | 'jsdoc';

export default defineRule({
  summary: 'Documentation exists in code but not as a database comment.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  presetSeverity: { recommended: 'info', strict: 'error' },
  since: '0.1.0',
  frontends: ['python', 'typescript'],
  needs: ['project', 'history'],
  fix: 'auto',
  sources: ['000_c87955be76640684.txt'],
  messages: {
    column:
      'Column "{{column}}" of "{{table}}" is described in code only: {{library}} does not store that as a comment, so readers ' +
      'of the database, of diagrams and of reports never see it. Write {{form}} with the same text.',
    table:
      'Table "{{table}}" is described in code only: {{library}} does not store that as a comment, so readers of the database, ' +
      'of diagrams and of reports never see it. Write {{form}} with the same text.',
  },
  options: {
    sources: strings(
      'What counts as documentation: `doc` (`doc=`, `#:` and text below an attribute), `description` of a SQLModel field, the `docstring` of a class, `jsdoc`.',
      ['doc', 'description', 'docstring', 'jsdoc'],
    ),
    acceptCodeDoc: flag('Leave documentation alone that stands in code only.'),
  },
  *check({ facts, project, options, authoring }) {
    const { dialect } = facts;
    if (options.acceptCodeDoc || dialect === 'sqlite') return;
    for (const { table, created } of ownTables(project, facts)) {
      const { doc } = table;
      if (created || !isDescription(doc) || hasWords(table.comment) || !isCertain(table, 'comment')) continue;
      if (!isWanted(table, sourceOf(table, undefined), options.sources)) continue;
      if (isTableCommented(project, table, dialect)) continue;
      const form = documentationForm(table.declaredBy, 'table', spoken(table.name), dialect);
      yield {
        message: 'table',
        at: table.name,
        data: { table: spoken(table.name), form, library: libraryOf(table) },
        fix: authoring.setTableComment(table, oneLine(doc.value)),
      };
    }
    for (const { column, table, created } of ownColumns(project, facts)) {
      const { doc } = column;
      if (created || !isDescription(doc) || hasWords(column.comment) || !isCertain(column, 'comment')) continue;
      if (isImpliedByRelation(column, table) || isColumnCommented(project, table, column, dialect)) continue;
      if (!isWanted(table, sourceOf(table, column), options.sources)) continue;
      const owner = table.role === 'abstract' ? (table.className ?? '') : spoken(table.name);
      const form = documentationForm(table.declaredBy, 'column', `${owner}.${column.name.value}`, dialect);
      yield {
        message: 'column',
        at: headOf(column, column.name),
        data: { column: column.name.value, table: owner, form, library: libraryOf(table) },
        fix: authoring.setColumnComment(column, oneLine(doc.value), table),
      };
    }
  },
});

function sourceOf({ declaredBy }: Table, column: Column | undefined): Source {
  if (declaredBy === 'typeorm' || declaredBy === 'mikro-orm' || declaredBy === 'sequelize') return 'jsdoc';
  if (column === undefined) return 'docstring';
  return declaredBy === 'sqlmodel' ? 'description' : 'doc';
}

/** Whether documentation of this kind is asked for, and its library could store it. */
const isWanted = ({ declaredBy }: Table, source: Source, wanted: readonly string[]): boolean =>
  wanted.includes(source) && !documentsInCode(declaredBy);

const libraries: { readonly [orm: string]: string } = {
  sqlmodel: 'SQLModel',
  'flask-sqlalchemy': 'SQLAlchemy',
  sqlalchemy: 'SQLAlchemy',
  typeorm: 'TypeORM',
  'mikro-orm': 'MikroORM',
  sequelize: 'Sequelize',
};

const libraryOf = ({ declaredBy }: Table): string => libraries[declaredBy] ?? declaredBy;

/** The first paragraph, on one line: what follows is for readers of the code. */
const oneLine = (text: string): string => (text.trim().split(/\r?\n[ \t]*\r?\n/)[0] ?? '').replace(/\s+/g, ' ').trim();
