'use strict';

exports.up = function (db, callback) {
  db.addColumn('people', 'phone', { type: 'string', length: 20, unique: true, defaultValue: '' }, function (err) {
    if (err) return callback(err);
    db.renameColumn('people', 'nick', 'handle', function (error) {
      if (error) {
        callback(error);
        return;
      }
      db.changeColumn('people', 'handle', { type: 'text', notNull: true, unique: true, defaultValue: 'x' }, callback);
    });
  });
};

exports.down = function (db) {
  return db
    .changeColumn('people', 'handle', { type: 'string', unique: false })
    .then(() => db.renameColumn('people', 'handle', 'nick'))
    .then(function () {
      return db.removeColumn('people', 'phone');
    });
};
