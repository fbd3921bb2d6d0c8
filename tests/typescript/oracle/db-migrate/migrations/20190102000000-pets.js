'use strict';

exports.up = async (db) => {
  await db.createTable('pets', {
    columns: {
      id: { type: 'bigint', primaryKey: true },
      kind: { type: 'smallint', primaryKey: true },
      owner_id: {
        type: 'int',
        notNull: true,
        foreignKey: {
          name: 'pets_owner',
          table: 'people',
          rules: { onDelete: 'CASCADE', onUpdate: 'RESTRICT' },
          mapping: 'id',
        },
      },
      name: { type: 'char', length: 8 },
    },
    ifNotExists: true,
  });
  await db.addIndex('pets', 'pets_by_owner', ['owner_id', 'name']);
  await db.addIndex('pets', 'pets_by_name', 'name', true);
};

exports.down = async (db) => {
  await db.removeIndex('pets', 'pets_by_owner');
  await db.removeIndex('pets_by_name');
  await db.dropTable('pets', { ifExists: true });
};
