import { defineRule } from '../../src/rule.js';
import type { Column, Dialect } from '../../src/ir/index.js';
import { isEmptiedBefore } from '../../src/queries/emptied-tables.js';
import { isTemporaryName, spoken } from '../../src/queries/names.js';
import { columnWords } from '../../src/queries/remedies/required-columns.js';
import { creationOf, isNewIn, schemaAt } from '../../src/queries/replay.js';
import { runOrderOf } from '../../src/queries/run-order.js';
import { isCertain } from '../../src/queries/tables.js';

export default defineRule({
  summary: 'A NOT NULL column is added to an existing table without a database default.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast'],
  fix: 'suggestion',
  sources: [
    '001_d0f1cd6d4864747c.txt',
    '002_7a51ca8b5657ab8c.txt',
    'atlas MF103',
    'atlas MY101',
    'squawk adding-required-field',
    'alembic-migration-linter NOT_NULL',
    'postgres-language-server addingRequiredField',
    'pgfence add-column-not-null-no-default',
  ],
  messages: {
    refused:
      'Column {{table}}.{{column}} is added NOT NULL without a database default{{client}}: that fails as soon as the table has a row, and on an empty one every INSERT of running code, which does not know the column, fails. Write {{filled}}; or add the column with {{optional}}, fill the rows, and set NOT NULL with {{required}} in a later migration.',
    filled:
      'Column {{table}}.{{column}} is added NOT NULL without a database default{{client}}: {{database}} gives every row {{value}} without a word, and in strict mode refuses INSERTs of running code that does not know the column. Write {{filled}}; or add the column with {{optional}}, fill the rows, and set NOT NULL with {{required}} in a later migration.',
    optional: 'Add {{column}} so that it takes NULL; fill it and set NOT NULL in a later migration.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    const order = runOrderOf(project, facts);
    for (const [index, placed] of order.operations.entries()) {
      const { operation } = placed;
      if (operation.kind !== 'AddColumn' || !isRequired(operation.column)) continue;
      const { table, column } = operation;
      if (isTemporaryName(table, facts.dialect) || schemaAt(project, operation)?.table(table)?.temporary) continue;
      if (isNewIn(project, { table }, operation)) continue;
      if (isEmptiedBefore(table, order, index)) continue;
      const created = creationOf(project, table, operation);
      const value = implicitValue(column, facts.dialect);
      yield {
        message: value === undefined ? 'refused' : 'filled',
        at: operation,
        data: {
          table: spoken(table),
          column: column.name.value,
          client: column.default?.by === 'client' ? ' (default= is applied by the ORM alone)' : '',
          database: facts.dialect === 'mariadb' ? 'MariaDB' : 'MySQL',
          value: value ?? '',
          ...columnWords(placed, facts),
        },
        ...(isPlain(column) && {
          suggest: {
            message: 'optional',
            data: { column: column.name.value },
            edits: authoring.replaceOperation(
              operation,
              [{ ...operation, column: { ...column, nullable: true } }],
              placed,
            ),
          },
        }),
        ...(created && {
          related: [{ path: created.facts.path, at: created.operation, message: `${spoken(table)} is created here` }],
        }),
      };
    }
  },
});

/** Whether a row can't be without a value of the column and the database has none to give. */
function isRequired(column: Column): boolean {
  if (column.nullable !== false || column.generated !== undefined) return false;
  if (!isCertain(column, 'nullable') || !isCertain(column, 'default')) return false;
  return column.default?.by !== 'server' || /^\(*null\b/i.test(column.default.text);
}

/** Whether a name, a type and NOT NULL are all that is said of a column, so that nothing is lost where it is written anew. */
const isPlain = ({ constraints, indexes, comment, default: value, uncertain }: Column): boolean =>
  constraints.length === 0 &&
  indexes.length === 0 &&
  comment === undefined &&
  value?.by !== 'server' &&
  uncertain.length === 0;

/** What MariaDB 10.11 puts into rows that are there, strict mode or not (measured); its JSON is a text. */
function implicitValue({ type }: Column, dialect: Dialect): string | undefined {
  if (dialect !== 'mysql' && dialect !== 'mariadb') return undefined;
  const head = /^[a-z]*/.exec(type.name)![0];
  switch (head) {
    case 'date':
    case 'datetime':
    case 'timestamp':
      return 'the date 0000-00-00 (or fails, where NO_ZERO_DATE is set)';
    case 'enum':
      return 'the first label of the enum';
    case 'char':
    case 'varchar':
    case 'text':
    case 'tinytext':
    case 'mediumtext':
    case 'longtext':
      return "''";
    default:
      return /int$|^(?:decimal|numeric|float|double|real|bool|boolean)$/.test(head) ? '0' : 'an empty value';
  }
}
