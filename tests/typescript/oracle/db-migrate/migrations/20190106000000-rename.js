'use strict';

const tables = ['labels'];

exports.up = async function (db) {
  await db.renameTable('tags', tables[0]);
  await db.insert('labels', ['label'], ['first']);
  for (const column of ['colour', 'shape']) await db.addColumn('labels', column, { type: 'string' });
};

exports.down = async function (db) {
  for (const column of ['shape', 'colour']) await db.removeColumn('labels', column);
  await db.runSql('DELETE FROM labels WHERE label = ?', ['first']);
  await db.renameTable('labels', 'tags');
};
