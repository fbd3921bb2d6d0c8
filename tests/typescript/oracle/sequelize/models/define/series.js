'use strict';

module.exports = (sequelize, DataTypes) => {
  const Series = sequelize.define('Series', { startTime: DataTypes.TIME, mediumValue: DataTypes.MEDIUMINT });
  Series.removeAttribute('mediumValue');
  return Series;
};
