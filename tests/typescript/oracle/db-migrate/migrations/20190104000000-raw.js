'use strict';

exports.up = (db, cb) =>
  db.runSql(
    'CREATE TABLE tags (id serial PRIMARY KEY, label text NOT NULL); CREATE INDEX tags_label ON tags (lower(label))',
    cb,
  );

exports.down = (db, cb) => db.runSql('DROP TABLE tags', cb);
