'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable(
      'Users',
      {
        id: { type: Sequelize.UUID, primaryKey: true, allowNull: false, defaultValue: Sequelize.UUIDV4 },
        email: { type: Sequelize.STRING, allowNull: false, unique: true, comment: 'Where letters go.' },
        firstName: Sequelize.STRING(40),
        role: { type: Sequelize.ENUM('admin', 'member'), allowNull: false, defaultValue: 'member' },
        score: { type: Sequelize.DECIMAL(10, 2), defaultValue: 0 },
        active: { type: Sequelize.BOOLEAN, allowNull: false, defaultValue: true },
        settings: Sequelize.JSONB,
        tags: { type: Sequelize.ARRAY(Sequelize.TEXT), defaultValue: [] },
        seen: { type: Sequelize.DATE, defaultValue: Sequelize.literal('CURRENT_TIMESTAMP') },
        created_at: { type: Sequelize.DATE, allowNull: false, defaultValue: Sequelize.fn('now') },
        login: { type: Sequelize.STRING, field: 'login_name', unique: 'ignored' },
      },
      { comment: 'People.' },
    );
  },

  async down(queryInterface) {
    await queryInterface.dropTable('Users');
    await queryInterface.sequelize.query('DROP TYPE "enum_Users_role"');
  },
};
