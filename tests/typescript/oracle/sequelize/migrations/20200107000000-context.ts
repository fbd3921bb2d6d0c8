import { DataTypes, type QueryInterface } from 'sequelize';
import type { MigrationFn } from 'umzug';

const addStamp = (context: QueryInterface, table: string) =>
  context.addColumn(table, 'stamp', { type: DataTypes.DATE(3), allowNull: true });

export const up: MigrationFn<QueryInterface> = async ({ context }) => {
  await addStamp(context, 'posts');
  await addStamp(context, 'memberships');
  await context.renameTable('posts', 'articles');
  if (!(await context.tableExists('tags'))) {
    await context.createTable('tags', { name: { type: DataTypes.TEXT, primaryKey: true } });
  }
  if (context.sequelize.getDialect() === 'mysql') {
    await context.addColumn('tags', 'only_mysql', { type: DataTypes.INTEGER });
  }
};

export const down: MigrationFn<QueryInterface> = async ({ context: queryInterface }) => {
  await queryInterface.dropTable('tags');
  await queryInterface.renameTable('articles', 'posts');
  await Promise.all(['posts', 'memberships'].map((table) => queryInterface.removeColumn(table, 'stamp')));
};
