import type { FileFacts, Orm, QualifiedName } from '../../ir/index.js';
import type { PlacedOperation } from '../operations.js';
import { writerOf } from '../remedies.js';
import { inSql } from './sent.js';

const calls: { readonly [W in Orm]?: (table: string, key: string) => string } = {
  alembic: (table, key) => `op.drop_constraint("${key}", "${table}", type_="foreignkey")`,
  typeorm: (table, key) => `queryRunner.dropForeignKey('${table}', '${key}')`,
  sequelize: (table, key) => `queryInterface.removeConstraint('${table}', '${key}')`,
  knex: (table, key) => `table.dropForeign([…], '${key}') in knex.schema.alterTable('${table}', …)`,
  kysely: (table, key) => `db.schema.alterTable('${table}').dropConstraint('${key}')`,
  'db-migrate': (table, key) => `db.removeForeignKey('${table}', '${key}')`,
};

/** How the author of an operation drops a foreign key, in a call or in SQL as the operation is written. */
export function dropKeyRemedy(
  { statement, migration }: PlacedOperation,
  facts: FileFacts,
  table: QualifiedName,
  key: string | undefined,
): string {
  const call = statement === undefined ? calls[writerOf(facts, migration)] : undefined;
  const name = key ?? '…';
  return call?.(table.name.value, name) ?? `ALTER TABLE ${inSql(table, facts.dialect)} DROP CONSTRAINT ${name}`;
}
