import { defineRule } from '../../src/rule.js';
import type { Dialect, Operation } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { possibleDialects } from '../../src/queries/dialects.js';
import { indexesLeftAt } from '../../src/queries/misplaced.js';
import { spoken } from '../../src/queries/names.js';
import { indexesHolding, schemaAt, type Schema } from '../../src/queries/replay.js';
import { columnKey } from '../../src/queries/replay/state.js';
import { isCertain } from '../../src/queries/tables.js';

const sqlite: readonly Dialect[] = ['sqlite'];

export default defineRule({
  summary: 'An ALTER that SQLite lacks runs outside batch mode.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['file', 'project'],
  fix: 'suggestion',
  sources: ['001_d0f1cd6d4864747c.txt', '002_7a51ca8b5657ab8c.txt'],
  messages: {
    column:
      "SQLite can't alter a column: the ALTER COLUMN that Alembic sends for {{subject}} is a syntax error there. Put the " +
      'call into "with op.batch_alter_table({{table}}) as batch_op:", which makes the table anew and copies its rows.',
    constraint:
      "SQLite can't add or drop a constraint of a table that is there: Alembic refuses {{subject}} with " +
      'NotImplementedError. Put the call into "with op.batch_alter_table({{table}}) as batch_op:", which makes the table ' +
      'anew and copies its rows.',
    drop:
      "SQLite can't drop column {{subject}}, because {{reason}}: the migration fails. Drop it inside of " +
      '"with op.batch_alter_table({{table}}) as batch_op:", which makes the table anew and copies its rows.',
    batch: 'Run it in batch mode.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    const seen = new Set<number>();
    for (const { operation, guard, migration, section } of changesIn(project, facts, { down: true })) {
      if (migration?.runner !== 'alembic' || operation.provenance !== 'api' || operation.inBatch) continue;
      if (!('table' in operation) || !operation.table || possibleDialects(guard, facts.dialect, sqlite).length === 0)
        continue;
      if (facts.dialect === 'unknown' && guard?.dialects === undefined) continue;
      const lack = lackOf(operation, schemaAt(project, operation));
      // An index of the same migration is to be dropped first: incomplete-downgrade says so.
      if (
        section === 'down' &&
        lack?.message === 'drop' &&
        indexesLeftAt(project, migration, 'sqlite').some((each) => each.operation === operation)
      )
        continue;
      if (lack === undefined || seen.has(operation.span.start)) continue;
      seen.add(operation.span.start);
      const { message, subject, reason = '' } = lack;
      yield {
        message,
        at: operation,
        data: { subject, reason, table: operation.table.name.unknown ? '…' : `"${operation.table.name.value}"` },
        suggest: { message: 'batch', edits: authoring.runInBatch(operation) },
      };
    }
  },
});

interface Lack {
  message: 'column' | 'constraint' | 'drop';
  subject: string;
  reason?: string;
}

/** Why SQLite, or Alembic for it, refuses an operation; measured with Alembic 1.8.1 and SQLite 3.40. */
function lackOf(operation: Operation, schema: Schema | undefined): Lack | undefined {
  switch (operation.kind) {
    case 'AlterColumnType':
    case 'SetNotNull':
    case 'DropNotNull':
    case 'SetDefault':
    case 'DropDefault':
      return { message: 'column', subject: `${spoken(operation.table)}.${operation.column.value}` };
    case 'AddConstraint':
      return operation.altering
        ? undefined
        : { message: 'constraint', subject: named(operation.constraint.name?.value) };
    case 'DropConstraint':
      return { message: 'constraint', subject: named(operation.constraint?.value) };
    case 'AddColumn': {
      const { name, constraints } = operation.column;
      const isKeyed = constraints.some(({ kind }) => kind === 'foreign' || kind === 'unique');
      return isKeyed ? { message: 'constraint', subject: `the constraint of the new column ${name.value}` } : undefined;
    }
    case 'DropColumn': {
      const reason = schema && holderOf(operation, schema);
      return reason
        ? { message: 'drop', subject: `${spoken(operation.table)}.${operation.column.value}`, reason }
        : undefined;
    }
    default:
      return undefined;
  }
}

const named = (name: string | undefined): string => (name ? `constraint ${name}` : 'the constraint');

/** What keeps a column from being dropped: a key, a constraint or an index that names it. */
function holderOf({ table, column }: Extract<Operation, { kind: 'DropColumn' }>, schema: Schema): string | undefined {
  const state = schema.table(table);
  if (state === undefined || schema.doubt !== undefined || !isCertain(state, 'everything')) return undefined;
  const [index] = indexesHolding(schema, table, column.value);
  if (index !== undefined) return `${index} is on it`;
  const isKey = state.constraints.some(
    ({ constraint }) =>
      (constraint.kind === 'foreign' || constraint.kind === 'primary') &&
      constraint.columns.some(({ value }) => columnKey(value) === columnKey(column.value)),
  );
  return isKey ? 'it is part of a key' : undefined;
}
