'use strict';

module.exports = (sequelize, DataTypes) => {
  const Tag = sequelize.define(
    'Tag',
    { name: { type: DataTypes.STRING(30), primaryKey: true } },
    { timestamps: false },
  );
  Tag.associate = ({ Post }) => {
    Tag.belongsToMany(Post, { through: 'post_tags' });
  };
  return Tag;
};
