'use strict';

const attributes = (DataTypes) => ({
  code: { type: DataTypes.TINYINT, primaryKey: true, autoIncrement: false },
  label: DataTypes.STRING,
});

module.exports = (sequelize, DataTypes) => sequelize.define('Status', attributes(DataTypes), { underscored: true });
