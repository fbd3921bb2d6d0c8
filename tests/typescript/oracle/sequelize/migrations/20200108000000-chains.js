'use strict';

const parts = require('../parts/columns');

module.exports = {
  up: function (queryInterface, Sequelize) {
    return Promise.all([
      queryInterface.createTable('left', { id: { type: Sequelize.INTEGER, primaryKey: true } }),
      queryInterface.createTable('right', {
        id: { type: Sequelize.INTEGER, primaryKey: true },
        ...parts.owner(Sequelize),
      }),
    ])
      .then(function () {
        return queryInterface.addColumn('left', 'right_id', {
          type: Sequelize.INTEGER,
          references: { model: { tableName: 'right' }, key: 'id' },
        });
      })
      .catch((error) => {
        throw error;
      });
  },
  down: async (queryInterface) => {
    for (const table of ['left', 'right']) {
      await queryInterface.dropTable(table);
    }
  },
};
