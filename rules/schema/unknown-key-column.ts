import type { Dialect, Span, Table } from '../../src/ir/index.js';
import { ownTables } from '../../src/queries/declarations.js';
import { foldedInTable, spoken } from '../../src/queries/names.js';
import { indexesOf, isCertain } from '../../src/queries/tables.js';
import { defineRule } from '../../src/rule.js';

export default defineRule({
  summary: 'A key, index or constraint names a column that its table lacks.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['project'],
  fix: 'none',
  sources: ['004_9452bc49d0f85f35.txt', 'Prisma validator'],
  messages: {
    missing:
      'The {{kind}} names the column {{column}}, and {{table}} has none of that name: {{failure}}. Name one of its columns, or declare {{column}}.',
    attribute:
      'The {{kind}} names the attribute {{column}}, whose column is called {{actual}}: {{failure}}. Write "{{actual}}".',
  },
  options: {},
  *check({ facts, project }) {
    for (const { table } of ownTables(project, facts)) {
      if (!isWhole(table)) continue;
      const known = new Set(table.columns.map(({ name }) => foldedInTable(name, facts.dialect)));
      for (const { kind, name, at } of namesIn(table, facts.dialect)) {
        if (known.has(name) || table.otherAttributes?.includes(name)) continue;
        const actual = table.columns.find(({ attribute }) => attribute === name)?.name.value;
        // An attribute may stand there by itself, without quotes: the library takes its column then.
        if (actual !== undefined && at.end - at.start !== name.length) continue;
        yield {
          message: actual === undefined ? 'missing' : 'attribute',
          at,
          data: {
            kind,
            column: name,
            table: spoken(table.name),
            failure: failureOf(table),
            actual: actual ?? '',
          },
        };
      }
    }
  },
});

/** Whether all columns of a table are written where it is declared. */
const isWhole = (table: Table): boolean =>
  table.columns.length > 0 &&
  isCertain(table, 'columns') &&
  !table.asSelect &&
  table.copyOf === undefined &&
  table.partitionOf === undefined &&
  table.columns.every(({ name, uncertain }) => !name.unknown && isCertain({ uncertain }, 'name'));

const kinds = { primary: 'primary key', unique: 'unique constraint', foreign: 'foreign key' };

/** The columns that keys, constraints and indexes of a table name, and where. */
function* namesIn(table: Table, dialect: Dialect): Generator<{ kind: string; name: string; at: Span }> {
  for (const constraint of table.constraints) {
    if (!('columns' in constraint)) continue;
    for (const column of constraint.columns) {
      if (column.unknown) continue;
      yield { kind: kinds[constraint.kind], name: foldedInTable(column, dialect), at: column.span };
    }
  }
  for (const { keys, include, span, uncertain } of indexesOf(table)) {
    if (!isCertain({ uncertain }, 'everything')) continue;
    for (const { column, quoted = false, absent, expression } of keys) {
      if (column !== undefined)
        yield { kind: 'index', name: foldedInTable({ value: column, quoted }, dialect), at: span };
      else if (absent && expression !== undefined) yield { kind: 'index', name: expression, at: span };
    }
    for (const value of include)
      yield { kind: 'index', name: foldedInTable({ value, quoted: true }, dialect), at: span };
  }
}

function failureOf({ declaredBy }: Table): string {
  switch (declaredBy) {
    case 'sql':
      return 'the statement fails';
    case 'typeorm':
      return 'TypeORM throws when it connects';
    case 'mikro-orm':
      return 'MikroORM throws when it starts';
    case 'sequelize':
      return 'the database refuses what Sequelize makes of it';
    case 'sqlalchemy':
    case 'sqlmodel':
    case 'flask-sqlalchemy':
      return 'SQLAlchemy raises ConstraintColumnNotFoundError when the module is loaded';
    default:
      return 'the migration fails';
  }
}
