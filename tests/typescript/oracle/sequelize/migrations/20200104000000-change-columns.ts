import { DataTypes, type QueryInterface } from 'sequelize';

module.exports = {
  up: async (queryInterface: QueryInterface) => {
    await queryInterface.changeColumn('posts', 'title', { type: DataTypes.TEXT, allowNull: false, defaultValue: 'x' });
    await queryInterface.changeColumn('posts', 'position', { type: DataTypes.BIGINT });
    await queryInterface.changeColumn('posts', 'content', DataTypes.STRING(500));
    await queryInterface.changeColumn('Users', 'firstName', { type: DataTypes.STRING(60), unique: true });
    await queryInterface.changeColumn('Users', 'seen', { type: DataTypes.DATE, comment: 'Last seen.' });
    await queryInterface.changeColumn('posts', 'editor', {
      type: DataTypes.UUID,
      allowNull: false,
      references: { model: 'Users', key: 'id' },
      onDelete: 'CASCADE',
    });
    await queryInterface.changeColumn('posts', 'state', {
      type: DataTypes.ENUM('draft', 'public'),
      defaultValue: 'public',
    });
  },
  down: async (queryInterface: QueryInterface) => {
    await queryInterface.removeConstraint('posts', 'posts_editor_fkey1');
    await queryInterface.changeColumn('posts', 'title', { type: DataTypes.STRING(120), allowNull: false });
    await queryInterface.changeColumn('posts', 'position', {
      type: DataTypes.INTEGER,
      allowNull: false,
      defaultValue: -1,
    });
    await queryInterface.changeColumn('posts', 'content', { type: DataTypes.TEXT });
    await queryInterface.removeConstraint('Users', 'Users_firstName_key');
    await queryInterface.changeColumn('Users', 'firstName', { type: DataTypes.STRING(40) });
  },
};
