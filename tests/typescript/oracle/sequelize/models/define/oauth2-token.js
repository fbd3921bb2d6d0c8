'use strict';

module.exports = (sequelize, DataTypes) =>
  sequelize.define('OAuth2Token', {
    accessToken: { type: DataTypes.STRING(64), allowNull: false },
    expiresAtUTC: { type: DataTypes.DATE, allowNull: false },
    ip: { type: DataTypes.STRING, field: 'IP' },
  });
