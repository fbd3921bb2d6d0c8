'use strict';

module.exports = (sequelize, { INTEGER, STRING }) =>
  sequelize.define('Person', {
    number: { type: INTEGER, primaryKey: true, autoIncrement: true },
    nickName: { type: STRING, defaultValue: "it's" },
  });
