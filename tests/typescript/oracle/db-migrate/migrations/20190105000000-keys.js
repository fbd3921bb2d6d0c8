'use strict';

exports.up = function (db) {
  return db
    .createTable('people_tags', { person: { type: 'int', notNull: true }, tag: { type: 'int', notNull: true } })
    .then(() =>
      db.addForeignKey(
        'people_tags',
        'people',
        'of_person',
        { person: 'id' },
        { onDelete: 'SET NULL', onUpdate: 'NO ACTION' },
      ),
    )
    .then(() => db.addForeignKey('people_tags', 'tags', 'of_tag', { tag: 'id' }));
};

exports.down = async function (db) {
  await db.removeForeignKey('people_tags', 'of_tag');
  await db.dropTable('people_tags');
};
