import type { FileFacts, ForeignKey, Orm, QualifiedName } from '../../ir/index.js';
import type { PlacedOperation } from '../operations.js';
import { writerOf } from '../remedies.js';
import { inSql, nameInSql } from './sent.js';

const calls: { readonly [W in Orm]?: (table: string, key: string) => string } = {
  alembic: (table, key) => `op.drop_constraint("${key}", "${table}", type_="foreignkey")`,
  typeorm: (table, key) => `queryRunner.dropForeignKey('${table}', '${key}')`,
  sequelize: (table, key) => `queryInterface.removeConstraint('${table}', '${key}')`,
  knex: (table, key) => `table.dropForeign([…], '${key}') in knex.schema.alterTable('${table}', …)`,
  kysely: (table, key) => `db.schema.alterTable('${table}').dropConstraint('${key}')`,
  'db-migrate': (table, key) => `db.removeForeignKey('${table}', '${key}')`,
};

/** A foreign key as the schema has it. */
export interface DroppedKey {
  key: ForeignKey;
  /** What the database calls it, be it written or not. */
  name?: string;
}

/** How the author of an operation drops a foreign key, in a call or in SQL as the operation is written. */
export function dropKeyRemedy(
  { statement, migration }: PlacedOperation,
  facts: FileFacts,
  table: QualifiedName,
  { key, name }: DroppedKey,
): string {
  const writer = writerOf(facts, migration);
  // A naming convention of the project may have chosen another name than the database would.
  const known = key.name?.value ?? (writer === 'alembic' ? undefined : name);
  const call = statement === undefined ? calls[writer] : undefined;
  if (call) return call(table.name.value, known ?? '…');
  const written = key.name ?? (known === undefined ? undefined : { value: known, quoted: true, span: table.span });
  return `ALTER TABLE ${inSql(table, facts.dialect)} DROP CONSTRAINT ${nameInSql(written, facts.dialect)}`;
}
