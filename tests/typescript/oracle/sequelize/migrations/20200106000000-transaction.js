'use strict';

/** @type {import('sequelize-cli').Migration} */
module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.sequelize.transaction(async (transaction) => {
      await queryInterface.createSchema('audit', { transaction });
      await queryInterface.createTable(
        { schema: 'audit', tableName: 'entries' },
        { id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true }, what: Sequelize.STRING },
        { transaction },
      );
      await queryInterface.sequelize.query('CREATE INDEX entries_what ON audit.entries (what)', { transaction });
    });
    const t = await queryInterface.sequelize.transaction();
    try {
      await queryInterface.bulkInsert('Users', [{ id: '6f1b8f4e-0c5b-4a39-9d0e-1df1d4d0f2b7', email: 'a@b.c' }], {
        transaction: t,
      });
      await queryInterface.bulkUpdate('Users', { firstName: 'A' }, { email: 'a@b.c' }, { transaction: t });
      await t.commit();
    } catch (error) {
      await t.rollback();
      throw error;
    }
  },

  async down(queryInterface) {
    await queryInterface.bulkDelete('Users', null, {});
    await queryInterface.dropTable({ schema: 'audit', tableName: 'entries' });
    await queryInterface.dropSchema('audit');
  },
};
