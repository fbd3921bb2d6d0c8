'use strict';

const TABLE = 'posts';
const users = { model: 'Users', key: 'id' };

exports.up = (queryInterface, { BIGINT, INTEGER, STRING, TEXT, UUID, DATEONLY }) =>
  queryInterface
    .createTable(
      TABLE,
      {
        id: { type: BIGINT, autoIncrement: true, primaryKey: true },
        title: { type: STRING(120), allowNull: false },
        body: TEXT,
        author: { type: UUID, references: users, onDelete: 'cascade', onUpdate: 'CASCADE' },
        editor: { type: UUID, references: users, onDelete: 'SET NULL' },
        position: { type: INTEGER, allowNull: false, defaultValue: -1 },
        day: DATEONLY,
      },
      { uniqueKeys: { one_title_a_day: { fields: ['title', 'day'] } } },
    )
    .then(() => queryInterface.addIndex(TABLE, ['author', { name: 'position', order: 'DESC' }]))
    .then(function () {
      return queryInterface.addIndex(TABLE, {
        fields: ['title'],
        unique: true,
        name: 'posts_title',
        where: { editor: null },
      });
    });

exports.down = (queryInterface) => queryInterface.dropTable(TABLE, { cascade: true });
