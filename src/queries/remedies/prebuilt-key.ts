import type { Dialect, Migration, Name, QualifiedName } from '../../ir/index.js';
import { inSql, nameInSql, outsideOf, sent } from './sent.js';

/** A key as a migration adds it. */
export interface AddedKey {
  migration: Migration | undefined;
  table: QualifiedName;
  kind: 'primary' | 'unique';
  columns: readonly Name[];
  /** The name that it has in the end, where that is known. */
  name: Name | undefined;
  dialect: Dialect;
}

/** How PostgreSQL gets a key whose index is built while the table is in use. */
export function prebuiltKeyRemedy({ migration, table, kind, columns, name, dialect }: AddedKey): string {
  const called = nameInSql(name, dialect);
  const clause = kind === 'primary' ? 'PRIMARY KEY' : 'UNIQUE';
  const addition = `ALTER TABLE ${inSql(table, dialect)} ADD CONSTRAINT ${called} ${clause} USING INDEX ${called}`;
  return `${indexOf(migration, table, columns, called, dialect)}, then ${sent(migration?.runner, addition)}`;
}

function indexOf(
  migration: Migration | undefined,
  table: QualifiedName,
  columns: readonly Name[],
  called: string,
  dialect: Dialect,
): string {
  const listed = (quote: string): string => columns.map(({ value }) => `${quote}${value}${quote}`).join(', ');
  switch (migration?.runner) {
    case 'alembic':
      return `with op.get_context().autocommit_block(): op.create_index("${called}", "${table.name.value}", [${listed('"')}], unique=True, postgresql_concurrently=True)`;
    case 'sequelize':
      return `queryInterface.addIndex('${table.name.value}', [${listed("'")}], { name: '${called}', unique: true, concurrently: true })`;
    default: {
      const keys = columns.map((column) => nameInSql(column, dialect)).join(', ');
      const statement = `CREATE UNIQUE INDEX CONCURRENTLY ${called} ON ${inSql(table, dialect)} (${keys})`;
      return `${sent(migration?.runner, statement)} ${outsideOf(migration)}`;
    }
  }
}

/** How a partitioned table gets a key. Measured on PostgreSQL 15.18: the last step builds nothing. */
export const keyOfPartitionsFirst =
  'the key on each partition first, USING INDEX of one that is built CONCURRENTLY there: the partitioned table then takes these over and builds nothing';
