import type { FileFacts, Name, Orm, QualifiedName } from '../../ir/index.js';
import type { PlacedOperation } from '../operations.js';
import { writerOf } from '../remedies.js';
import { inSql, nameInSql } from './sent.js';

/** How to say two things of a column: that it comes, and what fills it from now on. `T` and `C` stand for the names. */
interface ColumnSteps {
  added: string;
  filled: string;
}

const steps: { readonly [W in Orm]?: ColumnSteps } = {
  alembic: {
    added: 'op.add_column("T", sa.Column("C", …))',
    filled: 'op.alter_column("T", "C", server_default=…)',
  },
  typeorm: {
    added: "queryRunner.addColumn('T', new TableColumn({ name: 'C', … }))",
    filled: 'queryRunner.query(\'ALTER TABLE "T" ALTER COLUMN "C" SET DEFAULT …\')',
  },
  sequelize: {
    added: "queryInterface.addColumn('T', 'C', …)",
    filled: 'queryInterface.sequelize.query(\'ALTER TABLE "T" ALTER COLUMN "C" SET DEFAULT …\')',
  },
  knex: {
    added: "the column 'C' in knex.schema.alterTable('T', …)",
    filled: "knex.raw('ALTER TABLE T ALTER COLUMN C SET DEFAULT …')",
  },
  kysely: {
    added: "db.schema.alterTable('T').addColumn('C', …)",
    filled: "db.schema.alterTable('T').alterColumn('C', (column) => column.setDefault(…))",
  },
  'db-migrate': {
    added: "db.addColumn('T', 'C', …)",
    filled: "db.runSql('ALTER TABLE T ALTER COLUMN C SET DEFAULT …')",
  },
};

/** How the author of an operation adds a column, and says what fills it, in calls or in SQL as the operation is written. */
export function columnSteps(
  { statement, migration }: PlacedOperation,
  facts: FileFacts,
  table: QualifiedName,
  column: Name,
): ColumnSteps {
  const called = statement === undefined ? steps[writerOf(facts, migration)] : undefined;
  if (called === undefined) {
    const [T, C] = [inSql(table, facts.dialect), nameInSql(column, facts.dialect)];
    return { added: `ALTER TABLE ${T} ADD COLUMN ${C} …`, filled: `ALTER TABLE ${T} ALTER COLUMN ${C} SET DEFAULT …` };
  }
  const named = (text: string): string =>
    text.replace(/\bT\b/g, table.name.unknown ? '…' : table.name.value).replace(/\bC\b/g, column.value);
  return { added: named(called.added), filled: named(called.filled) };
}
