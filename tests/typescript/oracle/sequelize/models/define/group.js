'use strict';

module.exports = (sequelize, DataTypes) => {
  const Group = sequelize.define(
    'Group',
    { name: { type: DataTypes.STRING, allowNull: false } },
    { freezeTableName: true },
  );
  Group.associate = (models) => {
    Group.belongsToMany(models.User, { through: models.Membership, foreignKey: 'groupId', otherKey: 'userId' });
    Group.belongsToMany(models.Group, { as: 'parts', through: 'group_parts', foreignKey: 'whole', otherKey: 'part' });
  };
  return Group;
};
