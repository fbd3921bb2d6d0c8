'use strict';

module.exports = (sequelize, DataTypes) => {
  return sequelize.define(
    'Membership',
    { joinedAt: { type: DataTypes.DATE, field: 'since' } },
    { timestamps: false, tableName: 'memberships_of_users' },
  );
};
