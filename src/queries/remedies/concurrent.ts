import type { Dialect, Migration, Operation } from '../../ir/index.js';
import { inSql, outsideOf, sent } from './sent.js';

type On<K extends Operation['kind']> = Extract<Operation, { kind: K }>;

/** How a migration drops an index while its table is in use. */
export function concurrentDropRemedy(
  migration: Migration | undefined,
  { index }: On<'DropIndex'>,
  dialect: Dialect,
): string {
  switch (migration?.runner) {
    case 'alembic':
      return 'with op.get_context().autocommit_block(): op.drop_index(…, postgresql_concurrently=True)';
    case 'sequelize':
      return 'queryInterface.removeIndex(…, { concurrently: true }), outside of sequelize.transaction()';
    default: {
      const statement = `DROP INDEX CONCURRENTLY ${inSql(index, dialect)}`;
      return `${sent(migration?.runner, statement)}, ${outsideOf(migration)}`;
    }
  }
}

/** How a migration builds indexes anew while their tables are in use. */
export function concurrentReindexRemedy(
  migration: Migration | undefined,
  { object = 'index', target }: On<'Reindex'>,
  dialect: Dialect,
): string {
  const statement = `REINDEX ${object.toUpperCase()} CONCURRENTLY ${target ? inSql(target, dialect) : '…'}`;
  return migration?.runner === 'alembic'
    ? `with op.get_context().autocommit_block(): ${sent('alembic', statement)}`
    : `${sent(migration?.runner, statement)}, ${outsideOf(migration)}`;
}
