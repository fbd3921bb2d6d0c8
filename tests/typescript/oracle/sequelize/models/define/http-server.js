'use strict';

module.exports = (sequelize, DataTypes) => {
  const HTTPServer = sequelize.define(
    'HTTPServer',
    {
      hostName: { type: DataTypes.CHAR(16), primaryKey: true },
      port: { type: DataTypes.INTEGER, primaryKey: true },
      load: DataTypes.FLOAT,
      log: DataTypes.TEXT('long'),
    },
    { underscored: false },
  );
  return HTTPServer;
};
