'use strict';

module.exports = {
  up: async (queryInterface, Sequelize) => {
    const { Op } = Sequelize;
    await queryInterface.createTable('memberships', {
      user: { type: Sequelize.UUID, allowNull: false },
      group: { type: Sequelize.STRING(20), allowNull: false },
      since: Sequelize.DATE,
      rank: Sequelize.INTEGER,
    });
    await queryInterface.addConstraint('memberships', { fields: ['user', 'group'], type: 'primary key' });
    await queryInterface.addConstraint('memberships', {
      fields: ['rank'],
      type: 'check',
      where: { rank: { [Op.gte]: 1 } },
    });
    await queryInterface.addConstraint('memberships', {
      fields: ['user'],
      type: 'foreign key',
      name: 'memberships_user',
      references: { table: 'Users', field: 'id' },
      onDelete: 'cascade',
      onUpdate: 'cascade',
    });
    await queryInterface.addConstraint('memberships', {
      fields: ['group', 'rank'],
      type: 'unique',
      deferrable: Sequelize.Deferrable.INITIALLY_DEFERRED,
    });
    await queryInterface.addIndex('memberships', ['since'], { concurrently: true });
    await queryInterface.addIndex('memberships', {
      fields: [Sequelize.fn('lower', Sequelize.col('group'))],
      name: 'lower_group',
    });
  },
  down: async (queryInterface) => {
    await queryInterface.removeIndex('memberships', 'lower_group');
    await queryInterface.removeIndex('memberships', ['since'], { concurrently: true });
    await queryInterface.removeConstraint('memberships', 'memberships_group_rank_uk');
    await queryInterface.dropTable('memberships');
  },
};
