import type { Dialect, FileFacts, Orm } from '../../ir/index.js';
import type { PlacedOperation } from '../operations.js';
import { writerOf } from '../remedies.js';

/** How one says three things of a column in a migration: what fills it, that it takes NULL, and that it no longer does. */
export interface ColumnWords {
  filled: string;
  optional: string;
  required: string;
}

const words: { readonly [W in Orm]?: ColumnWords } = {
  alembic: {
    filled: 'server_default=…',
    optional: 'nullable=True',
    required: 'op.alter_column(…, nullable=False)',
  },
  typeorm: {
    filled: "default: '…'",
    optional: 'isNullable: true',
    required: 'queryRunner.changeColumn(…) to isNullable: false',
  },
  sequelize: {
    filled: 'defaultValue: …',
    optional: 'allowNull: true',
    required: 'queryInterface.changeColumn(…, { allowNull: false })',
  },
  knex: { filled: '.defaultTo(…)', optional: '.nullable()', required: 'table.dropNullable(…)' },
  kysely: {
    filled: '.defaultTo(…)',
    optional: 'no notNull()',
    required: 'alterColumn(…, (column) => column.setNotNull())',
  },
  'db-migrate': {
    filled: 'defaultValue: …',
    optional: 'no notNull',
    required: 'db.changeColumn(…, { notNull: true })',
  },
};

/** The words of who writes a migration with calls, or of SQL where the operation is a statement. */
export function columnWords({ statement, migration }: PlacedOperation, facts: FileFacts): ColumnWords {
  const called = statement === undefined ? words[writerOf(facts, migration)] : undefined;
  return called ?? { filled: 'DEFAULT …', optional: 'NULL', required: setNotNull(facts.dialect) };
}

function setNotNull(dialect: Dialect): string {
  switch (dialect) {
    case 'mysql':
    case 'mariadb':
      return 'MODIFY … NOT NULL';
    case 'tsql':
      return 'ALTER COLUMN … NOT NULL';
    case 'sqlite':
      return 'a table made anew with NOT NULL';
    default:
      return 'ALTER COLUMN … SET NOT NULL';
  }
}
