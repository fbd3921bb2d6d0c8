import type { Orm, QualifiedName } from '../../ir/index.js';
import { spoken } from '../names.js';

/** How to delete some rows of a table and leave the others. */
export function deleteSomeRemedy(writer: Orm, table: QualifiedName): string {
  const name = table.name.unknown ? '…' : table.name.value;
  switch (writer) {
    case 'alembic':
      return `op.execute("DELETE FROM ${spoken(table)} WHERE …")`;
    case 'typeorm':
      return `queryRunner.query('DELETE FROM ${spoken(table)} WHERE …')`;
    case 'sequelize':
      return `queryInterface.bulkDelete('${name}', { … })`;
    case 'knex':
      return `knex('${name}').where(…).del()`;
    case 'kysely':
      return `db.deleteFrom('${name}').where(…)`;
    case 'db-migrate':
      return `db.runSql('DELETE FROM ${name} WHERE …')`;
    default:
      return `DELETE FROM ${spoken(table)} WHERE …`;
  }
}
