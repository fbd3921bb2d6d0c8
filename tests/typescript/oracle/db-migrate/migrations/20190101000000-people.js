'use strict';

var dbm;
var type;
var seed;

exports.setup = function (options, seedLink) {
  dbm = options.dbmigrate;
  type = dbm.dataType;
  seed = seedLink;
};

exports.up = function (db, callback) {
  db.createTable(
    'people',
    {
      id: { type: type.INTEGER, primaryKey: true, autoIncrement: true },
      email: { type: 'string', length: 120, notNull: true, unique: true },
      nick: 'string',
      born: type.DATE,
      active: { type: 'boolean', notNull: true, defaultValue: true },
      role: { type: dbm.dataType.STRING, length: 10, defaultValue: 'reader' },
      balance: { type: 'decimal', defaultValue: 0 },
      created: { type: 'timestamp', notNull: true, defaultValue: { raw: 'now()' } },
      seen: { type: 'timestamptz', defaultValue: { special: 'CURRENT_TIMESTAMP' } },
      at: { type: 'datetime', timezone: true },
      bytes: 'blob',
      doc: { type: 'jsonb', comment: 'Anything else' },
    },
    callback,
  );
};

exports.down = function (db, callback) {
  db.dropTable('people', callback);
};

exports._meta = { version: 1 };
