'use strict';

module.exports = (sequelize, DataTypes) => {
  const Audit = sequelize.define(
    'audit',
    { tableName: { type: DataTypes.STRING, allowNull: false }, rowId: DataTypes.BIGINT },
    { updatedAt: 'changed_on', tableName: 'AuditLog', name: { singular: 'entry', plural: 'entries' } },
  );
  Audit.removeAttribute('id');
  return Audit;
};
